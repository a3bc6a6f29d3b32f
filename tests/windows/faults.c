/* SPDX-License-Identifier: MIT */

/* These copies fail half way. The cases claim what the caller hears, and what is left. Copies that never begin are in
 * errors.c, and the full disk is in full.c. */

#include "harness/recorder.h"
#include "harness/files.h"
#include "harness/test.h"

#define SIZE  10240
#define CHUNK 4096

/* Our own record has so many bytes, behind the data of a fragment. */
#define RESTART_RECORD 128

static const char old[] = "jumps over the lazy dog, who was here first";
static BYTE bytes[SIZE];

static void make_source( void )
{
    for (size_t i = 0; i < SIZE; i++) bytes[i] = (BYTE)( i * 7 + i / 256 );
    file_write( L"src.bin", bytes, SIZE );
}

/* The hook acts in the message of this type that ends the countdown. */
struct fault
{
    COPYFILE2_MESSAGE_TYPE when;
    unsigned int countdown;
};

static bool is_due( struct fault *fault, const COPYFILE2_MESSAGE *message )
{
    return message->Type == fault->when && !--fault->countdown;
}

/* The handles have the same offsets in every message of a stream. */
static void close_source( const COPYFILE2_MESSAGE *message, void *context )
{
    if (is_due( context, message )) CloseHandle( message->Info.StreamStarted.hSourceFile );
}

/* A callback must not close a handle of a message. But that makes the next read fail, in every run and without help
 * from the system. */
static bool engine_is_not_ours( void )
{
    if (engine_is_ours()) return false;
    skip( "takes away the engine's own handle" );
    return true;
}

/* The callback closes the source's handle in the nth message of this type. */
static HRESULT copy_and_lose_source( COPYFILE2_MESSAGE_TYPE when, unsigned int nth, struct recorder *recorder )
{
    struct fault fault = { when, nth };
    HRESULT hr;

    recorder->hook = close_source;
    recorder->hook_context = &fault;
    hr = copy_in_chunks( L"src.bin", L"dst.bin", CHUNK, NULL, recorder );
    ok( !fault.countdown, "no fault" );
    return hr;
}

/* PAUSE at the error leaves what a pause leaves. */
static void check_resumable( uint64_t done )
{
    HRESULT hr;

    ok( file_size( L"dst.bin" ) == (int64_t)done + RESTART_RECORD, "fragment of %lld bytes", file_size( L"dst.bin" ) );
    hr = copy( L"src.bin", L"dst.bin", COPY_FILE_RESUME_FROM_PAUSE | COPY_FILE_FAIL_IF_EXISTS );
    ok( hr == S_OK, "got %#lx", hr );
    ok( file_equal( L"src.bin", L"dst.bin" ), "other bytes" );
}

/* The nth chunk cannot be read, and no answer of the callback changes the error of the copy. STOP keeps the fragment,
 * cut to what was copied. PAUSE keeps it so that a later call can go on. Any other answer deletes it. */
static void check_read_fault( unsigned int nth, bool over, const char *said )
{
    for (int answer = COPYFILE2_PROGRESS_CONTINUE; answer <= COPYFILE2_PROGRESS_PAUSE; answer++)
    {
        struct recorder recorder;
        HRESULT hr;

        push_context( "chunk %u, over %s file, answer %d", nth, over ? "a" : "no", answer );
        make_source();
        if (over) file_write_text( L"dst.bin", old );
        recorder_begin( &recorder );
        recorder.answer = answer;
        recorder.answer_to = COPYFILE2_CALLBACK_ERROR;
        recorder.answer_at = 1;
        hr = copy_and_lose_source( COPYFILE2_CALLBACK_CHUNK_STARTED, nth, &recorder );
        ok( hr == hr_from_error( ERROR_INVALID_HANDLE ), "got %#lx", hr );
        expect_said( &recorder, said );
        if (answer == COPYFILE2_PROGRESS_STOP)
            ok( file_is( L"dst.bin", bytes, ( nth - 1 ) * CHUNK ), "fragment of %lld bytes", file_size( L"dst.bin" ) );
        else if (answer == COPYFILE2_PROGRESS_PAUSE) check_resumable( ( nth - 1 ) * CHUNK );
        else ok( !file_exists( L"dst.bin" ), "a fragment of %lld bytes is left", file_size( L"dst.bin" ) );
        recorder_end( &recorder );
        DeleteFileW( L"dst.bin" );
        pop_context();
    }
}

static void test_read_first( void )
{
    static const char said[] = SAID_STREAM_STARTED( 10240 ) SAID_CHUNK_STARTED( 0, 4096, 10240 )
        SAID_ERROR( READ_SOURCE, 80070006, 0, 10240, 0 );

    if (engine_is_not_ours()) return;
    check_read_fault( 1, false, said );
    check_read_fault( 1, true, said );
}

