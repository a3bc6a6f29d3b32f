/* SPDX-License-Identifier: MIT */

/* A small file that nobody watches needs no call for each step. So one call does everything: the movers in their order,
 * the room, and the metadata. */

#include "unix/host.h"

/* Notes which mover was asked, and why it refused. True means that the move has ended. False means that the next mover
 * has to be asked; then the move's results are reset. */
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

static bool may_offload( const struct host_small *small )
{
    return small->flags & HOST_SMALL_MAY_OFFLOAD;
}

static bool move_by_clone( struct host_small *small, struct host_pair *pair )
{
    if (!may_offload( small )) return false;
    host_clone( &small->move, pair );
    return ended( small, HOST_CALL_CLONE, &small->clone_why, &small->clone_err );
}

static bool move_by_range( struct host_small *small, struct host_pair *pair )
{
    if (!may_offload( small )) return false;
    host_copy_range( &small->move, pair );
    return ended( small, HOST_CALL_COPY_RANGE, &small->range_why, &small->range_err );
}

/* Reserves the room that the flags ask for, and empties the destination, unless its old content is written over.
 * Without ROOM_FIRST no room is needed, because all data is one write. When old content is written over, that write
 * also sets the new size. So a program that is killed before leaves no old bytes of the new length. False means that
 * the move has failed. */
static bool take_room( struct host_small *small, struct host_pair *pair )
{
    uint64_t size = small->move.length;
    uint32_t flags = small->move.flags & HOST_MOVE_KEEP_HOLES ? HOST_RESERVE_KEEP_HOLES : 0;
    bool old_content;
    int err;

    if (!( small->flags & ( HOST_SMALL_ROOM_FIRST | HOST_SMALL_OLD_CONTENT ) )) return true;
    flags |= HOST_RESERVE_OLD_CONTENT | HOST_RESERVE_SIZE_LATER;
    if (small->flags & HOST_SMALL_ROOM_FIRST) err = host_reserve_room( pair, size, flags, &old_content );
    else err = host_reserve_empty( pair, flags, &old_content );
    if (old_content) small->move.flags &= ~(uint32_t)HOST_MOVE_KEEP_HOLES;
    if (err) host_fail( &small->move, HOST_ROOM_FAILED, err );
    return !err;
}

/* When a mover has moved some bytes and then refuses, no other mover goes on here. The caller does that, so the move is
 * refused. */
static void move_data( struct host_small *small, struct host_pair *pair )
{
    if (move_by_clone( small, pair ) || !take_room( small, pair ) || move_by_range( small, pair )) return;
    if (small->move.moved)
    {
        host_refuse( &small->move, small->range_why, small->range_err );
        return;
    }
    host_read_write( &small->move, pair );
    small->mover = HOST_CALL_READ_WRITE;
}

/* Cuts off the rest of an old file that was longer than the copy. False means that the move has failed. */
static bool cut_rest( struct host_small *small, struct host_pair *pair )
{
    int err = host_reserve_cut( pair, small->move.moved );

    if (err) host_fail( &small->move, HOST_WRITE_FAILED, err );
    return !err;
}

void host_small( struct host_small *small, struct host_pair *pair )
{
    small->has_metadata = 0;
    small->mover = HOST_CALL_READ_WRITE;
    if (small->flags & HOST_SMALL_X_BITS) pair->gives_x_bits = true;
    move_data( small, pair );
    if (small->move.result != HOST_DONE || small->move.moved != small->move.length || !cut_rest( small, pair )) return;
    if (!( small->flags & HOST_SMALL_METADATA )) return;
    host_metadata_keep( pair, small->last_write_time );
    small->has_metadata = 1;
}
