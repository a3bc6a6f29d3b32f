/* SPDX-License-Identifier: MIT */

/* The copy takes over attributes and times, and some attributes protect a destination. */

#include "harness/recorder.h"
#include "harness/files.h"
#include "harness/test.h"

#define READONLY FILE_ATTRIBUTE_READONLY
#define HIDDEN   FILE_ATTRIBUTE_HIDDEN
#define SYSTEM   FILE_ATTRIBUTE_SYSTEM
#define ARCHIVE  FILE_ATTRIBUTE_ARCHIVE
#define NORMAL   FILE_ATTRIBUTE_NORMAL

static const char fresh[] = "the quick brown fox";
static const char old[] = "jumps over the lazy dog, who was here first";

static bool attributes_lost( void )
{
    if (file_system_keeps_attributes()) return false;
    skip( "this file system does not keep HIDDEN and SYSTEM" );
    return true;
}

static void make_source( DWORD attributes )
{
    file_write_text( L"src.txt", fresh );
    file_set_attributes( L"src.txt", attributes );
}

static void make_both( DWORD source_attributes, DWORD destination_attributes )
{
    make_source( source_attributes );
    file_write_text( L"dst.txt", old );
    file_set_attributes( L"dst.txt", destination_attributes );
}

/* The destination's attributes forbid the copy, and it stays as it was. */
static void check_refused( DWORD source_attributes, DWORD destination_attributes, DWORD flags, DWORD error )
{
    HRESULT hr;

    push_context( "%#lx onto %#lx, flags %#lx", source_attributes, destination_attributes, flags );
    make_both( source_attributes, destination_attributes );
    hr = copy( L"src.txt", L"dst.txt", flags );
    ok( hr == hr_from_error( error ), "got %#lx, not error %lu", hr, error );
    ok( file_is_text( L"dst.txt", old ), "the destination has changed" );
    ok( ( file_attributes( L"dst.txt" ) & ~ARCHIVE ) == destination_attributes, "attributes %#lx, not %#lx",
        file_attributes( L"dst.txt" ), destination_attributes );
    pop_context();
}

/* Claims that the copy has the expected attributes, and that the source still has its own. */
static void check_copied( DWORD source_attributes, bool over, DWORD destination_attributes, DWORD expected )
{
    DWORD before, after;
    HRESULT hr;

    push_context( "%#lx onto %s with %#lx", source_attributes, over ? "a file" : "nothing", destination_attributes );
    make_source( source_attributes );
    before = file_attributes( L"src.txt" );
    file_write_text( L"dst.txt", old );
    if (over) file_set_attributes( L"dst.txt", destination_attributes );
    else DeleteFileW( L"dst.txt" );

    hr = copy( L"src.txt", L"dst.txt", 0 );
    ok( hr == S_OK, "got %#lx", hr );
    ok( file_is_text( L"dst.txt", fresh ), "the destination is no copy" );
    after = file_attributes( L"dst.txt" );
    ok( after == expected, "attributes %#lx, not %#lx", after, expected );
    after = file_attributes( L"src.txt" );
    ok( after == before, "the source had %#lx, has %#lx", before, after );
    pop_context();
}

static void test_dst_readonly( void )
{
    check_refused( NORMAL, READONLY, 0, ERROR_ACCESS_DENIED );
    check_refused( READONLY, READONLY, 0, ERROR_ACCESS_DENIED );
    check_refused( NORMAL, READONLY, COPY_FILE_REQUEST_SECURITY_PRIVILEGES, ERROR_ACCESS_DENIED );
}

/* FAIL_IF_EXISTS is judged before the attributes of the destination are. */
static void test_dst_readonly_fail( void )
{
    check_refused( NORMAL, READONLY, COPY_FILE_FAIL_IF_EXISTS, ERROR_FILE_EXISTS );
}

static void test_dst_hidden( void )
{
    if (attributes_lost()) return;
    check_refused( NORMAL, HIDDEN, 0, ERROR_ACCESS_DENIED );
    check_refused( SYSTEM, HIDDEN, 0, ERROR_ACCESS_DENIED );
    check_refused( NORMAL, HIDDEN | READONLY, 0, ERROR_ACCESS_DENIED );
    check_refused( NORMAL, HIDDEN, COPY_FILE_FAIL_IF_EXISTS, ERROR_FILE_EXISTS );
}

