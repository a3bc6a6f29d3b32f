/* SPDX-License-Identifier: MIT */

/* Others have the files open, before the copy and while it runs. A copy onto itself is in self.c. */

#include "harness/recorder.h"
#include "harness/files.h"
#include "harness/test.h"

static const char fresh[] = "the quick brown fox";
static const char old[] = "jumps over the lazy dog, who was here first";

#define READ_WRITE ( GENERIC_READ | GENERIC_WRITE )

static void make_both( void )
{
    file_write_text( L"src.txt", fresh );
    file_write_text( L"dst.txt", old );
}

/* Holds one file open like this. Claims the result of the copy, and that it either happened or changed nothing. */
static void check_held( PCWSTR held, DWORD access, DWORD share, DWORD flags, DWORD error )
{
    HANDLE holder;
    HRESULT hr;

    push_context( "%ls held with access %#lx, sharing %#lx, flags %#lx", held, access, share, flags );
    make_both();
    holder = file_hold( held, access, share );
    hr = copy( L"src.txt", L"dst.txt", flags );
    CloseHandle( holder );
    ok( hr == ( error ? hr_from_error( error ) : S_OK ), "got %#lx, not error %lu", hr, error );
    if (error) ok( file_is_text( L"dst.txt", old ), "the destination has changed" );
    else ok( file_is_text( L"dst.txt", fresh ), "the destination is no copy" );
    ok( file_is_text( L"src.txt", fresh ), "the source has changed" );
    pop_context();
}

static void test_missing_locked_dest( void )
{
    HANDLE holder;
    HRESULT hr;

    file_write_text( L"dst.txt", old );
    holder = file_hold( L"dst.txt", READ_WRITE, SHARE_NONE );
    hr = copy( L"src.txt", L"dst.txt", 0 );
    CloseHandle( holder );
    ok( hr == hr_from_error( ERROR_FILE_NOT_FOUND ), "got %#lx", hr );
    ok( file_is_text( L"dst.txt", old ), "the destination has changed" );
}

static void test_src_noread( void )
{
    check_held( L"src.txt", GENERIC_READ, SHARE_W, 0, ERROR_SHARING_VIOLATION );
    check_held( L"src.txt", GENERIC_READ, SHARE_NONE, 0, ERROR_SHARING_VIOLATION );
    check_held( L"src.txt", GENERIC_READ, SHARE_NONE, COPY_FILE_OPEN_SOURCE_FOR_WRITE, ERROR_SHARING_VIOLATION );
}

static void test_src_writer( void )
{
    check_held( L"src.txt", READ_WRITE, SHARE_R, 0, 0 );
}

static void test_src_deleter( void )
{
    check_held( L"src.txt", DELETE, SHARE_R, 0, 0 );
}

static void test_dst_wlock( void )
{
    check_held( L"dst.txt", GENERIC_WRITE, SHARE_R, 0, ERROR_SHARING_VIOLATION );
}

static void test_dst_rw_sharew( void )
{
    check_held( L"dst.txt", READ_WRITE, SHARE_W, 0, 0 );
}

static void test_dst_deleter( void )
{
    check_held( L"dst.txt", DELETE, SHARE_ALL, 0, ERROR_SHARING_VIOLATION );
}

static void test_dst_reader_rw( void )
{
    check_held( L"dst.txt", GENERIC_READ, SHARE_R | SHARE_W, 0, 0 );
}

static void test_dst_reader_r( void )
{
    check_held( L"dst.txt", GENERIC_READ, SHARE_R, 0, ERROR_SHARING_VIOLATION );
}

static void test_dst_noshare( void )
{
    check_held( L"dst.txt", READ_WRITE, SHARE_NONE, 0, ERROR_SHARING_VIOLATION );
}

