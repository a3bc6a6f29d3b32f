/* SPDX-License-Identifier: MIT */

/* The callback gets messages, in an order, with numbers in them. They are compared word by word with our own engine
 * only: Windows may end a chunk where it likes, for ioDesiredSize is a wish. */

#include "harness/recorder.h"
#include "harness/files.h"
#include "harness/test.h"

/* Windows before 11 does not know the V2 parameters. */
static bool copied( HRESULT hr )
{
    ok( hr == S_OK || broken( hr == E_INVALIDARG ), "got %#lx", hr );
    return hr == S_OK;
}

/* chunk 0: the default */
static void check_said( uint64_t size, DWORD chunk, const char *expected )
{
    struct recorder recorder;

    file_fill( L"src.bin", size, 1 );
    recorder_begin( &recorder );
    if (copied( copy_in_chunks( L"src.bin", L"dst.bin", chunk, NULL, &recorder ) ))
    {
        if (engine_is_ours()) expect_said( &recorder, expected );
        else expect_order( &recorder, size );
        ok( file_equal( L"src.bin", L"dst.bin" ), "other bytes" );
    }
    recorder_end( &recorder );
}

static void test_order_empty( void )
{
    check_said( 0, 4096, SAID_STREAM_STARTED( 0 ) SAID_STREAM_FINISHED( 0, 0 ) );
}

static void test_order_small( void )
{
    check_said( 1, 4096, SAID_STREAM_STARTED( 1 ) SAID_CHUNK( 0, 1, 1, 1 ) SAID_STREAM_FINISHED( 1, 1 ) );
}

static void test_order_chunk_less_one( void )
{
    check_said( 8191, 8192,
                SAID_STREAM_STARTED( 8191 ) SAID_CHUNK( 0, 8191, 8191, 8191 ) SAID_STREAM_FINISHED( 8191, 8191 ) );
}

static void test_order_one_chunk( void )
{
    check_said( 8192, 8192,
                SAID_STREAM_STARTED( 8192 ) SAID_CHUNK( 0, 8192, 8192, 8192 ) SAID_STREAM_FINISHED( 8192, 8192 ) );
}

static void test_order_chunk_and_one( void )
{
    check_said( 8193, 8192,
                SAID_STREAM_STARTED( 8193 ) SAID_CHUNK( 0, 8192, 8193, 8192 ) SAID_CHUNK( 1, 1, 8193, 8193 )
                    SAID_STREAM_FINISHED( 8193, 8193 ) );
}

static void test_order_many( void )
{
    check_said( 360448, 65536,
                SAID_STREAM_STARTED( 360448 ) SAID_CHUNK( 0, 65536, 360448, 65536 )
                    SAID_CHUNK( 1, 65536, 360448, 131072 ) SAID_CHUNK( 2, 65536, 360448, 196608 )
                        SAID_CHUNK( 3, 65536, 360448, 262144 ) SAID_CHUNK( 4, 65536, 360448, 327680 )
                            SAID_CHUNK( 5, 32768, 360448, 360448 ) SAID_STREAM_FINISHED( 360448, 360448 ) );
}

/* Windows' default size of a chunk is not documented. CopyFileEx was seen with 64 KiB to 1 MiB. Ours is the upper end,
 * which makes the fewest calls. */
static void test_default_less_one( void )
{
    check_said( 1048575, 0,
                SAID_STREAM_STARTED( 1048575 ) SAID_CHUNK( 0, 1048575, 1048575, 1048575 )
                    SAID_STREAM_FINISHED( 1048575, 1048575 ) );
}

static void test_default_one_chunk( void )
{
    check_said( 1048576, 0,
                SAID_STREAM_STARTED( 1048576 ) SAID_CHUNK( 0, 1048576, 1048576, 1048576 )
                    SAID_STREAM_FINISHED( 1048576, 1048576 ) );
}

static void test_default_and_one( void )
{
    check_said( 1048577, 0,
                SAID_STREAM_STARTED( 1048577 ) SAID_CHUNK( 0, 1048576, 1048577, 1048576 )
                    SAID_CHUNK( 1, 1, 1048577, 1048577 ) SAID_STREAM_FINISHED( 1048577, 1048577 ) );
}

