/* The classic callback of CopyFileEx, that the V2 parameters take in place of the new one. */

#include "recorder.h"
#include "files.h"
#include "test.h"

struct old_recorder
{
    DWORD answer;           /* given once, ... */
    unsigned int answer_at; /* ... to the nth call, from 1; 0: always PROGRESS_CONTINUE */

    unsigned int count;
    char text[2048]; /* every call as a line */
    DWORD thread;
    HANDLE source, destination;
};

static DWORD CALLBACK old_routine( LARGE_INTEGER total, LARGE_INTEGER total_done, LARGE_INTEGER size,
                                   LARGE_INTEGER done, DWORD stream, DWORD reason, HANDLE source, HANDLE destination,
                                   LPVOID context )
{
    struct old_recorder *recorder = context;
    size_t length = strlen( recorder->text );

    if (!recorder->count++)
    {
        recorder->source = source;
        recorder->destination = destination;
    }
    ok( GetCurrentThreadId() == recorder->thread, "called on another thread" );
    ok( source && source == recorder->source, "source handle %p, was %p", source, recorder->source );
    ok( destination && destination == recorder->destination, "destination handle %p, was %p", destination,
        recorder->destination );
    ok( FlushFileBuffers( destination ), "cannot flush: error %lu", GetLastError() );
    ok( reason == CALLBACK_STREAM_SWITCH || reason == CALLBACK_CHUNK_FINISHED, "reason %lu", reason );
    snprintf( recorder->text + length, sizeof( recorder->text ) - length,
              "%s stream=%lu size=%lld done=%lld total=%lld total_done=%lld\n",
              reason == CALLBACK_STREAM_SWITCH ? "STREAM_SWITCH" : "CHUNK_FINISHED", stream, size.QuadPart,
              done.QuadPart, total.QuadPart, total_done.QuadPart );
    return recorder->count == recorder->answer_at ? recorder->answer : PROGRESS_CONTINUE;
}

#define SWITCH( size ) "STREAM_SWITCH stream=1 size=" #size " done=0 total=" #size " total_done=0\n"
#define CHUNK( size, done )                                                                                            \
    "CHUNK_FINISHED stream=1 size=" #size " done=" #done " total=" #size " total_done=" #done "\n"

/* In three chunks, the last one a short one. */
#define SIZE 10000

static HRESULT copy_with_old( uint64_t size, PCOPYFILE2_PROGRESS_ROUTINE routine, struct old_recorder *old )
{
    COPYFILE2_EXTENDED_PARAMETERS_V2 params = { sizeof( params ) };

    file_fill( L"src.bin", size, 1 );
    old->thread = GetCurrentThreadId();
    params.pProgressRoutine = routine;
    params.pProgressRoutineOld = old_routine;
    params.pvCallbackContext = old;
    params.ioDesiredSize = 4096;
    return copy_with( L"src.bin", L"dst.bin", &params );
}

/* Only the newest Windows knows the old callback, and where its chunks end is its own affair. */
static bool is_known_here( void )
{
    if (!running_under_wine()) skip( "not known of this Windows" );
    return running_under_wine();
}

static void check_said( const struct old_recorder *old, const char *expected )
{
    ok( !strcmp( old->text, expected ), "said\n%sexpected\n%s", old->text, expected );
}

static void check_good_copy( uint64_t size, PCOPYFILE2_PROGRESS_ROUTINE routine, const char *expected )
{
    struct old_recorder old = { 0 };
    HRESULT hr = copy_with_old( size, routine, &old );

    ok( hr == S_OK, "got %#lx", hr );
    ok( file_equal( L"src.bin", L"dst.bin" ), "other bytes" );
    check_said( &old, expected );
}

static COPYFILE2_MESSAGE_ACTION CALLBACK never( const COPYFILE2_MESSAGE *message, void *context )
{
    (void)context;
    ok( false, "the new callback heard of %u", message->Type );
    return COPYFILE2_PROGRESS_CANCEL;
}

static void test_v2_old_cb( void )
{
    if (!is_known_here()) return;
    check_good_copy( SIZE, never, SWITCH( 10000 ) CHUNK( 10000, 4096 ) CHUNK( 10000, 8192 ) CHUNK( 10000, 10000 ) );
}

static void test_old_cb_alone( void )
{
    if (!is_known_here()) return;
    check_good_copy( SIZE, NULL, SWITCH( 10000 ) CHUNK( 10000, 4096 ) CHUNK( 10000, 8192 ) CHUNK( 10000, 10000 ) );
    check_good_copy( 1, NULL, SWITCH( 1 ) CHUNK( 1, 1 ) );
}

/* CopyFileEx calls back exactly once for an empty file. */
static void test_old_cb_empty( void )
{
    if (!is_known_here()) return;
    check_good_copy( 0, NULL, SWITCH( 0 ) );
}

#define GONE ( -1 )

/* Which call is answered by what, and what comes of it. */
static const struct answer
{
    unsigned int at;
    DWORD answer;
    HRESULT hr;
    unsigned int calls;
    int64_t left;
} answers[] = {
    { 1, PROGRESS_CANCEL, hr_from_error( ERROR_REQUEST_ABORTED ), 1, GONE },
    { 2, PROGRESS_CANCEL, hr_from_error( ERROR_REQUEST_ABORTED ), 2, GONE },
    { 4, PROGRESS_CANCEL, hr_from_error( ERROR_REQUEST_ABORTED ), 4, GONE },
    { 1, PROGRESS_STOP, hr_from_error( ERROR_REQUEST_ABORTED ), 1, 0 },
    { 2, PROGRESS_STOP, hr_from_error( ERROR_REQUEST_ABORTED ), 2, 4096 },
    { 4, PROGRESS_STOP, hr_from_error( ERROR_REQUEST_ABORTED ), 4, SIZE },
    { 1, PROGRESS_QUIET, S_OK, 1, SIZE },
    { 2, PROGRESS_QUIET, S_OK, 2, SIZE },
    { 4, PROGRESS_QUIET, S_OK, 4, SIZE },
    /* what the new callback knows as PAUSE, and what nobody knows: to go on does the least harm */
    { 1, COPYFILE2_PROGRESS_PAUSE, S_OK, 4, SIZE },
    { 2, COPYFILE2_PROGRESS_PAUSE, S_OK, 4, SIZE },
    { 2, 99, S_OK, 4, SIZE },
    { 3, 0xffffffff, S_OK, 4, SIZE },
};

static void test_old_cb_answers( void )
{
    if (!is_known_here()) return;
    for (size_t i = 0; i < ARRAY_SIZE( answers ); i++)
    {
        struct old_recorder old = { .answer = answers[i].answer, .answer_at = answers[i].at };
        HRESULT hr;

        push_context( "answer %lu at call %u", answers[i].answer, answers[i].at );
        hr = copy_with_old( SIZE, NULL, &old );
        ok( hr == answers[i].hr, "got %#lx", hr );
        ok( old.count == answers[i].calls, "%u calls", old.count );
        ok( file_size( L"dst.bin" ) == answers[i].left, "%lld bytes left", file_size( L"dst.bin" ) );
        if (hr == S_OK) ok( file_equal( L"src.bin", L"dst.bin" ), "other bytes" );
        DeleteFileW( L"dst.bin" );
        pop_context();
    }
}

static const struct test_case cases[] = {
    { "v2_old_cb", "56", test_v2_old_cb },
    { "old_cb_alone", "-", test_old_cb_alone },
    { "old_cb_empty", "-", test_old_cb_empty },
    { "old_cb_answers", "-", test_old_cb_answers },
};

TEST_MAIN( "old_routine", cases )
