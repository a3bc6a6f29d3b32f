/* SPDX-License-Identifier: MIT */

/* These copies never begin. The cases claim what is refused, what the caller hears of it, and that no answer changes
 * anything. Failures that come later are in faults.c. */

#include "harness/recorder.h"
#include "harness/files.h"
#include "harness/test.h"

static const char fresh[] = "the quick brown fox";
static const char old[] = "jumps over the lazy dog, who was here first";

static void make_both( void )
{
    file_write_text( L"src.txt", fresh );
    file_write_text( L"dst.txt", old );
}

/* The copy fails and sends exactly these messages, and no answer of the callback changes the result. Windows documents
 * no effect of an answer here, and a retry would hang the many callers that always continue. */
static void check_failure( PCWSTR source, PCWSTR destination, DWORD flags, DWORD error, const char *said )
{
    struct recorder recorder;
    HRESULT hr;

    for (int answer = COPYFILE2_PROGRESS_CONTINUE; answer <= COPYFILE2_PROGRESS_PAUSE; answer++)
    {
        push_context( "%.40ls to %.40ls, flags %#lx, answer %d", source, destination, flags, answer );
        recorder_begin( &recorder );
        recorder.answer = answer;
        recorder.answer_to = COPYFILE2_CALLBACK_ERROR;
        recorder.answer_at = 1;
        hr = copy_recorded( source, destination, flags, &recorder );
        ok( hr == hr_from_error( error ), "got %#lx, not error %lu", hr, error );
        expect_said( &recorder, said );
        recorder_end( &recorder );
        pop_context();
    }
}

static void test_err_missing( void )
{
    check_failure( L"src.txt", L"dst.txt", 0, ERROR_FILE_NOT_FOUND, SAID_ERROR( PREPARE_SOURCE, 80070002, 0, 0, 0 ) );
    ok( !file_exists( L"dst.txt" ), "the destination was made" );
}

static void test_src_dir( void )
{
    CreateDirectoryW( L"folder", NULL );
    check_failure( L"folder", L"dst.txt", 0, ERROR_ACCESS_DENIED, SAID_ERROR( PREPARE_SOURCE, 80070005, 0, 0, 0 ) );
    ok( !file_exists( L"dst.txt" ), "the destination was made" );

    file_write_text( L"dst.txt", old );
    check_failure( L"folder", L"dst.txt", 0, ERROR_ACCESS_DENIED, SAID_ERROR( PREPARE_SOURCE, 80070005, 0, 0, 0 ) );
    ok( file_is_text( L"dst.txt", old ), "the destination has changed" );
}

static void test_dst_dir( void )
{
    file_write_text( L"src.txt", fresh );
    CreateDirectoryW( L"folder", NULL );
    check_failure( L"src.txt", L"folder", 0, ERROR_ACCESS_DENIED, SAID_ERROR( PREPARE_DEST, 80070005, 0, 19, 0 ) );
    ok( file_attributes( L"folder" ) & FILE_ATTRIBUTE_DIRECTORY, "the folder has attributes %#lx",
        file_attributes( L"folder" ) );
    ok( !file_exists( L"folder\\src.txt" ), "a file was made in the folder" );
}

/* Windows documents 80 and 183; a plain create says 80. */
static void test_dst_dir_fail( void )
{
    HRESULT hr;

    file_write_text( L"src.txt", fresh );
    CreateDirectoryW( L"folder", NULL );
    hr = copy( L"src.txt", L"folder", COPY_FILE_FAIL_IF_EXISTS );
    if (broken( hr == hr_from_error( ERROR_ALREADY_EXISTS ) )) return;
    check_failure( L"src.txt", L"folder", COPY_FILE_FAIL_IF_EXISTS, ERROR_FILE_EXISTS,
                   SAID_ERROR( PREPARE_DEST, 80070050, 0, 19, 0 ) );
}

static void test_err_exists( void )
{
    make_both();
    check_failure( L"src.txt", L"dst.txt", COPY_FILE_FAIL_IF_EXISTS, ERROR_FILE_EXISTS,
                   SAID_ERROR( PREPARE_DEST, 80070050, 0, 19, 0 ) );
    ok( file_is_text( L"dst.txt", old ), "the destination has changed" );
}