static void check_mapped( DWORD share, DWORD error )
{
    HANDLE holder, section;
    HRESULT hr;

    make_both();
    holder = file_hold( L"dst.txt", GENERIC_READ, share );
    section = CreateFileMappingW( holder, NULL, PAGE_READONLY, 0, 0, NULL );
    ok( section != NULL, "no section: error %lu", GetLastError() );
    hr = copy( L"src.txt", L"dst.txt", 0 );
    ok( hr == hr_from_error( error ), "got %#lx, not error %lu", hr, error );
    ok( GetLastError() == error, "last error %lu, not %lu", GetLastError(), error );
    CloseHandle( section );
    CloseHandle( holder );
    ok( file_is_text( L"dst.txt", old ), "the destination has changed" );
}

static void test_mapped_rw( void )
{
    check_mapped( SHARE_R | SHARE_W, ERROR_USER_MAPPED_FILE );
}

static void test_mapped_r( void )
{
    check_mapped( SHARE_R, ERROR_SHARING_VIOLATION );
}

/* Calls look in the messages; it looks at the files in the first one, while the copy runs. */
static void check_while_copying( DWORD flags, void ( *look )( const COPYFILE2_MESSAGE *message, void *context ) )
{
    struct recorder recorder;
    HRESULT hr;

    recorder_begin( &recorder );
    recorder.hook = look;
    hr = copy_recorded( L"src.txt", L"dst.txt", flags, &recorder );
    ok( hr == S_OK, "got %#lx", hr );
    ok( file_equal( L"src.txt", L"dst.txt" ), "other bytes" );
    ok( recorder.counts[COPYFILE2_CALLBACK_STREAM_STARTED] == 1, "%u streams",
        recorder.counts[COPYFILE2_CALLBACK_STREAM_STARTED] );
    recorder_end( &recorder );
}

static void check_open( PCWSTR name, DWORD access, DWORD share, DWORD expected )
{
    HANDLE file = CreateFileW( name, access, share, NULL, OPEN_EXISTING, 0, NULL );
    DWORD error = file == INVALID_HANDLE_VALUE ? GetLastError() : 0;

    ok( error == expected, "%ls, access %#lx, sharing %#lx: error %lu, not %lu", name, access, share, error, expected );
    if (!error) CloseHandle( file );
}

static void open_source_meanwhile( const COPYFILE2_MESSAGE *message, void *context )
{
    (void)context;
    if (message->Type != COPYFILE2_CALLBACK_STREAM_STARTED) return;
    check_open( L"src.txt", GENERIC_WRITE, SHARE_ALL, ERROR_SHARING_VIOLATION );
    check_open( L"src.txt", GENERIC_READ, SHARE_ALL, 0 );
    check_open( L"src.txt", GENERIC_READ, SHARE_R, 0 );
    check_open( L"src.txt", GENERIC_READ, SHARE_W | SHARE_D, ERROR_SHARING_VIOLATION );
    check_open( L"src.txt", DELETE, SHARE_ALL, 0 );
}

static void test_src_writer_during( void )
{
    make_both();
    check_while_copying( 0, open_source_meanwhile );
}

static void open_source_with_writer( const COPYFILE2_MESSAGE *message, void *context )
{
    (void)context;
    if (message->Type != COPYFILE2_CALLBACK_STREAM_STARTED) return;
    check_open( L"src.txt", GENERIC_WRITE, SHARE_ALL, 0 );
    check_open( L"src.txt", GENERIC_READ, SHARE_ALL, 0 );
}

static void test_src_second_writer( void )
{
    HANDLE writer;

    make_both();
    writer = file_hold( L"src.txt", READ_WRITE, SHARE_ALL );
    check_while_copying( 0, open_source_with_writer );
    CloseHandle( writer );
}

/* The copy shares its destination with nobody. */
static void open_destination_meanwhile( const COPYFILE2_MESSAGE *message, void *context )
{
    (void)context;
    if (message->Type != COPYFILE2_CALLBACK_STREAM_STARTED) return;
    check_open( L"dst.txt", GENERIC_READ, SHARE_ALL, ERROR_SHARING_VIOLATION );
    check_open( L"dst.txt", DELETE, SHARE_ALL, ERROR_SHARING_VIOLATION );
    check_open( L"dst.txt", FILE_READ_ATTRIBUTES, SHARE_ALL, 0 );
}

