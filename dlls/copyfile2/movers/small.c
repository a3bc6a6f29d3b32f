/* SPDX-License-Identifier: MIT */

/* Requests to Wine's server are most of the cost of a small file. So one call of the host half copies the whole file,
 * where only its bytes and its metadata are wanted. */

#include "movers/small.h"
#include "files/new_name.h"
#include "movers/mover_host.h"
#include "platform/unix_call.h"

static const char *const reasons[] = {
    [HOST_SMALL_WHY_ERRNO] = NULL,
    [HOST_SMALL_WHY_REPLACED] = "another file took a name meanwhile",
    [HOST_SMALL_WHY_NAME] = "the name",
    [HOST_SMALL_WHY_LARGE] = "it is too large",
    [HOST_SMALL_WHY_NOT_FILES] = "it is not a regular file",
    [HOST_SMALL_WHY_READ_ONLY] = "it is read-only",
    [HOST_SMALL_WHY_ATTRIBUTES] = "it has attributes that only handles copy",
    [HOST_SMALL_WHY_STREAMS] = "there may be named streams",
    [HOST_SMALL_WHY_FOREIGN] = "other machines may open files here",
    [HOST_SMALL_WHY_SIZE] = "its size cannot be trusted",
};
_Static_assert( ARRAYSIZE( reasons ) == HOST_SMALL_WHY_COUNT, "a reason is missing" );

/* True when somebody wants to hear of chunks, to have them come slowly, or to see one fail. */
static bool is_watched( const struct plan *plan )
{
    return plan->routine || plan->old_routine || plan->rate || plan->faults;
}

/* True when the copy needs a handle of the destination, or more of the source than its bytes. */
static bool needs_handles( const struct plan *plan )
{
    bool is_resumed = plan->restartable || plan->resume;
    bool wants_source = plan->write_source || plan->source_access || plan->remove_source;

    return is_watched( plan ) || plan->directory || is_resumed || wants_source || !plan->set_size_first ||
           !unix_is_there();
}

/* The one call has tried the movers in their order, so the trace gets the same evidence as from a chain of movers. Sets
 * *current to the mover that moved the bytes. */
static void leave_evidence( const struct host_small *small, const struct plan *plan, struct trace *trace,
                            const struct mover *const **current )
{
    for (*current = mover_order; **current != mover_host_of( small->mover ); ( *current )++)
    {
        bool is_clone = **current == &mover_clone;
        const char *forbidden = mover_forbidden( **current, plan, NULL );
        const char *refused = mover_host_reason( is_clone ? small->clone_why : small->range_why );

        trace_refused( trace, ( **current )->name, forbidden ? forbidden : refused,
                       is_clone ? small->clone_err : small->range_err );
    }
    trace_moved( trace, ( **current )->name, small->move.moved, small->move.threads );
}

/* ---- by paths ---- */

void small_look( struct small *small, const struct files *files, const struct plan *plan )
{
    if (needs_handles( plan )) return;
    if (!NT_SUCCESS( unix_small_look( &files->source_name, &small->path, &small->source ) ) || !small->source.is_small)
        small_free( small );
}

void small_free( struct small *small )
{
    if (small->path) HeapFree( GetProcessHeap(), 0, small->path );
    small->path = NULL;
}

/* All data is one write, so no room is reserved before it. */
static struct host_small request_by_path( const struct plan *plan )
{
    return ( struct host_small ){
        .flags = HOST_SMALL_OLD_CONTENT | HOST_SMALL_METADATA | ( plan->may_offload ? HOST_SMALL_MAY_OFFLOAD : 0 ),
        .move.flags = ( plan->keep_holes ? HOST_MOVE_KEEP_HOLES : 0 ) | ( plan->uncached ? HOST_MOVE_UNCACHED : 0 ),
    };
}

/* True when the trace should give this reason. The index has traced the name already, and a large file needs no
 * explanation. */
static bool is_worth_telling( enum host_small_why why )
{
    return why != HOST_SMALL_WHY_LARGE && why != HOST_SMALL_WHY_NAME;
}

bool small_ends_copy( struct small *small, const struct files *files, const struct plan *plan, struct trace *trace,
                      struct failure *failure )
{
    struct host_small_by_path host = { .small = request_by_path( plan ),
                                       .source = small->source,
                                       .create_only = plan->create_only };
    struct new_name_place place;
    const struct mover *const *mover;
    enum mover_result result;

    if (!small->path || !new_name_place( &files->destination_name, &place, &host.name )) return false;
    unix_small_by_path( small->path, &host );
    if (host.result == HOST_SMALL_REFUSED)
    {
        if (is_worth_telling( host.why )) trace_not_taken( &trace->small, reasons[host.why], host.err );
        return false;
    }
    if (host.name.result == HOST_NAME_NEW) trace_taken( &trace->index );
    trace_taken( &trace->small );
    leave_evidence( &host.small, plan, trace, &mover );
    result = mover_host_result( host.small.move.result );
    if (result != MOVER_DONE) failure_set( failure, mover_failure( result ), host.small.move.status );
    return true;
}

/* ---- by handles ---- */

bool small_is_for_handles( const struct stream *stream, const struct plan *plan )
{
    return stream_is_main( stream ) && stream->has_size && stream->size <= HOST_SMALL_SIZE && !stream->is_open_ended &&
           !stream->already && !is_watched( plan ) && !plan->restartable && unix_is_there();
}

enum mover_result small_move( struct mover_range *range, struct stream *stream, const struct plan *plan,
                              struct trace *trace, const struct mover *const **current )
{
    struct host_small small = { .last_write_time = stream->last_write_time };
    enum mover_result result;

    range->length = stream->size;
    range->moved = 0;
    small.move = mover_host_request( range );
    small.flags = ( plan->may_offload ? HOST_SMALL_MAY_OFFLOAD : 0 ) |
                  ( plan->set_size_first ? HOST_SMALL_ROOM_FIRST : 0 ) | ( stream->is_all ? HOST_SMALL_METADATA : 0 ) |
                  ( stream->is_of_new_file ? HOST_SMALL_X_BITS : 0 );
    if (!NT_SUCCESS( unix_small( range->source, range->destination, &small ) )) return MOVER_NOT_FOR_ME;

    range->moved = small.move.moved;
    range->status = small.move.status;
    result = mover_host_result( small.move.result );
    if (result == MOVER_NOT_FOR_ME) return result;
    stream->has_metadata = small.has_metadata;
    leave_evidence( &small, plan, trace, current );
    return result;
}
