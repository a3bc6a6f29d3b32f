/* SPDX-License-Identifier: MIT */

/* The bridge to the host half. Each function packs its parameters, and nothing else; unixlib.h tells what the calls
 * do. */

#ifndef COPYFILE2_UNIX_CALL_H
#define COPYFILE2_UNIX_CALL_H

#include "platform/nt.h"
#include "unix/unixlib.h"

/* Whether there is a host half, of our own build: under Wine, when it found copyfile2.so. */
bool host_is_there( void );

/* Why not, in words. */
const char *host_absence( void );

/* Each fails when Wine gives no descriptors of the handles; nothing was done then. What came of it is in the struct. */
NTSTATUS host_call_move( enum host_call call, HANDLE source, HANDLE destination, struct host_move *move );
NTSTATUS host_call_small( HANDLE source, HANDLE destination, struct host_small *small );
NTSTATUS host_call_reserve( HANDLE source, HANDLE destination, struct host_reserve *reserve );
NTSTATUS host_call_metadata( HANDLE source, HANDLE destination, uint64_t last_write_time );
NTSTATUS host_call_streams( const UNICODE_STRING *name, HANDLE file, struct host_streams *streams );
NTSTATUS host_call_attribute_copy( HANDLE source, HANDLE destination, struct host_attribute_copy *copy );

/* Of links, by NT paths. A file that is not there is STATUS_OBJECT_NAME_NOT_FOUND, but to remove it succeeds. */
NTSTATUS host_call_link_look( const UNICODE_STRING *name, enum host_kind *kind );
NTSTATUS host_call_link_copy( const UNICODE_STRING *name, const UNICODE_STRING *destination, uint32_t flags );
NTSTATUS host_call_link_remove( const UNICODE_STRING *name );
NTSTATUS host_call_link_compare( const UNICODE_STRING *name, HANDLE file );

/* The host's path of a file or directory that is there; size is that of the room, then that of the path with its 0. */
NTSTATUS host_path_of( const UNICODE_STRING *nt_path, char *path, ULONG *size );

/* Whether, for this program, Wine may have another file in mind than the one of this path of the host. */
bool host_may_be_redirected( const char *path );

/* Which file that is, and its path, which the caller frees, also of a failure. */
NTSTATUS host_call_look( const UNICODE_STRING *name, char **path, struct host_look *look );
/* Copies the file of this path. */
void host_call_lease( const char *path, struct host_lease *lease );

/* Whether a name is new to its directory. */
void host_call_name( struct host_name *wanted );

void host_call_errno_name( int32_t err, char *name, uint32_t size );

#endif
