/* SPDX-License-Identifier: MIT */

/* A disk that is too full should fail the copy before the first byte, and the blocks of a file should lie together. So
 * this file reserves the destination's room on the disk in advance, and sets its size too, where somebody may look at
 * it. The content of an overwritten file stays until it is written over, where that is faster. */

#include "unix/host.h"

#include <fcntl.h>

/* True when the error means that the copy cannot succeed. All others mean that this file system reserves nothing. */
static bool is_real( int err )
{
    return err == ENOSPC || err == EDQUOT || err == EFBIG || err == EIO;
}

static int allocate( int file, int mode, off_t offset, off_t size )
{
    int ret;

    do ret = fallocate( file, mode, offset, size );
    while (ret == -1 && errno == EINTR);
    return ret == -1 ? errno : 0;
}

static int set_size( int file, off_t size )
{
    int ret;

    do ret = ftruncate( file, size );
    while (ret == -1 && errno == EINTR);
    return ret == -1 ? errno : 0;
}

static int change_size( struct host_pair *pair, uint64_t size )
{
    int err = (uint64_t)pair->destination_stat.st_size == size ? 0 : set_size( pair->destination, (off_t)size );

    if (!err) pair->destination_stat.st_size = (off_t)size;
    return err;
}

/* True when the copy needs room for its whole size. A copy that keeps the holes of its source does not. */
static bool wants_room( const struct host_pair *pair, uint32_t flags )
{
    return !( flags & HOST_RESERVE_KEEP_HOLES ) || !host_has_holes( &pair->source_stat );
}

int host_reserve_empty( struct host_pair *pair, uint32_t flags, bool *old_content )
{
    *old_content = pair->destination_stat.st_size && wants_room( pair, flags ) && host_pair_writes_over( pair );
    return *old_content ? 0 : change_size( pair, 0 );
}

int host_reserve_cut( struct host_pair *pair, uint64_t size )
{
    return (uint64_t)pair->destination_stat.st_size > size ? change_size( pair, size ) : 0;
}

int host_reserve_room( struct host_pair *pair, uint64_t size, uint32_t flags, bool *old_content )
{
    int err = 0;

    *old_content = false;
    if (flags & HOST_RESERVE_OLD_CONTENT) err = host_reserve_empty( pair, flags, old_content );
    /* To set a size beyond the limit fails by itself. Without that, the limit is checked here. */
    if (!err && !( flags & HOST_RESERVE_SIZE_LATER )) err = change_size( pair, size );
    else if (!err && !host_limit_allows( size )) err = EFBIG;
    if (err || !size || !wants_room( pair, flags )) return err;
    err = allocate( pair->destination, FALLOC_FL_KEEP_SIZE, 0, (off_t)size );
    return is_real( err ) ? err : 0;
}

static int prepare( struct host_reserve *reserve )
{
    struct host_pair pair;
    bool old_content;
    int err;

    if (!host_pair_look( &pair, reserve->source, reserve->destination )) return errno;
    err = host_reserve_room( &pair, reserve->size, reserve->flags, &old_content );
    if (!err) err = host_reserve_cut( &pair, reserve->size );
    reserve->old_content = old_content;
    return err;
}

/* A file that somebody has mapped cannot be made shorter. So the bytes from size on become zeros. Answers an errno, or
 * 0. */
static int erase( const struct host_reserve *reserve )
{
    off_t begin = (off_t)reserve->size;
    struct stat destination;

    if (fstat( reserve->destination, &destination )) return errno;
    if (destination.st_size <= begin) return 0;
    return allocate( reserve->destination, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, begin,
                     destination.st_size - begin );
}

void host_reserve( struct host_reserve *reserve )
{
    reserve->old_content = 0;
    reserve->err = reserve->flags & HOST_RESERVE_ERASE ? erase( reserve ) : prepare( reserve );
    reserve->status = reserve->err ? host_status_from_err( reserve->err ) : 0;
}