static void test_dst_system( void )
{
    if (attributes_lost()) return;
    check_refused( NORMAL, SYSTEM, 0, ERROR_ACCESS_DENIED );
    check_refused( HIDDEN, SYSTEM, 0, ERROR_ACCESS_DENIED );
    check_refused( HIDDEN, HIDDEN | SYSTEM, 0, ERROR_ACCESS_DENIED );
    check_refused( NORMAL, SYSTEM, COPY_FILE_FAIL_IF_EXISTS, ERROR_FILE_EXISTS );
}

/* A copy whose source has the destination's mark may overwrite it. Nobody has seen CopyFile2 do so; it is the rule of
 * any open. */
static void test_hidden_over_hidden( void )
{
    if (attributes_lost()) return;
    check_copied( HIDDEN, true, HIDDEN, HIDDEN | ARCHIVE );
    check_copied( SYSTEM, true, SYSTEM, SYSTEM | ARCHIVE );
    check_copied( HIDDEN | SYSTEM, true, HIDDEN, HIDDEN | SYSTEM | ARCHIVE );
    check_copied( HIDDEN | READONLY, true, HIDDEN, HIDDEN | READONLY | ARCHIVE );
}

static void test_attr_copy( void )
{
    static const DWORD combinations[] = { HIDDEN, SYSTEM, HIDDEN | SYSTEM, READONLY | HIDDEN | SYSTEM };

    check_copied( READONLY, false, 0, READONLY | ARCHIVE );
    check_copied( READONLY, true, NORMAL, READONLY | ARCHIVE );
    check_copied( NORMAL, true, NORMAL, ARCHIVE );

    if (attributes_lost()) return;
    for (size_t i = 0; i < ARRAY_SIZE( combinations ); i++)
    {
        check_copied( combinations[i], false, 0, combinations[i] | ARCHIVE );
        check_copied( combinations[i], true, NORMAL, combinations[i] | ARCHIVE );
    }
}

/* Wine keeps neither TEMPORARY nor NOT_CONTENT_INDEXED. */
static void check_copied_not_by_wine( DWORD attribute )
{
    DWORD after;
    HRESULT hr;

    make_source( attribute );
    hr = copy( L"src.txt", L"dst.txt", 0 );
    ok( hr == S_OK, "got %#lx", hr );
    after = file_attributes( L"dst.txt" );
    todo_wine ok( after == ( attribute | ARCHIVE ), "attributes %#lx", after );
}

static void test_attr_temporary( void )
{
    check_copied_not_by_wine( FILE_ATTRIBUTE_TEMPORARY );
}

static void test_attr_not_indexed( void )
{
    check_copied_not_by_wine( FILE_ATTRIBUTE_NOT_CONTENT_INDEXED );
}

/* Under Wine every file shows ARCHIVE, whatever is set. */
static void test_archive_cleared( void )
{
    check_copied( NORMAL, false, 0, ARCHIVE );
    if (attributes_lost()) return;
    check_copied( HIDDEN, false, 0, HIDDEN | ARCHIVE );
}

/* A copy of a read-only file is read-only from the start, and still gets all of its bytes. */
static void test_readonly_large( void )
{
    HRESULT hr;

    file_fill( L"src.bin", 3 * 1024 * 1024 + 17, 1 );
    file_set_attributes( L"src.bin", READONLY );
    hr = copy( L"src.bin", L"dst.bin", 0 );
    ok( hr == S_OK, "got %#lx", hr );
    ok( file_equal( L"src.bin", L"dst.bin" ), "other bytes" );
    ok( file_attributes( L"dst.bin" ) & READONLY, "attributes %#lx", file_attributes( L"dst.bin" ) );
}

static void check_canceled( COPYFILE2_MESSAGE_TYPE when, bool over )
{
    struct recorder recorder;
    HRESULT hr;

    push_context( "canceled in message %u%s", when, over ? ", over a file" : "" );
    make_source( READONLY );
    if (over) file_write_text( L"dst.txt", old );
    recorder_begin( &recorder );
    recorder.answer = COPYFILE2_PROGRESS_CANCEL;
    recorder.answer_to = when;
    recorder.answer_at = 1;
    hr = copy_recorded( L"src.txt", L"dst.txt", 0, &recorder );
    ok( hr == hr_from_error( ERROR_REQUEST_ABORTED ), "got %#lx", hr );
    ok( recorder.counts[when] == 1, "%u such messages", recorder.counts[when] );
    ok( !file_exists( L"dst.txt" ), "the fragment is still there" );
    ok( file_is_text( L"src.txt", fresh ), "the source has changed" );
    ok( file_attributes( L"src.txt" ) & READONLY, "source attributes %#lx", file_attributes( L"src.txt" ) );
    recorder_end( &recorder );
    pop_context();
}

