/* SPDX-License-Identifier: MIT */

/* COPYFILE2_FAULT: each phase, operation and error on demand, and what is left then. The same with and without the
 * host half. */

#include "harness/recorder.h"
#include "harness/files.h"
#include "harness/test.h"

#define SIZE  10240
#define CHUNK 4096

static const char old[] = "jumps over the lazy dog, who was here first";
static BYTE bytes[SIZE];

/* Windows' own function rehearses nothing. */
static bool engine_is_not_ours( void )
{
    for (size_t i = 0; i < SIZE; i++) bytes[i] = (BYTE)( i * 7 + i / 256 );
    file_write( L"src.bin", bytes, SIZE );
    if (running_under_wine()) return false;
    skip( "only our own engine rehearses" );
    return true;
}

static void rehearse( const char *faults )
{
    SetEnvironmentVariableA( "COPYFILE2_FAULT", faults );
}

static DWORD handle_count( void )
{
    DWORD count = 0;

    GetProcessHandleCount( GetCurrentProcess(), &count );
    return count;
}

/* One copy with this fault; nothing leaks, and the next one is good. */
static HRESULT copy_rehearsed( const char *faults, struct recorder *recorder )
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

static void check_next_copy( void )
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

/* What a PAUSE leaves is gone on with, though the name must be new. */
static void check_resumed( void )
{
    const DWORD flags = COPY_FILE_RESUME_FROM_PAUSE | COPY_FILE_FAIL_IF_EXISTS;
    HRESULT hr = copy_in_chunks_with( L"src.bin", L"dst.bin", flags, CHUNK, NULL, NULL );

    ok( hr == S_OK, "resumed with %#lx", hr );
    ok( file_is( L"dst.bin", bytes, SIZE ), "the resumed copy is wrong" );
}

/* STOP keeps what was copied, PAUSE what can be resumed, every other answer deletes it, and none changes the result. */
static void check_answer( const char *faults, DWORD error, unsigned int kept, COPYFILE2_MESSAGE_ACTION answer )
{
    struct recorder recorder;
    HRESULT hr;

    push_context( "%s, answer %d", faults, answer );
    recorder_begin( &recorder );
    recorder.answer = answer;
    recorder.answer_to = COPYFILE2_CALLBACK_ERROR;
    recorder.answer_at = 1;
    hr = copy_rehearsed( faults, &recorder );
    ok( hr == hr_from_error( error ), "got %#lx", hr );
    ok( recorder.counts[COPYFILE2_CALLBACK_ERROR] == 1, "%u errors", recorder.counts[COPYFILE2_CALLBACK_ERROR] );
    ok( recorder.last.Type == COPYFILE2_CALLBACK_ERROR, "the last message is %u", recorder.last.Type );
    if (answer == COPYFILE2_PROGRESS_STOP)
        ok( file_is( L"dst.bin", bytes, kept ), "%lld bytes", file_size( L"dst.bin" ) );
    else if (answer == COPYFILE2_PROGRESS_PAUSE) check_resumed();
    else ok( !file_exists( L"dst.bin" ), "%lld bytes are left", file_size( L"dst.bin" ) );
    recorder_end( &recorder );
    DeleteFileW( L"dst.bin" );
    pop_context();
}

static void test_answers( void )
{
    if (engine_is_not_ours()) return;
    for (int answer = COPYFILE2_PROGRESS_CONTINUE; answer <= COPYFILE2_PROGRESS_PAUSE; answer++)
    {
        check_answer( "reserve:ENOSPC@1", ERROR_DISK_FULL, 0, answer );
        check_answer( "read:EIO@1", ERROR_IO_DEVICE, 0, answer );
        check_answer( "read:EIO@3", ERROR_IO_DEVICE, 8192, answer );
        check_answer( "write:ENOSPC@2", ERROR_DISK_FULL, 4096, answer );
        check_answer( "SERVER_COPY:ETIMEDOUT@2", ERROR_SEM_TIMEOUT, 4096, answer );
        check_answer( "flush:EIO@1", ERROR_IO_DEVICE, SIZE, answer );
    }
    check_next_copy();
}

/* Each copy counts anew; what is not reached does nothing. */
static void test_counts_anew( void )
{
    if (engine_is_not_ours()) return;
    for (int i = 0; i < 3; i++)
    {
        ok( copy_rehearsed( "write:ENOSPC@3", NULL ) == hr_from_error( ERROR_DISK_FULL ), "copy %d", i );
        ok( copy_rehearsed( "write:ENOSPC@4", NULL ) == S_OK, "copy %d", i );
        ok( file_is( L"dst.bin", bytes, SIZE ), "copy %d: other bytes", i );
    }
}

