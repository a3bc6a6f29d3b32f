/* SPDX-License-Identifier: MIT */

/* The V2 parameters take the classic callback of CopyFileEx in place of the new one. model.c claims what its answers
 * do. */

#include "harness/recorder.h"
#include "harness/files.h"
#include "harness/test.h"

struct old_recorder
{
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
    return PROGRESS_CONTINUE;
}

#define SWITCH( size ) "STREAM_SWITCH stream=1 size=" #size " done=0 total=" #size " total_done=0\n"
#define CHUNK( size, done )                                                                                            \
    "CHUNK_FINISHED stream=1 size=" #size " done=" #done " total=" #size " total_done=" #done "\n"

/* The file takes three chunks, and the last one is short. */
#define SIZE 10000

static COPYFILE2_MESSAGE_ACTION CALLBACK never( const COPYFILE2_MESSAGE *message, void *context )
{
    (void)context;
    ok( false, "the new callback heard of %u", message->Type );
    return COPYFILE2_PROGRESS_CANCEL;
}

/* Only the newest Windows knows the old callback, and it may choose where chunks end. */
static void test_v2_old_cb( void )
{
    static const char expected[] = SWITCH( 10000 ) CHUNK( 10000, 4096 ) CHUNK( 10000, 8192 ) CHUNK( 10000, 10000 );
    struct old_recorder old = { .thread = GetCurrentThreadId() };
    COPYFILE2_EXTENDED_PARAMETERS_V2 params = { sizeof( params ) };
    HRESULT hr;

    file_fill( L"src.bin", SIZE, 1 );
    params.pProgressRoutine = never;
    params.pProgressRoutineOld = old_routine;
    params.pvCallbackContext = &old;
    params.ioDesiredSize = 4096;
    hr = copy_with( L"src.bin", L"dst.bin", &params );
    if (broken( hr == E_INVALIDARG || !old.text[0] ))
    {
        skip( "not known of this Windows" );
        return;
    }
    ok( hr == S_OK, "got %#lx", hr );
    ok( file_equal( L"src.bin", L"dst.bin" ), "other bytes" );
    ok( !strncmp( old.text, SWITCH( 10000 ), strlen( SWITCH( 10000 ) ) ), "said\n%s", old.text );
    if (engine_is_ours()) ok( !strcmp( old.text, expected ), "said\n%sexpected\n%s", old.text, expected );
}

static const struct test_case cases[] = {
    { .name = "v2_old_cb",
      .row = "56",
      .claim = "both callbacks: only the old one called; first reason STREAM_SWITCH",
      .sure = "B",
      .run = test_v2_old_cb },
};

TEST_MAIN( "old_routine", cases )
