/* SPDX-License-Identifier: MIT */

/* What the functions beside CopyFile2 share: names of one byte a character, and results as BOOL. */

#ifndef COPYFILE2_FAMILY_H
#define COPYFILE2_FAMILY_H

#include "platform/nt.h"
#include <copyfile2.h>

/* The name in UTF-16, to be freed by family_free, or NULL with the last error set. */
WCHAR *family_wide_name( const char *name );
void family_free( WCHAR *name );

/* Sets the last error: 0 when it is good. */
BOOL family_result( HRESULT hr );

#endif