static void test_dst_open_during( void )
{
    file_write_text( L"src.txt", fresh );
    check_while_copying( 0, open_destination_meanwhile );
    check_while_copying( 0, open_destination_meanwhile );
}

static void open_held_destination_meanwhile( const COPYFILE2_MESSAGE *message, void *context )
{
    (void)context;
    if (message->Type != COPYFILE2_CALLBACK_STREAM_STARTED) return;
    check_open( L"dst.txt", GENERIC_READ, SHARE_ALL, 0 );
    check_open( L"dst.txt", DELETE, SHARE_ALL, ERROR_SHARING_VIOLATION );
    /* The copy itself writes, ... */
    check_open( L"dst.txt", GENERIC_READ, SHARE_R | SHARE_D, ERROR_SHARING_VIOLATION );
    /* ... and may have to delete the file in the end. */
    check_open( L"dst.txt", GENERIC_READ, SHARE_R | SHARE_W, ERROR_SHARING_VIOLATION );
}

/* A holder who was there first makes the copy share reading and writing, with everybody. */
static void test_dst_open_while_held( void )
{
    HANDLE reader;

    make_both();
    reader = file_hold( L"dst.txt", GENERIC_READ, SHARE_ALL );
    check_while_copying( 0, open_held_destination_meanwhile );
    CloseHandle( reader );
}

/* Writes over the first byte; works for both kinds of handles. */
static DWORD write_error( HANDLE file )
{
    OVERLAPPED from_start = { 0 };
    DWORD written;

    if (WriteFile( file, "T", 1, NULL, &from_start )) return 0;
    if (GetLastError() != ERROR_IO_PENDING) return GetLastError();
    return GetOverlappedResult( file, &from_start, &written, TRUE ) ? 0 : GetLastError();
}

static void write_source_in_vain( const COPYFILE2_MESSAGE *message, void *context )
{
    DWORD error;

    (void)context;
    if (message->Type != COPYFILE2_CALLBACK_STREAM_STARTED) return;
    error = write_error( message->Info.StreamStarted.hSourceFile );
    ok( error == ERROR_ACCESS_DENIED, "the source handle writes: error %lu", error );
}

static void write_source( const COPYFILE2_MESSAGE *message, void *context )
{
    DWORD error;

    (void)context;
    if (message->Type != COPYFILE2_CALLBACK_STREAM_STARTED) return;
    check_open( L"src.txt", GENERIC_READ, SHARE_R | SHARE_D, ERROR_SHARING_VIOLATION );
    error = write_error( message->Info.StreamStarted.hSourceFile );
    ok( !error, "the source handle does not write: error %lu", error );
}

/* The callback writes to the source before the first byte is read, and that is copied. */
static void test_source_for_write( void )
{
    make_both();
    check_while_copying( 0, write_source_in_vain );
    check_while_copying( COPY_FILE_OPEN_SOURCE_FOR_WRITE, write_source );
    ok( file_is_text( L"dst.txt", "The quick brown fox" ), "another first byte" );
}

/* A copy that cannot have the source for writing gets it for reading. */
static void test_source_for_write_refused( void )
{
    HANDLE holder;

    check_held( L"src.txt", GENERIC_READ, SHARE_R, COPY_FILE_OPEN_SOURCE_FOR_WRITE, 0 );
    check_held( L"src.txt", GENERIC_READ, SHARE_R | SHARE_D, COPY_FILE_OPEN_SOURCE_FOR_WRITE, 0 );
    check_held( L"src.txt", READ_WRITE, SHARE_R, COPY_FILE_OPEN_SOURCE_FOR_WRITE, 0 );

    make_both();
    holder = file_hold( L"src.txt", GENERIC_READ, SHARE_R );
    check_while_copying( COPY_FILE_OPEN_SOURCE_FOR_WRITE, write_source_in_vain );
    CloseHandle( holder );

    file_set_attributes( L"src.txt", FILE_ATTRIBUTE_READONLY );
    check_while_copying( COPY_FILE_OPEN_SOURCE_FOR_WRITE, NULL );
}