static void test_err_dest( void )
{
    HANDLE holder;

    make_both();
    holder = file_hold( L"dst.txt", GENERIC_READ | GENERIC_WRITE, SHARE_NONE );
    check_failure( L"src.txt", L"dst.txt", 0, ERROR_SHARING_VIOLATION, SAID_ERROR( PREPARE_DEST, 80070020, 0, 19, 0 ) );
    CloseHandle( holder );
    ok( file_is_text( L"dst.txt", old ), "the destination has changed" );
}

static void test_err_source( void )
{
    HANDLE holder;

    make_both();
    holder = file_hold( L"src.txt", GENERIC_READ | GENERIC_WRITE, SHARE_NONE );
    check_failure( L"src.txt", L"dst.txt", 0, ERROR_SHARING_VIOLATION,
                   SAID_ERROR( PREPARE_SOURCE, 80070020, 0, 0, 0 ) );
    CloseHandle( holder );
    ok( file_is_text( L"dst.txt", old ), "the destination has changed" );
}

static void test_err_self( void )
{
    file_write_text( L"src.txt", fresh );
    check_failure( L"src.txt", L"src.txt", 0, ERROR_SHARING_VIOLATION, SAID_ERROR( PREPARE_DEST, 80070020, 0, 19, 0 ) );
    ok( file_is_text( L"src.txt", fresh ), "the file has changed" );
}

static void test_err_readonly( void )
{
    make_both();
    file_set_attributes( L"dst.txt", FILE_ATTRIBUTE_READONLY );
    check_failure( L"src.txt", L"dst.txt", 0, ERROR_ACCESS_DENIED, SAID_ERROR( PREPARE_DEST, 80070005, 0, 19, 0 ) );
    ok( file_is_text( L"dst.txt", old ), "the destination has changed" );
}

static void test_parent_missing( void )
{
    file_write_text( L"src.txt", fresh );
    check_failure( L"nowhere\\src.txt", L"dst.txt", 0, ERROR_PATH_NOT_FOUND,
                   SAID_ERROR( PREPARE_SOURCE, 80070003, 0, 0, 0 ) );
    check_failure( L"src.txt", L"nowhere\\dst.txt", 0, ERROR_PATH_NOT_FOUND,
                   SAID_ERROR( PREPARE_DEST, 80070003, 0, 19, 0 ) );
    ok( !file_exists( L"dst.txt" ) && !file_exists( L"nowhere" ), "something was made" );
}

/* A file where a folder should be is no path either. */
static void test_parent_is_file( void )
{
    file_write_text( L"src.txt", fresh );
    check_failure( L"src.txt\\src.txt", L"dst.txt", 0, ERROR_PATH_NOT_FOUND,
                   SAID_ERROR( PREPARE_SOURCE, 80070003, 0, 0, 0 ) );
    check_failure( L"src.txt", L"src.txt\\dst.txt", 0, ERROR_PATH_NOT_FOUND,
                   SAID_ERROR( PREPARE_DEST, 80070003, 0, 19, 0 ) );
}

static void test_bad_chars( void )
{
    static const PCWSTR names[] = { L"a*b", L"a?b", L"a<b", L"a>b", L"a\"b", L"a|b" };

    file_write_text( L"src.txt", fresh );
    for (size_t i = 0; i < ARRAY_SIZE( names ); i++)
    {
        check_failure( names[i], L"dst.txt", 0, ERROR_INVALID_NAME, SAID_ERROR( PREPARE_SOURCE, 8007007b, 0, 0, 0 ) );
        check_failure( L"src.txt", names[i], 0, ERROR_INVALID_NAME, SAID_ERROR( PREPARE_DEST, 8007007b, 0, 19, 0 ) );
    }
    ok( !file_exists( L"dst.txt" ), "the destination was made" );
}

/* A name that cannot become a path is found out before either file is touched, so it does not matter that a source is
 * missing. */
static void test_empty_name( void )
{
    file_write_text( L"src.txt", fresh );
    check_failure( L"", L"dst.txt", 0, ERROR_PATH_NOT_FOUND, SAID_ERROR( NONE, 80070003, 0, 0, 0 ) );
    check_failure( L"src.txt", L"", 0, ERROR_PATH_NOT_FOUND, SAID_ERROR( NONE, 80070003, 0, 0, 0 ) );
    check_failure( L"missing.txt", L"", 0, ERROR_PATH_NOT_FOUND, SAID_ERROR( NONE, 80070003, 0, 0, 0 ) );
    ok( !file_exists( L"dst.txt" ), "the destination was made" );
}

