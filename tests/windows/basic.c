/* SPDX-License-Identifier: MIT */

/* Every copy does this, and some parameters change nothing. */

#include "harness/recorder.h"
#include "harness/files.h"
#include "harness/test.h"

static const char contents[] = "the quick brown fox";

static void test_basic( void )
{
    HRESULT hr;

    file_write( L"src.txt", "foo", 3 );
    hr = copyfile2( L"src.txt", L"dst.txt", NULL );
    ok( hr == S_OK, "got %#lx", hr );
    ok( file_is( L"dst.txt", "foo", 3 ), "other bytes" );
    ok( file_is( L"src.txt", "foo", 3 ), "the source has changed" );
}

static void test_v1_ok( void )
{
    HRESULT hr;

    file_write_text( L"src.txt", contents );
    hr = copy( L"src.txt", L"dst.txt", 0 );
    ok( hr == S_OK, "got %#lx", hr );
    ok( file_is_text( L"dst.txt", contents ), "other bytes" );
}

static void test_overwrite( void )
{
    HRESULT hr;

    file_write( L"src.txt", "foo", 3 );
    file_write_text( L"dst.txt", contents );
    hr = copyfile2( L"src.txt", L"dst.txt", NULL );
    ok( hr == S_OK, "got %#lx", hr );
    ok( file_size( L"dst.txt" ) == 3, "destination has %lld bytes", (long long)file_size( L"dst.txt" ) );
    ok( file_is( L"dst.txt", "foo", 3 ), "other bytes" );
}

/* Nothing of the old file shows through, whether the size is set in advance or not. An empty source has no size to
 * set. */
static void check_overwrite( size_t size, DWORD flags )
{
    HRESULT hr;

    push_context( "%u bytes, flags %#lx", (unsigned int)size, flags );
    file_write( L"src.txt", "foo", size );
    file_write_text( L"dst.txt", contents );
    hr = copy( L"src.txt", L"dst.txt", flags );
    ok( hr == S_OK, "got %#lx", hr );
    ok( file_is( L"dst.txt", "foo", size ), "%lld bytes", file_size( L"dst.txt" ) );
    pop_context();
}

static void test_overwrite_longer( void )
{
    for (size_t size = 0; size <= 3; size++)
    {
        check_overwrite( size, 0 );
        check_overwrite( size, COPY_FILE_DISABLE_PRE_ALLOCATION );
    }
}

static void test_overwrite_shorter( void )
{
    HRESULT hr;

    file_fill( L"src.bin", 3 * 1024 * 1024 + 17, 1 );
    file_write( L"dst.bin", "foo", 3 );
    hr = copyfile2( L"src.bin", L"dst.bin", NULL );
    ok( hr == S_OK, "got %#lx", hr );
    ok( file_equal( L"src.bin", L"dst.bin" ), "other bytes" );
}

static void test_fail_exists( void )
{
    HRESULT hr;

    file_write( L"src.txt", "foo", 3 );
    file_write_text( L"dst.txt", contents );
    hr = copy( L"src.txt", L"dst.txt", COPY_FILE_FAIL_IF_EXISTS );
    ok( hr == hr_from_error( ERROR_FILE_EXISTS ), "got %#lx", hr );
    ok( GetLastError() == ERROR_FILE_EXISTS, "last error %lu", GetLastError() );
    ok( file_is_text( L"dst.txt", contents ), "the destination has changed" );
}

static void test_fail_exists_new( void )
{
    HRESULT hr;

    file_write( L"src.txt", "foo", 3 );
    hr = copy( L"src.txt", L"dst.txt", COPY_FILE_FAIL_IF_EXISTS );
    ok( hr == S_OK, "got %#lx", hr );
    ok( file_is( L"dst.txt", "foo", 3 ), "other bytes" );
}

static void test_missing( void )
{
    HRESULT hr = copy( L"src.txt", L"dst.txt", 0 );

    ok( hr == hr_from_error( ERROR_FILE_NOT_FOUND ), "got %#lx", hr );
    ok( GetLastError() == ERROR_FILE_NOT_FOUND, "last error %lu", GetLastError() );
    ok( !file_exists( L"dst.txt" ), "the destination was made" );
}

/* The documentation says that FAIL_IF_EXISTS fails at once, but Windows was seen to look at the source first. */
static void test_missing_fail_exists( void )
{
    HRESULT hr;

    file_write_text( L"dst.txt", contents );
    hr = copy( L"src.txt", L"dst.txt", COPY_FILE_FAIL_IF_EXISTS );
    ok( hr == hr_from_error( ERROR_FILE_NOT_FOUND ) || broken( hr == hr_from_error( ERROR_FILE_EXISTS ) ), "got %#lx",
        hr );
    ok( file_is_text( L"dst.txt", contents ), "the destination has changed" );
}

