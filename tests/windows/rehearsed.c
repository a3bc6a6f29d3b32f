/* SPDX-License-Identifier: MIT */

/* COPYFILE2_FAULT: each phase, operation and error on demand, and what is left then. The same with and without the
 * host half. */

#include "rehearsed.h"

const char old[44] = "jumps over the lazy dog, who was here first";
BYTE bytes[SIZE];

bool engine_is_not_ours( void )
{
    for (size_t i = 0; i < SIZE; i++) bytes[i] = (BYTE)( i * 7 + i / 256 );
    file_write( L"src.bin", bytes, SIZE );
    if (running_under_wine()) return false;
    skip( "only our own engine rehearses" );
    return true;
}

void rehearse( const char *faults )
{
    SetEnvironmentVariableA( "COPYFILE2_FAULT", faults );
}

static DWORD handle_count( void )
{
    DWORD count = 0;

    GetProcessHandleCount( GetCurrentProcess(), &count );
    return count;
}

HRESULT copy_rehearsed( const char *faults, struct recorder *recorder )
{
    DWORD handles = handle_count(), error;
    HRESULT hr;

    rehearse( faults );
    hr = copy_in_chunks( L"src.bin", L"dst.bin", CHUNK, NULL, recorder );
    error = GetLastError();
    rehearse( NULL );
    ok( error == (DWORD)HRESULT_CODE( hr ), "last error %lu, result %#lx", error, hr );
    ok( handle_count() == handles, "%lu handles, were %lu", handle_count(), handles );
    ok( file_is( L"src.bin", bytes, SIZE ), "the source has changed" );
    return hr;
}

void check_next_copy( void )
{
    ok( copy_in_chunks( L"src.bin", L"next.bin", CHUNK, NULL, NULL ) == S_OK, "the next copy fails" );
    ok( file_is( L"next.bin", bytes, SIZE ), "the next copy is wrong" );
    DeleteFileW( L"next.bin" );
}

/* What is said, up to the error. */
static const char no_messages[] = "";
static const char chunk_0[] = SAID_STREAM_STARTED( 10240 ) SAID_CHUNK_STARTED( 0, 4096, 10240 );
static const char chunk_1[] =
    SAID_STREAM_STARTED( 10240 ) SAID_CHUNK( 0, 4096, 10240, 4096 ) SAID_CHUNK_STARTED( 1, 4096, 10240 );
static const char all_chunks[] = SAID_STREAM_STARTED( 10240 ) SAID_CHUNK( 0, 4096, 10240, 4096 )
    SAID_CHUNK( 1, 4096, 10240, 8192 ) SAID_CHUNK( 2, 2048, 10240, 10240 );

struct expected
{
    const char *faults;
    const char *before;
    const char *phase;
    DWORD error;
    unsigned int chunk;
    unsigned int size, done; /* as the message has them */
    bool begun;              /* an existing destination is lost */
};

static void check_expected( const struct expected *expected, bool over )
{
    struct recorder recorder;
    char said[1024];
    HRESULT hr;

    push_context( "%s, over %s file", expected->faults, over ? "a" : "no" );
    DeleteFileW( L"dst.bin" );
    if (over) file_write_text( L"dst.bin", old );
    recorder_begin( &recorder );
    hr = copy_rehearsed( expected->faults, &recorder );
    ok( hr == hr_from_error( expected->error ), "got %#lx", hr );
    snprintf( said, sizeof( said ),
              "%sERROR phase=%s stream=1 hr=8007%04lx chunk=%u size=%u done=%u total=%u total_done=%u\n",
              expected->before, expected->phase, expected->error, expected->chunk, expected->size, expected->done,
              expected->size, expected->done );
    expect_said( &recorder, said );
    if (over && !expected->begun) ok( file_is_text( L"dst.bin", old ), "the old file has changed" );
    else ok( !file_exists( L"dst.bin" ), "%lld bytes are left", file_size( L"dst.bin" ) );
    recorder_end( &recorder );
    pop_context();
}

static void check_table( const struct expected *table, size_t count )
{
    if (engine_is_not_ours()) return;
    for (size_t i = 0; i < count; i++)
    {
        check_expected( &table[i], false );
        check_expected( &table[i], true );
    }
    check_next_copy();
}