static void test_read_middle( void )
{
    static const char said[] = SAID_STREAM_STARTED( 10240 ) SAID_CHUNK( 0, 4096, 10240, 4096 )
        SAID_CHUNK_STARTED( 1, 4096, 10240 ) SAID_ERROR( READ_SOURCE, 80070006, 1, 10240, 4096 );

    if (engine_is_not_ours()) return;
    check_read_fault( 2, false, said );
    check_read_fault( 2, true, said );
}

static void test_read_last( void )
{
    static const char said[] =
        SAID_STREAM_STARTED( 10240 ) SAID_CHUNK( 0, 4096, 10240, 4096 ) SAID_CHUNK( 1, 4096, 10240, 8192 )
            SAID_CHUNK_STARTED( 2, 2048, 10240 ) SAID_ERROR( READ_SOURCE, 80070006, 2, 10240, 8192 );

    if (engine_is_not_ours()) return;
    check_read_fault( 3, false, said );
    check_read_fault( 3, true, said );
}

/* The common callback continues whatever it hears: there must be an end, after one message. */
static void test_err_continue( void )
{
    struct recorder recorder;
    HRESULT hr;

    if (engine_is_not_ours()) return;
    make_source();
    recorder_begin( &recorder );
    hr = copy_and_lose_source( COPYFILE2_CALLBACK_CHUNK_FINISHED, 1, &recorder );
    ok( hr == hr_from_error( ERROR_INVALID_HANDLE ), "got %#lx", hr );
    ok( recorder.counts[COPYFILE2_CALLBACK_ERROR] == 1, "%u errors", recorder.counts[COPYFILE2_CALLBACK_ERROR] );
    ok( recorder.last.Type == COPYFILE2_CALLBACK_ERROR, "the last message is %u", recorder.last.Type );
    ok( recorder.last.Info.Error.hrFailure == hr, "%#lx was told", recorder.last.Info.Error.hrFailure );
    ok( !file_exists( L"dst.bin" ), "a fragment is left" );
    recorder_end( &recorder );
}

/* A callback that said QUIET hears nothing of errors either, and the caller has the result. */
static void test_err_quiet( void )
{
    struct recorder recorder;
    HRESULT hr;

    if (engine_is_not_ours()) return;
    make_source();
    recorder_begin( &recorder );
    recorder.answer = COPYFILE2_PROGRESS_QUIET;
    recorder.answer_to = COPYFILE2_CALLBACK_STREAM_STARTED;
    recorder.answer_at = 1;
    hr = copy_and_lose_source( COPYFILE2_CALLBACK_STREAM_STARTED, 1, &recorder );
    ok( hr == hr_from_error( ERROR_INVALID_HANDLE ), "got %#lx", hr );
    expect_said( &recorder, SAID_STREAM_STARTED( 10240 ) );
    ok( !file_exists( L"dst.bin" ), "a fragment is left" );
    recorder_end( &recorder );
}

/* The copy deletes its fragment by the right that it got when it opened the file. A holder who does not share deleting
 * keeps the fragment, and then its length says how much was copied. */
static void test_err_kept( void )
{
    struct recorder recorder;
    HANDLE holder;
    HRESULT hr;

    if (engine_is_not_ours()) return;
    make_source();
    file_write_text( L"dst.bin", old );
    holder = file_hold( L"dst.bin", GENERIC_READ, SHARE_R | SHARE_W );
    recorder_begin( &recorder );
    hr = copy_and_lose_source( COPYFILE2_CALLBACK_CHUNK_STARTED, 2, &recorder );
    ok( hr == hr_from_error( ERROR_INVALID_HANDLE ), "got %#lx", hr );
    recorder_end( &recorder );
    CloseHandle( holder );
    ok( file_is( L"dst.bin", bytes, CHUNK ), "%lld bytes are left", file_size( L"dst.bin" ) );
}

/* Another handle holds this lock. */
struct lock
{
    PCWSTR name;
    HANDLE file;
};

static void lock_second_chunk( const COPYFILE2_MESSAGE *message, void *context )
{
    struct lock *lock = context;

    if (message->Type != COPYFILE2_CALLBACK_STREAM_STARTED) return;
    if (!lock->file) lock->file = file_hold( lock->name, GENERIC_READ, SHARE_ALL );
    ok( LockFile( lock->file, CHUNK, 0, 1, 0 ), "cannot lock: error %lu", GetLastError() );
}

/* Wine keeps such locks, but they stop no read and no write. */
static void check_locked( struct lock lock, const char *said )
{
    struct recorder recorder;
    HRESULT hr;

    recorder_begin( &recorder );
    recorder.hook = lock_second_chunk;
    recorder.hook_context = &lock;
    hr = copy_in_chunks( L"src.bin", L"dst.bin", CHUNK, NULL, &recorder );
    CloseHandle( lock.file );
    todo_wine ok( hr == hr_from_error( ERROR_LOCK_VIOLATION ), "got %#lx", hr );
    todo_wine ok( !file_exists( L"dst.bin" ), "a fragment is left" );
    if (FAILED( hr )) expect_said( &recorder, said );
    recorder_end( &recorder );
}

