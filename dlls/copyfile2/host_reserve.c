/* SPDX-License-Identifier: MIT */

/* Gives the destination its size, and its room on the disk, before the first byte: a disk that is too full says so
 * now, and the blocks lie together. What an overwritten file holds stays until it is written over, where that is
 * faster. */

#include "host.h"

#include <fcntl.h>
#include <sys/vfs.h>

#define EXT4 0xef53 /* and ext2, ext3 */

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

/* ext4 writes over the blocks that a file has, and flushes at close what was cut to nothing before. btrfs and xfs
 * may need new blocks to write over shared ones, which would be missing later than in here. */
bool host_writes_over( int file )
{
    struct statfs system;

    return !fstatfs( file, &system ) && (uint32_t)system.f_type == EXT4;
}

static int prepare( struct host_reserve *reserve )
{
    off_t size = (off_t)reserve->size;
    bool room = wants_room( reserve );
    struct stat destination;
    int err = 0;

    if (( reserve->flags & HOST_OLD_CONTENT ) && !fstat( reserve->destination, &destination ) && destination.st_size)
    {
        if (room && host_writes_over( reserve->destination )) reserve->old_content = 1;
        else err = set_size( reserve->destination, 0 );
    }
    if (!err) err = set_size( reserve->destination, size );
    if (err || !room) return err;
    err = allocate( reserve->destination, FALLOC_FL_KEEP_SIZE, 0, size );
    return is_real( err ) ? err : 0;
}

/* Zeros are left where a shorter file cannot be, because somebody has mapped it. */
static int erase( const struct host_reserve *reserve )
{
    off_t begin = (off_t)reserve->size;
    struct stat destination;

    if (fstat( reserve->destination, &destination )) return errno;
    if (destination.st_size <= begin) return 0;
    return allocate( reserve->destination, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, begin, destination.st_size - begin );
}

void host_reserve( struct host_reserve *reserve )
{
    reserve->old_content = 0;
    reserve->err = reserve->flags & HOST_ERASE ? erase( reserve ) : prepare( reserve );
    reserve->status = reserve->err ? host_status_from_err( reserve->err ) : 0;
}
