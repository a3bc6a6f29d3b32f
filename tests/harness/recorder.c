/* SPDX-License-Identifier: MIT */

#include "recorder.h"
#include "test.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const phases[] = { "NONE",          "PREPARE_SOURCE",    "PREPARE_DEST",
                                      "READ_SOURCE",   "WRITE_DESTINATION", "SERVER_COPY",
                                      "NAMEGRAFT_COPY" };

void recorder_begin( struct recorder *recorder )
{
    memset( recorder, 0, sizeof( *recorder ) );
    recorder->thread = GetCurrentThreadId();
    recorder->text_size = 4096;
    recorder->text = calloc( 1, recorder->text_size );
}

void recorder_end( struct recorder *recorder )
{
    free( recorder->text );
}

static void write_down( struct recorder *recorder, const char *format, ... )
{
    va_list args;

    if (recorder->text_size - recorder->text_length < 512)
    {
        recorder->text_size *= 2;
        recorder->text = realloc( recorder->text, recorder->text_size );
    }
    va_start( args, format );
    recorder->text_length += __mingw_vsnprintf( recorder->text + recorder->text_length, 512, format, args );
    va_end( args );
}

static void check_handles( struct recorder *recorder, HANDLE source, HANDLE destination, bool first )
{
    if (first)
    {
        recorder->source = source;
        recorder->destination = destination;
    }
    ok( source && source == recorder->source, "source handle %p, was %p", source, recorder->source );
    ok( destination && destination == recorder->destination, "destination handle %p, was %p", destination,
        recorder->destination );
}

static void write_stream_started( struct recorder *recorder, const COPYFILE2_MESSAGE *message )
{
    check_handles( recorder, message->Info.StreamStarted.hSourceFile, message->Info.StreamStarted.hDestinationFile,
                   true );
    ok( !message->Info.StreamStarted.dwReserved, "reserved is %lx", message->Info.StreamStarted.dwReserved );
    write_down( recorder, "STREAM_STARTED stream=%lu size=%llu total=%llu\n",
                message->Info.StreamStarted.dwStreamNumber, message->Info.StreamStarted.uliStreamSize.QuadPart,
                message->Info.StreamStarted.uliTotalFileSize.QuadPart );
}

static void write_chunk_started( struct recorder *recorder, const COPYFILE2_MESSAGE *message )
{
    check_handles( recorder, message->Info.ChunkStarted.hSourceFile, message->Info.ChunkStarted.hDestinationFile,
                   false );
    ok( !message->Info.ChunkStarted.dwReserved, "reserved is %lx", message->Info.ChunkStarted.dwReserved );
    write_down( recorder, "CHUNK_STARTED stream=%lu chunk=%llu chunk_size=%llu size=%llu total=%llu\n",
                message->Info.ChunkStarted.dwStreamNumber, message->Info.ChunkStarted.uliChunkNumber.QuadPart,
                message->Info.ChunkStarted.uliChunkSize.QuadPart, message->Info.ChunkStarted.uliStreamSize.QuadPart,
                message->Info.ChunkStarted.uliTotalFileSize.QuadPart );
}

static void write_chunk_finished( struct recorder *recorder, const COPYFILE2_MESSAGE *message )
{
    check_handles( recorder, message->Info.ChunkFinished.hSourceFile, message->Info.ChunkFinished.hDestinationFile,
                   false );
    write_down( recorder,
                "CHUNK_FINISHED stream=%lu flags=%lu chunk=%llu chunk_size=%llu size=%llu done=%llu total=%llu "
                "total_done=%llu\n",
                message->Info.ChunkFinished.dwStreamNumber, message->Info.ChunkFinished.dwFlags,
                message->Info.ChunkFinished.uliChunkNumber.QuadPart, message->Info.ChunkFinished.uliChunkSize.QuadPart,
                message->Info.ChunkFinished.uliStreamSize.QuadPart,
                message->Info.ChunkFinished.uliStreamBytesTransferred.QuadPart,
                message->Info.ChunkFinished.uliTotalFileSize.QuadPart,
                message->Info.ChunkFinished.uliTotalBytesTransferred.QuadPart );
}

