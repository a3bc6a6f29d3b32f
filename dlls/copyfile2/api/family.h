/* SPDX-License-Identifier: MIT */

/* The functions beside CopyFile2 also take names in a code page, and they answer a BOOL. This file converts both. */

#ifndef COPYFILE2_FAMILY_H
#define COPYFILE2_FAMILY_H

#include "platform/nt.h"
#include <copyfile2.h>

/* Answers the name in UTF-16, for family_free. NULL means a failure, and the last error is set. */
WCHAR *family_wide_name( const char *name );
/* Frees the name; NULL is allowed. */
void family_free( WCHAR *name );

/* Sets the last error from hr, to 0 when hr is a success. True means success. */
BOOL family_result( HRESULT hr );

#endif