static void test_phases( void )
{
    static const struct expected table[] = {
        { "NONE:ENOMEM@1", no_messages, "NONE", ERROR_NOT_ENOUGH_MEMORY },
        { "NONE:ENAMETOOLONG@1", no_messages, "NONE", ERROR_FILENAME_EXCED_RANGE },
        { "NONE:ERROR_INVALID_NAME@1", no_messages, "NONE", ERROR_INVALID_NAME },
        { "PREPARE_SOURCE:EACCES@1", no_messages, "PREPARE_SOURCE", ERROR_ACCESS_DENIED },
        { "PREPARE_SOURCE:ENOTCONN@2", no_messages, "PREPARE_SOURCE", ERROR_NETNAME_DELETED },
        { "PREPARE_SOURCE:ERROR_NOT_READY@3", no_messages, "PREPARE_SOURCE", ERROR_NOT_READY },
        { "PREPARE_DEST:EROFS@1", no_messages, "PREPARE_DEST", ERROR_WRITE_PROTECT, 0, SIZE },
        { "PREPARE_DEST:ENOSPC@2", no_messages, "PREPARE_DEST", ERROR_DISK_FULL, 0, SIZE, 0, true },
        { "READ_SOURCE:EIO@1", chunk_0, "READ_SOURCE", ERROR_IO_DEVICE, 0, SIZE, 0, true },
        { "READ_SOURCE:ERROR_CRC@2", chunk_1, "READ_SOURCE", ERROR_CRC, 1, SIZE, 4096, true },
        { "WRITE_DESTINATION:EDQUOT@1", chunk_0, "WRITE_DESTINATION", ERROR_DISK_FULL, 0, SIZE, 0, true },
        { "WRITE_DESTINATION:EFBIG@2", chunk_1, "WRITE_DESTINATION", ERROR_FILE_TOO_LARGE, 1, SIZE, 4096, true },
        { "WRITE_DESTINATION:EIO@4", all_chunks, "WRITE_DESTINATION", ERROR_IO_DEVICE, 3, SIZE, SIZE, true },
        { "SERVER_COPY:ETIMEDOUT@1", chunk_0, "SERVER_COPY", ERROR_SEM_TIMEOUT, 0, SIZE, 0, true },
        { "SERVER_COPY:ERROR_UNEXP_NET_ERR@2", chunk_1, "SERVER_COPY", ERROR_UNEXP_NET_ERR, 1, SIZE, 4096, true },
    };

    check_table( table, ARRAY_SIZE( table ) );
}

/* Only a copy that copies links comes by there. */
static void test_links( void )
{
    static const struct
    {
        const char *faults;
        DWORD error;
    } table[] = {
        { "NAMEGRAFT_COPY:EPERM@1", ERROR_ACCESS_DENIED },
        { "NAMEGRAFT_COPY:ERROR_PRIVILEGE_NOT_HELD@1", ERROR_PRIVILEGE_NOT_HELD },
        { "link:ELOOP@1", ERROR_CANT_RESOLVE_FILENAME },
        { "link:EIO@1", ERROR_IO_DEVICE },
    };
    struct recorder recorder;
    char said[256];

    if (engine_is_not_ours()) return;
    file_write_text( L"dst.bin", old );
    for (size_t i = 0; i < ARRAY_SIZE( table ); i++)
    {
        push_context( "%s", table[i].faults );
        recorder_begin( &recorder );
        rehearse( table[i].faults );
        ok( copy_in_chunks_with( L"src.bin", L"dst.bin", COPY_FILE_COPY_SYMLINK, CHUNK, NULL, &recorder ) ==
                hr_from_error( table[i].error ),
            "last error %lu", GetLastError() );
        rehearse( NULL );
        snprintf( said, sizeof( said ),
                  "ERROR phase=NAMEGRAFT_COPY stream=1 hr=8007%04lx chunk=0 size=0 done=0 total=0 total_done=0\n",
                  table[i].error );
        expect_said( &recorder, said );
        ok( file_is_text( L"dst.bin", old ), "the old file has changed" );
        recorder_end( &recorder );
        pop_context();
    }
    rehearse( "link:EIO@1" );
    ok( copy_in_chunks( L"src.bin", L"dst.bin", CHUNK, NULL, NULL ) == S_OK, "a copy that follows links fails" );
    rehearse( NULL );
}

static void test_operations( void )
{
    static const struct expected table[] = {
        { "names:ERROR_BAD_PATHNAME@1", no_messages, "NONE", ERROR_BAD_PATHNAME },
        { "open_source:ENOENT@1", no_messages, "PREPARE_SOURCE", ERROR_FILE_NOT_FOUND },
        { "query_source:EIO@1", no_messages, "PREPARE_SOURCE", ERROR_IO_DEVICE },
        { "list_streams:ENOMEM@1", no_messages, "PREPARE_SOURCE", ERROR_NOT_ENOUGH_MEMORY },
        { "open_destination:ETXTBSY@1", no_messages, "PREPARE_DEST", ERROR_SHARING_VIOLATION, 0, SIZE },
        { "reserve:EDQUOT@1", no_messages, "PREPARE_DEST", ERROR_DISK_FULL, 0, SIZE, 0, true },
        { "read:EBADMSG@1", chunk_0, "READ_SOURCE", ERROR_CRC, 0, SIZE, 0, true },
        { "read:EAGAIN@2", chunk_1, "READ_SOURCE", ERROR_LOCK_VIOLATION, 1, SIZE, 4096, true },
        { "write:EPIPE@1", chunk_0, "WRITE_DESTINATION", ERROR_BROKEN_PIPE, 0, SIZE, 0, true },
        { "write:ENOSPC@2", chunk_1, "WRITE_DESTINATION", ERROR_DISK_FULL, 1, SIZE, 4096, true },
        { "flush:ENOSPC@1", all_chunks, "WRITE_DESTINATION", ERROR_DISK_FULL, 3, SIZE, SIZE, true },
    };

    check_table( table, ARRAY_SIZE( table ) );
}

