/* SPDX-License-Identifier: MIT */

/* The host half among itself: descriptors, errno, and Linux. Knows nothing of Windows but NTSTATUS numbers. */

#ifndef COPYFILE2_HOST_H
#define COPYFILE2_HOST_H

#include "unix/unixlib.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

/* Every errno has a status; err is one of a failed read or write, not of an open. */
int32_t host_status_from_err( int err );
const char *host_name_from_err( int err );

/* What is known of a file system. */
struct host_filesystem
{
    uint32_t type;         /* its number in statfs */
    bool is_local;         /* what happens there is seen here: inotify tells of it, times move with it, leases hold */
    bool copies_by_itself; /* a server or a daemon carries copy_file_range out */
    bool writes_over;      /* to write over old blocks is faster than to empty the file first */
    bool takes_no_colons;  /* in names */
};
/* Nothing is known of most. NULL: errno tells why the file's own cannot be asked. */
const struct host_filesystem *host_filesystem_of( int file );

/* The two files of a call, looked at once. */
struct host_pair
{
    int source, destination;
    struct stat source_stat;
    struct stat destination_stat;             /* its size is kept up to date */
    const struct host_filesystem *filesystem; /* of the destination, by host_pair_filesystem; NULL: not yet asked */
    bool has_no_attributes;                   /* for certain: neither has any that are carried */
};
/* False: errno tells. */
bool host_pair_look( struct host_pair *pair, int source, int destination );
const struct host_filesystem *host_pair_filesystem( struct host_pair *pair );
/* Whether what the destination holds stays until it is written over. */
bool host_pair_writes_over( struct host_pair *pair );
/* The same of a move, which is refused if they are no regular files. */
bool host_pair_take( struct host_pair *pair, struct host_move *move );

/* The movers and the rest: one function a call of unixlib.h. They leave the descriptors open. */
void host_clone( struct host_move *move, struct host_pair *pair );
void host_copy_range( struct host_move *move, struct host_pair *pair );
void host_read_write( struct host_move *move, struct host_pair *pair );
void host_small( struct host_small *small, struct host_pair *pair );
void host_reserve( struct host_reserve *reserve );
void host_metadata( struct host_metadata *metadata );
void host_small_look( struct host_small_look *look );
void host_small_by_path( struct host_small_by_path *lease );
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
    bool is_needed;
    sigset_t before;
    bool was_pending;
};
void host_limit_guard_begin( struct host_limit_guard *guard );
void host_limit_guard_end( const struct host_limit_guard *guard );

/* Whether files may lie beside this one whose names are its own, a colon, and more; false is certain. */
bool host_may_have_siblings( const char *path );
/* Whether the index has this directory, and in it no name with a colon: then no file there has any. */
bool host_index_knows_no_stream( const struct stat *directory );

/* As NT counts. */
uint64_t host_nt_time( const struct timespec *time );

/* A list of names, each with its 0, that the caller frees; NULL: none. */
char *host_attribute_names( int file, ssize_t *size );
bool host_attribute_is_stream( const char *name );

/* The two as parts of host_small. What the destination holds is cut to size, or goes. */
int host_reserve_cut( struct host_pair *pair, uint64_t size, uint32_t flags, bool *old_content );  /* an errno, or 0 */
int host_reserve_room( struct host_pair *pair, uint64_t size, uint32_t flags, bool *old_content ); /* an errno, or 0 */
void host_metadata_keep( struct host_pair *pair, uint64_t last_write_time );

/* What the movers share. */
bool host_is_canceled( const struct host_move *move );
bool host_has_holes( const struct stat *file );
void host_refuse( struct host_move *move, enum host_why why, int err );
void host_fail( struct host_move *move, enum host_result result, int err );

#endif
