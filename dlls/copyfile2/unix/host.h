/* SPDX-License-Identifier: MIT */

/* The files of the host half share this header. They know descriptors, errno and Linux, and of Windows only the numbers
 * of NTSTATUS. */

#ifndef COPYFILE2_HOST_H
#define COPYFILE2_HOST_H

#include "unix/unixlib.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

/* Answers the NTSTATUS of any errno. The answers fit a failed read or write, and not an open. */
int32_t host_status_from_err( int err );
/* Answers the name of an errno, or NULL where errno_rows.h has none. */
const char *host_name_from_err( int err );

/* Answers a function of Wine's ntdll.so, or NULL where this Wine has none of that name. */
void *host_wine_function( const char *name );

/* True when this Wine tells paths to host halves. The first call of all (call_hello) asks this, and host_path refuses
 * before that. */
bool host_path_is_known( void );

/* A file system has these properties, as far as they are known. */
struct host_filesystem
{
    uint32_t type;         /* its f_type in statfs */
    bool is_local;         /* only this machine changes it: inotify tells of that, times move with it, leases hold */
    bool copies_by_itself; /* a server or a daemon carries copy_file_range out */
    bool writes_over;      /* to overwrite old blocks is faster than to empty the file first */
    bool takes_no_colons;  /* a name cannot have a colon */
};
/* Answers the properties of the file system that the file lies on. Most file systems have none that are known. NULL
 * means that it cannot be asked, and errno tells why. */
const struct host_filesystem *host_filesystem_of( int file );

/* A pair holds the two files of a call, for which fstat is called only once. */
struct host_pair
{
    int source, destination;
    struct stat source_stat;
    struct stat destination_stat;             /* its st_size is kept up to date */
    const struct host_filesystem *filesystem; /* the destination's, by host_pair_filesystem; NULL: not yet asked */
    bool gives_x_bits;                        /* the destination is new, and gets the source's x bits */
    bool has_no_attributes;                   /* it is certain that neither file has attributes that a copy keeps */
};
/* Sets the pair, and calls fstat for both files. False means that this failed, and errno tells why. */
bool host_pair_look( struct host_pair *pair, int source, int destination );
/* Answers the properties of the destination's file system, and never NULL. */
const struct host_filesystem *host_pair_filesystem( struct host_pair *pair );
/* True when the destination's old content stays until it is written over. */
bool host_pair_writes_over( struct host_pair *pair );
/* Sets the pair from the files of the move, as host_pair_look does. False means that the move is refused, because fstat
 * failed, or one of the files is no regular file. */
bool host_pair_take( struct host_pair *pair, struct host_move *move );

/* Each of these functions carries out one call of unixlib.h, and leaves the descriptors open. */
void host_path( struct host_path *wanted );
void host_clone( struct host_move *move, struct host_pair *pair );
void host_copy_range( struct host_move *move, struct host_pair *pair );
void host_read_write( struct host_move *move, struct host_pair *pair );
void host_ahead_end( struct host_ahead *ahead );
void host_small( struct host_small *small, struct host_pair *pair );
void host_reserve( struct host_reserve *reserve );
void host_metadata( struct host_metadata *metadata );
void host_small_look( struct host_small_look *look );
void host_small_by_path( struct host_small_by_path *request );
void host_index( struct host_name *wanted );
void host_streams( struct host_streams *streams );
void host_attribute_copy( struct host_attribute_copy *copy );
void host_link_look( struct host_link *link );
void host_link_copy( struct host_link *link );
void host_link_remove( struct host_link *link );
void host_link_compare( struct host_link *link );

/* A write past the limit of file sizes (RLIMIT_FSIZE) raises a signal. Between these two functions such a write fails
 * with EFBIG, and no signal comes. */
struct host_limit_guard
{
    bool is_needed;
    sigset_t before;
    bool was_pending;
};
void host_limit_guard_begin( struct host_limit_guard *guard );
void host_limit_guard_end( const struct host_limit_guard *guard );
/* True when a file of this size is within the limit. */
bool host_limit_allows( uint64_t size );

/* False means that the file certainly has no siblings, that is, no files beside it whose names are its own, a colon,
 * and more. */
bool host_may_have_siblings( const char *path );
/* True when the index has this directory, and no name with a colon in it. Then no file there has a sibling. */
bool host_index_knows_no_stream( const struct stat *directory );

/* Answers the time as NT counts it: in 100 ns since 1601. */
uint64_t host_nt_time( const struct timespec *time );

/* Answers the names of all extended attributes, each with its 0, in memory that the caller frees. Sets *size to the
 * length of the list. NULL means that there is none. */
char *host_attribute_names( int file, ssize_t *size );
/* True when an attribute of this name is a stream. */
bool host_attribute_is_stream( const char *name );

/* These four are parts of host_reserve and host_metadata, and host_small uses them too. The first one empties the
 * destination, or sets *old_content to true where its content is to be written over instead. The second one leaves at
 * most size bytes. The third one may do the same as the first, then sets the size, unless that comes later, and
 * reserves the room. The first three answer an errno, or 0. The last one sets the copy's mode, attributes and times. */
int host_reserve_empty( struct host_pair *pair, uint32_t flags, bool *old_content );
int host_reserve_cut( struct host_pair *pair, uint64_t size );
int host_reserve_room( struct host_pair *pair, uint64_t size, uint32_t flags, bool *old_content );
void host_metadata_keep( struct host_pair *pair, uint64_t last_write_time );

/* True when the caller wants the move to end. */
bool host_is_canceled( const struct host_move *move );
/* True when the file has fewer blocks than its size needs. */
bool host_has_holes( const struct stat *file );
/* Ends a move that another mover has to go on with, for this reason. */
void host_refuse( struct host_move *move, enum host_why why, int err );
/* Ends a move that has failed with this errno. */
void host_fail( struct host_move *move, enum host_result result, int err );
void host_fail_at_end( struct host_move *move ); /* the source was truncated, for which there is no errno */

#endif