static void check_released( PCWSTR source, PCWSTR destination, DWORD flags, HRESULT expected )
{
    HRESULT hr = copy( source, destination, flags );

    push_context( "%ls to %ls", source, destination );
    ok( hr == expected, "got %#lx, not %#lx", hr, expected );
    if (file_exists( L"src.txt" )) check_open( L"src.txt", READ_WRITE | DELETE, SHARE_NONE, 0 );
    if (file_exists( L"dst.txt" )) check_open( L"dst.txt", READ_WRITE | DELETE, SHARE_NONE, 0 );
    pop_context();
}

/* Nothing stays open, however the copy ended. */
static void test_released( void )
{
    make_both();
    check_released( L"src.txt", L"dst.txt", 0, S_OK );
    check_released( L"src.txt", L"dst.txt", COPY_FILE_FAIL_IF_EXISTS, hr_from_error( ERROR_FILE_EXISTS ) );
    check_released( L"src.txt", L"nowhere\\dst.txt", 0, hr_from_error( ERROR_PATH_NOT_FOUND ) );
    check_released( L"src.txt", L"src.txt", 0, hr_from_error( ERROR_SHARING_VIOLATION ) );
    check_released( L"missing.txt", L"dst.txt", 0, hr_from_error( ERROR_FILE_NOT_FOUND ) );
}

static const struct test_case cases[] = {
    { .name = "missing_locked_dest",
      .row = "5",
      .claim = "no source, dest locked: hr(2) (source first)",
      .sure = "A",
      .run = test_missing_locked_dest },
    { .name = "src_noread",
      .row = "8",
      .claim = "source held share WRITE only: hr(32)",
      .sure = "A",
      .run = test_src_noread },
    { .name = "src_writer",
      .row = "9",
      .claim = "source held R+W share READ: S_OK",
      .sure = "A",
      .run = test_src_writer },
    { .name = "src_deleter",
      .row = "10",
      .claim = "source held DELETE share READ: S_OK",
      .sure = "A",
      .run = test_src_deleter },
    { .name = "dst_wlock",
      .row = "11",
      .claim = "dest held W share READ: hr(32), intact",
      .sure = "A",
      .run = test_dst_wlock },
    { .name = "dst_rw_sharew",
      .row = "12",
      .claim = "dest held R+W share WRITE: S_OK",
      .sure = "A",
      .run = test_dst_rw_sharew },
    { .name = "dst_deleter",
      .row = "13",
      .claim = "dest held DELETE share all: hr(32)",
      .sure = "A",
      .run = test_dst_deleter },
    { .name = "dst_reader_rw",
      .row = "14",
      .claim = "dest held R share R|W: S_OK",
      .sure = "A",
      .run = test_dst_reader_rw },
    { .name = "dst_reader_r",
      .row = "15",
      .claim = "dest held R share R: hr(32), size and bytes intact",
      .sure = "A",
      .run = test_dst_reader_r },
    { .name = "dst_noshare", .row = "-", .run = test_dst_noshare },
    { .name = "mapped_rw",
      .row = "16",
      .claim = "as row 14 + PAGE_READONLY section: hr(1224), last error 1224",
      .sure = "A",
      .run = test_mapped_rw },
    { .name = "mapped_r", .row = "17", .claim = "as row 15 + section: hr(32)", .sure = "A", .run = test_mapped_r },
    { .name = "src_writer_during",
      .row = "64",
      .claim = "during callback open source for WRITE share all: sharing violation; READ and DELETE opens succeed",
      .sure = "A/C",
      .run = test_src_writer_during },
    { .name = "src_second_writer", .row = "-", .run = test_src_second_writer },
    { .name = "dst_open_during",
      .row = "65",
      .claim = "during callback open dest READ share all / DELETE: violation, unless a holder was there before",
      .sure = "A/C",
      .run = test_dst_open_during },
    { .name = "dst_open_while_held", .row = "65", .run = test_dst_open_while_held },
    { .name = "source_for_write", .row = "-", .run = test_source_for_write },
    { .name = "source_for_write_refused", .row = "-", .run = test_source_for_write_refused },
    { .name = "released", .row = "-", .run = test_released },
};

TEST_MAIN( "sharing", cases )