static void test_err_read( void )
{
    make_source();
    check_locked( ( struct lock ){ L"src.bin", NULL },
                  SAID_STREAM_STARTED( 10240 ) SAID_CHUNK( 0, 4096, 10240, 4096 ) SAID_CHUNK_STARTED( 1, 4096, 10240 )
                      SAID_ERROR( READ_SOURCE, 80070021, 1, 10240, 4096 ) );
}

/* Only a holder who was there first can open the destination of a copy. */
static void test_err_write_locked( void )
{
    struct lock lock = { L"dst.bin", NULL };

    make_source();
    file_write_text( L"dst.bin", old );
    lock.file = file_hold( L"dst.bin", GENERIC_READ, SHARE_ALL );
    check_locked( lock, SAID_STREAM_STARTED( 10240 ) SAID_CHUNK( 0, 4096, 10240, 4096 ) SAID_CHUNK_STARTED(
                            1, 4096, 10240 ) SAID_ERROR( WRITE_DESTINATION, 80070021, 1, 10240, 4096 ) );
}

/* The destination's handle becomes one that can delete, but not write. The trick works because a new handle gets the
 * closed one's number at once. */
static void exchange_destination( const COPYFILE2_MESSAGE *message, void *context )
{
    HANDLE lost, found;

    if (!is_due( context, message )) return;
    lost = message->Info.ChunkStarted.hDestinationFile;
    CloseHandle( lost );
    found = file_hold( L"dst.bin", GENERIC_READ | DELETE, SHARE_ALL );
    ok( lost == found, "handle %p, was %p", found, lost );
}

static void check_write_fault( COPYFILE2_MESSAGE_ACTION answer, bool over )
{
    struct fault fault = { COPYFILE2_CALLBACK_CHUNK_STARTED, 2 };
    struct recorder recorder;
    HRESULT hr;

    push_context( "over %s file, answer %d", over ? "a" : "no", answer );
    make_source();
    if (over) file_write_text( L"dst.bin", old );
    recorder_begin( &recorder );
    recorder.hook = exchange_destination;
    recorder.hook_context = &fault;
    recorder.answer = answer;
    recorder.answer_to = COPYFILE2_CALLBACK_ERROR;
    recorder.answer_at = 1;
    hr = copy_in_chunks( L"src.bin", L"dst.bin", CHUNK, NULL, &recorder );
    ok( hr == hr_from_error( ERROR_ACCESS_DENIED ), "got %#lx", hr );
    expect_said( &recorder, SAID_STREAM_STARTED( 10240 ) SAID_CHUNK( 0, 4096, 10240, 4096 ) SAID_CHUNK_STARTED(
                                1, 4096, 10240 ) SAID_ERROR( WRITE_DESTINATION, 80070005, 1, 10240, 4096 ) );
    ok( !file_exists( L"dst.bin" ), "a fragment of %lld bytes is left", file_size( L"dst.bin" ) );
    recorder_end( &recorder );
    pop_context();
}

/* STOP is left out, because this handle could not cut the fragment. full.c claims what STOP keeps. */
static void test_err_write( void )
{
    static const COPYFILE2_MESSAGE_ACTION answers[] = { COPYFILE2_PROGRESS_CONTINUE, COPYFILE2_PROGRESS_CANCEL,
                                                        COPYFILE2_PROGRESS_QUIET, COPYFILE2_PROGRESS_PAUSE };

    if (engine_is_not_ours()) return;
    for (size_t i = 0; i < ARRAY_SIZE( answers ); i++)
    {
        check_write_fault( answers[i], false );
        check_write_fault( answers[i], true );
    }
}

static const struct test_case cases[] = {
    { .name = "read_first", .row = "-", .own = true, .run = test_read_first },
    { .name = "read_middle", .row = "-", .own = true, .run = test_read_middle },
    { .name = "read_last", .row = "-", .own = true, .run = test_read_last },
    { .name = "err_read",
      .row = "72",
      .claim = "locked byte range mid source: CS n, ERROR{READ_SOURCE, n, hr(33)}, hr(33), dest gone",
      .sure = "R",
      .own = true,
      .run = test_err_read },
    { .name = "err_continue",
      .row = "73",
      .claim = "ERROR answered CONTINUE: terminates, same hr",
      .sure = "R",
      .own = true,
      .run = test_err_continue },
    { .name = "err_quiet", .row = "-", .own = true, .run = test_err_quiet },
    { .name = "err_kept", .row = "-", .own = true, .run = test_err_kept },
    { .name = "err_write", .row = "-", .own = true, .run = test_err_write },
    { .name = "err_write_locked", .row = "-", .run = test_err_write_locked },
};

TEST_MAIN( "faults", cases )
