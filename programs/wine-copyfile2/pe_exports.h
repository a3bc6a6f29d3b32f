/* SPDX-License-Identifier: MIT */

/* Adds forwarders to the exports of a DLL: GetProcAddress( dll, name ) then finds the target in another DLL. */

#ifndef WINE_COPYFILE2_PE_EXPORTS_H
#define WINE_COPYFILE2_PE_EXPORTS_H

#include "pe_image.h"

struct pe_forwarder
{
    const char *name;
    const char *target; /* DLL.NAME, the DLL without its suffix */
    const char *kept;   /* the name under which the function that was there can be found from now on, or NULL */
};

/* Makes a new image, to be freed, in which each name leads to its target; a name that was there before is replaced. All
 * other names, ordinals and forwarders stay. The image is no longer marked as Wine's builtin, so that Wine loads it
 * from where it lies. Answers NULL, or why it cannot be done safely. */
const char *pe_exports_forward( const void *data, size_t size, const struct pe_forwarder *forwarders, size_t count,
                                uint8_t **result, size_t *result_size );

/* Whether the image was made by pe_exports_forward. */
bool pe_exports_is_result( const void *data, size_t size );

#endif