/* All count, the first that is due ends it. */
static void test_several( void )
{
    if (engine_is_not_ours()) return;
    ok( copy_rehearsed( "write:ENOSPC@2,read:EIO@3", NULL ) == hr_from_error( ERROR_DISK_FULL ), "write is first" );
    ok( copy_rehearsed( "write:ENOSPC@3,read:EIO@3", NULL ) == hr_from_error( ERROR_IO_DEVICE ), "read is first" );
    ok( copy_rehearsed( "read:EIO@2,read:ERROR_CRC@2", NULL ) == hr_from_error( ERROR_IO_DEVICE ), "the first of two" );
    ok( copy_rehearsed( "read:EIO@9,read:EIO@8,read:EIO@7,read:EIO@6,read:EIO@5,read:EIO@4,write:EIO@9,flush:ESTALE@1",
                        NULL ) == hr_from_error( ERROR_UNEXP_NET_ERR ),
        "eight" );
}

/* What is written to standard error meanwhile. */
static const char *read_told( HANDLE file )
{
    static char told[4096];
    DWORD got = 0;

    SetFilePointer( file, 0, NULL, FILE_BEGIN );
    ReadFile( file, told, sizeof( told ) - 1, &got, NULL );
    told[got] = 0;
    return told;
}

static const char *copy_and_listen( const char *faults, HRESULT *hr )
{
    HANDLE before = GetStdHandle( STD_ERROR_HANDLE );
    HANDLE file = CreateFileW( L"told", GENERIC_READ | GENERIC_WRITE, SHARE_ALL, NULL, CREATE_ALWAYS, 0, NULL );
    const char *told;

    SetStdHandle( STD_ERROR_HANDLE, file );
    *hr = copy_rehearsed( faults, NULL );
    SetStdHandle( STD_ERROR_HANDLE, before );
    told = read_told( file );
    CloseHandle( file );
    return told;
}

/* Told, and the whole of it ignored. */
static void test_grammar( void )
{
    static const char *const wrong[] = { "write",
                                         "write:",
                                         "write:ENOSPC",
                                         "write:ENOSPC@",
                                         "write:ENOSPC@0",
                                         "write:ENOSPC@01",
                                         "write:ENOSPC@-1",
                                         "write:ENOSPC@1x",
                                         "write:ENOSPC@1000000000",
                                         "write:ENOSPC@1,",
                                         ",write:ENOSPC@1",
                                         "write:ENOSPC@1,,read:EIO@1",
                                         "write:ENOSPC@1;read:EIO@1",
                                         " write:ENOSPC@1",
                                         "write:ENOSPC@1 ",
                                         "write: ENOSPC@1",
                                         "Write:ENOSPC@1",
                                         "write:enospc@1",
                                         "write:ENOSPCE@1",
                                         "write:ENOSP@1",
                                         "writ:ENOSPC@1",
                                         "write:28@1",
                                         "write:ERROR_SUCCESS@1",
                                         "COPYFILE2_PHASE_NONE:ENOMEM@1",
                                         "MAX:EIO@1",
                                         "write@ENOSPC:1",
                                         "write:ENOSPC@1,read:EIO",
                                         "read:EIO@1,read:EIO@1,read:EIO@1,read:EIO@1,read:EIO@1,read:EIO@1,read:EIO@1,"
                                         "read:EIO@1,read:EIO@1" };
    static char endless[2000];
    const char *told;
    HRESULT hr;

    if (engine_is_not_ours()) return;
    for (size_t i = 0; i < ARRAY_SIZE( wrong ); i++)
    {
        push_context( "%s", wrong[i] );
        told = copy_and_listen( wrong[i], &hr );
        ok( hr == S_OK && file_is( L"dst.bin", bytes, SIZE ), "got %#lx", hr );
        ok( strstr( told, "COPYFILE2_FAULT is ignored" ) != NULL, "told: %s", told );
        pop_context();
    }
    memset( endless, '1', sizeof( endless ) - 1 );
    memcpy( endless, "write:ENOSPC@", 13 );
    told = copy_and_listen( endless, &hr );
    ok( hr == S_OK && strstr( told, "COPYFILE2_FAULT is ignored" ), "endless: got %#lx, told: %s", hr, told );
    told = copy_and_listen( NULL, &hr );
    ok( hr == S_OK && !told[0], "none: got %#lx, told: %s", hr, told );
    told = copy_and_listen( "", &hr );
    ok( hr == S_OK && !told[0], "empty: got %#lx, told: %s", hr, told );
}