/* A size that is no multiple of a page is rounded down, so that no chunk is larger than was wished for. */
static void test_iosize_rounded( void )
{
    check_said( 10000, 6000,
                SAID_STREAM_STARTED( 10000 ) SAID_CHUNK( 0, 4096, 10000, 4096 ) SAID_CHUNK( 1, 4096, 10000, 8192 )
                    SAID_CHUNK( 2, 1808, 10000, 10000 ) SAID_STREAM_FINISHED( 10000, 10000 ) );
}

/* A chunk of 1 GiB, the most that may be wished for, needs no such memory. */
static void test_iosize_largest( void )
{
    check_said( 5000001, COPYFILE2_IO_CYCLE_SIZE_MAX,
                SAID_STREAM_STARTED( 5000001 ) SAID_CHUNK( 0, 5000001, 5000001, 5000001 )
                    SAID_STREAM_FINISHED( 5000001, 5000001 ) );
}

/* The documentation promises this of the numbers, wherever chunks end. */
struct numbers
{
    bool chunk_began, chunk_ended;
    uint64_t began, ended; /* the last chunk's number */
    uint64_t done, largest;
};

static void check_chunk_finished( struct numbers *numbers, const COPYFILE2_MESSAGE *message )
{
    uint64_t number = message->Info.ChunkFinished.uliChunkNumber.QuadPart;

    ok( numbers->chunk_ended ? number > numbers->ended : number == 0, "chunk %llu finished after %llu", number,
        numbers->ended );
    numbers->chunk_ended = true;
    numbers->ended = number;
    numbers->done += message->Info.ChunkFinished.uliChunkSize.QuadPart;
    if (numbers->largest < message->Info.ChunkFinished.uliChunkSize.QuadPart)
        numbers->largest = message->Info.ChunkFinished.uliChunkSize.QuadPart;
    ok( message->Info.ChunkFinished.dwStreamNumber == 1, "stream %lu", message->Info.ChunkFinished.dwStreamNumber );
    ok( message->Info.ChunkFinished.uliStreamBytesTransferred.QuadPart == numbers->done, "%llu bytes, sum %llu",
        message->Info.ChunkFinished.uliStreamBytesTransferred.QuadPart, numbers->done );
    ok( message->Info.ChunkFinished.uliTotalBytesTransferred.QuadPart == numbers->done, "%llu bytes in all, sum %llu",
        message->Info.ChunkFinished.uliTotalBytesTransferred.QuadPart, numbers->done );
}

static void check_numbers( const COPYFILE2_MESSAGE *message, void *context )
{
    struct numbers *numbers = context;
    uint64_t number;

    switch (message->Type)
    {
    case COPYFILE2_CALLBACK_STREAM_STARTED:
        ok( message->Info.StreamStarted.dwStreamNumber == 1, "stream %lu", message->Info.StreamStarted.dwStreamNumber );
        ok( !numbers->chunk_began, "stream began after a chunk" );
        break;
    case COPYFILE2_CALLBACK_CHUNK_STARTED:
        number = message->Info.ChunkStarted.uliChunkNumber.QuadPart;
        ok( numbers->chunk_began ? number > numbers->began : number == 0, "chunk %llu after %llu", number,
            numbers->began );
        ok( message->Info.ChunkStarted.dwStreamNumber == 1, "stream %lu", message->Info.ChunkStarted.dwStreamNumber );
        numbers->chunk_began = true;
        numbers->began = number;
        break;
    case COPYFILE2_CALLBACK_CHUNK_FINISHED: check_chunk_finished( numbers, message ); break;
    default: break;
    }
}

