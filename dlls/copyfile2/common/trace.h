/* SPDX-License-Identifier: MIT */

/* Evidence of how a file was copied, for people and for tests: a line a file, when asked for. */

#ifndef COPYFILE2_TRACE_H
#define COPYFILE2_TRACE_H

#include "common/plan.h"

struct trace_note
{
    const char *mover;
    uint64_t moved;
    const char *why; /* it refused; NULL: err tells */
    int32_t err;
    bool refused;
};

/* Of a fast way that is no mover. */
enum trace_way_state
{
    TRACE_WAY_SILENT, /* it was not asked for, or had nothing to do */
    TRACE_WAY_TAKEN,
    TRACE_WAY_REFUSED,
};

struct trace_way
{
    enum trace_way_state state;
    const char *why; /* of REFUSED; NULL: err tells */
    int32_t err;
};

struct trace
{
    struct trace_way index; /* whether the directory index said that the destination's name is new */
    struct trace_way small; /* whether the copy was done without a handle of the destination */
    size_t count;
    struct trace_note notes[5]; /* one a mover */
    bool written_over;          /* the destination was not emptied first */
};

void trace_moved( struct trace *trace, const char *mover, uint64_t bytes );
void trace_refused( struct trace *trace, const char *mover, const char *why, int32_t err );

void trace_taken( struct trace_way *way );
void trace_not_taken( struct trace_way *way, const char *why, int32_t err );

/* Writes the line, if somebody wants it: COPYFILE2_TRACE=1 to standard error, WINEDEBUG=+copyfile2 where Wine's own
 * go. */
void trace_write( const struct trace *trace, const struct plan *plan, HRESULT hr );

#endif