static void test_traced( void )
{
    const char *told;
    HRESULT hr;

    if (engine_is_not_ours()) return;
    SetEnvironmentVariableA( "COPYFILE2_TRACE", "1" );
    told = copy_and_listen( "write:ENOSPC@2,read:EIO@9", &hr );
    ok( strstr( told, "; rehearsed: write:ENOSPC@2; not reached: read:EIO@9" ) != NULL, "told: %s", told );
    told = copy_and_listen( "NONE:ENOMEM@1", &hr );
    ok( strstr( told, "; rehearsed: NONE:ENOMEM@1" ) != NULL, "told: %s", told );
    told = copy_and_listen( NULL, &hr );
    ok( hr == S_OK && strstr( told, "10240 bytes" ) && !strstr( told, "rehearsed" ), "told: %s", told );
    SetEnvironmentVariableA( "COPYFILE2_TRACE", NULL );
}

/* QUIET: nothing is heard of the fault, and it ends the copy all the same. */
static void test_quiet( void )
{
    struct recorder recorder;

    if (engine_is_not_ours()) return;
    recorder_begin( &recorder );
    recorder.answer = COPYFILE2_PROGRESS_QUIET;
    recorder.answer_to = COPYFILE2_CALLBACK_STREAM_STARTED;
    recorder.answer_at = 1;
    ok( copy_rehearsed( "read:EIO@3", &recorder ) == hr_from_error( ERROR_IO_DEVICE ), "no fault" );
    expect_said( &recorder, SAID_STREAM_STARTED( 10240 ) );
    ok( !file_exists( L"dst.bin" ), "%lld bytes are left", file_size( L"dst.bin" ) );
    recorder_end( &recorder );
}

/* Of a holder who lets it not be deleted, what was copied stays. */
static void test_kept( void )
{
    HANDLE holder;

    if (engine_is_not_ours()) return;
    file_write_text( L"dst.bin", old );
    holder = file_hold( L"dst.bin", GENERIC_READ, SHARE_R | SHARE_W );
    ok( copy_rehearsed( "write:ENOSPC@3", NULL ) == hr_from_error( ERROR_DISK_FULL ), "no fault" );
    CloseHandle( holder );
    ok( file_is( L"dst.bin", bytes, 2 * CHUNK ), "%lld bytes are left", file_size( L"dst.bin" ) );
}

/* A source that loses its end meanwhile: the destination is cut, and that may fail. */
static void cut_source( const COPYFILE2_MESSAGE *message, void *context )
{
    BOOL *is_cut = context;
    HANDLE file;

    if (message->Type != COPYFILE2_CALLBACK_CHUNK_FINISHED || *is_cut) return;
    *is_cut = TRUE;
    /* by another way than ours, which would not be let in */
    file = message->Info.ChunkFinished.hSourceFile;
    SetFilePointer( file, CHUNK + 100, NULL, FILE_BEGIN );
    ok( SetEndOfFile( file ), "cannot cut: error %lu", GetLastError() );
}

static void test_truncate( void )
{
    COPYFILE2_EXTENDED_PARAMETERS_V2 params = { sizeof( params ), COPY_FILE_OPEN_SOURCE_FOR_WRITE };
    struct recorder recorder;
    BOOL is_cut = FALSE;
    HRESULT hr;

    if (engine_is_not_ours()) return;
    recorder_begin( &recorder );
    recorder.hook = cut_source;
    recorder.hook_context = &is_cut;
    params.ioDesiredSize = CHUNK;
    params.pProgressRoutine = recorder_callback;
    params.pvCallbackContext = &recorder;
    rehearse( "truncate:EIO@1" );
    hr = copy_with( L"src.bin", L"dst.bin", &params );
    rehearse( NULL );
    ok( hr == hr_from_error( ERROR_IO_DEVICE ), "got %#lx", hr );
    ok( recorder.last.Type == COPYFILE2_CALLBACK_ERROR, "the last message is %u", recorder.last.Type );
    ok( recorder.last.Info.Error.CopyPhase == COPYFILE2_PHASE_WRITE_DESTINATION, "phase %d",
        recorder.last.Info.Error.CopyPhase );
    ok( !file_exists( L"dst.bin" ), "%lld bytes are left", file_size( L"dst.bin" ) );
    recorder_end( &recorder );
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
