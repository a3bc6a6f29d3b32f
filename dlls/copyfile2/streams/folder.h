/* SPDX-License-Identifier: MIT */

/* This file opens a folder, and lists its names as Wine does. */

#ifndef COPYFILE2_FOLDER_H
#define COPYFILE2_FOLDER_H

#include "platform/nt.h"

/* This is called for each entry. When it answers a failure, the listing ends with that failure. */
typedef NTSTATUS ( *folder_found )( void *context, const FILE_DIRECTORY_INFORMATION *entry );

/* Answers the path of the folder of this file. It shares the buffer of the file's path, and ends with a backslash. */
UNICODE_STRING folder_of( const UNICODE_STRING *file );

/* Opens a folder to be listed. The caller closes *directory. */
NTSTATUS folder_open( HANDLE *directory, UNICODE_STRING *path );

/* Calls found for each entry whose name matches the mask. The entries come in Wine's order, which is by name. */
NTSTATUS folder_list( HANDLE directory, UNICODE_STRING *mask, folder_found found, void *context );

#endif