static void write_stream_finished( struct recorder *recorder, const COPYFILE2_MESSAGE *message )
{
    check_handles( recorder, message->Info.StreamFinished.hSourceFile, message->Info.StreamFinished.hDestinationFile,
                   false );
    ok( !message->Info.StreamFinished.dwReserved, "reserved is %lx", message->Info.StreamFinished.dwReserved );
    write_down( recorder, "STREAM_FINISHED stream=%lu size=%llu done=%llu total=%llu total_done=%llu\n",
                message->Info.StreamFinished.dwStreamNumber, message->Info.StreamFinished.uliStreamSize.QuadPart,
                message->Info.StreamFinished.uliStreamBytesTransferred.QuadPart,
                message->Info.StreamFinished.uliTotalFileSize.QuadPart,
                message->Info.StreamFinished.uliTotalBytesTransferred.QuadPart );
}

static void write_error( struct recorder *recorder, const COPYFILE2_MESSAGE *message )
{
    unsigned int phase = message->Info.Error.CopyPhase;

    ok( phase < ARRAY_SIZE( phases ), "phase %u", phase );
    ok( !message->Info.Error.dwReserved, "reserved is %lx", message->Info.Error.dwReserved );
    write_down( recorder,
                "ERROR phase=%s stream=%lu hr=%08lx chunk=%llu size=%llu done=%llu total=%llu total_done=%llu\n",
                phase < ARRAY_SIZE( phases ) ? phases[phase] : "?", message->Info.Error.dwStreamNumber,
                message->Info.Error.hrFailure, message->Info.Error.uliChunkNumber.QuadPart,
                message->Info.Error.uliStreamSize.QuadPart, message->Info.Error.uliStreamBytesTransferred.QuadPart,
                message->Info.Error.uliTotalFileSize.QuadPart, message->Info.Error.uliTotalBytesTransferred.QuadPart );
}

static void write_message( struct recorder *recorder, const COPYFILE2_MESSAGE *message )
{
    switch (message->Type)
    {
    case COPYFILE2_CALLBACK_STREAM_STARTED: write_stream_started( recorder, message ); break;
    case COPYFILE2_CALLBACK_CHUNK_STARTED: write_chunk_started( recorder, message ); break;
    case COPYFILE2_CALLBACK_CHUNK_FINISHED: write_chunk_finished( recorder, message ); break;
    case COPYFILE2_CALLBACK_STREAM_FINISHED: write_stream_finished( recorder, message ); break;
    case COPYFILE2_CALLBACK_ERROR: write_error( recorder, message ); break;
    case COPYFILE2_CALLBACK_POLL_CONTINUE: break; /* may come at any time */
    default: ok( false, "message of type %u", message->Type );
    }
}

COPYFILE2_MESSAGE_ACTION CALLBACK recorder_callback( const COPYFILE2_MESSAGE *message, void *context )
{
    struct recorder *recorder = context;
    unsigned int nth;

    ok( GetCurrentThreadId() == recorder->thread, "called on another thread" );
    ok( !message->dwPadding, "padding is %lx", message->dwPadding );
    write_message( recorder, message );
    if (message->Type == COPYFILE2_CALLBACK_POLL_CONTINUE || message->Type >= COPYFILE2_CALLBACK_MAX)
        return COPYFILE2_PROGRESS_CONTINUE;

    if (!recorder->count++) recorder->first = *message;
    recorder->last = *message;
    nth = ++recorder->counts[message->Type];
    if (recorder->hook) recorder->hook( message, recorder->hook_context );
    if (message->Type == recorder->answer_to && nth == recorder->answer_at) return recorder->answer;
    return COPYFILE2_PROGRESS_CONTINUE;
}

HRESULT copy_with( PCWSTR source, PCWSTR destination, const void *params )
{
    HRESULT hr;

    SetLastError( 0xdeadbeef );
    hr = copyfile2( source, destination, (COPYFILE2_EXTENDED_PARAMETERS *)params );
    ok( GetLastError() == (DWORD)HRESULT_CODE( hr ), "last error %lu, result %08lx", GetLastError(), hr );
    ok( hr == S_OK || HRESULT_FACILITY( hr ) == FACILITY_WIN32, "result %08lx", hr );
    return hr;
}