/* A read-only file cannot simply be deleted, and a read-only fragment has to go all the same. */
static void test_readonly_canceled( void )
{
    check_canceled( COPYFILE2_CALLBACK_STREAM_STARTED, false );
    check_canceled( COPYFILE2_CALLBACK_CHUNK_STARTED, false );
    check_canceled( COPYFILE2_CALLBACK_CHUNK_FINISHED, false );
    check_canceled( COPYFILE2_CALLBACK_CHUNK_FINISHED, true );
}

static int64_t moment( const FILETIME *time )
{
    return (int64_t)time->dwHighDateTime << 32 | time->dwLowDateTime;
}

static void check_time( const char *what, const FILETIME *found, const FILETIME *expected )
{
    ok( moment( found ) == moment( expected ), "%s at %lld, not %lld", what, moment( found ), moment( expected ) );
}

/* Two minutes of tolerance: a clock may be set, and file systems round. */
static void check_recent( const char *what, const FILETIME *found )
{
    const int64_t tolerance = (int64_t)2 * 60 * 10000000;
    FILETIME now;
    int64_t age;

    GetSystemTimeAsFileTime( &now );
    age = moment( &now ) - moment( found );
    ok( age > -tolerance && age < tolerance, "%s %lld s ago", what, age / 10000000 );
}

static void test_ctime_new( void )
{
    const FILETIME created = file_time( 2001 ), written = file_time( 2003 );
    WIN32_FILE_ATTRIBUTE_DATA copied;
    HRESULT hr;

    make_source( NORMAL );
    file_set_times( L"src.txt", &created, &written );
    hr = copy( L"src.txt", L"dst.txt", 0 );
    ok( hr == S_OK, "got %#lx", hr );
    copied = file_information( L"dst.txt" );
    check_time( "written", &copied.ftLastWriteTime, &written );
    /* Wine has no creation time, and shows the last-write time instead. */
    todo_wine check_recent( "created", &copied.ftCreationTime );
}

static void test_ctime_over( void )
{
    const FILETIME created = file_time( 2001 ), written = file_time( 2003 ), kept = file_time( 1998 );
    WIN32_FILE_ATTRIBUTE_DATA copied;
    HRESULT hr;

    make_both( NORMAL, NORMAL );
    file_set_times( L"src.txt", &created, &written );
    file_set_times( L"dst.txt", &kept, &kept );
    hr = copy( L"src.txt", L"dst.txt", 0 );
    ok( hr == S_OK, "got %#lx", hr );
    copied = file_information( L"dst.txt" );
    check_time( "written", &copied.ftLastWriteTime, &written );
    /* Wine keeps no creation time. */
    todo_wine check_time( "created", &copied.ftCreationTime, &kept );
}

/* The copy has the source's time of last write. Its time of last access is new, as that of any new file. */
static void test_atime( void )
{
    const FILETIME past = file_time( 2002 );
    WIN32_FILE_ATTRIBUTE_DATA copied;
    HANDLE file;
    HRESULT hr;

    make_source( NORMAL );
    file = file_hold( L"src.txt", FILE_WRITE_ATTRIBUTES, SHARE_ALL );
    ok( SetFileTime( file, NULL, &past, &past ), "cannot set times: error %lu", GetLastError() );
    CloseHandle( file );
    hr = copy( L"src.txt", L"dst.txt", 0 );
    ok( hr == S_OK, "got %#lx", hr );
    copied = file_information( L"dst.txt" );
    check_time( "written", &copied.ftLastWriteTime, &past );
    check_recent( "read", &copied.ftLastAccessTime );
}

