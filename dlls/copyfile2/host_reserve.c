/* SPDX-License-Identifier: MIT */

/* Gives the destination its size, and its room on the disk, before the first byte: a disk that is too full says so now, and
 * the blocks lie together. */

#include "host.h"

#include <fcntl.h>

/* Whether the error means that the copy cannot become whole; all others mean that this file system reserves nothing. */
static bool is_real( int err )
{
    return err == ENOSPC || err == EDQUOT || err == EFBIG || err == EIO;
}

/* Where the copy keeps holes, their room is not needed. */
static bool wants_room( const struct host_reserve *reserve )
{
    struct stat source;

    if (!( reserve->flags & HOST_KEEP_HOLES )) return true;
    return fstat( reserve->source, &source ) || !host_has_holes( &source );
}

static int allocate( int file, off_t size )
{
    int ret;

    do ret = fallocate( file, FALLOC_FL_KEEP_SIZE, 0, size );
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

void host_reserve( struct host_reserve *reserve )
{
    off_t size = (off_t)reserve->size;
    int err = set_size( reserve->destination, size );

    if (!err && wants_room( reserve ))
    {
        err = allocate( reserve->destination, size );
        if (!is_real( err )) err = 0;
    }
    reserve->err = err;
    reserve->status = err ? host_status_from_err( err ) : 0;
}
