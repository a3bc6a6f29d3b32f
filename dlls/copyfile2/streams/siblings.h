/* SPDX-License-Identifier: MIT */

/* The siblings of a file are the files beside it whose names are its own, a colon, and more. Wine makes them of named
 * streams. */

#ifndef COPYFILE2_SIBLINGS_H
#define COPYFILE2_SIBLINGS_H

#include "platform/nt.h"

/* This is called for each sibling. The suffix begins with the colon, and no 0 ends it. When the answer is a failure,
 * the list ends with that. */
typedef NTSTATUS ( *sibling_found )( void *context, PCWSTR suffix, size_t length, uint64_t size );

/* Calls found for each sibling of the file that has this NT path. They come in the order of Wine's directory listings,
 * which is by name. */
NTSTATUS siblings_list( const UNICODE_STRING *file, sibling_found found, void *context );

/* True when the path is that of a stream itself: its last name has a colon. */
bool siblings_is_stream( const UNICODE_STRING *path );

/* True when the host can give the file beside this one its name: the two names and the suffix make one of Linux. */
bool siblings_can_be_named( const UNICODE_STRING *file, PCWSTR suffix );

#endif