/* The name has one character more than a path can have. */
static void test_endless_name( void )
{
    static const char said[] = SAID_ERROR( NONE, 800700ce, 0, 0, 0 );
    static WCHAR endless[32768 + 1];

    for (size_t i = 0; i < ARRAY_SIZE( endless ) - 1; i++) endless[i] = L'x';
    file_write_text( L"src.txt", fresh );
    check_failure( endless, L"dst.txt", 0, ERROR_FILENAME_EXCED_RANGE, said );
    check_failure( L"src.txt", endless, 0, ERROR_FILENAME_EXCED_RANGE, said );
    ok( !file_exists( L"dst.txt" ), "the destination was made" );
}

/* For NULL Wine answers 87, and the ANSI functions of Windows answer 3. */
static void check_null( PCWSTR source, PCWSTR destination )
{
    struct recorder recorder;
    HRESULT hr;

    push_context( "%p to %p", source, destination );
    recorder_begin( &recorder );
    hr = copy_recorded( source, destination, 0, &recorder );
    ok( hr == E_INVALIDARG || broken( hr == hr_from_error( ERROR_PATH_NOT_FOUND ) ), "got %#lx", hr );
    expect_said( &recorder, "" );
    recorder_end( &recorder );
    hr = copyfile2( source, destination, NULL );
    ok( hr == E_INVALIDARG || broken( hr == hr_from_error( ERROR_PATH_NOT_FOUND ) ), "no parameters: got %#lx", hr );
    pop_context();
}

static void test_null_names( void )
{
    file_write_text( L"src.txt", fresh );
    check_null( NULL, L"dst.txt" );
    check_null( L"src.txt", NULL );
    check_null( NULL, NULL );
    ok( !file_exists( L"dst.txt" ), "the destination was made" );
    ok( file_is_text( L"src.txt", fresh ), "the source has changed" );
}

/* These parameters are refused before anything is opened. Not even a missing source is noticed, the callback is not
 * called, and FAIL_IF_EXISTS has no effect. */
static void check_refused( void *params, DWORD error )
{
    COPYFILE2_EXTENDED_PARAMETERS *first = params; /* V2 begins with the same members */
    struct recorder recorder;
    HRESULT hr;

    recorder_begin( &recorder );
    first->pProgressRoutine = recorder_callback;
    first->pvCallbackContext = &recorder;

    hr = copy_with( L"src.txt", L"dst.txt", params );
    ok( hr == hr_from_error( error ), "got %#lx, not error %lu", hr, error );
    hr = copy_with( L"missing.txt", L"dst.txt", params );
    ok( hr == hr_from_error( error ), "without a source: got %#lx, not error %lu", hr, error );
    hr = copy_with( L"src.txt", L"new.txt", params );
    ok( hr == hr_from_error( error ), "to a new name: got %#lx, not error %lu", hr, error );
    hr = copy_with( NULL, L"", params );
    ok( FAILED( hr ), "names that are none: got %#lx", hr );

    expect_said( &recorder, "" );
    recorder_end( &recorder );
    ok( file_is_text( L"dst.txt", old ), "the destination has changed" );
    ok( !file_exists( L"new.txt" ), "a destination was made" );
}

static void check_refused_flags( DWORD flags, DWORD error )
{
    COPYFILE2_EXTENDED_PARAMETERS first = { sizeof( first ), flags };
    COPYFILE2_EXTENDED_PARAMETERS_V2 second = { sizeof( second ), flags };

    push_context( "flags %#lx", flags );
    check_refused( &first, error );
    check_refused( &second, error );
    pop_context();
}

/* These are all bits without a public name; 0x80 has had one since Windows 10 2004. */
static void test_unknown_flag( void )
{
    static const DWORD unknown[] = { 0x10,    0x20,    0x40,    0x100,    0x200,     0x400,
                                     0x10000, 0x20000, 0x80000, 0x100000, 0x1000000, 0x40000000 };

    make_both();
    for (size_t i = 0; i < ARRAY_SIZE( unknown ); i++) check_refused_flags( unknown[i], ERROR_INVALID_PARAMETER );
    check_refused_flags( 0x10000 | COPY_FILE_FAIL_IF_EXISTS, ERROR_INVALID_PARAMETER );
}

