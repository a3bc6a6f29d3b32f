/* SPDX-License-Identifier: MIT */

/* This file copies one stream, chunk by chunk. The callback is told of each chunk, and its answers decide whether the
 * loop goes on. */

#include "engine/transfer.h"
#include "common/fault.h"
#include "engine/pace.h"
#include "files/handle.h"
#include "files/source_size.h"
#include "movers/movers.h"
#include "platform/backend.h"
#include "platform/unix_call.h"

/* A chunk may be large, so the time for POLL_CONTINUE and *pfCancel are looked at after each slice of this size. */
#define SLICE ( (uint64_t)1024 * 1024 )

struct transfer
{
    struct stream *stream;
    const struct plan *plan;
    struct resume *resume;
    struct position *position;
    struct progress *progress;
    struct trace *trace;
    struct failure *failure;
    struct pace pace;
    struct movers movers;
    uint64_t size_told; /* the size that the source told when it was opened */
    bool complete;      /* all bytes that the source has are there */
};

static bool cancel( struct failure *failure )
{
    return failure_set_request( failure, STATUS_REQUEST_ABORTED, false );
}

bool transfer_wanted( const struct progress *progress, struct failure *failure )
{
    return !progress_canceled( progress ) || cancel( failure );
}

/* A later call can go on after STOP only if the caller asked for that in advance, by COPY_FILE_RESTARTABLE
 * (restartable.c, stop_at). */
static bool stop( const struct plan *plan, struct failure *failure )
{
    if (failure->where == FAILURE_NOWHERE) failure->keep_record = plan->restartable;
    return failure_set_request( failure, STATUS_REQUEST_ABORTED, true );
}

/* True when the copy goes on after this answer; otherwise failure is set. */
static bool heed( struct transfer *transfer, enum progress_answer answer )
{
    switch (answer)
    {
    case PROGRESS_ANSWER_CANCEL: return cancel( transfer->failure );
    case PROGRESS_ANSWER_STOP: return stop( transfer->plan, transfer->failure );
    /* When nothing is left to pause, Microsoft documents success (actions.c, pause_last). */
    case PROGRESS_ANSWER_PAUSE:
        return ( transfer->complete && position_is_in_last_stream( transfer->position ) ) ||
               failure_set_paused( transfer->failure );
    default: return true;
    }
}

/* In a silent copy the whole rest is one chunk. A failure must count the same bytes as when somebody listens, so the
 * bytes moved count in whole chunks of the usual size. */
static void count_silent_chunks( struct transfer *transfer, uint64_t moved )
{
    uint64_t whole_chunks = moved - moved % transfer->plan->chunk_size;

    if (!transfer->progress->quiet || movers_took_whole( &transfer->movers )) return;
    transfer->position->stream_done += whole_chunks;
    transfer->position->total_done += whole_chunks;
}

/* The caller may want large chunks, and such a chunk may take long. So a callback that listens is asked meanwhile by
 * POLL_CONTINUE. When it ends the copy there, the bytes of the chunk do not count. Sets *answer to the last answer. */
static enum mover_result move_in_slices( struct transfer *transfer, uint64_t length, enum progress_answer *answer )
{
    struct movers *movers = &transfer->movers;
    enum mover_result result;
    uint64_t moved = 0, slice;

    *answer = PROGRESS_ANSWER_GO_ON;
    do
    {
        slice =
            movers_took_whole( movers ) || transfer->progress->quiet || length - moved < SLICE ? length - moved : SLICE;
        result = movers_move( movers, transfer->position->stream_done + moved, slice );
        moved += movers->range.moved;
        if (result != MOVER_DONE || movers->range.moved < slice || moved == length) break;
        /* Within one slice the movers look at the flag by themselves. */
        if (progress_canceled( transfer->progress )) return MOVER_CANCELED;
        *answer = progress_poll( transfer->progress );
    } while (*answer == PROGRESS_ANSWER_GO_ON);
    movers->range.moved = moved;
    return result;
}

/* A source may end before its size for two reasons. Its size may never have been the truth; then all its bytes were
 * read, and the copy is good. Or it was truncated since it was opened; then the copy fails, because the caller would
 * believe it whole (sizes.c, shrinking, system_files; host_faults.c, sizes_cut). A source that always told 0 cannot
 * show that it was truncated. An attribute is read by one call, and cannot be truncated in between. */
