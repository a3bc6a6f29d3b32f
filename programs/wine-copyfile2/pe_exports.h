/* SPDX-License-Identifier: MIT */

/* This file adds forwarders to the exports of a DLL, so that GetProcAddress( dll, name ) finds a function of another
 * DLL. */

#ifndef WINE_COPYFILE2_PE_EXPORTS_H
#define WINE_COPYFILE2_PE_EXPORTS_H

#include "pe_image.h"

struct pe_forwarder
{
    const char *name;
    const char *target; /* DLL.NAME, the DLL without its suffix */
    const char *kept;   /* the name by which the present function can be found from now on, or NULL */
};

/* Makes a new image, to be freed, in which each name leads to its target. A name that was there before is replaced; all
 * other names, ordinals and forwarders stay. The image loses its mark as Wine's builtin, so that Wine loads it from
 * where it lies. Answers NULL, or why the new image cannot be made safely. */
const char *pe_exports_forward( const void *data, size_t size, const struct pe_forwarder *forwarders, size_t count,
                                uint8_t **result, size_t *result_size );

/* True means that pe_exports_forward made the image. */
bool pe_exports_is_result( const void *data, size_t size );

#endif
