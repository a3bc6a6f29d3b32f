/* SPDX-License-Identifier: MIT */

/* The files beside a file whose names are its own, a colon, and more: what Wine makes of a named stream. */

#ifndef COPYFILE2_SIBLINGS_H
#define COPYFILE2_SIBLINGS_H

#include "platform/nt.h"

/* The suffix begins with the colon, and has no 0. Whatever fails it answers ends the list. */
typedef NTSTATUS ( *sibling_found )( void *context, PCWSTR suffix, size_t length, uint64_t size );

/* By the NT path of the file; in the order of Wine's directory listings, which is by name. */
NTSTATUS siblings_list( const UNICODE_STRING *file, sibling_found found, void *context );

/* Whether the path is one of a stream itself. */
bool siblings_is_stream( const UNICODE_STRING *path );

#endif
