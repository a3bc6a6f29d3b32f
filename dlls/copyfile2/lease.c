/* SPDX-License-Identifier: MIT */

/* Has the host half do a whole copy, where all that is wanted of it are bytes and times. */

#include "lease.h"
#include "movers.h"
#include "new_name.h"
#include "unix_call.h"

static const char *const reasons[] = {
    [HOST_LEASE_WHY_ERRNO] = NULL,
    [HOST_LEASE_WHY_NAME] = "the name",
    [HOST_LEASE_WHY_LARGE] = "too large",
    [HOST_LEASE_WHY_NOT_FILES] = "not a regular file",
    [HOST_LEASE_WHY_MARKED] = "read-only or hidden",
    [HOST_LEASE_WHY_ATTRIBUTES] = "attributes of the host",
    [HOST_LEASE_WHY_STREAMS] = "there may be named streams",
    [HOST_LEASE_WHY_FOREIGN] = "foreign file system",
    [HOST_LEASE_WHY_ENDED_EARLY] = "ended early",
};
_Static_assert( ARRAYSIZE( reasons ) == HOST_LEASE_WHY_COUNT, "a reason is missing" );

/* Whatever needs a handle of the destination, or more of the source than its bytes. */
static bool is_for_handles( const struct plan *plan )
{
    bool is_watched = plan->routine || plan->old_routine || plan->rate || plan->faults;
    bool is_no_file = plan->directory || plan->links != PLAN_FOLLOW_LINKS;
    bool is_resumed = plan->restartable || plan->resume;
    bool wants_source = plan->write_source || plan->source_access || plan->remove_source;

    return is_watched || is_no_file || is_resumed || wants_source || !plan->set_size_first || !host_is_there();
}

static struct host_lease lease_of( const struct plan *plan )
{
    uint32_t flags = HOST_OLD_CONTENT | HOST_METADATA | ( plan->may_offload ? HOST_MAY_OFFLOAD : 0 ) |
                     ( plan->keep_holes ? HOST_KEEP_HOLES : 0 ) | ( plan->uncached ? HOST_UNCACHED : 0 );

    return ( struct host_lease ){ .small.move = { .flags = flags, .cancel = (uintptr_t)plan->cancel },
                                  .create_only = plan->create_only };
}

/* The size is no surprise, and of the name the directory index tells. */
static bool is_worth_telling( const struct host_lease *lease )
{
    return lease->why != HOST_LEASE_WHY_LARGE && lease->why != HOST_LEASE_WHY_NAME;
}

bool lease_ends_copy( const struct files *files, const struct plan *plan, struct trace *trace )
{
    struct host_lease lease = lease_of( plan );
    struct new_name_place place;

    if (is_for_handles( plan ) || !new_name_place( &files->destination_name, &place, &lease.name )) return false;
    if (!NT_SUCCESS( host_call_lease( &files->source_name, &lease ) )) return false;
    if (lease.is_done)
    {
        if (lease.name.result == HOST_NAME_NEW) trace_taken( &trace->index );
        movers_trace_small( trace, plan, &lease.small );
        trace_taken( &trace->lease );
    }
    else if (is_worth_telling( &lease )) trace_not_taken( &trace->lease, reasons[lease.why], lease.err );
    return lease.is_done;
}
