/* SPDX-License-Identifier: MIT */

/* This file copies a whole file by sharing its blocks (FICLONE, a reflink). */

#include "unix/host.h"

#include <linux/fs.h>
#include <sys/ioctl.h>

/* True when the disk is broken or full. A copy by writing would only find that out again, later. */
static bool is_final( int err )
{
    return err == EIO || err == ENOMEM || err == ENOSPC || err == EDQUOT;
}

/* The source may have grown, so the clone is cut to the size that the source had at first. Sets move->moved. False
 * means that errno tells why this failed. */
static bool cut_clone( struct host_move *move, struct host_pair *pair )
{
    if (fstat( move->destination, &pair->destination_stat )) return false;
    move->moved = (uint64_t)pair->destination_stat.st_size;
    if (move->moved <= move->length) return true;
    move->moved = move->length;
    return !ftruncate( move->destination, (off_t)move->length );
}

/* A clone of a source that was truncated meanwhile is shorter, and must not have the end of the old content behind it.
 * So the destination is emptied first. File systems where old content is written over instead (ext4) cannot clone
 * anyway. */
static bool empty_destination( struct host_pair *pair )
{
    if (!pair->destination_stat.st_size || host_pair_writes_over( pair )) return true;
    if (ftruncate( pair->destination, 0 )) return false;
    pair->destination_stat.st_size = 0;
    return true;
}

void host_clone( struct host_move *move, struct host_pair *pair )
{
    if (!( move->flags & HOST_MOVE_KEEP_HOLES ) && host_has_holes( &pair->source_stat ))
    {
        host_refuse( move, HOST_WHY_HOLES, 0 );
        return;
    }
    if (!empty_destination( pair ))
    {
        host_refuse( move, HOST_WHY_ERRNO, errno );
        return;
    }
    while (ioctl( move->destination, FICLONE, move->source ))
    {
        if (errno == EINTR) continue;
        if (is_final( errno )) host_fail( move, HOST_SERVER_FAILED, errno );
        else host_refuse( move, HOST_WHY_ERRNO, errno );
        return;
    }
    if (!cut_clone( move, pair ))
    {
        move->moved = 0;
        host_fail( move, HOST_SERVER_FAILED, errno );
    }
}
