/* SPDX-License-Identifier: MIT */

/* This file defines the order of the movers, and which of them the plan allows. */

#include "movers/mover.h"
#include "common/fault.h"
#include "common/trace.h"
#include "platform/unix_call.h"

const struct mover *const mover_order[] = { &mover_clone, &mover_copy_range, &mover_read_write, &mover_nt };
_Static_assert( ARRAYSIZE( mover_order ) + 1 /* mover_attribute */ <= TRACE_MOST_MOVERS, "a mover would have no note" );

const char *mover_forbidden( const struct mover *mover, const struct plan *plan, const char *not_whole )
{
    if (mover->needs_host && !unix_is_there()) return unix_absence();
    if (mover->offloads && !plan->may_offload) return "forbidden by a flag";
    if (mover->whole && mover->offloads && plan->rate) return "a rate is asked for";
    if (mover->whole && not_whole) return not_whole;
    if (mover->offloads && fault_counts_chunks( plan->faults )) return "a fault is rehearsed";
    return NULL;
}

enum failure_where mover_failure( enum mover_result result )
{
    switch (result)
    {
    case MOVER_READ_FAILED: return FAILURE_READ;
    case MOVER_WRITE_FAILED: return FAILURE_WRITE;
    case MOVER_ROOM_FAILED: return FAILURE_DESTINATION;
    default: return FAILURE_SERVER;
    }
}