/* read:EIO@1, @2, ... until it is not reached: then the copy is good. */
static void check_nth( const char *operation, unsigned int expected_times )
{
    unsigned int nth = 0;
    char faults[64];
    HRESULT hr;

    do
    {
        push_context( "%s, %u", operation, ++nth );
        snprintf( faults, sizeof( faults ), "%s:EIO@%u", operation, nth );
        hr = copy_rehearsed( faults, NULL );
        if (FAILED( hr ))
        {
            ok( hr == hr_from_error( ERROR_IO_DEVICE ), "got %#lx", hr );
            ok( !file_exists( L"dst.bin" ), "%lld bytes are left", file_size( L"dst.bin" ) );
            check_next_copy();
        }
        else ok( file_is( L"dst.bin", bytes, SIZE ), "other bytes" );
        pop_context();
    } while (FAILED( hr ) && nth < 10);
    ok( nth == expected_times + 1, "%s: %u times", operation, nth - 1 );
    DeleteFileW( L"dst.bin" );
}

/* Without a callback chunks are counted as with one. */
static void test_nth( void )
{
    if (engine_is_not_ours()) return;
    check_nth( "open_source", 1 );
    check_nth( "PREPARE_SOURCE", 3 );
    check_nth( "PREPARE_DEST", 2 );
    check_nth( "read", 3 );
    check_nth( "READ_SOURCE", 3 );
    check_nth( "write", 3 );
    check_nth( "WRITE_DESTINATION", 4 );
    check_nth( "SERVER_COPY", 3 );
    check_nth( "truncate", 0 );
}

/* Every errno of the table, as the table has it. */
#define ROW( err, status, error, open_error ) { #err, (LONG)( status ), error },
static const struct
{
    const char *name;
    LONG status;
    DWORD error;
} errno_rows[] = {
#include "unix/errno_rows.h"
};

static void test_every_errno( void )
{
    ULONG( WINAPI * error_from_status )( LONG ) =
        (void *)GetProcAddress( GetModuleHandleW( L"ntdll.dll" ), "RtlNtStatusToDosError" );
    char faults[64];
    HRESULT hr;

    if (engine_is_not_ours()) return;
    for (size_t i = 0; i < ARRAY_SIZE( errno_rows ); i++)
    {
        DWORD error = error_from_status( errno_rows[i].status );

        push_context( "%s", errno_rows[i].name );
        if (error == ERROR_ALREADY_EXISTS) error = ERROR_FILE_EXISTS;
        ok( error == errno_rows[i].error, "%lu belongs to %#lx, not %lu", error, errno_rows[i].status,
            errno_rows[i].error );
        snprintf( faults, sizeof( faults ), "write:%s@2", errno_rows[i].name );
        hr = copy_rehearsed( faults, NULL );
        ok( hr == hr_from_error( errno_rows[i].error ), "got %#lx", hr );
        pop_context();
    }
}

#define WIN32_ERROR( name ) { #name, name },
static const struct
{
    const char *name;
    DWORD error;
} win32_names[] = {
#include "common/win32_names.h"
};

static void test_every_win32_error( void )
{
    char faults[64];
    HRESULT hr;

    if (engine_is_not_ours()) return;
    for (size_t i = 0; i < ARRAY_SIZE( win32_names ); i++)
    {
        push_context( "%s", win32_names[i].name );
        snprintf( faults, sizeof( faults ), "read:%s@1", win32_names[i].name );
        hr = copy_rehearsed( faults, NULL );
        ok( hr == hr_from_error( win32_names[i].error ), "got %#lx", hr );
        pop_context();
    }
}

static const struct test_case cases[] = {
    { "phases", "-", test_phases },
    { "links", "-", test_links },
    { "operations", "-", test_operations },
    { "nth", "-", test_nth },
    { "every_errno", "-", test_every_errno },
    { "every_win32_error", "-", test_every_win32_error },
    { "answers", "-", test_answers },
    { "counts_anew", "-", test_counts_anew },
    { "several", "-", test_several },
    { "grammar", "-", test_grammar },
    { "traced", "-", test_traced },
    { "quiet", "-", test_quiet },
    { "kept", "-", test_kept },
    { "truncate", "-", test_truncate },
};

TEST_MAIN( "rehearsed", cases )
