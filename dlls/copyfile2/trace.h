/* SPDX-License-Identifier: MIT */

/* Evidence of how a file was copied, for people and for tests: a line a file, when asked for. */

#ifndef COPYFILE2_TRACE_H
#define COPYFILE2_TRACE_H

#include "plan.h"

struct trace_note
{
    const char *mover;
    uint64_t moved;
    const char *why; /* it refused; NULL: err tells */
    int32_t err;
    bool refused;
};

struct trace
{
    size_t count;
    struct trace_note notes[5]; /* one a mover */
};

void trace_moved( struct trace *trace, const char *mover, uint64_t bytes );
void trace_refused( struct trace *trace, const char *mover, const char *why, int32_t err );

/* Writes the line, if somebody wants it: COPYFILE2_TRACE=1 to standard error, WINEDEBUG=+copyfile2 where Wine's own go. */
void trace_write( const struct trace *trace, const struct plan *plan, HRESULT hr );

#endif