static NTSTATUS check_early_end( const struct transfer *transfer )
{
    const struct stream *stream = transfer->stream;
    uint64_t size;
    NTSTATUS status;

    if (stream->kind == STREAM_ATTRIBUTE || !transfer->size_told) return STATUS_SUCCESS;
    status = handle_size( stream->source, &size );
    if (NT_SUCCESS( status )) return size < transfer->size_told ? STATUS_END_OF_FILE : STATUS_SUCCESS;
    return stream->is_open_ended ? STATUS_SUCCESS : status;
}

/* Moves a chunk, and sets *moved to the bytes that were moved, which are fewer where the source has ended. True means
 * that the copy goes on. */
static bool move_chunk( struct transfer *transfer, uint64_t length, uint64_t *moved )
{
    enum progress_answer answer;
    enum mover_result result;
    NTSTATUS status;

    if (fault_strikes_chunk( transfer->plan->faults, transfer->failure )) return false;
    result = move_in_slices( transfer, length, &answer );
    status = transfer->movers.range.status;
    *moved = transfer->movers.range.moved;
    if (result == MOVER_DONE && answer != PROGRESS_ANSWER_GO_ON) return heed( transfer, answer );
    if (result == MOVER_DONE)
    {
        status = *moved < length ? check_early_end( transfer ) : STATUS_SUCCESS;
        if (NT_SUCCESS( status )) return true;
        result = MOVER_READ_FAILED;
    }
    count_silent_chunks( transfer, *moved );
    if (result == MOVER_CANCELED) return cancel( transfer->failure );
    return failure_set( transfer->failure, mover_failure( result ), status );
}

static bool has_more( const struct transfer *transfer )
{
    return transfer->stream->is_open_ended || transfer->position->stream_done < transfer->stream->size;
}

/* Once more bytes of an open-ended stream were read than its size, that number becomes its size. So no message tells of
 * more bytes done than there are in the whole. Whether the stream has ended is tested before CHUNK_FINISHED. Then it
 * counts as complete there, and no empty chunk follows. */
static void learn_size( struct transfer *transfer, bool is_short )
{
    struct stream *stream = transfer->stream;
    uint64_t done = transfer->position->stream_done;

    if (!stream->is_open_ended) return;
    if (done > stream->size) stream->size = done;
    stream->is_open_ended = !is_short && source_size_look( stream->source, done ) != STATUS_END_OF_FILE;
}

/* The callback hears of a chunk before it begins, so that CANCEL and STOP leave the chunk out. True means that the copy
 * goes on; otherwise failure is set. */
static bool transfer_chunk( struct transfer *transfer, uint64_t length, uint64_t *moved )
{
    struct progress *progress = transfer->progress;
    enum progress_answer answer;

    if (!heed( transfer, progress_chunk_started( progress, length ) )) return false;
    if (!move_chunk( transfer, length, moved )) return false;
    position_advance( transfer->position, *moved );
    learn_size( transfer, *moved < length );
    transfer->complete = *moved < length || !has_more( transfer );
    answer = progress_chunk_finished( progress, *moved, movers_offload( &transfer->movers ) );
    return heed( transfer, answer );
}

/* True when nobody can notice the size of the chunks. Nobody listens, there is no rate, no safe point is made, and no
 * fault counts chunks. */
static bool is_silent( const struct transfer *transfer )
{
    return transfer->progress->quiet && !transfer->plan->rate && !transfer->resume->tracking &&
           !fault_counts_chunks( transfer->plan->faults );
}

/* A stream that was moved whole is one chunk, and so is the rest of a silent copy. */
static uint64_t next_length( const struct transfer *transfer )
{
    uint64_t rest = transfer->stream->size - transfer->position->stream_done, size = transfer->plan->chunk_size;
    bool at_once = movers_took_whole( &transfer->movers ) || is_silent( transfer );

    if (transfer->stream->is_open_ended) return size;
    return at_once || rest < size ? rest : size;
}

static bool keep_safe( struct transfer *transfer )
{
    NTSTATUS status = resume_reached( transfer->resume, transfer->stream, transfer->position->stream_done );

    return NT_SUCCESS( status ) || failure_set( transfer->failure, FAILURE_WRITE, status );
}

/* The source may grow meanwhile. The bytes added are not part of this copy, so the loop ends at the size that the
 * source had at first (sizes.c, growing). Only a source whose size is not the truth is read to its end. */
static bool transfer_chunks( struct transfer *transfer )
{
    const struct position *position = transfer->position;
    uint64_t length, moved;

    while (has_more( transfer ))
    {
        length = next_length( transfer );
        if (!transfer_chunk( transfer, length, &moved )) return false;
        if (!keep_safe( transfer )) return false;
        if (!pace_wait( &transfer->pace, position->stream_done - transfer->stream->already, transfer->progress ) &&
            has_more( transfer ))
            return cancel( transfer->failure );
        if (!heed( transfer, transfer->pace.answer )) return false;
        if (moved < length) break;
    }
    return true;
}

