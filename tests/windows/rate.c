/* SPDX-License-Identifier: MIT */

/* ioDesiredRate is the average speed that the caller wishes for. Nothing is claimed of how long a copy takes at most.
 */

#include "harness/recorder.h"
#include "harness/files.h"
#include "harness/test.h"

#define KILOBYTE 1024

static HRESULT copy_at_rate( DWORD rate, DWORD chunk_size, BOOL *cancel, struct recorder *recorder )
{
    COPYFILE2_EXTENDED_PARAMETERS_V2 params = { sizeof( params ) };

    params.ioDesiredRate = rate;
    params.ioDesiredSize = chunk_size;
    params.pfCancel = cancel;
    params.pProgressRoutine = recorder ? recorder_callback : NULL;
    params.pvCallbackContext = recorder;
    return copy_with( L"src.bin", L"dst.bin", &params );
}

/* Answers the copy's time in milliseconds; -1: this Windows knows no rate. */
static int64_t time_copy( DWORD size, DWORD rate )
{
    LARGE_INTEGER frequency, begin, end;
    HRESULT hr;

    file_fill( L"src.bin", size, 1 );
    QueryPerformanceFrequency( &frequency );
    QueryPerformanceCounter( &begin );
    hr = copy_at_rate( rate, 64 * KILOBYTE, NULL, NULL );
    QueryPerformanceCounter( &end );
    if (broken( hr == E_INVALIDARG )) return -1;
    ok( hr == S_OK, "got %#lx", hr );
    ok( file_equal( L"src.bin", L"dst.bin" ), "other bytes" );
    return ( end.QuadPart - begin.QuadPart ) * 1000 / frequency.QuadPart;
}

/* Windows may do without the wait after the last chunk. */
static void test_rate( void )
{
    int64_t elapsed = time_copy( 768 * KILOBYTE, COPYFILE2_IO_RATE_MIN );

    ok( elapsed >= 1500 || broken( elapsed == -1 || elapsed >= 1300 ), "%lld ms at 512 KB/s", elapsed );
    elapsed = time_copy( 768 * KILOBYTE, 1024 );
    ok( elapsed >= 750 || broken( elapsed == -1 || elapsed >= 650 ), "%lld ms at 1024 KB/s", elapsed );
}

/* A rate does not change the messages. */
static void test_rate_order( void )
{
    struct recorder recorder;
    HRESULT hr;

    file_fill( L"src.bin", 10000, 1 );
    recorder_begin( &recorder );
    hr = copy_at_rate( COPYFILE2_IO_RATE_MIN, 4096, NULL, &recorder );
    if (!broken( hr == E_INVALIDARG ))
    {
        ok( hr == S_OK, "got %#lx", hr );
        expect_order( &recorder, 10000 );
        if (engine_is_ours())
            expect_said( &recorder, SAID_STREAM_STARTED( 10000 ) SAID_CHUNK( 0, 4096, 10000, 4096 )
                                        SAID_CHUNK( 1, 4096, 10000, 8192 ) SAID_CHUNK( 2, 1808, 10000, 10000 )
                                            SAID_STREAM_FINISHED( 10000, 10000 ) );
    }
    recorder_end( &recorder );
}

struct canceler
{
    HANDLE first_chunk_done;
    BOOL cancel;
};

static void tell_of_chunk( const COPYFILE2_MESSAGE *message, void *context )
{
    struct canceler *canceler = context;

    if (message->Type == COPYFILE2_CALLBACK_CHUNK_FINISHED) SetEvent( canceler->first_chunk_done );
}

static DWORD CALLBACK cancel_in_the_wait( void *context )
{
    struct canceler *canceler = context;

    WaitForSingleObject( canceler->first_chunk_done, INFINITE );
    Sleep( 100 );
    canceler->cancel = TRUE;
    return 0;
}

/* After the first chunk the copy waits for more than eight minutes. If the flag is not seen in the wait, this program
 * runs out of its time. */
