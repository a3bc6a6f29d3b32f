/* SPDX-License-Identifier: MIT */

/* A name alone does not say which file it leads to, of what kind that file is, and whether it may be overwritten. This
 * file finds that out. */

#ifndef COPYFILE2_IDENTITY_H
#define COPYFILE2_IDENTITY_H

#include "platform/nt.h"

/* True when both handles are of one file, and when the two files cannot be told apart. */
bool identity_is_same_file( HANDLE one, HANDLE other );
/* True when the path leads to the same disk file, as identity_is_same_file sees it. False also means that nothing can
 * be opened by the path. */
bool identity_is_same_path( HANDLE file, UNICODE_STRING *path );

/* True for a file on a disk or on the network, and false for a device or a pipe. */
bool identity_is_disk_file( HANDLE handle );

/* True when the marks of the file at the path forbid to overwrite it with a file of these attributes. */
bool identity_is_protected( const UNICODE_STRING *path, ULONG new_attributes );

#endif
