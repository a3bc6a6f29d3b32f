/* SPDX-License-Identifier: MIT */

/* This file builds each message, calls back, and reads the answer. It knows nothing of how data moves. */

#include "engine/progress.h"

void progress_init( struct progress *progress, const struct plan *plan, const struct position *position )
{
    *progress =
        ( struct progress ){ .plan = plan, .position = position, .quiet = !plan->routine && !plan->old_routine };
}

bool progress_canceled( const struct progress *progress )
{
    return progress->plan->cancel && *progress->plan->cancel;
}

static LARGE_INTEGER large( uint64_t value )
{
    return ( LARGE_INTEGER ){ .QuadPart = (LONGLONG)value };
}

/* A callback of CopyFileEx hears of two of the messages only, so the copy goes on after all others. */
static DWORD call_old_routine( const struct progress *progress, const COPYFILE2_MESSAGE *message )
{
    const struct position *position = progress->position;
    const struct stream *stream = position->stream;
    DWORD reason;

    if (message->Type == COPYFILE2_CALLBACK_STREAM_STARTED) reason = CALLBACK_STREAM_SWITCH;
    else if (message->Type == COPYFILE2_CALLBACK_CHUNK_FINISHED) reason = CALLBACK_CHUNK_FINISHED;
    else return PROGRESS_CONTINUE;

    return progress->plan->old_routine( large( streams_total_size( position->streams ) ), large( position->total_done ),
                                        large( stream->size ), large( position->stream_done ), stream->number, reason,
                                        stream->source, stream->destination, progress->plan->context );
}

static DWORD call_back( const struct progress *progress, const COPYFILE2_MESSAGE *message )
{
    DWORD action;

    if (!progress->plan->old_routine) return progress->plan->routine( message, progress->plan->context );
    action = call_old_routine( progress, message );
    /* CopyFileEx knows no answer above PROGRESS_QUIET, so its callback cannot pause, and the copy goes on. */
    return action > PROGRESS_QUIET ? PROGRESS_CONTINUE : action;
}

static enum progress_answer send_message( struct progress *progress, const COPYFILE2_MESSAGE *message )
{
    DWORD action;

    if (progress->quiet) return PROGRESS_ANSWER_GO_ON;

    action = call_back( progress, message );
    progress->last_told = GetTickCount64();
    switch (action)
    {
    case COPYFILE2_PROGRESS_CANCEL: return PROGRESS_ANSWER_CANCEL;
    case COPYFILE2_PROGRESS_STOP: return PROGRESS_ANSWER_STOP;
    case COPYFILE2_PROGRESS_PAUSE: return PROGRESS_ANSWER_PAUSE;
    case COPYFILE2_PROGRESS_QUIET: progress->quiet = true; return PROGRESS_ANSWER_GO_ON;
    /* Windows documents nothing for other values. To go on does the least harm. */
    default: return PROGRESS_ANSWER_GO_ON;
    }
}

/* The answer of the callback counts first. The flag *pfCancel counts only when the answer lets the copy go on. */
static enum progress_answer look_at_flag( const struct progress *progress, enum progress_answer answer )
{
    return answer == PROGRESS_ANSWER_GO_ON && progress_canceled( progress ) ? PROGRESS_ANSWER_CANCEL : answer;
}

static enum progress_answer send_message_and_poll( struct progress *progress, const COPYFILE2_MESSAGE *message )
{
    return look_at_flag( progress, send_message( progress, message ) );
}

/* Once all data is there, it is too late to cancel, so *pfCancel is not looked at. */
static enum progress_answer send_message_and_poll_unless_complete( struct progress *progress,
                                                                   const COPYFILE2_MESSAGE *message )
{
    enum progress_answer answer = send_message( progress, message );

    return position_is_complete( progress->position ) ? answer : look_at_flag( progress, answer );
}

/* Reserved members and padding have to be 0, whichever member of the union is used. So the whole message is cleared. */
static COPYFILE2_MESSAGE message_of( COPYFILE2_MESSAGE_TYPE type )
{
    COPYFILE2_MESSAGE message;

    memset( &message, 0, sizeof( message ) );
    message.Type = type;
    return message;
}

enum progress_answer progress_stream_started( struct progress *progress )
{
    const struct position *position = progress->position;
    const struct stream *stream = position->stream;
    COPYFILE2_MESSAGE message = message_of( COPYFILE2_CALLBACK_STREAM_STARTED );

    message.Info.StreamStarted.dwStreamNumber = stream->number;
    message.Info.StreamStarted.hSourceFile = stream->source;
    message.Info.StreamStarted.hDestinationFile = stream->destination;
    message.Info.StreamStarted.uliStreamSize.QuadPart = stream->size;
    message.Info.StreamStarted.uliTotalFileSize.QuadPart = streams_total_size( position->streams );
    return send_message_and_poll( progress, &message );
}

