/* SPDX-License-Identifier: MIT */

/* The old bytes of an overwritten file must never pass for what was copied, however the copy ends. */

#include "harness/recorder.h"
#include "harness/files.h"
#include "harness/test.h"

#define ABORTED hr_from_error( ERROR_REQUEST_ABORTED )
#define CHUNK   4096

/* shorter than the source, as long, and longer; the old content ends within a block, or with it */
static const uint64_t old_sizes[] = { 1, 2, 4095, 4096, 8192, 10239, 10240, 10241, 100000 };

static void test_sizes( void )
{
    static const uint64_t new_sizes[] = { 0, 1, 2, 4096, 5000, 10240, 1048577 };

    for (size_t i = 0; i < ARRAY_SIZE( new_sizes ); i++)
    {
        file_fill( L"src.bin", new_sizes[i], 1 );
        for (size_t j = 0; j < ARRAY_SIZE( old_sizes ); j++)
        {
            HRESULT hr;

            push_context( "%llu bytes over %llu", new_sizes[i], old_sizes[j] );
            file_fill( L"dst.bin", old_sizes[j], 2 );
            hr = copy( L"src.bin", L"dst.bin", 0 );
            ok( hr == S_OK && file_equal( L"src.bin", L"dst.bin" ), "got %#lx, or other bytes", hr );
            file_fill( L"dst.bin", old_sizes[j], 2 );
            hr = copy( L"src.bin", L"dst.bin", COPY_FILE_DISABLE_PRE_ALLOCATION );
            ok( hr == S_OK && file_equal( L"src.bin", L"dst.bin" ), "without preallocation: got %#lx, or other bytes",
                hr );
            pop_context();
        }
    }
}

/* The source's holes are zeros in the copy too, where the old file had data. */
static void test_holes( void )
{
    static const uint64_t islands[] = { 0, 1048576, 3000000 };

    for (size_t i = 0; i < ARRAY_SIZE( islands ); i++)
    {
        HRESULT hr;

        push_context( "data at %llu", islands[i] );
        DeleteFileW( L"src.bin" );
        file_make_sparse( L"src.bin", 4000000 );
        file_patch( L"src.bin", islands[i], "island", 6 );
        file_fill( L"dst.bin", 5000000, 2 );
        hr = copy( L"src.bin", L"dst.bin", 0 );
        ok( hr == S_OK && file_equal( L"src.bin", L"dst.bin" ), "got %#lx, or other bytes", hr );
        file_fill( L"dst.bin", 5000000, 2 );
        hr = copy( L"src.bin", L"dst.bin", COPY_FILE_DISABLE_SPARSE_COPY );
        ok( hr == S_OK && file_equal( L"src.bin", L"dst.bin" ), "filled: got %#lx, or other bytes", hr );
        pop_context();
    }
}

static HRESULT copy_answered( COPYFILE2_MESSAGE_ACTION answer, COPYFILE2_MESSAGE_TYPE type, unsigned int at,
                              void ( *hook )( const COPYFILE2_MESSAGE *message, void *context ), void *context )
{
    struct recorder recorder;
    HRESULT hr;

    recorder_begin( &recorder );
    recorder.answer = answer;
    recorder.answer_to = type;
    recorder.answer_at = at;
    recorder.hook = hook;
    recorder.hook_context = context;
    hr = copy_in_chunks( L"src.bin", L"dst.bin", CHUNK, NULL, &recorder );
    recorder_end( &recorder );
    return hr;
}

static void check_fragment( uint64_t expected )
{
    file_fill( L"expected.bin", expected, 1 );
    ok( file_equal( L"dst.bin", L"expected.bin" ), "%lld bytes, or others", (long long)file_size( L"dst.bin" ) );
}

/* STOP after two of three chunks cuts the file behind them, whatever the old size was. */
static void test_stop( void )
{
    file_fill( L"src.bin", 10240, 1 );
    for (size_t i = 0; i < ARRAY_SIZE( old_sizes ); i++)
    {
        HRESULT hr;

        push_context( "over %llu", old_sizes[i] );
        file_fill( L"dst.bin", old_sizes[i], 2 );
        hr = copy_answered( COPYFILE2_PROGRESS_STOP, COPYFILE2_CALLBACK_CHUNK_FINISHED, 2, NULL, NULL );
        ok( hr == ABORTED, "got %#lx", hr );
        check_fragment( 8192 );
        file_fill( L"dst.bin", old_sizes[i], 2 );
        hr = copy_answered( COPYFILE2_PROGRESS_STOP, COPYFILE2_CALLBACK_STREAM_STARTED, 1, NULL, NULL );
        ok( hr == ABORTED, "got %#lx", hr );
        check_fragment( 0 );
        pop_context();
    }
}

