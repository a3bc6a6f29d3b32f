/* SPDX-License-Identifier: MIT */

/* These files have all kinds of sizes, and some sources change their size during the copy. */

#include "harness/recorder.h"
#include "harness/family.h"
#include "harness/files.h"
#include "harness/test.h"

#include <stdlib.h>

#define KILOBYTE 1024
#define MEGABYTE ( 1024 * KILOBYTE )
#define GIGABYTE ( (uint64_t)1024 * MEGABYTE )

/* Answers whether the other file begins with all of the one. */
static bool file_is_head( PCWSTR head, PCWSTR whole )
{
    DWORD size = (DWORD)file_size( head );
    BYTE *bytes = malloc( size + 1 );
    bool equal = false;
    HANDLE file;
    DWORD got;

    file = file_hold( head, GENERIC_READ, SHARE_ALL );
    if (ReadFile( file, bytes, size, &got, NULL ) && got == size) equal = file_has( whole, 0, bytes, size );
    CloseHandle( file );
    free( bytes );
    return equal;
}

static void check_round_trip( uint64_t size )
{
    HRESULT hr;

    push_context( "%llu bytes", size );
    file_fill( L"src.bin", size, (uint32_t)size );
    hr = copy( L"src.bin", L"dst.bin", 0 );
    ok( hr == S_OK, "got %#lx", hr );
    ok( file_size( L"dst.bin" ) == (int64_t)size, "%lld bytes", (long long)file_size( L"dst.bin" ) );
    ok( file_equal( L"src.bin", L"dst.bin" ), "other bytes" );
    pop_context();
}

/* Each size goes to a new name, and over the file before it, which is shorter or longer. */
static void test_round_trip( void )
{
    static const uint64_t sizes[] = {
        0,
        1,
        2,
        511,
        512,
        513,
        4095,
        4096,
        4097,
        65535,
        65536,
        65537,
        MEGABYTE - 1,
        MEGABYTE,
        MEGABYTE + 1,
        2 * MEGABYTE - 1,
        2 * MEGABYTE,
        2 * MEGABYTE + 1,
        5 * MEGABYTE + 12345,
    };

    for (size_t i = 0; i < ARRAY_SIZE( sizes ); i++)
    {
        DeleteFileW( L"dst.bin" );
        check_round_trip( sizes[i] );
    }
    for (size_t i = 0; i < ARRAY_SIZE( sizes ); i++)
    {
        check_round_trip( sizes[i] );
        check_round_trip( sizes[ARRAY_SIZE( sizes ) - 1 - i] );
    }
}

/* Answers whether there is room for so many bytes where the cases run. If not, the case is skipped. */
static bool has_room( uint64_t bytes )
{
    ULARGE_INTEGER free;

    ok( GetDiskFreeSpaceExW( L".", &free, NULL, NULL ), "cannot tell the room: error %lu", GetLastError() );
    if (free.QuadPart >= bytes) return true;
    skip( "%llu MB free, needs %llu MB", free.QuadPart / MEGABYTE, bytes / MEGABYTE );
    return false;
}

static void test_large( void )
{
    const uint64_t size = 256 * MEGABYTE;
    HRESULT hr;

    if (!has_room( 3 * size )) return;
    file_fill( L"src.bin", size, 1 );
    hr = copyfile2( L"src.bin", L"dst.bin", NULL );
    ok( hr == S_OK, "got %#lx", hr );
    ok( file_size( L"dst.bin" ) == (int64_t)size, "%lld bytes", (long long)file_size( L"dst.bin" ) );
    ok( file_equal( L"src.bin", L"dst.bin" ), "other bytes" );
}

/* These marks lie below and above 4 GiB. Where the upper half of an offset is lost, a mark is in the wrong place. */
static const struct
{
    uint64_t offset;
    const char *text;
} marks[] = {
    { .offset = 0, .text = "the beginning" },
    { .offset = 123456789, .text = "somewhere in the first gigabyte" },
    { .offset = 2 * GIGABYTE - 3, .text = "across 2 GiB" },
    { .offset = 3 * GIGABYTE + 17, .text = "past 3 GiB" },
    { .offset = 4 * GIGABYTE - 5, .text = "across 4 GiB" },
    { .offset = 4 * GIGABYTE + 123456789, .text = "as far past 4 GiB as another mark is past 0" },
    { .offset = 5 * GIGABYTE - 7, .text = "the end" },
};