/* Whether the old file was younger or older, the copy shows the source's time, and the source keeps it. */
static void test_mtime_over( void )
{
    const FILETIME written = file_time( 2003 );

    for (WORD year = 1997; year <= 2017; year += 10)
    {
        const FILETIME before = file_time( year );
        FILETIME after;
        HRESULT hr;

        push_context( "over a file of %u", year );
        make_both( NORMAL, NORMAL );
        file_set_times( L"src.txt", NULL, &written );
        file_set_times( L"dst.txt", NULL, &before );
        hr = copy( L"src.txt", L"dst.txt", 0 );
        ok( hr == S_OK, "got %#lx", hr );
        after = file_information( L"dst.txt" ).ftLastWriteTime;
        check_time( "written", &after, &written );
        after = file_information( L"src.txt" ).ftLastWriteTime;
        check_time( "source written", &after, &written );
        pop_context();
    }
}

/* No write comes after the time was set, and a read-only copy gets its time, too. */
static void test_mtime_large( void )
{
    const FILETIME written = file_time( 2003 );
    FILETIME copied;
    HRESULT hr;

    file_fill( L"src.bin", 2 * 1024 * 1024 + 1, 2 );
    file_set_times( L"src.bin", NULL, &written );
    file_set_attributes( L"src.bin", READONLY );
    hr = copy( L"src.bin", L"dst.bin", 0 );
    ok( hr == S_OK, "got %#lx", hr );
    copied = file_information( L"dst.bin" ).ftLastWriteTime;
    check_time( "written", &copied, &written );
}

/* A copy that was stopped half way must not look complete to a program that compares times. */
static void test_stop_time( void )
{
    const FILETIME written = file_time( 2003 );
    struct recorder recorder;
    FILETIME found;
    HRESULT hr;

    file_fill( L"src.bin", 8 * 4096, 3 );
    file_set_times( L"src.bin", NULL, &written );
    recorder_begin( &recorder );
    recorder.answer = COPYFILE2_PROGRESS_STOP;
    recorder.answer_to = COPYFILE2_CALLBACK_CHUNK_FINISHED;
    recorder.answer_at = 1;
    hr = copy_in_chunks( L"src.bin", L"dst.bin", 4096, NULL, &recorder );
    ok( hr == hr_from_error( ERROR_REQUEST_ABORTED ), "got %#lx", hr );
    found = file_information( L"dst.bin" ).ftLastWriteTime;
    check_recent( "written", &found );
    recorder_end( &recorder );
}

static const struct test_case cases[] = {
    { .name = "dst_readonly", .row = "44", .claim = "RO dest: hr(5), intact", .sure = "A", .run = test_dst_readonly },
    { .name = "dst_readonly_fail", .row = "-", .run = test_dst_readonly_fail },
    { .name = "dst_hidden",
      .row = "45",
      .claim = "hidden or system dest, attr-less source: hr(5), intact",
      .sure = "A",
      .run = test_dst_hidden },
    { .name = "dst_system", .row = "45", .run = test_dst_system },
    { .name = "hidden_over_hidden",
      .row = "46",
      .claim = "hidden source, hidden dest: S_OK",
      .sure = "C",
      .run = test_hidden_over_hidden },
    { .name = "attr_copy",
      .row = "47",
      .claim = "RO, HIDDEN, SYSTEM each: on dest; ARCHIVE also set",
      .sure = "A",
      .run = test_attr_copy },
    { .name = "attr_temporary", .row = "-", .run = test_attr_temporary },
    { .name = "attr_not_indexed", .row = "-", .run = test_attr_not_indexed },
    { .name = "archive_cleared",
      .row = "48",
      .claim = "source attr NORMAL: dest 0x20",
      .sure = "A",
      .run = test_archive_cleared },
    { .name = "readonly_large", .row = "-", .run = test_readonly_large },
    { .name = "readonly_canceled", .row = "-", .run = test_readonly_canceled },
    { .name = "ctime_new",
      .row = "49",
      .claim = "old creation time on source: dest creation = now, not source's",
      .sure = "A",
      .run = test_ctime_new },
    { .name = "ctime_over",
      .row = "50",
      .claim = "existing dest with old creation time: kept",
      .sure = "C",
      .run = test_ctime_over },
    { .name = "atime", .row = "-", .run = test_atime },
    { .name = "mtime_over", .row = "-", .run = test_mtime_over },
    { .name = "mtime_large", .row = "-", .run = test_mtime_large },
    { .name = "stop_time", .row = "-", .run = test_stop_time },
};

TEST_MAIN( "attributes", cases )