/* CANCEL deletes the file where the copy may do so, and else cuts it to what was copied. */
static void test_cancel( void )
{
    file_fill( L"src.bin", 10240, 1 );
    for (size_t i = 0; i < ARRAY_SIZE( old_sizes ); i++)
    {
        HANDLE holder;
        HRESULT hr;

        push_context( "over %llu", old_sizes[i] );
        file_fill( L"dst.bin", old_sizes[i], 2 );
        hr = copy_answered( COPYFILE2_PROGRESS_CANCEL, COPYFILE2_CALLBACK_CHUNK_FINISHED, 1, NULL, NULL );
        ok( hr == ABORTED && !file_exists( L"dst.bin" ), "got %#lx, or it is there", hr );

        file_fill( L"dst.bin", old_sizes[i], 2 );
        holder = file_hold( L"dst.bin", GENERIC_READ, SHARE_R | SHARE_W );
        hr = copy_answered( COPYFILE2_PROGRESS_CANCEL, COPYFILE2_CALLBACK_CHUNK_FINISHED, 1, NULL, NULL );
        CloseHandle( holder );
        ok( hr == ABORTED, "got %#lx", hr );
        check_fragment( CHUNK );
        pop_context();
    }
}

/* A file that is mapped meanwhile can be neither deleted nor cut by us. Then zeros are behind the data, but nothing
 * old. */
struct mapper
{
    HANDLE holder, section;
};

static void map_in_message( const COPYFILE2_MESSAGE *message, void *context )
{
    struct mapper *mapper = context;

    (void)message;
    if (mapper->section) return;
    mapper->section = CreateFileMappingW( mapper->holder, NULL, PAGE_READONLY, 0, 0, NULL );
    ok( mapper->section != NULL, "no section: error %lu", GetLastError() );
}

static void test_mapped_meanwhile( void )
{
    static const BYTE zeros[2048];
    struct mapper mapper = { 0 };
    HRESULT hr;

    file_fill( L"src.bin", 10240, 1 );
    file_fill( L"dst.bin", 10240, 2 );
    mapper.holder = file_hold( L"dst.bin", GENERIC_READ, SHARE_R | SHARE_W );
    hr = copy_answered( COPYFILE2_PROGRESS_CANCEL, COPYFILE2_CALLBACK_CHUNK_FINISHED, 1, map_in_message, &mapper );
    CloseHandle( mapper.section );
    CloseHandle( mapper.holder );
    ok( hr == ABORTED, "got %#lx", hr );
    ok( file_size( L"dst.bin" ) >= CHUNK, "%lld bytes", (long long)file_size( L"dst.bin" ) );
    for (uint64_t at = CHUNK; at < (uint64_t)file_size( L"dst.bin" ); at += sizeof( zeros ))
        ok( file_has( L"dst.bin", at, zeros, sizeof( zeros ) ), "something at %llu", at );
}

/* The copy is refused before anything is lost, whatever the sizes (sharing.c, mapped_rw, has one of them). */
static void test_mapped_before( void )
{
    static const uint64_t new_sizes[] = { 0, 1, 4096, 20000 };

    for (size_t i = 0; i < ARRAY_SIZE( new_sizes ); i++)
        for (size_t j = 0; j < ARRAY_SIZE( old_sizes ); j++)
        {
            HANDLE holder, section;
            HRESULT hr;

            push_context( "%llu bytes over %llu", new_sizes[i], old_sizes[j] );
            file_fill( L"src.bin", new_sizes[i], 1 );
            file_fill( L"dst.bin", old_sizes[j], 2 );
            file_fill( L"expected.bin", old_sizes[j], 2 );
            holder = file_hold( L"dst.bin", GENERIC_READ, SHARE_R | SHARE_W );
            section = CreateFileMappingW( holder, NULL, PAGE_READONLY, 0, 0, NULL );
            ok( section != NULL, "no section: error %lu", GetLastError() );
            hr = copy( L"src.bin", L"dst.bin", 0 );
            CloseHandle( section );
            CloseHandle( holder );
            ok( hr == hr_from_error( ERROR_USER_MAPPED_FILE ), "got %#lx", hr );
            ok( file_equal( L"dst.bin", L"expected.bin" ), "the destination has changed" );
            pop_context();
        }
}

static const struct test_case cases[] = {
    { .name = "sizes", .row = "2", .run = test_sizes },
    { .name = "holes", .row = "2", .run = test_holes },
    { .name = "stop", .row = "22", .run = test_stop },
    { .name = "cancel", .row = "18", .run = test_cancel },
    { .name = "mapped_meanwhile", .row = "-", .run = test_mapped_meanwhile },
    { .name = "mapped_before", .row = "16", .run = test_mapped_before },
};

TEST_MAIN( "overwrite", cases )