static void test_rate_cancel( void )
{
    struct canceler canceler = { CreateEventW( NULL, TRUE, FALSE, NULL ), FALSE };
    HANDLE thread = CreateThread( NULL, 0, cancel_in_the_wait, &canceler, 0, NULL );
    struct recorder recorder;
    HRESULT hr;

    file_make_sparse( L"src.bin", 2 * 256 * KILOBYTE * KILOBYTE );
    recorder_begin( &recorder );
    recorder.hook = tell_of_chunk;
    recorder.hook_context = &canceler;
    hr = copy_at_rate( COPYFILE2_IO_RATE_MIN, 256 * KILOBYTE * KILOBYTE, &canceler.cancel, &recorder );
    if (!broken( hr == E_INVALIDARG ))
    {
        ok( hr == hr_from_error( ERROR_REQUEST_ABORTED ), "got %#lx", hr );
        ok( recorder.counts[COPYFILE2_CALLBACK_CHUNK_FINISHED] >= 1, "no chunk was copied" );
        ok( recorder.last.Type == COPYFILE2_CALLBACK_CHUNK_FINISHED || broken( true ), "after it came %u",
            recorder.last.Type );
        ok( !file_exists( L"dst.bin" ), "the fragment is still there" );
    }
    SetEvent( canceler.first_chunk_done );
    WaitForSingleObject( thread, INFINITE );
    CloseHandle( thread );
    CloseHandle( canceler.first_chunk_done );
    recorder_end( &recorder );
}

struct poller
{
    COPYFILE2_MESSAGE_ACTION answer;
    DWORD begin, longest; /* ms without a message */
    unsigned int polls;
};

static COPYFILE2_MESSAGE_ACTION CALLBACK answer_polls( const COPYFILE2_MESSAGE *message, void *context )
{
    struct poller *poller = context;
    DWORD now = GetTickCount();

    if (now - poller->begin > poller->longest) poller->longest = now - poller->begin;
    poller->begin = now;
    if (message->Type != COPYFILE2_CALLBACK_POLL_CONTINUE) return COPYFILE2_PROGRESS_CONTINUE;
    ok( !message->Info.PollContinue.dwReserved, "the reserved member is set" );
    poller->polls++;
    return poller->answer;
}

static HRESULT copy_and_answer_polls( struct poller *poller, COPYFILE2_MESSAGE_ACTION answer )
{
    COPYFILE2_EXTENDED_PARAMETERS_V2 params = { sizeof( params ) };

    *poller = ( struct poller ){ answer, GetTickCount() };
    params.ioDesiredRate = COPYFILE2_IO_RATE_MIN;
    params.ioDesiredSize = 1024 * KILOBYTE;
    params.pProgressRoutine = answer_polls;
    params.pvCallbackContext = poller;
    return copy_with( L"src.bin", L"dst.bin", &params );
}

/* In the wait behind a chunk the callback gets polls, and can end the copy by its answers. Windows may send no
 * polls. */
static void test_poll( void )
{
    struct poller poller;
    HRESULT hr;

    file_make_sparse( L"src.bin", 64 * 1024 * KILOBYTE );
    hr = copy_and_answer_polls( &poller, COPYFILE2_PROGRESS_CANCEL );
    if (broken( hr == E_INVALIDARG || !poller.polls )) return;
    ok( hr == hr_from_error( ERROR_REQUEST_ABORTED ), "CANCEL: got %#lx", hr );
    ok( poller.polls == 1 && !file_exists( L"dst.bin" ), "CANCEL: %u polls, or the fragment is there", poller.polls );
    hr = copy_and_answer_polls( &poller, COPYFILE2_PROGRESS_STOP );
    ok( hr == hr_from_error( ERROR_REQUEST_ABORTED ), "STOP: got %#lx", hr );
    ok( file_size( L"dst.bin" ) == 1024 * KILOBYTE, "STOP: %lld bytes", file_size( L"dst.bin" ) );
    ok( poller.polls == 1, "STOP: %u polls", poller.polls );
    trace( "%lu ms without a message", poller.longest );

    file_make_sparse( L"src.bin", 1536 * KILOBYTE );
    hr = copy_and_answer_polls( &poller, COPYFILE2_PROGRESS_QUIET );
    ok( hr == S_OK && poller.polls == 1, "QUIET: got %#lx, %u polls", hr, poller.polls );
    hr = copy_and_answer_polls( &poller, COPYFILE2_PROGRESS_CONTINUE );
    ok( hr == S_OK && poller.polls >= 1, "CONTINUE: got %#lx, %u polls", hr, poller.polls );
    ok( file_equal( L"src.bin", L"dst.bin" ), "other bytes" );
}

static const struct test_case cases[] = {
    { .name = "rate", .row = "-", .run = test_rate },
    { .name = "rate_order", .row = "-", .run = test_rate_order },
    { .name = "rate_cancel", .row = "-", .run = test_rate_cancel },
    { .name = "poll", .row = "-", .run = test_poll },
};

TEST_MAIN( "rate", cases )