/* Checks all but the size of the chunks, and answers the size of the largest. */
static uint64_t check_whole_copy( uint64_t size, HRESULT hr, const struct recorder *recorder )
{
    const struct numbers *numbers = recorder->hook_context;

    if (!copied( hr )) return 0;
    ok( recorder->first.Type == COPYFILE2_CALLBACK_STREAM_STARTED, "first came %u", recorder->first.Type );
    ok( recorder->last.Type == COPYFILE2_CALLBACK_STREAM_FINISHED, "last came %u", recorder->last.Type );
    ok( recorder->counts[COPYFILE2_CALLBACK_STREAM_STARTED] == 1, "stream began %u times",
        recorder->counts[COPYFILE2_CALLBACK_STREAM_STARTED] );
    ok( recorder->counts[COPYFILE2_CALLBACK_STREAM_FINISHED] == 1, "stream ended %u times",
        recorder->counts[COPYFILE2_CALLBACK_STREAM_FINISHED] );
    ok( recorder->counts[COPYFILE2_CALLBACK_CHUNK_STARTED] == recorder->counts[COPYFILE2_CALLBACK_CHUNK_FINISHED],
        "%u chunks began, %u ended", recorder->counts[COPYFILE2_CALLBACK_CHUNK_STARTED],
        recorder->counts[COPYFILE2_CALLBACK_CHUNK_FINISHED] );
    ok( numbers->done == size, "%llu bytes in chunks", numbers->done );
    ok( file_equal( L"src.bin", L"dst.bin" ), "other bytes" );
    return numbers->largest;
}

static void test_stream_no( void )
{
    const uint64_t size = 3500000;
    struct numbers numbers = { 0 };
    struct recorder recorder;

    file_fill( L"src.bin", size, 2 );
    recorder_begin( &recorder );
    recorder.hook = check_numbers;
    recorder.hook_context = &numbers;
    check_whole_copy( size, copy_recorded( L"src.bin", L"dst.bin", 0, &recorder ), &recorder );
    recorder_end( &recorder );
}

static void test_v2_iosize( void )
{
    const uint64_t size = 32 * 1024 * 1024;
    const DWORD chunk = 1024 * 1024;
    struct numbers numbers = { 0 };
    struct recorder recorder;
    uint64_t largest;

    file_fill( L"src.bin", size, 3 );
    recorder_begin( &recorder );
    recorder.hook = check_numbers;
    recorder.hook_context = &numbers;
    largest = check_whole_copy( size, copy_in_chunks( L"src.bin", L"dst.bin", chunk, NULL, &recorder ), &recorder );
    ok( largest <= chunk, "a chunk of %llu bytes", largest );
    if (engine_is_ours())
        ok( recorder.counts[COPYFILE2_CALLBACK_CHUNK_FINISHED] == 32, "%u chunks",
            recorder.counts[COPYFILE2_CALLBACK_CHUNK_FINISHED] );
    recorder_end( &recorder );
}

/* The callback's thread is the caller's, also when that is not the first of the process. */
static DWORD CALLBACK copy_on_other_thread( void *context )
{
    struct recorder recorder;
    HRESULT hr;

    recorder_begin( &recorder );
    hr = copy_recorded( L"src.bin", context, 0, &recorder );
    ok( hr == S_OK, "got %#lx", hr );
    ok( recorder.count >= 3, "%u messages", recorder.count );
    ok( file_equal( L"src.bin", context ), "other bytes" );
    recorder_end( &recorder );
    return 0;
}

static void test_calling_thread( void )
{
    HANDLE thread;

    file_fill( L"src.bin", 60000, 4 );
    copy_on_other_thread( L"one.bin" );
    thread = CreateThread( NULL, 0, copy_on_other_thread, L"other.bin", 0, NULL );
    WaitForSingleObject( thread, INFINITE );
    CloseHandle( thread );
}

/* Programs copy from within the callback, so a copy must know nothing of another one. */
static void copy_again( const COPYFILE2_MESSAGE *message, void *context )
{
    unsigned int *copies = context;
    struct recorder recorder;
    HRESULT hr;

    (void)message;
    recorder_begin( &recorder );
    hr = copy_recorded( L"small.bin", L"nested.bin", 0, &recorder );
    ok( hr == S_OK, "got %#lx", hr );
    if (engine_is_ours())
        expect_said( &recorder,
                     SAID_STREAM_STARTED( 100 ) SAID_CHUNK( 0, 100, 100, 100 ) SAID_STREAM_FINISHED( 100, 100 ) );
    ok( file_equal( L"small.bin", L"nested.bin" ), "other bytes" );
    recorder_end( &recorder );
    ++*copies;
}

