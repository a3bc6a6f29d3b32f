/* SPDX-License-Identifier: MIT */

/* Has the host half do a whole copy, where all that is wanted of it are bytes and times. */

#include "movers/lease.h"
#include "files/new_name.h"
#include "movers/movers.h"
#include "platform/unix_call.h"

static const char *const reasons[] = {
    [HOST_LEASE_WHY_ERRNO] = NULL,
    [HOST_LEASE_WHY_REPLACED] = "replaced meanwhile",
    [HOST_LEASE_WHY_NAME] = "the name",
    [HOST_LEASE_WHY_LARGE] = "too large",
    [HOST_LEASE_WHY_NOT_FILES] = "not a regular file",
    [HOST_LEASE_WHY_MARKED] = "read-only or hidden",
    [HOST_LEASE_WHY_ATTRIBUTES] = "attributes of the host",
    [HOST_LEASE_WHY_STREAMS] = "there may be named streams",
    [HOST_LEASE_WHY_FOREIGN] = "foreign file system",
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

void lease_look( struct lease *lease, const struct files *files, const struct plan *plan )
{
    if (is_for_handles( plan )) return;
    if (!NT_SUCCESS( host_call_look( &files->source_name, &lease->path, &lease->source ) ) || !lease->source.is_small)
        lease_free( lease );
}

void lease_free( struct lease *lease )
{
    if (lease->path) HeapFree( GetProcessHeap(), 0, lease->path );
    lease->path = NULL;
}

/* No room is taken first: all of it is one write. */
static uint32_t flags_of( const struct plan *plan )
{
    return HOST_OLD_CONTENT | HOST_METADATA | ( plan->may_offload ? HOST_MAY_OFFLOAD : 0 ) |
           ( plan->keep_holes ? HOST_KEEP_HOLES : 0 ) | ( plan->uncached ? HOST_UNCACHED : 0 );
}

/* Of the name the directory index tells, and a size is no surprise. */
static bool is_worth_telling( enum host_lease_why why )
{
    return why != HOST_LEASE_WHY_LARGE && why != HOST_LEASE_WHY_NAME;
}

bool lease_ends_copy( struct lease *lease, const struct files *files, const struct plan *plan, struct trace *trace,
                      struct failure *failure )
{
    struct host_lease host = { .small.move.flags = flags_of( plan ),
                               .source = lease->source,
                               .create_only = plan->create_only };
    struct new_name_place place;

    if (!lease->path || !new_name_place( &files->destination_name, &place, &host.name )) return false;
    host_call_lease( lease->path, &host );
    if (host.result == HOST_LEASE_REFUSED)
    {
        if (is_worth_telling( host.why )) trace_not_taken( &trace->lease, reasons[host.why], host.err );
        return false;
    }
    if (host.name.result == HOST_NAME_NEW) trace_taken( &trace->index );
    trace_taken( &trace->lease );
    movers_end_small( trace, plan, &host.small, failure );
    return true;
}