enum progress_answer progress_chunk_started( struct progress *progress, uint64_t size )
{
    const struct position *position = progress->position;
    const struct stream *stream = position->stream;
    COPYFILE2_MESSAGE message = message_of( COPYFILE2_CALLBACK_CHUNK_STARTED );

    message.Info.ChunkStarted.dwStreamNumber = stream->number;
    message.Info.ChunkStarted.hSourceFile = stream->source;
    message.Info.ChunkStarted.hDestinationFile = stream->destination;
    message.Info.ChunkStarted.uliChunkNumber.QuadPart = position->chunks_done;
    message.Info.ChunkStarted.uliChunkSize.QuadPart = size;
    message.Info.ChunkStarted.uliStreamSize.QuadPart = stream->size;
    message.Info.ChunkStarted.uliTotalFileSize.QuadPart = streams_total_size( position->streams );
    return send_message_and_poll( progress, &message );
}

enum progress_answer progress_chunk_finished( struct progress *progress, uint64_t moved, bool offloaded )
{
    const struct position *position = progress->position;
    const struct stream *stream = position->stream;
    COPYFILE2_MESSAGE message = message_of( COPYFILE2_CALLBACK_CHUNK_FINISHED );

    message.Info.ChunkFinished.dwStreamNumber = stream->number;
    message.Info.ChunkFinished.dwFlags = offloaded ? COPYFILE2_MESSAGE_COPY_OFFLOAD : 0;
    message.Info.ChunkFinished.hSourceFile = stream->source;
    message.Info.ChunkFinished.hDestinationFile = stream->destination;
    message.Info.ChunkFinished.uliChunkNumber.QuadPart = position->chunks_done - 1;
    message.Info.ChunkFinished.uliChunkSize.QuadPart = moved;
    message.Info.ChunkFinished.uliStreamSize.QuadPart = stream->size;
    message.Info.ChunkFinished.uliStreamBytesTransferred.QuadPart = position->stream_done;
    message.Info.ChunkFinished.uliTotalFileSize.QuadPart = streams_total_size( position->streams );
    message.Info.ChunkFinished.uliTotalBytesTransferred.QuadPart = position->total_done;
    return send_message_and_poll_unless_complete( progress, &message );
}

enum progress_answer progress_stream_finished( struct progress *progress )
{
    const struct position *position = progress->position;
    const struct stream *stream = position->stream;
    COPYFILE2_MESSAGE message = message_of( COPYFILE2_CALLBACK_STREAM_FINISHED );

    message.Info.StreamFinished.dwStreamNumber = stream->number;
    message.Info.StreamFinished.hSourceFile = stream->source;
    message.Info.StreamFinished.hDestinationFile = stream->destination;
    message.Info.StreamFinished.uliStreamSize.QuadPart = stream->size;
    message.Info.StreamFinished.uliStreamBytesTransferred.QuadPart = position->stream_done;
    message.Info.StreamFinished.uliTotalFileSize.QuadPart = streams_total_size( position->streams );
    message.Info.StreamFinished.uliTotalBytesTransferred.QuadPart = position->total_done;
    return send_message_and_poll_unless_complete( progress, &message );
}

enum progress_answer progress_error( struct progress *progress, COPYFILE2_COPY_PHASE phase, HRESULT hr )
{
    const struct position *position = progress->position;
    const struct stream *stream = position->stream;
    COPYFILE2_MESSAGE message = message_of( COPYFILE2_CALLBACK_ERROR );

    message.Info.Error.CopyPhase = phase;
    message.Info.Error.dwStreamNumber = stream->number;
    message.Info.Error.hrFailure = hr;
    message.Info.Error.uliChunkNumber.QuadPart = position->chunks_done;
    message.Info.Error.uliStreamSize.QuadPart = stream->size;
    message.Info.Error.uliStreamBytesTransferred.QuadPart = position->stream_done;
    message.Info.Error.uliTotalFileSize.QuadPart = streams_total_size( position->streams );
    message.Info.Error.uliTotalBytesTransferred.QuadPart = position->total_done;
    return send_message( progress, &message );
}

/* Windows documents no period for POLL_CONTINUE, so the period of one second is our choice. */
#define POLL_MS 1000

enum progress_answer progress_poll( struct progress *progress )
{
    COPYFILE2_MESSAGE message = message_of( COPYFILE2_CALLBACK_POLL_CONTINUE );

    if (progress->quiet || GetTickCount64() - progress->last_told < POLL_MS) return PROGRESS_ANSWER_GO_ON;
    return send_message( progress, &message );
}
