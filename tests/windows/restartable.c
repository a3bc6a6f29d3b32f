/* SPDX-License-Identifier: MIT */

/* With COPY_FILE_RESTARTABLE the same call goes on from the last safe point after STOP, after a failure, and after the
 * death of the process. */

#include "restartable.h"

HRESULT restartable_copy( DWORD flags, DWORD chunk, COPYFILE2_MESSAGE_ACTION answer, COPYFILE2_MESSAGE_TYPE to,
                          unsigned int nth, struct recorder *recorder )
{
    recorder_begin( recorder );
    recorder->answer = answer;
    recorder->answer_to = to;
    recorder->answer_at = nth;
    return copy_in_chunks_with( L"src.bin", L"dst.bin", flags, chunk, NULL, recorder );
}

void restartable_check_complete( void )
{
    ok( file_equal( L"src.bin", L"dst.bin" ), "other bytes; %lld of them", (long long)file_size( L"dst.bin" ) );
}

uint64_t restart( DWORD flags )
{
    COPYFILE2_MESSAGE_ACTION go_on = COPYFILE2_PROGRESS_CONTINUE;
    struct recorder recorder;
    uint64_t moved = 0;
    HRESULT hr = restartable_copy( flags, CHUNK, go_on, CHUNK_FINISHED, 0, &recorder );

    ok( hr == S_OK, "got %#lx", hr );
    moved = (uint64_t)( recorder.counts[CHUNK_FINISHED] ) * CHUNK;
    recorder_end( &recorder );
    restartable_check_complete();
    return moved;
}

static void test_whole( void )
{
    static const uint64_t sizes[] = { 0, 1, 127, 128, 129, 511, 512, 513, CHUNK, CHUNK + 1, SIZE };

    for (size_t i = 0; i < ARRAY_SIZE( sizes ); i++)
    {
        push_context( "%llu bytes", sizes[i] );
        file_fill( L"src.bin", sizes[i], 1 );
        DeleteFileW( L"dst.bin" );
        ok( copy( L"src.bin", L"dst.bin", RESTARTABLE ) == S_OK, "not copied" );
        restartable_check_complete();
        /* The copy goes over the finished copy, which has no record in it, and over something longer. */
        restart( RESTARTABLE );
        file_fill( L"dst.bin", sizes[i] + 5000, 2 );
        restart( RESTARTABLE | COPY_FILE_DISABLE_PRE_ALLOCATION );
        pop_context();
    }
    file_fill( L"src.bin", LARGE, 1 );
    ok( copy( L"src.bin", L"dst.bin", RESTARTABLE ) == S_OK, "not copied" );
    restartable_check_complete();
}

/* The messages are those of any other copy. */
static void test_messages( void )
{
    struct recorder recorder;
    HRESULT hr;

    file_fill( L"src.bin", 10240, 1 );
    hr = restartable_copy( RESTARTABLE, CHUNK, COPYFILE2_PROGRESS_CONTINUE, CHUNK_FINISHED, 0, &recorder );
    ok( hr == S_OK, "got %#lx", hr );
    expect_order( &recorder, 10240 );
    if (engine_is_ours())
        expect_said( &recorder,
                     SAID_STREAM_STARTED( 10240 ) SAID_CHUNK( 0, 4096, 10240, 4096 ) SAID_CHUNK( 1, 4096, 10240, 8192 )
                         SAID_CHUNK( 2, 2048, 10240, 10240 ) SAID_STREAM_FINISHED( 10240, 10240 ) );
    recorder_end( &recorder );
}

static void check_stop( COPYFILE2_MESSAGE_TYPE to, unsigned int nth, unsigned int chunks, DWORD again )
{
    struct recorder recorder;
    uint64_t moved;
    HRESULT hr;

    push_context( "STOP at message %u of type %d, then flags %#lx", nth, (int)to, again );
    DeleteFileW( L"dst.bin" );
    hr = restartable_copy( RESTARTABLE, CHUNK, COPYFILE2_PROGRESS_STOP, to, nth, &recorder );
    ok( hr == ABORTED, "got %#lx", hr );
    ok( recorder.counts[STREAM_FINISHED] == 1, "said\n%s", recorder.text );
    ok( file_size( L"dst.bin" ) <= SIZE, "%lld bytes left", (long long)file_size( L"dst.bin" ) );
    recorder_end( &recorder );
    moved = restart( again );
    ok( moved <= SIZE - chunks * CHUNK + CHUNK || broken( true ), "%llu bytes were copied again", moved );
    pop_context();
}

