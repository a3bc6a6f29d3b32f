/* SPDX-License-Identifier: MIT */

/* This is the bridge to the host half. Each function only packs the parameters of one call. The calls are described in
 * unixlib.h. */

#ifndef COPYFILE2_UNIX_CALL_H
#define COPYFILE2_UNIX_CALL_H

#include "platform/nt.h"
#include "unix/unixlib.h"

/* True when there is a host half of our own build: under Wine, when Wine has found copyfile2.so. */
bool unix_is_there( void );

/* True when the host half can also be asked by paths, because this Wine tells the host's path of a file. Without paths
 * a link cannot be told from its target. */
bool unix_has_paths( void );

/* Answers in words why there is no host half, or NULL when there is one. */
const char *unix_absence( void );

/* Each fails when Wine gives no descriptors for the handles, and then nothing was done. After success the struct holds
 * the results of the call. */
NTSTATUS unix_move( enum host_call call, HANDLE source, HANDLE destination, struct host_move *move );
NTSTATUS unix_small( HANDLE source, HANDLE destination, struct host_small *small );
NTSTATUS unix_reserve( HANDLE source, HANDLE destination, struct host_reserve *reserve );
NTSTATUS unix_metadata( HANDLE source, HANDLE destination, struct host_metadata *metadata );
NTSTATUS unix_streams( const UNICODE_STRING *name, HANDLE file, struct host_streams *streams );
NTSTATUS unix_attribute_copy( HANDLE source, HANDLE destination, struct host_attribute_copy *copy );

/* Stops the threads that a host_move has left to move bytes ahead. */
void unix_ahead_end( uint64_t ahead );

/* These serve links, which they find by NT paths. For a file that is not there the answer is
 * STATUS_OBJECT_NAME_NOT_FOUND, but to remove such a file succeeds. STATUS_PRIVILEGE_NOT_HELD means that Wine does not
 * tell the path, so nothing is known, and nothing was done. */
NTSTATUS unix_link_look( const UNICODE_STRING *name, enum host_kind *kind );
NTSTATUS unix_link_copy( const UNICODE_STRING *name, const UNICODE_STRING *destination, uint32_t flags );
NTSTATUS unix_link_remove( const UNICODE_STRING *name );
NTSTATUS unix_link_compare( const UNICODE_STRING *name, HANDLE file );

/* Sets path to the host's path of a file or directory that is there. Before the call *size is the room at path, and
 * after it the size of the path with its 0. */
NTSTATUS unix_path( const UNICODE_STRING *nt_path, char *path, ULONG *size );

/* True when Wine may lead this program to another file than a 64-bit one. */
bool unix_may_be_redirected( const UNICODE_STRING *nt_path );

/* Sets look to what is known of the file of this name, and *path to its path on the host. The caller frees the path,
 * also after a failure. */
NTSTATUS unix_small_look( const UNICODE_STRING *name, char **path, struct host_small_look *look );
/* Copies the file that has this path on the host. The parameter small names the destination, and holds the results. */
void unix_small_by_path( const char *path, struct host_small_by_path *small );

/* Asks the index whether the name in wanted is new to its directory, and sets the results in wanted. */
void unix_name( struct host_name *wanted );

/* Sets name to the errno's name, such as ENOSPC. Without a host half name is empty. */
void unix_errno_name( int32_t err, char *name, uint32_t size );

#endif
