/* SPDX-License-Identifier: MIT */

/* Copies a whole file by sharing its blocks (reflink). */

#include "host.h"

#include <linux/fs.h>
#include <sys/ioctl.h>

/* The disk is broken or full, and to write the same bytes would only find it out again, later. */
static bool is_final( int err )
{
    return err == EIO || err == ENOMEM || err == ENOSPC || err == EDQUOT;
}

/* Never past the size that the source had at first. */
static bool cut_clone( struct host_move *move )
{
    struct stat clone;

    if (fstat( move->destination, &clone )) return false;
    move->moved = (uint64_t)clone.st_size;
    if (move->moved <= move->length) return true;
    move->moved = move->length;
    return !ftruncate( move->destination, (off_t)move->length );
}

/* A source that was cut meanwhile must not leave the end of what was there. Where nothing is emptied nothing is
 * cloned. */
static bool empty_destination( const struct host_move *move )
{
    struct stat destination;

    if (fstat( move->destination, &destination )) return false;
    return !destination.st_size || host_writes_over( move->destination ) || !ftruncate( move->destination, 0 );
}

void host_clone( struct host_move *move )
{
    struct stat source;

    if (!host_are_files( move, &source )) return;
    if (!( move->flags & HOST_KEEP_HOLES ) && host_has_holes( &source ))
    {
        host_refuse( move, HOST_WHY_HOLES, 0 );
        return;
    }
    if (!empty_destination( move ))
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
    if (!cut_clone( move ))
    {
        move->moved = 0;
        host_fail( move, HOST_SERVER_FAILED, errno );
    }
}
