/* SPDX-License-Identifier: MIT */

/* The trace is evidence of how a file was copied, for people and for tests. It is one line for each file, when somebody
 * asks for it. */

#ifndef COPYFILE2_TRACE_H
#define COPYFILE2_TRACE_H

#include "common/failure.h"
#include "common/plan.h"

struct trace_note
{
    const char *mover;
    uint64_t moved;
    uint32_t threads; /* the highest number of threads that moved them at the same time; 0 and 1: one */
    const char *why;  /* why the mover refused; NULL when err says why */
    int32_t err;
    bool refused;
};

/* A fast way that is no mover is in one of these states. */
enum trace_way_state
{
    TRACE_WAY_SILENT, /* it was not asked for, or had nothing to do */
    TRACE_WAY_TAKEN,
    TRACE_WAY_REFUSED,
};

struct trace_way
{
    enum trace_way_state state;
    const char *why; /* why it was refused; NULL when err says why */
    int32_t err;
};

/* Each mover has one note for all streams of a copy. mover.c asserts that there are no more movers. */
#define TRACE_MOST_MOVERS 5

struct trace
{
    struct trace_way index; /* taken when the directory index said that the destination's name is new */
    struct trace_way small; /* taken when the copy was done without a handle of the destination */
    size_t count;
    struct trace_note notes[TRACE_MOST_MOVERS];
    bool written_over; /* the destination was not emptied first */
};

/* Both add to the note of a mover: that it moved so many bytes by so many threads, or that it refused, and why. When
 * why is NULL, err says why. */
void trace_moved( struct trace *trace, const char *mover, uint64_t bytes, uint32_t threads );
void trace_refused( struct trace *trace, const char *mover, const char *why, int32_t err );

/* Both record the state of a fast way: that it was taken, or that it was refused, and why. When why is NULL, err says
 * why. */
void trace_taken( struct trace_way *way );
void trace_not_taken( struct trace_way *way, const char *why, int32_t err );

/* Writes the line, if somebody wants it. COPYFILE2_TRACE=1 sends it to standard error, and WINEDEBUG=+copyfile2 to the
 * place of Wine's own debug output. The parameter destination is the NT path of the plan's destination; it is empty
 * where the copy ended before that was made. */
void trace_write( const struct trace *trace, const struct plan *plan, const UNICODE_STRING *destination,
                  const struct failure *failure );

#endif
