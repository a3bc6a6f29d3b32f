/* SPDX-License-Identifier: MIT */

/* Copies a whole file by sharing its blocks (reflink). */

#include "unix/host.h"

#include <linux/fs.h>
#include <sys/ioctl.h>

/* The disk is broken or full, and to write the same bytes would only find it out again, later. */
static bool is_final( int err )
{
    return err == EIO || err == ENOMEM || err == ENOSPC || err == EDQUOT;
}

/* Never past the size that the source had at first. */
static bool cut_clone( struct host_move *move, struct host_pair *pair )
{
    if (fstat( move->destination, &pair->destination_stat )) return false;
    move->moved = (uint64_t)pair->destination_stat.st_size;
    if (move->moved <= move->length) return true;
    move->moved = move->length;
    return !ftruncate( move->destination, (off_t)move->length );
}

/* A source that was cut meanwhile must not leave the end of what was there. Where nothing is emptied nothing is
 * cloned. */
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
