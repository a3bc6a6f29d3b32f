/* SPDX-License-Identifier: MIT */

/* This file asks the movers in order. A mover that refuses is not asked again for this stream, and the bytes that it
 * has moved count. */

#include "movers/movers.h"
#include "common/fault.h"
#include "movers/mover_host.h"
#include "movers/small.h"

/* Memory must not grow with the file or with its chunks, so no buffer is larger than this. */
#define LARGEST_BUFFER ( (ULONG)1024 * 1024 )

/* A buffer that begins in the middle of a cache line makes every copy to and from it take 1.5 times as long. So every
 * buffer begins at a multiple of this. */
#define ALIGNMENT ( (ULONG)64 )

static const struct mover *const attribute_order[] = { &mover_attribute };

static void take_buffer( struct movers *movers, uint64_t stream_size )
{
    ULONG size = stream_size < LARGEST_BUFFER ? (ULONG)stream_size : LARGEST_BUFFER;

    for (; size > sizeof( movers->spare ); size /= 2)
    {
        movers->memory = HeapAlloc( GetProcessHeap(), 0, size + ALIGNMENT - 1 );
        if (!movers->memory) continue;
        movers->range.buffer =
            (BYTE *)( ( (ULONG_PTR)movers->memory + ALIGNMENT - 1 ) & ~(ULONG_PTR)( ALIGNMENT - 1 ) );
        movers->range.buffer_size = size;
        return;
    }
    movers->range.buffer = movers->spare;
    movers->range.buffer_size = sizeof( movers->spare );
}

static void skip_forbidden( struct movers *movers )
{
    const char *why;

    for (; ( why = mover_forbidden( *movers->current, movers->plan, movers->not_whole ) ); movers->current++)
        trace_refused( movers->trace, ( *movers->current )->name, why, 0 );
}

/* Goes on to the next mover that is allowed. The list cannot run out, because its last mover never refuses. */
static void next_mover( struct movers *movers )
{
    mover_host_end_ahead( &movers->range );
    trace_refused( movers->trace, ( *movers->current )->name, movers->range.why, movers->range.err );
    movers->current++;
    movers->moved_by_current = 0;
    skip_forbidden( movers );
}

/* A rehearsed fault makes a clone or copy_file_range fail as the host half would (clone.c, copy_range.c). Where the
 * disk is broken or full, a failed clone ends the copy. After every other failure the next mover goes on. True means
 * that a fault struck, and that *result and the range's results are set. */
static bool fails_by_plan( struct movers *movers, enum mover_result *result )
{
    const struct mover *mover = *movers->current;
    struct mover_range *range = &movers->range;
    const struct fault *fault;
    bool is_final;

    if (!mover->offloads) return false;
    if (!fault_takes( movers->plan->faults, mover->whole ? FAULT_CLONE : FAULT_COPY_FILE_RANGE, &fault )) return false;
    is_final = fault->status == STATUS_IO_DEVICE_ERROR || fault->status == STATUS_NO_MEMORY ||
               fault->status == STATUS_DISK_FULL;
    range->moved = 0;
    range->status = fault->status;
    range->why = fault->text;
    *result = mover->whole && is_final ? MOVER_SERVER_FAILED : MOVER_NOT_FOR_ME;
    return true;
}

static enum mover_result move_by_current( struct movers *movers )
{
    enum mover_result result;

    movers->range.has_moved = movers->moved_by_current != 0;
    movers->range.threads = 0;
    if (!fails_by_plan( movers, &result )) result = ( *movers->current )->move( &movers->range );
    movers->moved_by_current += movers->range.moved;
    trace_moved( movers->trace, ( *movers->current )->name, movers->range.moved, movers->range.threads );
    return result;
}

/* Answers why no mover may take all of the stream at once, or NULL. */
static const char *why_not_whole( const struct stream *stream )
{
    if (stream->already) return "a part is there already";
    return stream->is_open_ended ? "its size cannot be trusted" : NULL;
}

/* Answers how far bytes may be moved ahead of the chunk; 0: they may not. Nobody may notice it, but a rate and a
 * restart record would show it. Where no room is reserved first, the file would grow ahead of the messages. Bytes that
 * somebody writes to the source meanwhile belong to the copy, and might be missed. */
static uint64_t end_of_ahead( const struct stream *stream, const struct plan *plan )
{
    bool may_be_written = plan->write_source || stream->source_shares_write;
    bool may = plan->set_size_first && stream->has_size && !stream->is_open_ended && !plan->rate &&
               !plan->restartable && !may_be_written && !fault_counts_chunks( plan->faults );

    return may ? stream->size : 0;
}

void movers_begin( struct movers *movers, struct stream *stream, const struct plan *plan, struct trace *trace )
{
    movers->current = stream->kind == STREAM_ATTRIBUTE ? attribute_order : mover_order;
    movers->moved_by_current = 0;
    movers->whole = MOVER_NOT_FOR_ME;
    movers->plan = plan;
    movers->not_whole = why_not_whole( stream );
    movers->memory = NULL;
    movers->trace = trace;
    movers->range =
        ( struct mover_range ){ .source = stream->source,
                                .destination = stream->destination,
                                .attribute = stream->kind == STREAM_ATTRIBUTE ? stream->name.attribute : NULL,
                                .cancel = plan->cancel,
                                .keep_holes = plan->keep_holes && !stream->is_open_ended,
                                .uncached = plan->uncached,
                                .ahead_end = end_of_ahead( stream, plan ) };
    if (!stream->size && !stream->is_open_ended) return;

    if (small_is_for_handles( stream, plan ))
    {
        take_buffer( movers, stream->size );
        movers->whole = small_move( &movers->range, stream, plan, trace, &movers->current );
        if (movers_took_whole( movers )) return;
    }
    skip_forbidden( movers );
    if (( *movers->current )->whole)
    {
        movers->range.length = stream->size;
        movers->whole = move_by_current( movers );
        if (movers_took_whole( movers )) return;
        next_mover( movers );
    }
    if (!movers->range.buffer) take_buffer( movers, stream->is_open_ended ? LARGEST_BUFFER : stream->size );
}

bool movers_took_whole( const struct movers *movers )
{
    return movers->whole != MOVER_NOT_FOR_ME;
}

void movers_fill_holes( struct movers *movers )
{
    movers->range.keep_holes = false;
}

bool movers_offload( const struct movers *movers )
{
    return ( *movers->current )->offloads;
}

enum mover_result movers_move( struct movers *movers, uint64_t offset, uint64_t length )
{
    struct mover_range *range = &movers->range;
    enum mover_result result;
    uint64_t moved = 0;

    if (movers_took_whole( movers )) return movers->whole;
    for (;;)
    {
        range->offset = offset + moved;
        range->length = length - moved;
        result = move_by_current( movers );
        moved += range->moved;
        if (result != MOVER_NOT_FOR_ME) break;
        next_mover( movers );
    }
    range->moved = moved;
    return result;
}

void movers_end( struct movers *movers )
{
    mover_host_end_ahead( &movers->range );
    if (movers->memory) HeapFree( GetProcessHeap(), 0, movers->memory );
}