/* The size tells the version, so it has to be one of the two. */
static void test_bad_size( void )
{
    const DWORD v1 = sizeof( COPYFILE2_EXTENDED_PARAMETERS ), v2 = sizeof( COPYFILE2_EXTENDED_PARAMETERS_V2 );
    const DWORD sizes[] = { 0, 1, v1 - 1, v1 + 1, v1 + 4, v2 - 8, v2 - 1, v2 + 1, 0x100, 0x80000000 | v1, 0xffffffff };
    COPYFILE2_EXTENDED_PARAMETERS_V2 params = { 0 };

    make_both();
    for (size_t i = 0; i < ARRAY_SIZE( sizes ); i++)
    {
        push_context( "size %#lx", sizes[i] );
        params.dwSize = sizes[i];
        check_refused( &params, ERROR_INVALID_PARAMETER );
        pop_context();
    }
}

static void test_v2_bad( void )
{
    const COPYFILE2_EXTENDED_PARAMETERS_V2 bad[] = {
        { .dwCopyFlagsV2 = 4 },
        { .dwCopyFlagsV2 = 0x80000000 },
        { .dwCopyFlagsV2 = COPY_FILE2_V2_VALID_FLAGS | 8 },
        { .ioDesiredSize = 1 },
        { .ioDesiredSize = COPYFILE2_IO_CYCLE_SIZE_MIN - 1 },
        { .ioDesiredSize = COPYFILE2_IO_CYCLE_SIZE_MAX + 1 },
        { .ioDesiredSize = 0xffffffff },
        { .ioDesiredRate = 1 },
        { .ioDesiredRate = COPYFILE2_IO_RATE_MIN - 1 },
        { .reserved = { (void *)1 } },
        { .reserved = { 0, 0, 0, 0, 0, (void *)( (uintptr_t)1 << ( 8 * sizeof( void * ) - 1 ) ) } },
    };

    make_both();
    for (size_t i = 0; i < ARRAY_SIZE( bad ); i++)
    {
        COPYFILE2_EXTENDED_PARAMETERS_V2 params = bad[i];

        push_context( "parameters %u", (unsigned int)i );
        params.dwSize = sizeof( params );
        check_refused( &params, ERROR_INVALID_PARAMETER );
        pop_context();
    }
}

static const struct test_case cases[] = {
    { .name = "err_missing", .row = "-", .own = true, .run = test_err_missing },
    { .name = "src_dir", .row = "41", .claim = "directory source: hr(5)", .sure = "A", .run = test_src_dir },
    { .name = "dst_dir", .row = "42", .claim = "directory dest: hr(5)", .sure = "A", .run = test_dst_dir },
    { .name = "dst_dir_fail",
      .row = "43",
      .claim = "directory dest, FAIL_IF_EXISTS: hr(80) or hr(183)",
      .sure = "B",
      .run = test_dst_dir_fail },
    { .name = "err_exists", .row = "-", .own = true, .run = test_err_exists },
    { .name = "err_dest",
      .row = "71",
      .claim = "callback, dest locked: one ERROR{PREPARE_DEST, hr(32)} then hr(32)",
      .sure = "R",
      .own = true,
      .run = test_err_dest },
    { .name = "err_source", .row = "-", .own = true, .run = test_err_source },
    { .name = "err_self", .row = "-", .own = true, .run = test_err_self },
    { .name = "err_readonly", .row = "-", .own = true, .run = test_err_readonly },
    { .name = "parent_missing",
      .row = "57",
      .claim = "dest or source parent absent: hr(3)",
      .sure = "A",
      .run = test_parent_missing },
    { .name = "parent_is_file", .row = "-", .run = test_parent_is_file },
    { .name = "bad_chars", .row = "58", .claim = "a*b as a name: hr(123)", .sure = "A/C", .run = test_bad_chars },
    { .name = "empty_name", .row = "-", .run = test_empty_name },
    { .name = "endless_name", .row = "-", .run = test_endless_name },
    { .name = "null_names",
      .row = "59",
      .claim = "NULL src / dst: failure, last error 87 or 3, no crash",
      .sure = "C",
      .run = test_null_names },
    { .name = "unknown_flag",
      .row = "51",
      .claim = "0x10000, 0x40000000: hr(87), nothing opened",
      .sure = "A",
      .run = test_unknown_flag },
    { .name = "bad_size", .row = "52", .claim = "dwSize 0, 31, 33, 0x100: hr(87)", .sure = "C", .run = test_bad_size },
    { .name = "v2_bad",
      .row = "55",
      .claim = "reserved is not 0; V2 flag 4; ioDesiredSize 4095; rate 511: hr(87)",
      .sure = "C",
      .run = test_v2_bad },
};

TEST_MAIN( "errors", cases )
