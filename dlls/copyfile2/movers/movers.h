/* SPDX-License-Identifier: MIT */

/* The movers of one stream, the fastest first, and the law by which one gives way to the next. */

#ifndef COPYFILE2_MOVERS_H
#define COPYFILE2_MOVERS_H

#include "common/trace.h"
#include "movers/mover.h"
#include "streams/stream.h"

struct movers
{
    const struct mover *const *current;
    uint64_t moved_by_current;
    struct mover_range range; /* what is the same for all ranges, and the last one's results */
    const struct plan *plan;
    enum mover_result whole; /* what came of the whole stream; MOVER_NOT_FOR_ME: it goes range by range */
    bool begun;              /* an earlier call has copied a part of the stream */
    struct trace *trace;
    void *memory;     /* of the buffer, NULL: none */
    BYTE spare[4096]; /* serves when there is no memory, so that to begin cannot fail */
};

/* Tries what takes a whole stream at once. That is done, or failed, before the callback hears of the stream. */
void movers_begin( struct movers *movers, struct stream *stream, const struct plan *plan, struct trace *trace );

/* Whether the stream is one chunk, that movers_move only has to tell of. */
bool movers_took_whole( const struct movers *movers );

/* Every byte is to be written: the destination holds old ones. */
void movers_fill_holes( struct movers *movers );

/* Moves a range, by whichever mover can: never MOVER_NOT_FOR_ME. The results are in movers->range. */
enum mover_result movers_move( struct movers *movers, uint64_t offset, uint64_t length );

/* Whether the last range came by a mover that offloads. */
bool movers_offload( const struct movers *movers );

void movers_end( struct movers *movers );

#endif
