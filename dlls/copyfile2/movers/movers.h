/* SPDX-License-Identifier: MIT */

/* A stream has a list of movers, the fastest first. This file decides when one mover gives way to the next. */

#ifndef COPYFILE2_MOVERS_H
#define COPYFILE2_MOVERS_H

#include "common/trace.h"
#include "movers/mover.h"
#include "streams/stream.h"

struct movers
{
    const struct mover *const *current; /* the mover in use, in a list whose last one never refuses */
    uint64_t moved_by_current;
    struct mover_range range; /* the settings of every range, and the results of the last one */
    const struct plan *plan;
    enum mover_result whole; /* the answer for the whole stream; MOVER_NOT_FOR_ME: the stream goes range by range */
    const char *not_whole;   /* why no mover may take the stream at once; NULL: nothing forbids it */
    struct trace *trace;
    void *memory;     /* the allocation that holds the buffer; NULL: spare is the buffer */
    BYTE spare[4096]; /* the buffer when there is no memory for a larger one */
};

/* Begins a stream whose handles and size are set. The movers that copy a whole stream in one step are tried here. They
 * must have succeeded or failed before the callback hears of the stream. */
void movers_begin( struct movers *movers, struct stream *stream, const struct plan *plan, struct trace *trace );

/* True when movers_begin has copied the whole stream, or has failed to. The stream is then one chunk, and movers_move
 * only answers the result. */
bool movers_took_whole( const struct movers *movers );

/* From now on the holes of the source are written as zeros, because the destination holds old bytes there. */
void movers_fill_holes( struct movers *movers );

/* Moves a range by whichever mover can, and never answers MOVER_NOT_FOR_ME. The results are in movers->range. */
enum mover_result movers_move( struct movers *movers, uint64_t offset, uint64_t length );

/* True when the last range was moved by a mover that offloads. */
bool movers_offload( const struct movers *movers );

/* Stops the threads that move bytes ahead, and frees the buffer. Call it before the destination is cut or deleted. */
void movers_end( struct movers *movers );

#endif