static void check_marks( void )
{
    static const BYTE zeros[512];

    for (size_t i = 0; i < ARRAY_SIZE( marks ); i++)
        ok( file_has( L"dst.bin", marks[i].offset, marks[i].text, (DWORD)strlen( marks[i].text ) ), "no mark at %llu",
            marks[i].offset );
    ok( file_has( L"dst.bin", 4 * GIGABYTE + 4096, zeros, sizeof( zeros ) ), "no zeros past 4 GiB" );
    ok( file_has( L"dst.bin", 4096, zeros, sizeof( zeros ) ), "no zeros at the beginning" );
}

static void test_beyond_4g( void )
{
    struct recorder recorder;
    HRESULT hr;

    /* the source is one hole, but Windows would allocate its bytes all the same */
    if (!has_room( ( running_under_wine() ? 6 : 11 ) * GIGABYTE )) return;
    file_make_sparse( L"src.bin", 5 * GIGABYTE );
    for (size_t i = 0; i < ARRAY_SIZE( marks ); i++)
        file_patch( L"src.bin", marks[i].offset, marks[i].text, (DWORD)strlen( marks[i].text ) );
    ok( file_size( L"src.bin" ) == 5 * GIGABYTE, "%lld bytes", (long long)file_size( L"src.bin" ) );

    recorder_begin( &recorder );
    hr = copy_in_chunks( L"src.bin", L"dst.bin", COPYFILE2_IO_CYCLE_SIZE_MAX, NULL, &recorder );
    if (!broken( hr == E_INVALIDARG ))
    {
        ok( hr == S_OK, "got %#lx", hr );
        if (engine_is_ours())
            expect_said( &recorder,
                         SAID_STREAM_STARTED( 5368709120 ) SAID_CHUNK( 0, 1073741824, 5368709120, 1073741824 )
                             SAID_CHUNK( 1, 1073741824, 5368709120, 2147483648 )
                                 SAID_CHUNK( 2, 1073741824, 5368709120, 3221225472 )
                                     SAID_CHUNK( 3, 1073741824, 5368709120, 4294967296 )
                                         SAID_CHUNK( 4, 1073741824, 5368709120, 5368709120 )
                                             SAID_STREAM_FINISHED( 5368709120, 5368709120 ) );
        ok( file_size( L"dst.bin" ) == 5 * GIGABYTE, "%lld bytes", (long long)file_size( L"dst.bin" ) );
        check_marks();
    }
    recorder_end( &recorder );
}

/* Somebody who had the source open before the copy began gives it this size in the nth message of that type. */
struct resizer
{
    HANDLE file;
    COPYFILE2_MESSAGE_TYPE in;
    unsigned int nth, seen;
    uint64_t size;
};

static void resize( const COPYFILE2_MESSAGE *message, void *context )
{
    struct resizer *resizer = context;
    LARGE_INTEGER size = { .QuadPart = (LONGLONG)resizer->size };

    if (message->Type != resizer->in || ++resizer->seen != resizer->nth) return;
    ok( SetFilePointerEx( resizer->file, size, NULL, FILE_BEGIN ), "cannot seek: error %lu", GetLastError() );
    ok( SetEndOfFile( resizer->file ), "cannot set the size: error %lu", GetLastError() );
}

/* The source has four and a half chunks. All of it arrives, or the copy fails. */
static void check_resized( COPYFILE2_MESSAGE_TYPE in, unsigned int nth, uint64_t size, bool arrives, const char *said )
{
    struct resizer resizer = { .in = in, .nth = nth, .size = size };
    struct recorder recorder;
    HRESULT hr;

    push_context( "%llu bytes from message %u of type %u on", size, nth, in );
    file_fill( L"src.bin", 18432, 1 );
    file_fill( L"expected.bin", 18432, 1 );
    resizer.file = file_hold( L"src.bin", GENERIC_WRITE, SHARE_ALL );
    recorder_begin( &recorder );
    recorder.hook = resize;
    recorder.hook_context = &resizer;
    hr = copy_in_chunks( L"src.bin", L"dst.bin", 4096, NULL, &recorder );
    if (!broken( hr == E_INVALIDARG || resizer.seen < nth ))
    {
        ok( resizer.seen >= nth, "%u messages of that type", resizer.seen );
        if (arrives) ok( hr == S_OK && file_equal( L"dst.bin", L"expected.bin" ), "got %#lx, or other bytes", hr );
        else if (engine_is_ours())
        {
            ok( hr == hr_from_error( ERROR_HANDLE_EOF ), "got %#lx", hr );
            ok( !file_exists( L"dst.bin" ), "%lld bytes are left", (long long)file_size( L"dst.bin" ) );
        }
        if (engine_is_ours()) expect_said( &recorder, said );
    }
    recorder_end( &recorder );
    CloseHandle( resizer.file );
    pop_context();
}

