/* SPDX-License-Identifier: MIT */

#include "family.h"
#include "files.h"
#include "test.h"

#include <string.h>

#define GONE ( -1 )

void family_begin( struct family_recorder *recorder )
{
    memset( recorder, 0, sizeof( *recorder ) );
    recorder->thread = GetCurrentThreadId();
}

static void check_handles( struct family_recorder *recorder, HANDLE source, HANDLE destination )
{
    BY_HANDLE_FILE_INFORMATION information;

    if (!recorder->count)
    {
        recorder->source = source;
        recorder->destination = destination;
    }
    ok( GetCurrentThreadId() == recorder->thread, "called on another thread" );
    ok( source == recorder->source, "source handle %p, was %p", source, recorder->source );
    ok( destination == recorder->destination, "destination handle %p, was %p", destination, recorder->destination );
    ok( GetFileInformationByHandle( source, &information ), "source: error %lu", GetLastError() );
    ok( GetFileInformationByHandle( destination, &information ), "destination: error %lu", GetLastError() );
}

DWORD CALLBACK family_callback( LARGE_INTEGER total, LARGE_INTEGER total_done, LARGE_INTEGER size, LARGE_INTEGER done,
                                DWORD stream, DWORD reason, HANDLE source, HANDLE destination, LPVOID context )
{
    struct family_recorder *recorder = context;

    check_handles( recorder, source, destination );
    if (recorder->hook) recorder->hook( source, destination );
    if (recorder->count < FAMILY_CALLS_MAX)
        recorder->calls[recorder->count] = ( struct family_call ){ .reason = reason,
                                                                   .stream = stream,
                                                                   .total = total.QuadPart,
                                                                   .total_done = total_done.QuadPart,
                                                                   .size = size.QuadPart,
                                                                   .done = done.QuadPart };
    if (++recorder->count != recorder->answer_at) return PROGRESS_CONTINUE;
    if (recorder->cancel) *recorder->cancel = TRUE;
    return recorder->answer;
}

void family_check_calls( const struct family_recorder *recorder, int64_t size )
{
    int64_t done = 0;

    ok( recorder->count > 0, "never called" );
    for (unsigned int i = 0; i < recorder->count && i < FAMILY_CALLS_MAX; i++)
    {
        const struct family_call *call = &recorder->calls[i];

        push_context( "call %u", i + 1 );
        ok( call->reason == ( i ? CALLBACK_CHUNK_FINISHED : CALLBACK_STREAM_SWITCH ), "reason %lu", call->reason );
        ok( call->stream == 1, "stream %lu", call->stream );
        ok( call->size == size && call->total == size, "size %lld, total %lld", call->size, call->total );
        ok( call->done == call->total_done, "done %lld, of all %lld", call->done, call->total_done );
        ok( i ? call->done > done : !call->done, "done %lld after %lld", call->done, done );
        done = call->done;
        pop_context();
    }
    ok( done == size, "%lld done in the end", done );
}

/* An answer has the same effect in every function that takes such a callback. */
struct outcome
{
    DWORD error;
    unsigned int calls;
    int64_t left; /* bytes of the destination */
};

static struct outcome ended( unsigned int calls, int64_t left )
{
    return ( struct outcome ){ .error = ERROR_REQUEST_ABORTED, .calls = calls, .left = left };
}

static struct outcome model( const struct family_recorder *normal, int64_t size, unsigned int at, DWORD answer,
                             bool cancels )
{
    struct outcome whole = { .error = 0, .calls = normal->count, .left = size };
    int64_t done = normal->calls[at - 1].done;

    switch (answer)
    {
    case PROGRESS_CANCEL: return ended( at, GONE );
    case PROGRESS_STOP: return ended( at, done );
    case PROGRESS_QUIET: whole.calls = at; break;
    }
    /* the flag comes too late once all data is there */
    if (cancels && ( done < size || at == 1 )) return ended( at, GONE );
    return whole;
}

static void check_outcome( family_way way, bool moves, struct outcome expected, struct family_recorder *recorder,
                           BOOL *cancel )
{
    BOOL done;

    SetLastError( 0xdead );
    done = way( recorder, cancel );
    ok( done == !expected.error, "answered %d, error %lu", done, GetLastError() );
    ok( GetLastError() == expected.error || ( moves && done ), "last error %lu, not %lu", GetLastError(),
        expected.error );
    ok( recorder->count == expected.calls, "%u calls, not %u", recorder->count, expected.calls );
    ok( file_size( L"dst.bin" ) == expected.left, "%lld bytes, not %lld", file_size( L"dst.bin" ), expected.left );
    ok( file_exists( L"src.bin" ) == !( moves && done ), "the source is %s",
        file_exists( L"src.bin" ) ? "there" : "gone" );
    if (done) ok( file_equal( L"same.bin", L"dst.bin" ), "other bytes" );
    else ok( file_equal( L"same.bin", L"src.bin" ), "the source has changed" );
}

static void make_source( int64_t size )
{
    file_fill( L"src.bin", (uint64_t)size, 7 );
    file_fill( L"same.bin", (uint64_t)size, 7 );
    DeleteFileW( L"dst.bin" );
}

static void check_size( family_way way, bool moves, int64_t size )
{
    static const DWORD answers[] = { PROGRESS_CONTINUE, PROGRESS_CANCEL, PROGRESS_STOP, PROGRESS_QUIET, 4, 99 };
    struct family_recorder normal, recorder;

    family_begin( &normal );
    make_source( size );
    ok( way( &normal, NULL ), "error %lu", GetLastError() );
    family_check_calls( &normal, size );
    for (unsigned int at = 1; at <= normal.count && at <= FAMILY_CALLS_MAX; at++)
    {
        /* A move has no flag to cancel it. */
        for (unsigned int i = 0; i < ( moves ? 1 : 2 ) * ARRAY_SIZE( answers ); i++)
        {
            BOOL flag = FALSE, *cancel = i < ARRAY_SIZE( answers ) ? NULL : &flag;

            family_begin( &recorder );
            recorder.answer = answers[i % ARRAY_SIZE( answers )];
            recorder.answer_at = at;
            recorder.cancel = cancel;
            push_context( "%lld bytes, answer %lu at call %u%s", size, recorder.answer, at,
                          cancel ? ", with flag" : "" );
            make_source( size );
            check_outcome( way, moves, model( &normal, size, at, recorder.answer, cancel != NULL ), &recorder, cancel );
            pop_context();
        }
    }
}

void family_check_answers( family_way way, bool moves )
{
    check_size( way, moves, 0 );
    check_size( way, moves, 1 );
    check_size( way, moves, 2621440 );
}
