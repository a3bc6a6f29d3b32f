/* SPDX-License-Identifier: MIT */

/* Many copies run at once: with files of their own, with one source, or with one destination. */

#include "harness/recorder.h"
#include "harness/files.h"
#include "harness/test.h"

#include <stdlib.h>

#define THREADS 8
#define ROUNDS  4
#define SIZE    3200000

struct worker
{
    WCHAR source[16], destination[16];
    HANDLE go;
    HRESULT hr[ROUNDS];
    char *said[ROUNDS];
    bool equal[ROUNDS];
};

/* No claims but the recorder's own, of its thread and its handles, are made in here. */
static DWORD CALLBACK work( void *context )
{
    struct worker *worker = context;

    WaitForSingleObject( worker->go, INFINITE );
    for (int i = 0; i < ROUNDS; i++)
    {
        struct recorder recorder;

        recorder_begin( &recorder );
        worker->hr[i] = copy_in_chunks( worker->source, worker->destination, 1048576, NULL, &recorder );
        worker->said[i] = _strdup( recorder.text );
        worker->equal[i] = file_equal( worker->source, worker->destination );
        recorder_end( &recorder );
    }
    return 0;
}

#define MOST_THREADS 32

/* Starts the threads, each with a context of its own, sets go, and waits until all have ended. */
static void run_threads( LPTHREAD_START_ROUTINE routine, void *contexts, size_t context_size, DWORD count, HANDLE go )
{
    HANDLE threads[MOST_THREADS];

    for (DWORD i = 0; i < count; i++)
    {
        threads[i] = CreateThread( NULL, 0, routine, (char *)contexts + i * context_size, 0, NULL );
        ok( threads[i] != NULL, "no thread %lu: error %lu", i, GetLastError() );
    }
    SetEvent( go );
    WaitForMultipleObjects( count, threads, TRUE, INFINITE );
    for (DWORD i = 0; i < count; i++) CloseHandle( threads[i] );
    CloseHandle( go );
}

static void run_at_once( struct worker *workers )
{
    HANDLE go = CreateEventW( NULL, TRUE, FALSE, NULL );

    for (int i = 0; i < THREADS; i++) workers[i].go = go;
    run_threads( work, workers, sizeof( *workers ), THREADS, go );
}

static void check_worker( struct worker *worker )
{
    static const char expected[] = SAID_STREAM_STARTED( 3200000 ) SAID_CHUNK( 0, 1048576, 3200000, 1048576 )
        SAID_CHUNK( 1, 1048576, 3200000, 2097152 ) SAID_CHUNK( 2, 1048576, 3200000, 3145728 )
            SAID_CHUNK( 3, 54272, 3200000, 3200000 ) SAID_STREAM_FINISHED( 3200000, 3200000 );

    for (int i = 0; i < ROUNDS; i++)
    {
        ok( worker->hr[i] == S_OK || broken( worker->hr[i] == E_INVALIDARG ), "%ls, round %d: got %#lx",
            worker->destination, i, worker->hr[i] );
        ok( !strcmp( worker->said[i], expected ) || broken( true ), "%ls, round %d: said\n%s", worker->destination, i,
            worker->said[i] );
        ok( worker->equal[i] || broken( worker->hr[i] == E_INVALIDARG ), "%ls, round %d: other bytes",
            worker->destination, i );
        free( worker->said[i] );
    }
}

static void test_threads_files( void )
{
    struct worker workers[THREADS] = { 0 };

    for (int i = 0; i < THREADS; i++)
    {
        _snwprintf( workers[i].source, ARRAY_SIZE( workers[i].source ), L"src%d.bin", i );
        _snwprintf( workers[i].destination, ARRAY_SIZE( workers[i].destination ), L"dst%d.bin", i );
        file_fill( workers[i].source, SIZE, i );
    }
    run_at_once( workers );
    for (int i = 0; i < THREADS; i++) check_worker( &workers[i] );
}

static void test_threads_source( void )
{
    struct worker workers[THREADS] = { 0 };

    file_fill( L"src.bin", SIZE, 1 );
    for (int i = 0; i < THREADS; i++)
    {
        wcscpy( workers[i].source, L"src.bin" );
        _snwprintf( workers[i].destination, ARRAY_SIZE( workers[i].destination ), L"dst%d.bin", i );
    }
    run_at_once( workers );
    for (int i = 0; i < THREADS; i++) check_worker( &workers[i] );
}

static volatile LONG copying;

static DWORD CALLBACK read_on( void *context )
{
    LONG *refused = context;

    while (copying)
    {
        HANDLE file = CreateFileW( L"src.bin", GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                                   NULL, OPEN_EXISTING, 0, NULL );

        if (file == INVALID_HANDLE_VALUE) ++*refused;
        else CloseHandle( file );
    }
    return 0;
}

