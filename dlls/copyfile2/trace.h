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

enum trace_index
{
    TRACE_INDEX_SILENT, /* it was not asked, or the name exists */
    TRACE_INDEX_NEW,
    TRACE_INDEX_REFUSED,
};

enum trace_lease
{
    TRACE_LEASE_SILENT, /* it was not asked for */
    TRACE_LEASE_USED,
    TRACE_LEASE_REFUSED,
};

struct trace
{
    enum trace_lease lease;
    const char *lease_why; /* of REFUSED; NULL: lease_err tells */
    int32_t lease_err;
    enum trace_index index;
    const char *index_why; /* of REFUSED; NULL: index_err tells */
    int32_t index_err;
    size_t count;
    struct trace_note notes[5]; /* one a mover */
    bool written_over;          /* the destination was not emptied first */
};

void trace_moved( struct trace *trace, const char *mover, uint64_t bytes );
void trace_refused( struct trace *trace, const char *mover, const char *why, int32_t err );

/* The directory index said that the destination's name is new, or why it cannot say so. */
void trace_index_new( struct trace *trace );
void trace_index_refused( struct trace *trace, const char *why, int32_t err );

/* The copy was done without a handle of the destination, or why not. */
void trace_lease_used( struct trace *trace );
void trace_lease_refused( struct trace *trace, const char *why, int32_t err );

/* Writes the line, if somebody wants it: COPYFILE2_TRACE=1 to standard error, WINEDEBUG=+copyfile2 where Wine's own
 * go. */
void trace_write( const struct trace *trace, const struct plan *plan, HRESULT hr );

#endif