static void test_mtime( void )
{
    const FILETIME past = file_time( 1999 );
    FILETIME copied;
    HRESULT hr;

    file_write( L"src.txt", "foo", 3 );
    file_set_times( L"src.txt", NULL, &past );
    hr = copyfile2( L"src.txt", L"dst.txt", NULL );
    ok( hr == S_OK, "got %#lx", hr );
    copied = file_information( L"dst.txt" ).ftLastWriteTime;
    ok( !CompareFileTime( &copied, &past ), "copy written at %08lx%08lx, source at %08lx%08lx", copied.dwHighDateTime,
        copied.dwLowDateTime, past.dwHighDateTime, past.dwLowDateTime );
}

static void test_v2_ok( void )
{
    COPYFILE2_EXTENDED_PARAMETERS_V2 params = { sizeof( params ) };
    HRESULT hr;

    file_write_text( L"src.txt", contents );
    hr = copyfile2( L"src.txt", L"dst.txt", (COPYFILE2_EXTENDED_PARAMETERS *)&params );
    ok( hr == S_OK, "got %#lx", hr );
    ok( file_is_text( L"dst.txt", contents ), "other bytes" );
}

/* The last error is 0 after overwriting, too, where CREATE_ALWAYS would leave ERROR_ALREADY_EXISTS behind. */
static void test_last_error_ok( void )
{
    COPYFILE2_EXTENDED_PARAMETERS params = { sizeof( params ) };

    file_write( L"src.txt", "foo", 3 );
    for (int overwriting = 0; overwriting < 2; overwriting++)
    {
        SetLastError( 0xdeadbeef );
        ok( copyfile2( L"src.txt", L"dst.txt", NULL ) == S_OK, "copy failed" );
        ok( !GetLastError(), "%d: last error %lu", overwriting, GetLastError() );
        SetLastError( 0xdeadbeef );
        ok( copyfile2( L"src.txt", L"other.txt", &params ) == S_OK, "copy failed" );
        ok( !GetLastError(), "%d: last error %lu with parameters", overwriting, GetLastError() );
    }
}

/* Flags that every Windows since 8 takes, and that do not change what is copied. */
static const DWORD old_flags[] = {
    COPY_FILE_FAIL_IF_EXISTS, COPY_FILE_OPEN_SOURCE_FOR_WRITE,       COPY_FILE_ALLOW_DECRYPTED_DESTINATION,
    COPY_FILE_NO_BUFFERING,   COPY_FILE_REQUEST_SECURITY_PRIVILEGES, COPY_FILE_NO_OFFLOAD,
};

/* The same, for flags that only some Windows 10 or 11 take. */
static const DWORD new_flags[] = {
    COPY_FILE_SKIP_ALTERNATE_STREAMS,      COPY_FILE_IGNORE_EDP_BLOCK,       COPY_FILE_IGNORE_SOURCE_ENCRYPTION,
    COPY_FILE_DONT_REQUEST_DEST_WRITE_DAC, COPY_FILE_DISABLE_PRE_ALLOCATION, COPY_FILE_ENABLE_LOW_FREE_SPACE_MODE,
    COPY_FILE_REQUEST_COMPRESSED_TRAFFIC,  COPY_FILE_ENABLE_SPARSE_COPY,     COPY_FILE_DISABLE_SPARSE_COPY,
};

static void check_flags( DWORD flags, bool maybe_unknown )
{
    HRESULT hr;

    push_context( "flags %#lx", flags );
    hr = copy( L"src.bin", L"dst.bin", flags );
    if (!broken( maybe_unknown && hr == E_INVALIDARG ))
    {
        ok( hr == S_OK, "got %#lx", hr );
        ok( file_equal( L"src.bin", L"dst.bin" ), "other bytes" );
    }
    DeleteFileW( L"dst.bin" );
    pop_context();
}

static void test_harmless_flags( void )
{
    DWORD all_old = 0, all = 0;

    file_fill( L"src.bin", 70001, 2 );
    for (size_t i = 0; i < ARRAY_SIZE( old_flags ); i++)
    {
        check_flags( old_flags[i], false );
        all_old |= old_flags[i];
    }
    check_flags( all_old, false );
    all = all_old;
    for (size_t i = 0; i < ARRAY_SIZE( new_flags ); i++)
    {
        check_flags( new_flags[i], true );
        all |= new_flags[i];
    }
    check_flags( all, true );
}

