/* SPDX-License-Identifier: MIT */

/* COPYFILE2_FAULT makes each phase and operation fail. The cases claim what is said and left then. This is the same
 * with the host half and without. */

#include "rehearsed.h"

const char rehearsed_old[44] = "jumps over the lazy dog, who was here first";
BYTE bytes[SIZE];

bool engine_is_not_ours( void )
{
    for (size_t i = 0; i < SIZE; i++) bytes[i] = (BYTE)( i * 7 + i / 256 );
    file_write( L"src.bin", bytes, SIZE );
    if (engine_is_ours()) return false;
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

/* The messages up to the error. */
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
    if (over) file_write_text( L"dst.bin", rehearsed_old );
    recorder_begin( &recorder );
    hr = copy_rehearsed( expected->faults, &recorder );
    ok( hr == hr_from_error( expected->error ), "got %#lx", hr );
    snprintf( said, sizeof( said ),
              "%sERROR phase=%s stream=1 hr=8007%04lx chunk=%u size=%u done=%u total=%u total_done=%u\n",
              expected->before, expected->phase, expected->error, expected->chunk, expected->size, expected->done,
              expected->size, expected->done );
    expect_said( &recorder, said );
    if (over && !expected->begun) ok( file_is_text( L"dst.bin", rehearsed_old ), "the old file has changed" );
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

static const struct expected phases[] = {
    { .faults = "NONE:ENOMEM@1", .before = no_messages, .phase = "NONE", .error = ERROR_NOT_ENOUGH_MEMORY },
    { .faults = "NONE:ENAMETOOLONG@1", .before = no_messages, .phase = "NONE", .error = ERROR_FILENAME_EXCED_RANGE },
    { .faults = "NONE:ERROR_INVALID_NAME@1", .before = no_messages, .phase = "NONE", .error = ERROR_INVALID_NAME },
    { .faults = "PREPARE_SOURCE:EACCES@1",
      .before = no_messages,
      .phase = "PREPARE_SOURCE",
      .error = ERROR_ACCESS_DENIED },
    { .faults = "PREPARE_SOURCE:ENOTCONN@2",
      .before = no_messages,
      .phase = "PREPARE_SOURCE",
      .error = ERROR_NETNAME_DELETED },
    { .faults = "PREPARE_SOURCE:ERROR_NOT_READY@3",
      .before = no_messages,
      .phase = "PREPARE_SOURCE",
      .error = ERROR_NOT_READY },
    { .faults = "PREPARE_DEST:EROFS@1",
      .before = no_messages,
      .phase = "PREPARE_DEST",
      .error = ERROR_WRITE_PROTECT,
      .size = SIZE },
    { .faults = "PREPARE_DEST:ENOSPC@2",
      .before = no_messages,
      .phase = "PREPARE_DEST",
      .error = ERROR_DISK_FULL,
      .size = SIZE,
      .begun = true },
    { .faults = "READ_SOURCE:EIO@1",
      .before = chunk_0,
      .phase = "READ_SOURCE",
      .error = ERROR_IO_DEVICE,
      .size = SIZE,
      .begun = true },
    { .faults = "READ_SOURCE:ERROR_CRC@2",
      .before = chunk_1,
      .phase = "READ_SOURCE",
      .error = ERROR_CRC,
      .chunk = 1,
      .size = SIZE,
      .done = 4096,
      .begun = true },
    { .faults = "WRITE_DESTINATION:EDQUOT@1",
      .before = chunk_0,
      .phase = "WRITE_DESTINATION",
      .error = ERROR_DISK_FULL,
      .size = SIZE,
      .begun = true },
    { .faults = "WRITE_DESTINATION:EFBIG@2",
      .before = chunk_1,
      .phase = "WRITE_DESTINATION",
      .error = ERROR_FILE_TOO_LARGE,
      .chunk = 1,
      .size = SIZE,
      .done = 4096,
      .begun = true },
    { .faults = "WRITE_DESTINATION:EIO@4",
      .before = all_chunks,
      .phase = "WRITE_DESTINATION",
      .error = ERROR_IO_DEVICE,
      .chunk = 3,
      .size = SIZE,
      .done = SIZE,
      .begun = true },
    { .faults = "SERVER_COPY:ETIMEDOUT@1",
      .before = chunk_0,
      .phase = "SERVER_COPY",
      .error = ERROR_SEM_TIMEOUT,
      .size = SIZE,
      .begun = true },
    { .faults = "SERVER_COPY:ERROR_UNEXP_NET_ERR@2",
      .before = chunk_1,
      .phase = "SERVER_COPY",
      .error = ERROR_UNEXP_NET_ERR,
      .chunk = 1,
      .size = SIZE,
      .done = 4096,
      .begun = true },
};

static void test_phases( void )
{
    check_table( phases, ARRAY_SIZE( phases ) );
}

/* Only a copy that copies links comes to this phase and operation. */
static void test_links( void )
{
    static const struct
    {
        const char *faults;
        DWORD error;
    } table[] = {
        { .faults = "NAMEGRAFT_COPY:EPERM@1", .error = ERROR_ACCESS_DENIED },
        { .faults = "NAMEGRAFT_COPY:ERROR_PRIVILEGE_NOT_HELD@1", .error = ERROR_PRIVILEGE_NOT_HELD },
        { .faults = "link:ELOOP@1", .error = ERROR_CANT_RESOLVE_FILENAME },
        { .faults = "link:EIO@1", .error = ERROR_IO_DEVICE },
    };
    struct recorder recorder;
    char said[256];

    if (engine_is_not_ours()) return;
    file_write_text( L"dst.bin", rehearsed_old );
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
        ok( file_is_text( L"dst.bin", rehearsed_old ), "the old file has changed" );
        recorder_end( &recorder );
        pop_context();
    }
    rehearse( "link:EIO@1" );
    ok( copy_in_chunks( L"src.bin", L"dst.bin", CHUNK, NULL, NULL ) == S_OK, "a copy that follows links fails" );
    rehearse( NULL );
}

