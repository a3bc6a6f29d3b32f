/* SPDX-License-Identifier: MIT */

/* While the callback of a large file takes its time, the engine may move the next bytes already. Nobody may notice
 * that. */

#include "harness/recorder.h"
#include "harness/files.h"
#include "harness/test.h"

#define ABORTED hr_from_error( ERROR_REQUEST_ABORTED )
#define CHUNK   ( 1024 * 1024 )
#define CHUNKS  24
#define SIZE    ( CHUNKS * CHUNK + 4096 + 17 )

/* Gives the engine the time to go ahead. */
static void wait_a_little( const COPYFILE2_MESSAGE *message, void *context )
{
    (void)context;
    if (message->Type != COPYFILE2_CALLBACK_STREAM_FINISHED) Sleep( 20 );
}

static HRESULT copy_answered( COPYFILE2_MESSAGE_ACTION answer, unsigned int at, bool slowly, struct recorder *recorder )
{
    recorder_begin( recorder );
    recorder->answer = answer;
    recorder->answer_to = COPYFILE2_CALLBACK_CHUNK_FINISHED;
    recorder->answer_at = at;
    if (slowly) recorder->hook = wait_a_little;
    return copy_in_chunks( L"src.bin", L"dst.bin", CHUNK, NULL, recorder );
}

/* After STOP the file has the bytes that the callback was told of, and no others. */
static void test_stop( void )
{
    struct recorder recorder;
    HRESULT hr;

    file_fill( L"src.bin", SIZE, 1 );
    file_fill( L"expected.bin", 2 * CHUNK, 1 );
    for (unsigned int i = 0; i < 4; i++)
    {
        const bool over = i & 1, slowly = i & 2;

        push_context( "%s, %s", over ? "over an old file" : "to a new file", slowly ? "slowly" : "at once" );
        DeleteFileW( L"dst.bin" );
        if (over) file_fill( L"dst.bin", SIZE + 5, 2 );
        hr = copy_answered( COPYFILE2_PROGRESS_STOP, 2, slowly, &recorder );
        if (recorder.counts[COPYFILE2_CALLBACK_CHUNK_FINISHED] == 2 || !broken( true ))
        {
            ok( hr == ABORTED, "got %#lx", hr );
            ok( recorder.last.Type == COPYFILE2_CALLBACK_STREAM_FINISHED, "the last message is %u",
                recorder.last.Type );
            ok( file_equal( L"dst.bin", L"expected.bin" ), "%lld bytes, or others", file_size( L"dst.bin" ) );
        }
        recorder_end( &recorder );
        pop_context();
    }
}

/* A holder who does not share deleting makes the file stay after CANCEL. It, too, has only the bytes that were told
 * of. */
static void test_cancel( void )
{
    struct recorder recorder;
    HANDLE holder;
    HRESULT hr;

    file_fill( L"src.bin", SIZE, 1 );
    file_fill( L"expected.bin", 3 * CHUNK, 1 );
    file_fill( L"dst.bin", SIZE + 5, 2 );
    holder = file_hold( L"dst.bin", GENERIC_WRITE, SHARE_R | SHARE_W );
    hr = copy_answered( COPYFILE2_PROGRESS_CANCEL, 3, true, &recorder );
    CloseHandle( holder );
    if (recorder.counts[COPYFILE2_CALLBACK_CHUNK_FINISHED] == 3 || !broken( true ))
    {
        ok( hr == ABORTED, "got %#lx", hr );
        ok( file_equal( L"dst.bin", L"expected.bin" ), "%lld bytes, or others", file_size( L"dst.bin" ) );
    }
    recorder_end( &recorder );
    hr = copy_answered( COPYFILE2_PROGRESS_CANCEL, 3, true, &recorder );
    ok( hr == ABORTED || broken( true ), "got %#lx", hr );
    ok( !file_exists( L"dst.bin" ) || broken( true ), "the destination is still there" );
    recorder_end( &recorder );
}

/* After QUIET the rest is copied without another message. */
static void test_quiet( void )
{
    struct recorder recorder;
    HRESULT hr;

    file_fill( L"src.bin", SIZE, 1 );
    hr = copy_answered( COPYFILE2_PROGRESS_QUIET, 3, true, &recorder );
    ok( hr == S_OK, "got %#lx", hr );
    ok( recorder.count == 7 || broken( true ), "%u messages", recorder.count );
    ok( file_equal( L"dst.bin", L"src.bin" ), "%lld bytes, or others", file_size( L"dst.bin" ) );
    recorder_end( &recorder );
}

/* Compares the chunk that was told of, by handles of its own, and counts a chunk that differs. */
static void compare_chunk( const COPYFILE2_MESSAGE *message, void *context )
{
    static BYTE wanted[CHUNK], found[CHUNK];
    OVERLAPPED at = { 0 };
    DWORD got[2] = { 0, 0 }, size = (DWORD)message->Info.ChunkFinished.uliChunkSize.QuadPart;
    unsigned int *differences = context;
    HANDLE file;

    if (message->Type != COPYFILE2_CALLBACK_CHUNK_FINISHED || size > CHUNK) return;
    at.Offset = (DWORD)( message->Info.ChunkFinished.uliStreamBytesTransferred.QuadPart - size );
    file = CreateFileW( L"dst.bin", GENERIC_READ, SHARE_ALL, NULL, OPEN_EXISTING, 0, NULL );
    if (file == INVALID_HANDLE_VALUE) return; /* Windows may not share it */
    ReadFile( file, found, size, &got[0], &at );
    CloseHandle( file );
    file = CreateFileW( L"src.bin", GENERIC_READ, SHARE_ALL, NULL, OPEN_EXISTING, 0, NULL );
    ReadFile( file, wanted, size, &got[1], &at );
    CloseHandle( file );
    if (got[0] != size || got[1] != size || memcmp( wanted, found, size )) ( *differences )++;
}

/* A chunk is in the destination when it is told of, whatever was moved ahead of it. */
static void test_told( void )
{
    static const DWORD chunks[] = { 4096 * 15, CHUNK, CHUNK / 2 };

    file_fill( L"src.bin", SIZE, 1 );
    for (size_t i = 0; i < ARRAY_SIZE( chunks ); i++)
    {
        struct recorder recorder;
        unsigned int differences = 0;
        HRESULT hr;

        push_context( "chunks of %lu", chunks[i] );
        file_fill( L"dst.bin", SIZE - 5, 2 );
        recorder_begin( &recorder );
        recorder.hook = compare_chunk;
        recorder.hook_context = &differences;
        hr = copy_in_chunks( L"src.bin", L"dst.bin", chunks[i], NULL, &recorder );
        ok( hr == S_OK, "got %#lx", hr );
        ok( !differences || broken( true ), "%u chunks were told of, and not there", differences );
        ok( file_equal( L"dst.bin", L"src.bin" ), "%lld bytes, or others", file_size( L"dst.bin" ) );
        recorder_end( &recorder );
        pop_context();
    }
}

static const struct test_case cases[] = {
    { .name = "ahead_stop", .row = "-", .run = test_stop },
    { .name = "ahead_cancel", .row = "-", .run = test_cancel },
    { .name = "ahead_quiet", .row = "-", .run = test_quiet },
    { .name = "ahead_told", .row = "-", .run = test_told },
};

TEST_MAIN( "ahead", cases )