static void check_v2( const COPYFILE2_EXTENDED_PARAMETERS_V2 *params )
{
    COPYFILE2_EXTENDED_PARAMETERS_V2 given = *params;
    HRESULT hr;

    push_context( "V2 flags %#lx, size %lu, rate %lu, keys %p", params->dwCopyFlagsV2, params->ioDesiredSize,
                  params->ioDesiredRate, params->SourceOplockKeys );
    given.dwSize = sizeof( given );
    hr = copyfile2( L"src.bin", L"dst.bin", (COPYFILE2_EXTENDED_PARAMETERS *)&given );
    if (!broken( hr == E_INVALIDARG ))
    {
        ok( hr == S_OK, "got %#lx", hr );
        ok( file_equal( L"src.bin", L"dst.bin" ), "other bytes" );
    }
    DeleteFileW( L"dst.bin" );
    pop_context();
}

static void test_harmless_v2( void )
{
    COPYFILE2_CREATE_OPLOCK_KEYS keys = { { 0 } };
    const COPYFILE2_EXTENDED_PARAMETERS_V2 harmless[] = {
        { .dwCopyFlagsV2 = COPY_FILE2_V2_DONT_COPY_JUNCTIONS },
        { .dwCopyFlagsV2 = COPY_FILE2_V2_DISABLE_BLOCK_CLONING },
        { .dwCopyFlagsV2 = COPY_FILE2_V2_DONT_COPY_JUNCTIONS | COPY_FILE2_V2_DISABLE_BLOCK_CLONING },
        { .ioDesiredSize = COPYFILE2_IO_CYCLE_SIZE_MIN },
        { .ioDesiredSize = COPYFILE2_IO_CYCLE_SIZE_MIN + 1 },
        { .ioDesiredSize = COPYFILE2_IO_CYCLE_SIZE_MAX },
        { .ioDesiredRate = COPYFILE2_IO_RATE_MIN },
        { .ioDesiredRate = 0xffffffff },
        { .SourceOplockKeys = &keys },
    };

    file_fill( L"src.bin", 70001, 3 );
    for (size_t i = 0; i < ARRAY_SIZE( harmless ); i++) check_v2( &harmless[i] );
}

/* A Windows before 24H2 has this member among the reserved ones. */
static void test_v2_oplock_keys( void )
{
    COPYFILE2_CREATE_OPLOCK_KEYS keys = { { 1, 2, 3, { 4 } }, { 5, 6, 7, { 8 } } };
    COPYFILE2_EXTENDED_PARAMETERS_V2 params = { sizeof( params ) };
    HRESULT hr;

    file_write_text( L"src.txt", "content" );
    params.SourceOplockKeys = &keys;
    hr = copy_with( L"src.txt", L"dst.txt", &params );
    ok( hr == S_OK || broken( hr == E_INVALIDARG ), "got %#lx", hr );
    ok( hr != S_OK || file_equal( L"src.txt", L"dst.txt" ), "other bytes" );
}

static const struct test_case cases[] = {
    { .name = "basic",
      .row = "1",
      .claim = "3-byte file, params NULL: S_OK, equal bytes",
      .sure = "A",
      .run = test_basic },
    { .name = "v1_ok", .row = "-", .run = test_v1_ok },
    { .name = "overwrite",
      .row = "2",
      .claim = "dest longer than source: S_OK, dest has source's size",
      .sure = "A",
      .run = test_overwrite },
    { .name = "overwrite_longer", .row = "-", .run = test_overwrite_longer },
    { .name = "overwrite_shorter", .row = "-", .run = test_overwrite_shorter },
    { .name = "fail_exists",
      .row = "3",
      .claim = "dest exists, FAIL_IF_EXISTS: hr(80), last error 80, dest intact",
      .sure = "A",
      .run = test_fail_exists },
    { .name = "fail_exists_new", .row = "-", .run = test_fail_exists_new },
    { .name = "missing",
      .row = "4",
      .claim = "no source: hr(2), last error 2, dest not created",
      .sure = "A",
      .run = test_missing },
    { .name = "missing_fail_exists", .row = "-", .run = test_missing_fail_exists },
    { .name = "mtime",
      .row = "7",
      .claim = "copy file with past mtime: LastWriteTime equal (CompareFileTime 0)",
      .sure = "A",
      .run = test_mtime },
    { .name = "v2_ok", .row = "53", .claim = "dwSize 112/64, zeros: S_OK", .sure = "A", .run = test_v2_ok },
    { .name = "last_error_ok",
      .row = "77",
      .claim = "success, last error preset: 0",
      .sure = "A",
      .run = test_last_error_ok },
    { .name = "harmless_flags", .row = "-", .run = test_harmless_flags },
    { .name = "harmless_v2", .row = "-", .run = test_harmless_v2 },
    { .name = "v2_oplock_keys", .row = "-", .run = test_v2_oplock_keys },
};

TEST_MAIN( "basic", cases )