static const struct expected operations[] = {
    { .faults = "names:ERROR_BAD_PATHNAME@1", .before = no_messages, .phase = "NONE", .error = ERROR_BAD_PATHNAME },
    { .faults = "open_source:ENOENT@1",
      .before = no_messages,
      .phase = "PREPARE_SOURCE",
      .error = ERROR_FILE_NOT_FOUND },
    { .faults = "query_source:EIO@1", .before = no_messages, .phase = "PREPARE_SOURCE", .error = ERROR_IO_DEVICE },
    { .faults = "list_streams:ENOMEM@1",
      .before = no_messages,
      .phase = "PREPARE_SOURCE",
      .error = ERROR_NOT_ENOUGH_MEMORY },
    { .faults = "open_destination:ETXTBSY@1",
      .before = no_messages,
      .phase = "PREPARE_DEST",
      .error = ERROR_SHARING_VIOLATION,
      .size = SIZE },
    { .faults = "reserve:EDQUOT@1",
      .before = no_messages,
      .phase = "PREPARE_DEST",
      .error = ERROR_DISK_FULL,
      .size = SIZE,
      .begun = true },
    { .faults = "read:EBADMSG@1",
      .before = chunk_0,
      .phase = "READ_SOURCE",
      .error = ERROR_CRC,
      .size = SIZE,
      .begun = true },
    { .faults = "read:EAGAIN@2",
      .before = chunk_1,
      .phase = "READ_SOURCE",
      .error = ERROR_LOCK_VIOLATION,
      .chunk = 1,
      .size = SIZE,
      .done = 4096,
      .begun = true },
    { .faults = "write:EPIPE@1",
      .before = chunk_0,
      .phase = "WRITE_DESTINATION",
      .error = ERROR_BROKEN_PIPE,
      .size = SIZE,
      .begun = true },
    { .faults = "write:ENOSPC@2",
      .before = chunk_1,
      .phase = "WRITE_DESTINATION",
      .error = ERROR_DISK_FULL,
      .chunk = 1,
      .size = SIZE,
      .done = 4096,
      .begun = true },
    { .faults = "flush:ENOSPC@1",
      .before = all_chunks,
      .phase = "WRITE_DESTINATION",
      .error = ERROR_DISK_FULL,
      .chunk = 3,
      .size = SIZE,
      .done = SIZE,
      .begun = true },
};

static void test_operations( void )
{
    check_table( operations, ARRAY_SIZE( operations ) );
}

/* Rehearses OPERATION:EIO@1, @2 and so on, until the fault is not reached, and the copy is good. */
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

/* Chunks are counted without a callback as with one. */
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

static const struct test_case cases[] = {
    { .name = "phases", .row = "-", .own = true, .run = test_phases },
    { .name = "links", .row = "-", .own = true, .run = test_links },
    { .name = "operations", .row = "-", .own = true, .run = test_operations },
    { .name = "nth", .row = "-", .own = true, .run = test_nth },
    { .name = "every_errno", .row = "-", .own = true, .run = test_every_errno },
    { .name = "every_win32_error", .row = "-", .own = true, .run = test_every_win32_error },
    { .name = "answers", .row = "-", .own = true, .run = test_answers },
    { .name = "counts_anew", .row = "-", .own = true, .run = test_counts_anew },
    { .name = "several", .row = "-", .own = true, .run = test_several },
    { .name = "grammar", .row = "-", .own = true, .run = test_grammar },
    { .name = "mistakes", .row = "-", .own = true, .run = test_mistakes },
    { .name = "traced", .row = "-", .own = true, .run = test_traced },
    { .name = "quiet", .row = "-", .own = true, .run = test_quiet },
    { .name = "kept", .row = "-", .own = true, .run = test_kept },
    { .name = "truncate", .row = "-", .own = true, .run = test_truncate },
};

TEST_MAIN( "rehearsed", cases )
