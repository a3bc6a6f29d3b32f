/* SPDX-License-Identifier: MIT */

/* The chunk loop of one stream: what is told, what is answered, and when it ends. */

#include "transfer.h"
#include "mover.h"
#include "pace.h"
#include "size.h"

struct transfer
{
    const struct stream *stream;
    struct progress *progress;
    struct failure *failure;
    struct pace pace;
    struct mover_nt mover;
};

/* Between two looks at *pfCancel no more than this is moved, however large the chunks are. */
#define LARGEST_RANGE ( (uint64_t)1024 * 1024 )

static bool cancel( struct failure *failure )
{
    return failure_set_request( failure, STATUS_REQUEST_ABORTED, false );
}

bool transfer_wanted( const struct progress *progress, struct failure *failure )
{
    return !progress_canceled( progress ) || cancel( failure );
}

/* Whether the copy goes on after this answer; done: the stream's data is complete. */
static bool heed( enum progress_answer answer, bool done, struct failure *failure )
{
    switch (answer)
    {
    case PROGRESS_ANSWER_CANCEL: return cancel( failure );
    case PROGRESS_ANSWER_STOP: return failure_set_request( failure, STATUS_REQUEST_ABORTED, true );
    /* Nothing is left to pause: Microsoft documents success. Else a fragment without its restart record would be
     * half-work, and this version writes none. */
    case PROGRESS_ANSWER_PAUSE: return done || failure_set_request( failure, STATUS_NOT_SUPPORTED, false );
    default: return true;
    }
}

/* Answers whether all of the chunk is there; a source that has become shorter ends it early. */
static bool move_chunk( struct transfer *transfer, uint64_t length, uint64_t *moved )
{
    struct mover_range range = { .source = transfer->stream->source, .destination = transfer->stream->destination };

    for (*moved = 0; *moved < length; *moved += range.moved)
    {
        if (*moved && progress_canceled( transfer->progress )) return cancel( transfer->failure );
        range.offset = transfer->progress->stream_done + *moved;
        range.length = length - *moved < LARGEST_RANGE ? length - *moved : LARGEST_RANGE;
        switch (mover_nt_move( &transfer->mover, &range ))
        {
        case MOVER_READ_FAILED: return failure_set( transfer->failure, FAILURE_READ, range.status );
        case MOVER_WRITE_FAILED: return failure_set( transfer->failure, FAILURE_WRITE, range.status );
        case MOVER_DONE: break;
        }
        if (range.moved < range.length)
        {
            *moved += range.moved;
            break;
        }
    }
    return true;
}

/* Told before it begins, so that CANCEL and STOP there leave the chunk out. */
static bool transfer_chunk( struct transfer *transfer, uint64_t length, uint64_t *moved )
{
    struct progress *progress = transfer->progress;
    enum progress_answer answer;

    if (!heed( progress_chunk_started( progress, length ), false, transfer->failure )) return false;
    if (!move_chunk( transfer, length, moved )) return false;
    answer = progress_chunk_finished( progress, *moved );
    return heed( answer, progress->stream_done >= transfer->stream->size, transfer->failure );
}

/* Never past the size that the source had at first: what grows meanwhile is not of this copy (sizes.c, growing). */
static bool transfer_chunks( struct transfer *transfer, uint64_t chunk_size )
{
    struct progress *progress = transfer->progress;
    uint64_t size = transfer->stream->size, length, moved;

    while (progress->stream_done < size)
    {
        length = size - progress->stream_done < chunk_size ? size - progress->stream_done : chunk_size;
        if (!transfer_chunk( transfer, length, &moved )) return false;
        if (!pace_wait( &transfer->pace, progress->total_done, progress ) && progress->stream_done < size)
            return cancel( transfer->failure );
        if (moved < length) break;
    }
    return true;
}

/* The destination ends where the data ends. */
static bool cut( struct transfer *transfer )
{
    NTSTATUS status;

    if (transfer->progress->stream_done == transfer->stream->size) return true;
    status = size_set( transfer->stream->destination, transfer->progress->stream_done );
    if (NT_SUCCESS( status )) return true;
    return failure_set( transfer->failure, FAILURE_WRITE, status );
}

bool transfer_stream( const struct stream *stream, const struct plan *plan, struct progress *progress,
                      struct failure *failure )
{
    struct transfer transfer = { .stream = stream, .progress = progress, .failure = failure };
    bool whole;

    pace_begin( &transfer.pace, plan->rate );
    mover_nt_begin( &transfer.mover, stream->size < plan->chunk_size ? stream->size : plan->chunk_size );
    whole = heed( progress_stream_started( progress, stream ), !stream->size, failure ) &&
            transfer_chunks( &transfer, plan->chunk_size );
    mover_nt_end( &transfer.mover );

    /* STREAM_FINISHED follows success and STOP, and nothing else (actions.c, stop). */
    if (!whole && !failure->keep_fragment) return false;
    if (!cut( &transfer )) return false;
    return heed( progress_stream_finished( progress ), true, failure ) && whole;
}