/* The messages of the copy of such a source, up to its first chunk, to its second, and in all. */
#define SAID_1 SAID_STREAM_STARTED( 18432 ) SAID_CHUNK( 0, 4096, 18432, 4096 )
#define SAID_2 SAID_1 SAID_CHUNK( 1, 4096, 18432, 8192 )
#define SAID_ALL                                                                                                       \
    SAID_2 SAID_CHUNK( 2, 4096, 18432, 12288 ) SAID_CHUNK( 3, 4096, 18432, 16384 ) SAID_CHUNK( 4, 2048, 18432, 18432 ) \
        SAID_STREAM_FINISHED( 18432, 18432 )

/* The copy is of the size that the source had when it was opened. */
static void test_growing( void )
{
    check_resized( COPYFILE2_CALLBACK_STREAM_STARTED, 1, 100000, true, SAID_ALL );
    check_resized( COPYFILE2_CALLBACK_CHUNK_FINISHED, 1, 18433, true, SAID_ALL );
    check_resized( COPYFILE2_CALLBACK_CHUNK_FINISHED, 5, 100000, true, SAID_ALL );
}

#define SAID_CUT( chunk, done )                                                                                        \
    SAID_CHUNK_STARTED( chunk, 4096, 18432 ) SAID_ERROR( READ_SOURCE, 80070026, chunk, 18432, done )

/* This is our choice (R). A source that was cut since it was opened fails the copy, because else the caller would
 * believe that he has all of it. The chunk that finds the end does not count, even where it has some bytes. A cut that
 * comes once all bytes were read is too late. */
static void test_shrinking( void )
{
    check_resized( COPYFILE2_CALLBACK_CHUNK_FINISHED, 1, 10240, false, SAID_2 SAID_CUT( 2, 8192 ) );
    check_resized( COPYFILE2_CALLBACK_CHUNK_FINISHED, 1, 8192, false, SAID_2 SAID_CUT( 2, 8192 ) );
    check_resized( COPYFILE2_CALLBACK_CHUNK_FINISHED, 2, 0, false, SAID_2 SAID_CUT( 2, 8192 ) );
    check_resized( COPYFILE2_CALLBACK_STREAM_STARTED, 1, 0, false, SAID_STREAM_STARTED( 18432 ) SAID_CUT( 0, 0 ) );
    check_resized( COPYFILE2_CALLBACK_CHUNK_FINISHED, 5, 0, true, SAID_ALL );
}

/* The bytes that were copied of such a source stay when the callback answers STOP. The same is true of a named
 * stream. */
static void test_shrinking_kept( void )
{
    struct resizer resizer = { .in = COPYFILE2_CALLBACK_CHUNK_FINISHED, .nth = 2, .size = 10000 };
    struct recorder recorder;
    HRESULT hr;

    if (!engine_is_ours())
    {
        skip( "our choice" );
        return;
    }
    for (int named = 0; named < 2; named++)
    {
        PCWSTR cut = named ? L"src.bin:strm" : L"src.bin", kept = named ? L"dst.bin:strm" : L"dst.bin";

        push_context( "%ls", cut );
        file_fill( L"src.bin", named ? 0 : 18432, 1 );
        file_fill( cut, 18432, 1 );
        file_fill( L"expected.bin", 18432, 1 );
        resizer.file = file_hold( cut, GENERIC_WRITE, SHARE_ALL );
        resizer.seen = 0;
        recorder_begin( &recorder );
        recorder.hook = resize;
        recorder.hook_context = &resizer;
        recorder.answer = COPYFILE2_PROGRESS_STOP;
        recorder.answer_to = COPYFILE2_CALLBACK_ERROR;
        recorder.answer_at = 1;
        hr = copy_in_chunks( L"src.bin", L"dst.bin", 4096, NULL, &recorder );
        ok( hr == hr_from_error( ERROR_HANDLE_EOF ), "got %#lx", hr );
        ok( file_size( kept ) == 8192, "%lld bytes", (long long)file_size( kept ) );
        ok( file_is_head( kept, L"expected.bin" ), "other bytes" );
        recorder_end( &recorder );
        CloseHandle( resizer.file );
        pop_context();
    }
}