static void test_stop_at( void )
{
    static const DWORD again[] = { RESTARTABLE, RESTARTABLE | COPY_FILE_RESUME_FROM_PAUSE, COPY_FILE_RESUME_FROM_PAUSE,
                                   COPY_FILE_RESUME_FROM_PAUSE | COPY_FILE_FAIL_IF_EXISTS };

    file_fill( L"src.bin", SIZE, 1 );
    for (size_t i = 0; i < ARRAY_SIZE( again ); i++)
    {
        check_stop( STREAM_STARTED, 1, 0, again[i] );
        for (unsigned int n = 1; n <= 11; n++) check_stop( CHUNK_STARTED, n, n - 1, again[i] );
        for (unsigned int n = 1; n <= 10; n++) check_stop( CHUNK_FINISHED, n, n, again[i] );
        check_stop( CHUNK_FINISHED, 11, 10, again[i] );
        check_stop( STREAM_FINISHED, 1, 10, again[i] );
    }
}

/* Only RESUME_FROM_PAUSE lifts FAIL_IF_EXISTS, and without either flag a fragment is a file like any other. */
static void test_stop_and_forget( void )
{
    struct recorder recorder;

    file_fill( L"src.bin", SIZE, 1 );
    restartable_copy( RESTARTABLE, CHUNK, COPYFILE2_PROGRESS_STOP, CHUNK_FINISHED, 5, &recorder );
    recorder_end( &recorder );
    ok( copy( L"src.bin", L"dst.bin", RESTARTABLE | COPY_FILE_FAIL_IF_EXISTS ) == EXISTS, "overwritten" );
    ok( restart( 0 ) >= SIZE, "not all was copied" );
}

static void test_cancel( void )
{
    struct recorder recorder;
    HRESULT hr;

    file_fill( L"src.bin", SIZE, 1 );
    for (unsigned int nth = 1; nth <= 11; nth++)
    {
        hr = restartable_copy( RESTARTABLE, CHUNK, COPYFILE2_PROGRESS_CANCEL, CHUNK_FINISHED, nth, &recorder );
        ok( hr == ABORTED, "got %#lx", hr );
        ok( !file_exists( L"dst.bin" ), "%lld bytes left", (long long)file_size( L"dst.bin" ) );
        recorder_end( &recorder );
    }
}

/* Each call copies one chunk, and ends by PAUSE and STOP in turn. */
static void test_chain( void )
{
    struct recorder recorder;
    unsigned int calls = 0;
    HRESULT hr;

    file_fill( L"src.bin", SIZE, 1 );
    do
    {
        hr = restartable_copy( RESTARTABLE, CHUNK, calls & 1 ? COPYFILE2_PROGRESS_STOP : COPYFILE2_PROGRESS_PAUSE,
                               CHUNK_FINISHED, 1, &recorder );
        ok( hr == S_OK || hr == ( calls & 1 ? ABORTED : hr_from_error( ERROR_REQUEST_PAUSED ) ), "got %#lx", hr );
        recorder_end( &recorder );
    } while (hr != S_OK && ++calls < 100);
    ok( calls == 10 || broken( true ), "%u calls", calls );
    restartable_check_complete();
}

/* A callback may not close the handles; here it does, and so makes reading fail. */
static void close_source( const COPYFILE2_MESSAGE *message, void *context )
{
    unsigned int *countdown = context;

    if (message->Type != CHUNK_STARTED || --*countdown) return;
    CloseHandle( message->Info.ChunkStarted.hSourceFile );
}