static void test_nested( void )
{
    struct recorder recorder;
    unsigned int copies = 0;

    file_fill( L"small.bin", 100, 5 );
    file_fill( L"src.bin", 10000, 6 );
    recorder_begin( &recorder );
    recorder.hook = copy_again;
    recorder.hook_context = &copies;
    if (copied( copy_in_chunks( L"src.bin", L"dst.bin", 8192, NULL, &recorder ) ))
    {
        expect_order( &recorder, 10000 );
        ok( copies == recorder.count, "%u copies, %u messages", copies, recorder.count );
        ok( file_equal( L"src.bin", L"dst.bin" ), "other bytes" );
        if (engine_is_ours())
            expect_said( &recorder, SAID_STREAM_STARTED( 10000 ) SAID_CHUNK( 0, 8192, 10000, 8192 )
                                        SAID_CHUNK( 1, 1808, 10000, 10000 ) SAID_STREAM_FINISHED( 10000, 10000 ) );
    }
    recorder_end( &recorder );
}

/* A chunk of many MiB is one chunk to the caller, whatever pieces it is moved in. */
static void test_large_chunks( void )
{
    struct recorder recorder;
    HRESULT hr;

    file_fill( L"src.bin", 20000000, 1 );
    recorder_begin( &recorder );
    hr = copy_in_chunks( L"src.bin", L"dst.bin", 8 * 1024 * 1024, NULL, &recorder );
    ok( hr == S_OK || broken( hr == E_INVALIDARG ), "got %#lx", hr );
    if (hr == S_OK) expect_order( &recorder, 20000000 );
    if (engine_is_ours())
        expect_said( &recorder,
                     SAID_STREAM_STARTED( 20000000 ) SAID_CHUNK( 0, 8388608, 20000000, 8388608 )
                         SAID_CHUNK( 1, 8388608, 20000000, 16777216 ) SAID_CHUNK( 2, 3222784, 20000000, 20000000 )
                             SAID_STREAM_FINISHED( 20000000, 20000000 ) );
    recorder_end( &recorder );
    ok( hr != S_OK || file_equal( L"src.bin", L"dst.bin" ), "other bytes" );
}

static const struct test_case cases[] = {
    { .name = "order_many",
      .row = "32",
      .claim = "5.5 chunks: STARTED, (CS,CF) 6 times, FINISHED; numbers start 0 and grow; sums add up; last "
               "transferred = size",
      .sure = "B",
      .run = test_order_many },
    { .name = "order_small",
      .row = "33",
      .claim = "1 byte: STARTED, CS0, CF0, FINISHED",
      .sure = "C",
      .run = test_order_small },
    { .name = "order_empty",
      .row = "34",
      .claim = "0 bytes: STARTED, FINISHED; zero chunks",
      .sure = "C",
      .run = test_order_empty },
    { .name = "stream_no",
      .row = "35",
      .claim = "any: dwStreamNumber 1, uliChunkNumber first 0",
      .sure = "B",
      .run = test_stream_no },
    { .name = "v2_iosize",
      .row = "54",
      .claim = "ioDesiredSize 1 MiB, 32 MiB file: S_OK, chunks <= 1 MiB",
      .sure = "B/C",
      .run = test_v2_iosize },
    { .name = "order_chunk_less_one", .row = "-", .run = test_order_chunk_less_one },
    { .name = "order_one_chunk", .row = "-", .run = test_order_one_chunk },
    { .name = "order_chunk_and_one", .row = "-", .run = test_order_chunk_and_one },
    { .name = "default_less_one", .row = "-", .run = test_default_less_one },
    { .name = "default_one_chunk", .row = "-", .run = test_default_one_chunk },
    { .name = "default_and_one", .row = "-", .run = test_default_and_one },
    { .name = "iosize_rounded", .row = "-", .run = test_iosize_rounded },
    { .name = "iosize_largest", .row = "-", .run = test_iosize_largest },
    { .name = "calling_thread", .row = "-", .run = test_calling_thread },
    { .name = "nested", .row = "-", .run = test_nested },
    { .name = "large_chunks", .row = "-", .run = test_large_chunks },
};

TEST_MAIN( "progress", cases )