/* A program that only reads the source must notice nothing of small copies. */
static void test_threads_readers( void )
{
    LONG refused = 0;
    HANDLE reader;

    file_fill( L"src.bin", 4096, 1 );
    copying = TRUE;
    reader = CreateThread( NULL, 0, read_on, &refused, 0, NULL );
    ok( reader != NULL, "no thread: error %lu", GetLastError() );
    for (int i = 0; i < 300; i++)
    {
        HRESULT hr = copyfile2( L"src.bin", L"dst.bin", NULL );

        if (hr != S_OK) ok( false, "copy %d: got %#lx", i, hr );
    }
    copying = FALSE;
    WaitForSingleObject( reader, INFINITE );
    CloseHandle( reader );
    ok( !refused, "the source could not be read %ld times", refused );
    ok( file_equal( L"src.bin", L"dst.bin" ), "other bytes" );
}

/* All copy to one destination. A copy that comes while another one runs is refused, and the file is one of the
 * sources. */
static void test_threads_destination( void )
{
    struct worker workers[THREADS] = { 0 };
    unsigned int good = 0;
    bool one_of_them = false;

    for (int i = 0; i < THREADS; i++)
    {
        _snwprintf( workers[i].source, ARRAY_SIZE( workers[i].source ), L"src%d.bin", i );
        wcscpy( workers[i].destination, L"dst.bin" );
        file_fill( workers[i].source, SIZE, i );
    }
    run_at_once( workers );
    for (int i = 0; i < THREADS; i++)
    {
        for (int round = 0; round < ROUNDS; round++)
        {
            HRESULT hr = workers[i].hr[round];

            if (hr == S_OK) good++;
            ok( hr == S_OK || hr == hr_from_error( ERROR_SHARING_VIOLATION ) || broken( hr == E_INVALIDARG ),
                "got %#lx", hr );
            free( workers[i].said[round] );
        }
        if (file_equal( workers[i].source, L"dst.bin" )) one_of_them = true;
    }
    ok( good || broken( true ), "no copy succeeded" );
    ok( one_of_them || broken( !good ), "a mixture" );
}

struct racer
{
    WCHAR source[16];
    HANDLE go;
    HRESULT hr;
};

static DWORD CALLBACK race( void *context )
{
    struct racer *racer = context;

    WaitForSingleObject( racer->go, INFINITE );
    racer->hr = copyfile2( racer->source, L"dst.bin", NULL );
    return 0;
}

static void run_race( struct racer *racers, DWORD count )
{
    HANDLE go = CreateEventW( NULL, TRUE, FALSE, NULL );

    for (DWORD i = 0; i < count; i++) racers[i].go = go;
    run_threads( race, racers, sizeof( *racers ), count, go );
}

/* The file is the whole of one copy that answered S_OK, and the others answered a sharing violation. */
static void check_race( const struct racer *racers, DWORD count )
{
    bool is_whole = false;
    unsigned int good = 0;

    for (DWORD i = 0; i < count; i++)
    {
        ok( racers[i].hr == S_OK || racers[i].hr == hr_from_error( ERROR_SHARING_VIOLATION ), "racer %lu: got %#lx", i,
            racers[i].hr );
        if (racers[i].hr != S_OK) continue;
        good++;
        if (!is_whole) is_whole = file_equal( racers[i].source, L"dst.bin" );
    }
    ok( good, "no copy succeeded" );
    ok( is_whole || !good, "the file is none of %u copies that succeeded", good );
}

/* With a holder all copies have to share the file with him, and yet not with each other. */
static void check_races( DWORD count, size_t size, int rounds, bool is_held )
{
    struct racer racers[MOST_THREADS];
    HANDLE holder = NULL;

    for (DWORD i = 0; i < count; i++)
    {
        _snwprintf( racers[i].source, ARRAY_SIZE( racers[i].source ), L"src%lu.bin", i );
        file_fill( racers[i].source, size, (int)i );
    }
    file_write_text( L"dst.bin", "old" );
    if (is_held) holder = file_hold( L"dst.bin", GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE );
    for (int i = 0; i < rounds; i++)
    {
        push_context( "%lu copies of %lu bytes%s, round %d", count, (unsigned long)size, is_held ? ", held" : "", i );
        run_race( racers, count );
        check_race( racers, count );
        pop_context();
    }
    if (is_held) CloseHandle( holder );
}

static void test_threads_race( void )
{
    check_races( 8, 3000000, 20, false );
    check_races( 8, 3000000, 20, true );
    check_races( 32, 20000, 40, false );
    check_races( 32, 20000, 40, true );
}

static const struct test_case cases[] = {
    { .name = "threads_files", .row = "-", .run = test_threads_files },
    { .name = "threads_source", .row = "-", .run = test_threads_source },
    { .name = "threads_readers", .row = "-", .run = test_threads_readers },
    { .name = "threads_destination", .row = "-", .run = test_threads_destination },
    { .name = "threads_race", .row = "-", .run = test_threads_race },
};

TEST_MAIN( "threads", cases )
