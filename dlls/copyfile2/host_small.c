/* SPDX-License-Identifier: MIT */

/* Does all that there is to do for a small file of which nobody wants to hear: the movers in their order, room,
 * metadata. */

#include "host.h"

/* Answers whether that was the end of it. */
static bool ended( struct host_small *small, enum host_call mover, uint32_t *why, int32_t *err )
{
    small->mover = mover;
    *why = small->move.why;
    *err = small->move.err;
    if (small->move.result != HOST_NOT_FOR_ME) return true;
    small->move.result = HOST_DONE;
    small->move.why = HOST_WHY_ERRNO;
    small->move.err = 0;
    return false;
}

static bool offload( struct host_small *small, void ( *mover )( struct host_move * ), enum host_call call, uint32_t *why,
                     int32_t *err )
{
    if (!( small->move.flags & HOST_MAY_OFFLOAD )) return false;
    mover( &small->move );
    return ended( small, call, why, err );
}

/* No mover of ours takes what is no file, nor goes on behind what another has moved: both are for the caller. */
static bool take_room( struct host_small *small )
{
    struct host_reserve room = { .size = small->move.length,
                                 .source = small->move.source,
                                 .destination = small->move.destination,
                                 .flags = small->move.flags | HOST_OLD_CONTENT };

    if (!( small->move.flags & HOST_ROOM_FIRST )) return true;
    host_reserve( &room );
    if (room.old_content) small->move.flags &= ~(uint32_t)HOST_KEEP_HOLES;
    if (!room.err) return true;
    host_fail( &small->move, HOST_ROOM_FAILED, room.err );
    return false;
}

static void move_data( struct host_small *small )
{
    struct stat source;

    if (offload( small, host_clone, HOST_CALL_CLONE, &small->clone_why, &small->clone_err )) return;
    if (!host_are_files( &small->move, &source ) || !take_room( small )) return;
    if (offload( small, host_copy_range, HOST_CALL_COPY_RANGE, &small->range_why, &small->range_err )) return;
    if (small->move.moved)
    {
        host_refuse( &small->move, small->range_why, small->range_err );
        return;
    }
    host_read_write( &small->move );
    small->mover = HOST_CALL_READ_WRITE;
}

void host_small( struct host_small *small )
{
    struct host_metadata metadata = { .last_write_time = small->last_write_time,
                                      .source = small->move.source,
                                      .destination = small->move.destination };

    small->has_metadata = 0;
    small->mover = HOST_CALL_READ_WRITE;
    move_data( small );
    if (small->move.result != HOST_DONE || small->move.moved != small->move.length) return;
    if (!( small->move.flags & HOST_METADATA )) return;
    host_metadata( &metadata );
    small->has_metadata = 1;
}