HRESULT copy_recorded( PCWSTR source, PCWSTR destination, DWORD flags, struct recorder *recorder )
{
    COPYFILE2_EXTENDED_PARAMETERS params = { sizeof( params ), flags, NULL, NULL, NULL };

    if (recorder)
    {
        params.pProgressRoutine = recorder_callback;
        params.pvCallbackContext = recorder;
    }
    return copy_with( source, destination, &params );
}

HRESULT copy_in_chunks( PCWSTR source, PCWSTR destination, DWORD chunk_size, BOOL *cancel, struct recorder *recorder )
{
    return copy_in_chunks_with( source, destination, 0, chunk_size, cancel, recorder );
}

HRESULT copy_in_chunks_with( PCWSTR source, PCWSTR destination, DWORD flags, DWORD chunk_size, BOOL *cancel,
                             struct recorder *recorder )
{
    COPYFILE2_EXTENDED_PARAMETERS_V2 params = { sizeof( params ), flags };

    params.ioDesiredSize = chunk_size;
    params.pfCancel = cancel;
    if (recorder)
    {
        params.pProgressRoutine = recorder_callback;
        params.pvCallbackContext = recorder;
    }
    return copy_with( source, destination, &params );
}

/* Answers whether both texts have the same lines. Nobody knows when Windows sends ERROR, so with another engine such
 * lines are left out of both texts. */
static bool said_equal( const char *one, const char *other )
{
    const bool ours = engine_is_ours();

    for (;;)
    {
        while (!ours && !strncmp( one, "ERROR ", 6 )) one += strcspn( one, "\n" ) + 1;
        while (!ours && !strncmp( other, "ERROR ", 6 )) other += strcspn( other, "\n" ) + 1;
        if (!*one || !*other || strcspn( one, "\n" ) != strcspn( other, "\n" )) return !*one && !*other;
        if (strncmp( one, other, strcspn( one, "\n" ) )) return false;
        one += strcspn( one, "\n" ) + 1;
        other += strcspn( other, "\n" ) + 1;
    }
}

void expect_said_at( const char *file, int line, const struct recorder *recorder, const char *expected )
{
    const char *said = recorder->text;
    bool equal = said_equal( said, expected );

    test_ok_at( file, line, equal, "other messages" );
    if (equal) return;
    trace( "expected:" );
    for (const char *end; ( end = strchr( expected, '\n' ) ); expected = end + 1)
        trace( "  %.*s", (int)( end - expected ), expected );
    trace( "said:" );
    for (const char *end; ( end = strchr( said, '\n' ) ); said = end + 1) trace( "  %.*s", (int)( end - said ), said );
}

void expect_order( const struct recorder *recorder, uint64_t size )
{
    const unsigned int *counts = recorder->counts;
    const unsigned int chunks = counts[COPYFILE2_CALLBACK_CHUNK_FINISHED];

    ok( recorder->first.Type == COPYFILE2_CALLBACK_STREAM_STARTED, "first came %u", recorder->first.Type );
    ok( recorder->last.Type == COPYFILE2_CALLBACK_STREAM_FINISHED, "last came %u", recorder->last.Type );
    ok( counts[COPYFILE2_CALLBACK_STREAM_STARTED] == 1 && counts[COPYFILE2_CALLBACK_STREAM_FINISHED] == 1,
        "stream began %u times, and ended %u times", counts[COPYFILE2_CALLBACK_STREAM_STARTED],
        counts[COPYFILE2_CALLBACK_STREAM_FINISHED] );
    ok( counts[COPYFILE2_CALLBACK_CHUNK_STARTED] == chunks && ( size ? chunks > 0 : !chunks ),
        "%u chunks began, %u ended", counts[COPYFILE2_CALLBACK_CHUNK_STARTED], chunks );
    ok( recorder->last.Info.StreamFinished.uliTotalBytesTransferred.QuadPart == size, "%llu bytes were told",
        recorder->last.Info.StreamFinished.uliTotalBytesTransferred.QuadPart );
}
