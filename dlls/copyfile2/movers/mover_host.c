/* SPDX-License-Identifier: MIT */

/* The host half carries these movers out. Clone shares the blocks of a whole file, and copy_file_range lets the file
 * system copy a range by itself. The third one reads and writes a range, and the last one copies an attribute. */

#include "movers/mover_host.h"
#include "platform/unix_call.h"

static const enum mover_result results[] = {
    [HOST_DONE] = MOVER_DONE,
    [HOST_NOT_FOR_ME] = MOVER_NOT_FOR_ME,
    [HOST_CANCELED] = MOVER_CANCELED,
    [HOST_READ_FAILED] = MOVER_READ_FAILED,
    [HOST_WRITE_FAILED] = MOVER_WRITE_FAILED,
    [HOST_SERVER_FAILED] = MOVER_SERVER_FAILED,
    [HOST_ROOM_FAILED] = MOVER_ROOM_FAILED,
};
_Static_assert( ARRAYSIZE( results ) == HOST_RESULT_COUNT, "a result is missing" );

static const char *const reasons[] = {
    [HOST_WHY_ERRNO] = NULL,
    [HOST_WHY_LOCAL] = "a local file system would only read and write",
    [HOST_WHY_NOT_FILES] = "it is not a regular file",
    [HOST_WHY_HOLES] = "holes are not wanted",
    [HOST_WHY_ENDED_EARLY] = "the file system copied no bytes",
};
_Static_assert( ARRAYSIZE( reasons ) == HOST_WHY_COUNT, "a reason is missing" );

struct host_move mover_host_request( const struct mover_range *range )
{
    return ( struct host_move ){
        .offset = range->offset,
        .length = range->length,
        .cancel = (uintptr_t)range->cancel,
        .buffer = (uintptr_t)range->buffer,
        .buffer_size = range->buffer_size,
        .ahead = range->ahead,
        .ahead_end = range->ahead_end,
        .flags = ( range->keep_holes ? HOST_MOVE_KEEP_HOLES : 0 ) | ( range->uncached ? HOST_MOVE_UNCACHED : 0 ) |
                 ( range->has_moved ? HOST_MOVE_HAS_MOVED : 0 ),
    };
}

enum mover_result mover_host_result( uint32_t result )
{
    return results[result];
}

const char *mover_host_reason( uint32_t why )
{
    return reasons[why];
}

static enum mover_result move_by( enum host_call call, struct mover_range *range )
{
    struct host_move move = mover_host_request( range );

    range->moved = 0;
    if (!NT_SUCCESS( unix_move( call, range->source, range->destination, &move ) ))
    {
        range->why = "Wine gives no descriptors";
        return MOVER_NOT_FOR_ME;
    }
    range->moved = move.moved;
    range->ahead = move.ahead;
    range->ahead_end = move.ahead_end;
    range->threads = move.threads;
    range->status = move.status;
    range->why = reasons[move.why];
    range->err = move.err;
    return results[move.result];
}

void mover_host_end_ahead( struct mover_range *range )
{
    if (!range->ahead) return;
    unix_ahead_end( range->ahead );
    range->ahead = range->ahead_end = 0;
}

static enum mover_result move_attribute( struct mover_range *range )
{
    struct host_attribute_copy copy = { .name = (uintptr_t)range->attribute, .length = range->length };

    range->moved = 0;
    range->status = unix_attribute_copy( range->source, range->destination, &copy );
    if (!NT_SUCCESS( range->status )) return MOVER_WRITE_FAILED;
    range->moved = copy.moved;
    range->status = copy.status;
    return results[copy.result];
}

static enum mover_result clone( struct mover_range *range )
{
    return move_by( HOST_CALL_CLONE, range );
}

static enum mover_result copy_range( struct mover_range *range )
{
    return move_by( HOST_CALL_COPY_RANGE, range );
}

static enum mover_result read_write( struct mover_range *range )
{
    return move_by( HOST_CALL_READ_WRITE, range );
}

const struct mover mover_clone = {
    .name = "clone", .needs_host = true, .offloads = true, .whole = true, .move = clone
};
const struct mover mover_attribute = { .name = "attribute", .needs_host = true, .whole = true, .move = move_attribute };
const struct mover mover_copy_range = {
    .name = "copy_file_range", .needs_host = true, .offloads = true, .move = copy_range
};
const struct mover mover_read_write = { .name = "host read/write", .needs_host = true, .move = read_write };

static const struct mover *const movers[HOST_CALL_COUNT] = {
    [HOST_CALL_CLONE] = &mover_clone,
    [HOST_CALL_COPY_RANGE] = &mover_copy_range,
    [HOST_CALL_READ_WRITE] = &mover_read_write,
};

const struct mover *mover_host_of( uint32_t call )
{
    return movers[call];
}
