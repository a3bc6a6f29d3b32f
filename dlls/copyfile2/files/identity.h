/* SPDX-License-Identifier: MIT */

/* What is known of a file besides its name: which one it is, of what kind, and whether it may be overwritten. */

#ifndef COPYFILE2_IDENTITY_H
#define COPYFILE2_IDENTITY_H

#include "platform/nt.h"

/* Who cannot be told apart is the same. */
bool identity_is_same_file( HANDLE one, HANDLE other );
/* False when there is no such file. */
bool identity_is_same_path( HANDLE file, UNICODE_STRING *path );

/* Not a device or a pipe. */
bool identity_is_disk_file( HANDLE handle );

/* Whether its marks forbid to overwrite what is there by what gets these attributes. */
bool identity_is_protected( const UNICODE_STRING *path, ULONG new_attributes );

#endif