/* The destination has to end where the data ends. While a record lies behind the data, the cut waits until the data is
 * complete, or until resume_leave has written another record. */
static bool cut( struct transfer *transfer, bool whole )
{
    const struct stream *stream = transfer->stream;
    uint64_t done = transfer->position->stream_done;
    NTSTATUS status = STATUS_SUCCESS;

    if (whole)
        status = resume_completed( transfer->resume, stream, done, position_is_in_last_stream( transfer->position ) );
    if (NT_SUCCESS( status ) && done != stream->size && !( transfer->resume->tracking && stream_is_main( stream ) ))
    {
        if (fault_strikes( transfer->plan->faults, FAULT_TRUNCATE, transfer->failure )) return false;
        status = stream_cut( stream, done );
    }
    return NT_SUCCESS( status ) || failure_set( transfer->failure, FAILURE_WRITE, status );
}

/* True when it is useless to set the size in advance: there is no host half, and nobody looks at the size. A single
 * write finds out by itself that the disk is full. Before several writes the size does not help under Wine, which makes
 * a file longer without reserving room. To set the size costs one of the few requests to Wine's server. If the program
 * is killed afterwards, it leaves a file of full length. */
static bool needs_no_size( const struct transfer *transfer )
{
    const struct stream *stream = transfer->stream;

    return is_silent( transfer ) && !unix_is_there() && !transfer->plan->faults && !stream->already &&
           !stream->is_open_ended && ( stream->size <= transfer->movers.range.buffer_size || backend_is_wine() );
}

/* A silent copy gets its size with its last bytes. If the program is killed before, the file is short, like the file
 * that Wine's own copy leaves. */
static NTSTATUS reserve( struct transfer *transfer )
{
    struct stream *stream = transfer->stream;
    struct handle_room room = { .bytes = resume_room( transfer->resume, stream ),
                                .keep_holes = transfer->plan->keep_holes,
                                .size_later = is_silent( transfer ),
                                .old_content = stream->has_old_content };
    NTSTATUS status = handle_reserve( stream->source, stream->destination, &room );

    if (room.old_content) movers_fill_holes( &transfer->movers );
    transfer->trace->written_over |= room.old_content;
    return status;
}

/* A mover that takes the whole stream at once also sets the size and reserves the room. For all other movers both are
 * done here. False means that failure is set. */
static bool prepare_destination( struct transfer *transfer )
{
    struct stream *stream = transfer->stream;
    NTSTATUS status;

    movers_begin( &transfer->movers, stream, transfer->plan, transfer->trace );
    if (movers_took_whole( &transfer->movers )) return true;
    status = resume_prepare( transfer->resume, stream );
    if (!NT_SUCCESS( status )) return failure_set( transfer->failure, FAILURE_DESTINATION, status );

    if (!transfer->plan->set_size_first || !stream->size || !stream->has_size) return true;
    if (needs_no_size( transfer )) return true;
    if (fault_strikes( transfer->plan->faults, FAULT_RESERVE, transfer->failure )) return false;
    status = reserve( transfer );
    return NT_SUCCESS( status ) || failure_set( transfer->failure, FAILURE_DESTINATION, status );
}

bool transfer_stream( struct stream *stream, const struct plan *plan, struct resume *resume, struct position *position,
                      struct progress *progress, struct trace *trace, struct failure *failure )
{
    struct transfer transfer = { .stream = stream,
                                 .plan = plan,
                                 .resume = resume,
                                 .position = position,
                                 .progress = progress,
                                 .trace = trace,
                                 .failure = failure,
                                 .size_told = stream->size,
                                 .complete = !stream->size && !stream->is_open_ended };
    bool whole;

    pace_begin( &transfer.pace, plan->rate );
    whole = prepare_destination( &transfer ) && heed( &transfer, progress_stream_started( progress ) ) &&
            transfer_chunks( &transfer );
    movers_end( &transfer.movers );
    stream->end = position->stream_done;

    /* STREAM_FINISHED follows success, STOP and PAUSE, and nothing else (actions.c, stop). */
    if (!whole && !failure_keeps( failure )) return false;
    if (!cut( &transfer, whole )) return false;
    if (whole && fault_strikes( plan->faults, FAULT_FLUSH, failure )) return false;
    return heed( &transfer, progress_stream_finished( progress ) ) && whole;
}
