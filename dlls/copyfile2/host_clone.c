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

void host_clone( struct host_move *move )
{
    struct stat source;

    if (!host_are_files( move, &source )) return;
    if (!( move->flags & HOST_KEEP_HOLES ) && host_has_holes( &source ))
    {
        host_refuse( move, HOST_WHY_HOLES, 0 );
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