/* Files of the kernel: /proc/version says that it has 0 bytes, and this file of /sys that it has a whole page. */
static const struct
{
    PCWSTR name;
    uint64_t said;
} told[] = { { .name = L"Z:\\proc\\version", .said = 0 }, { .name = L"Z:\\sys\\kernel\\fscaps", .said = 4096 } };

/* Answers the number of bytes that can be read, and leaves them in expected.bin; -1: there is no such file. */
static int64_t read_to_end( PCWSTR name )
{
    HANDLE file = CreateFileW( name, GENERIC_READ, SHARE_ALL, NULL, OPEN_EXISTING, 0, NULL );
    BYTE bytes[4096];
    DWORD got = 0;

    if (file == INVALID_HANDLE_VALUE) return -1;
    ok( ReadFile( file, bytes, sizeof( bytes ), &got, NULL ) && got && got < sizeof( bytes ), "%lu bytes", got );
    CloseHandle( file );
    file_write( L"expected.bin", bytes, got );
    return got;
}

static void check_last( const struct recorder *recorder, uint64_t said, int64_t size )
{
    const COPYFILE2_MESSAGE *last = &recorder->last;
    uint64_t total = said ? said : (uint64_t)size;

    ok( last->Type == COPYFILE2_CALLBACK_STREAM_FINISHED, "the last message is %u", last->Type );
    ok( last->Info.StreamFinished.uliTotalBytesTransferred.QuadPart == (uint64_t)size, "%llu bytes",
        last->Info.StreamFinished.uliTotalBytesTransferred.QuadPart );
    ok( last->Info.StreamFinished.uliTotalFileSize.QuadPart == total, "of %llu bytes",
        last->Info.StreamFinished.uliTotalFileSize.QuadPart );
}

/* All bytes arrive, whichever function copies, and to a new name or over an old file that is longer. */
static void check_system_file( PCWSTR name, uint64_t said )
{
    BOOL( WINAPI * copy_ex )( LPCWSTR, LPCWSTR, LPPROGRESS_ROUTINE, LPVOID, LPBOOL, DWORD ) =
        test_function( "CopyFileExW" );
    int64_t size = read_to_end( name );
    struct family_recorder family;
    struct recorder recorder;
    HRESULT hr;

    if (size < 0) return;
    for (int way = 0; way < 8; way++)
    {
        push_context( "way %d", way );
        /* the copy is as read-only as its source */
        if (file_exists( L"dst.bin" )) file_set_attributes( L"dst.bin", FILE_ATTRIBUTE_NORMAL );
        DeleteFileW( L"dst.bin" );
        if (way & 1) file_fill( L"dst.bin", 100000, 1 );
        recorder_begin( &recorder );
        family_begin( &family );
        if (way < 2) hr = copy( name, L"dst.bin", 0 );
        else if (way < 4) hr = copy_recorded( name, L"dst.bin", 0, &recorder );
        else hr = copy_ex( name, L"dst.bin", way < 6 ? NULL : family_callback, &family, NULL, 0 ) ? S_OK : E_FAIL;
        ok( hr == S_OK, "got %#lx", hr );
        ok( file_equal( L"dst.bin", L"expected.bin" ), "%lld bytes", (long long)file_size( L"dst.bin" ) );
        if (way == 2 || way == 3) check_last( &recorder, said, size );
        recorder_end( &recorder );
        pop_context();
    }
}

static void test_system_files( void )
{
    if (!running_under_wine() || read_to_end( told[0].name ) < 0)
    {
        skip( "no /proc" );
        return;
    }
    for (size_t i = 0; i < ARRAY_SIZE( told ); i++)
    {
        push_context( "%ls", told[i].name );
        check_system_file( told[i].name, told[i].said );
        pop_context();
    }
}

static const struct test_case cases[] = {
    { .name = "round_trip", .row = "-", .run = test_round_trip },
    { .name = "large", .row = "-", .run = test_large },
    { .name = "beyond_4g", .row = "-", .run = test_beyond_4g },
    { .name = "growing", .row = "-", .run = test_growing },
    { .name = "shrinking", .row = "-", .run = test_shrinking },
    { .name = "shrinking_kept", .row = "-", .own = true, .run = test_shrinking_kept },
    { .name = "system_files", .row = "-", .run = test_system_files },
};

TEST_MAIN( "sizes", cases )
