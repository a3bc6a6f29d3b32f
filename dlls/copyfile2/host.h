/* SPDX-License-Identifier: MIT */

/* The host half among itself: descriptors, errno, and Linux. Knows nothing of Windows but NTSTATUS numbers. */

#ifndef COPYFILE2_HOST_H
#define COPYFILE2_HOST_H

#include "unixlib.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

/* Every errno has a status; err is one of a failed read or write, not of an open. */
int32_t host_status_from_err( int err );
const char *host_name_from_err( int err );

/* The movers and the rest: one function a call of unixlib.h. They leave the descriptors open. */
void host_clone( struct host_move *move );
void host_copy_range( struct host_move *move );
void host_read_write( struct host_move *move );
void host_reserve( struct host_reserve *reserve );
void host_metadata( struct host_metadata *metadata );
void host_small( struct host_small *small );
void host_index( struct host_name *wanted );
void host_streams( struct host_streams *streams );
void host_attribute_copy( struct host_attribute_copy *copy );
void host_link_look( struct host_link *link );
void host_link_copy( struct host_link *link );
void host_link_remove( struct host_link *link );
void host_link_compare( struct host_link *link );

/* Between the two, a write past the limit of file sizes (RLIMIT_FSIZE) is EFBIG and no signal. */
struct host_limit_guard
{
    sigset_t before;
    bool was_pending;
};
void host_limit_guard_begin( struct host_limit_guard *guard );
void host_limit_guard_end( const struct host_limit_guard *guard );

/* Whether what happens there is seen here: inotify tells of it, times move with it, leases hold. */
bool host_is_local( int file );
bool host_is_local_type( uint32_t type ); /* of statfs */

/* Whether files may lie beside this one whose names are its own, a colon, and more; false is certain. */
bool host_may_have_siblings( const char *path );
/* Whether the index has this directory, and in it no name with a colon: then no file there has any. */
bool host_index_knows_no_stream( const struct stat *directory );

/* A list of names, each with its 0, that the caller frees; NULL: none. */
char *host_attribute_names( int file, ssize_t *size );
bool host_attribute_is_stream( const char *name );

/* What the movers share. */
bool host_is_canceled( const struct host_move *move );
bool host_has_holes( const struct stat *file );
/* Whether what an overwritten file holds stays until it is written over. */
bool host_writes_over( int file );
bool host_are_files( struct host_move *move, struct stat *source );
void host_refuse( struct host_move *move, enum host_why why, int err );
void host_fail( struct host_move *move, enum host_result result, int err );

#endif
