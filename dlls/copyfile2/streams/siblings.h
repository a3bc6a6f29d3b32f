/* SPDX-License-Identifier: MIT */

/* The siblings of a file are the files beside it whose names are its own, a colon, and more. Under Wine they are its
 * named streams. */

#ifndef COPYFILE2_SIBLINGS_H
#define COPYFILE2_SIBLINGS_H

#include "platform/nt.h"

/* This is called for each sibling. The suffix begins with the colon, and no 0 ends it. When it answers a failure, the
 * listing ends with that failure. */
typedef NTSTATUS ( *sibling_found )( void *context, PCWSTR suffix, size_t length, uint64_t size );

/* Calls found for each sibling of the file that has this NT path. They come in the order of Wine's directory listings,
 * which is by name. */
NTSTATUS siblings_list( const UNICODE_STRING *file, sibling_found found, void *context );

/* True when the path itself is that of a stream: its last name has a colon. */
bool siblings_is_stream( const UNICODE_STRING *path );

/* True when Linux can give a file beside this one the file's own name with the suffix: the two together are not too
 * long. */
bool siblings_can_be_named( const UNICODE_STRING *file, PCWSTR suffix );

#endif