static HRESULT copy_and_fail( DWORD flags, COPYFILE2_MESSAGE_ACTION answer, unsigned int chunk )
{
    struct recorder recorder;
    HRESULT hr;

    recorder_begin( &recorder );
    recorder.answer = answer;
    recorder.answer_to = COPYFILE2_CALLBACK_ERROR;
    recorder.answer_at = 1;
    recorder.hook = close_source;
    recorder.hook_context = &chunk;
    hr = copy_in_chunks_with( L"src.bin", L"dst.bin", flags, CHUNK, NULL, &recorder );
    ok( recorder.counts[STREAM_FINISHED] == 0, "the stream was finished" );
    recorder_end( &recorder );
    return hr;
}

/* A restartable copy is made for failures: what is there is kept, unless the callback says CANCEL. */
static void test_failed( void )
{
    if (!engine_is_ours())
    {
        skip( "Windows is not to be told to fail like this" );
        return;
    }
    file_fill( L"src.bin", SIZE, 1 );
    for (COPYFILE2_MESSAGE_ACTION answer = COPYFILE2_PROGRESS_CONTINUE; answer <= COPYFILE2_PROGRESS_PAUSE; answer++)
    {
        push_context( "answer %d", (int)answer );
        ok( copy_and_fail( RESTARTABLE, answer, 6 ) == hr_from_error( ERROR_INVALID_HANDLE ), "another result" );
        if (answer == COPYFILE2_PROGRESS_CANCEL) ok( !file_exists( L"dst.bin" ), "a fragment is left" );
        else ok( restart( RESTARTABLE ) == 6 * CHUNK, "not from the sixth chunk on" );
        DeleteFileW( L"dst.bin" );
        pop_context();
    }
}

/* A copy that has done nothing has nothing to keep. */
static void test_failed_at_once( void )
{
    if (!engine_is_ours())
    {
        skip( "Windows is not to be told to fail like this" );
        return;
    }
    file_fill( L"src.bin", SIZE, 1 );
    ok( copy_and_fail( RESTARTABLE, COPYFILE2_PROGRESS_CONTINUE, 1 ) == hr_from_error( ERROR_INVALID_HANDLE ),
        "another result" );
    ok( !file_exists( L"dst.bin" ), "a fragment is left" );
}

/* A resumed copy that fails does not lose what was paused before. */
static void test_failed_resume( void )
{
    struct recorder recorder;

    if (!engine_is_ours())
    {
        skip( "Windows is not to be told to fail like this" );
        return;
    }
    file_fill( L"src.bin", SIZE, 1 );
    restartable_copy( 0, CHUNK, COPYFILE2_PROGRESS_PAUSE, CHUNK_FINISHED, 3, &recorder );
    recorder_end( &recorder );
    ok( copy_and_fail( COPY_FILE_RESUME_FROM_PAUSE, COPYFILE2_PROGRESS_CONTINUE, 2 ) ==
            hr_from_error( ERROR_INVALID_HANDLE ),
        "another result" );
    ok( restart( COPY_FILE_RESUME_FROM_PAUSE | COPY_FILE_FAIL_IF_EXISTS ) == 7 * CHUNK, "not from the fifth chunk on" );
}

static const struct test_case cases[] = {
    { .name = "whole", .row = "-", .run = test_whole },
    { .name = "messages", .row = "-", .run = test_messages },
    { .name = "stop_at", .row = "-", .run = test_stop_at },
    { .name = "stop_and_forget", .row = "-", .run = test_stop_and_forget },
    { .name = "cancel", .row = "-", .run = test_cancel },
    { .name = "chain", .row = "-", .run = test_chain },
    { .name = "failed", .row = "-", .own = true, .run = test_failed },
    { .name = "failed_at_once", .row = "-", .own = true, .run = test_failed_at_once },
    { .name = "failed_resume", .row = "-", .own = true, .run = test_failed_resume },
    { .name = "killed", .row = "-", .run = test_killed },
    { .name = "killed_twice", .row = "-", .run = test_killed_twice },
    { .name = "killed_in_stream", .row = "-", .run = test_killed_in_stream },
    { .name = "power_cut", .row = "-", .own = true, .run = test_power_cut },
    { .name = "changed_source", .row = "-", .run = test_restarted_changed_source },
    { .name = "killed_with_holes", .row = "-", .run = test_killed_with_holes },
};

TEST_MAIN( "restartable", cases )
TEST_ROLE( VICTIM, be_victim )
