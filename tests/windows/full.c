/* SPDX-License-Identifier: MIT */

/* The disk is full. The caller hears of it, and the fragment gives its room back. */

#include "harness/recorder.h"
#include "harness/files.h"
#include "harness/test.h"

#define CHUNK 4096

static const char old[] = "jumps over the lazy dog, who was here first";

static void check_full_device( PCWSTR name )
{
    HANDLE device = file_hold( name, GENERIC_WRITE, SHARE_ALL );
    DWORD written, error;

    error = WriteFile( device, "x", 1, &written, NULL ) ? 0 : GetLastError();
    ok( error == ERROR_DISK_FULL, "error %lu", error );
    CloseHandle( device );
}

/* Linux has a device that is always full. It is no file: nothing of it is cut or deleted. */
static void test_full_device( void )
{
    static const WCHAR full[] = L"\\\\?\\unix\\dev\\full";

    if (!running_under_wine())
    {
        skip( "no such device on Windows" );
        return;
    }
    file_fill( L"src.bin", 10240, 1 );
    for (int answer = COPYFILE2_PROGRESS_CONTINUE; answer <= COPYFILE2_PROGRESS_PAUSE; answer++)
    {
        struct recorder recorder;
        HRESULT hr;

        push_context( "answer %d", answer );
        recorder_begin( &recorder );
        recorder.answer = answer;
        recorder.answer_to = COPYFILE2_CALLBACK_ERROR;
        recorder.answer_at = 1;
        hr = copy_in_chunks( L"src.bin", full, CHUNK, NULL, &recorder );
        ok( hr == hr_from_error( ERROR_DISK_FULL ), "got %#lx", hr );
        expect_said( &recorder, SAID_STREAM_STARTED( 10240 ) SAID_CHUNK_STARTED( 0, 4096, 10240 )
                                    SAID_ERROR( WRITE_DESTINATION, 80070070, 0, 10240, 0 ) );
        check_full_device( full );
        recorder_end( &recorder );
        pop_context();
    }
}

/* A small file system, and a source that does not fit in. */
static struct
{
    WCHAR folder[MAX_PATH];
    WCHAR destination[MAX_PATH + 16];
    uint64_t free;
} tiny;

static uint64_t tiny_free( void )
{
    ULARGE_INTEGER bytes_free;

    ok( GetDiskFreeSpaceExW( tiny.folder, &bytes_free, NULL, NULL ), "cannot ask for space: error %lu",
        GetLastError() );
    return bytes_free.QuadPart;
}

static bool no_tiny( void )
{
    static const char variable[] = "COPYFILE2_TEST_TINY";
    const uint64_t largest = 64 * 1024 * 1024;

    if (!GetEnvironmentVariableW( L"COPYFILE2_TEST_TINY", tiny.folder, ARRAY_SIZE( tiny.folder ) ))
    {
        skip( "no small file system: %s is not set", variable );
        return true;
    }
    _snwprintf( tiny.destination, ARRAY_SIZE( tiny.destination ), L"%ls\\dst.bin", tiny.folder );
    DeleteFileW( tiny.destination );
    tiny.free = tiny_free();
    if (tiny.free <= largest) return false;
    skip( "%s has %llu bytes free, more than %llu", variable, tiny.free, largest );
    return true;
}

static bool begins_alike( PCWSTR fragment, PCWSTR whole, uint64_t size )
{
    static BYTE buffer[CHUNK];
    HANDLE file = file_hold( fragment, GENERIC_READ, SHARE_ALL );
    bool alike = true;
    DWORD got;

    for (uint64_t at = 0; alike && at < size; at += got)
        alike = ReadFile( file, buffer, sizeof( buffer ), &got, NULL ) && got && file_has( whole, at, buffer, got );
    CloseHandle( file );
    return alike;
}

/* Windows finds a full disk when it sets the size in advance. Where that size is granted without room, as under Wine, a
 * write finds it. */
static void check_full_message( const struct recorder *recorder, uint64_t size, DWORD chunk )
{
    unsigned int chunks = recorder->counts[COPYFILE2_CALLBACK_CHUNK_FINISHED];
    COPYFILE2_COPY_PHASE phase = recorder->last.Info.Error.CopyPhase;

    if (!engine_is_ours()) return; /* nobody knows when Windows sends ERROR */
    ok( recorder->last.Type == COPYFILE2_CALLBACK_ERROR, "the last message is %u", recorder->last.Type );
    ok( recorder->counts[COPYFILE2_CALLBACK_ERROR] == 1, "%u errors", recorder->counts[COPYFILE2_CALLBACK_ERROR] );
    ok( recorder->counts[COPYFILE2_CALLBACK_STREAM_FINISHED] == 0, "the stream was finished" );
    if (recorder->counts[COPYFILE2_CALLBACK_STREAM_STARTED])
        ok( phase == COPYFILE2_PHASE_WRITE_DESTINATION, "phase %d", phase );
    else ok( phase == COPYFILE2_PHASE_PREPARE_DEST || phase == COPYFILE2_PHASE_WRITE_DESTINATION, "phase %d", phase );
    ok( recorder->last.Info.Error.hrFailure == hr_from_error( ERROR_DISK_FULL ), "%#lx was told",
        recorder->last.Info.Error.hrFailure );
    ok( recorder->last.Info.Error.uliChunkNumber.QuadPart == chunks, "chunk %llu, after %u",
        recorder->last.Info.Error.uliChunkNumber.QuadPart, chunks );
    ok( recorder->last.Info.Error.uliStreamBytesTransferred.QuadPart == (uint64_t)chunks * chunk, "%llu done",
        recorder->last.Info.Error.uliStreamBytesTransferred.QuadPart );
    ok( recorder->last.Info.Error.uliTotalFileSize.QuadPart == size, "%llu in all",
        recorder->last.Info.Error.uliTotalFileSize.QuadPart );
}

/* Even a full disk has room for the record, if need be in place of data. A later call believes the record, and fails
 * only because the disk is still full. */
static void check_resumable( void )
{
    HRESULT hr;

    ok( file_size( tiny.destination ) > 0, "%lld bytes are left", file_size( tiny.destination ) );
    ok( file_size( tiny.destination ) < file_size( L"src.bin" ), "%lld bytes are left", file_size( tiny.destination ) );
    hr = copy( L"src.bin", tiny.destination, COPY_FILE_RESUME_FROM_PAUSE | COPY_FILE_FAIL_IF_EXISTS );
    ok( hr == hr_from_error( ERROR_DISK_FULL ), "got %#lx", hr );
}

static void check_full( COPYFILE2_MESSAGE_ACTION answer, bool over, DWORD flags, DWORD chunk )
{
    COPYFILE2_EXTENDED_PARAMETERS_V2 params = { sizeof( params ), flags };
    struct recorder recorder;
    uint64_t done;
    HRESULT hr;

    push_context( "over %s file, flags %#lx, answer %d", over ? "a" : "no", flags, answer );
    if (over) file_write_text( tiny.destination, old );
    recorder_begin( &recorder );
    recorder.answer = answer;
    recorder.answer_to = COPYFILE2_CALLBACK_ERROR;
    recorder.answer_at = 1;
    params.ioDesiredSize = chunk;
    params.pProgressRoutine = recorder_callback;
    params.pvCallbackContext = &recorder;
    hr = copy_with( L"src.bin", tiny.destination, &params );
    ok( hr == hr_from_error( ERROR_DISK_FULL ), "got %#lx", hr );
    check_full_message( &recorder, (uint64_t)file_size( L"src.bin" ), chunk );

    done = recorder.last.Info.Error.uliStreamBytesTransferred.QuadPart;
    if (answer == COPYFILE2_PROGRESS_STOP)
    {
        ok( file_size( tiny.destination ) == (int64_t)done, "%lld bytes are left", file_size( tiny.destination ) );
        ok( begins_alike( tiny.destination, L"src.bin", done ), "other bytes" );
    }
    else if (answer == COPYFILE2_PROGRESS_PAUSE) check_resumable();
    else
    {
        ok( !file_exists( tiny.destination ), "%lld bytes are left", file_size( tiny.destination ) );
        ok( tiny_free() == tiny.free, "%llu bytes free, were %llu", tiny_free(), tiny.free );
    }
    DeleteFileW( tiny.destination );
    recorder_end( &recorder );
    pop_context();
}

static void test_disk_full( void )
{
    if (no_tiny()) return;
    file_fill( L"src.bin", tiny.free + 100000, 1 );
    for (int answer = COPYFILE2_PROGRESS_CONTINUE; answer <= COPYFILE2_PROGRESS_PAUSE; answer++)
    {
        check_full( answer, false, 0, CHUNK );
        check_full( answer, true, 0, CHUNK );
        check_full( answer, false, COPY_FILE_DISABLE_PRE_ALLOCATION, CHUNK );
    }
}

/* The bytes of a chunk that failed do not count as done, so STOP keeps an empty file. */
static void test_disk_full_large_chunk( void )
{
    const DWORD chunk = 128 * 1024 * 1024;

    if (no_tiny()) return;
    file_fill( L"src.bin", tiny.free + 100000, 2 );
    for (int answer = COPYFILE2_PROGRESS_CONTINUE; answer <= COPYFILE2_PROGRESS_PAUSE; answer++)
    {
        check_full( answer, false, 0, chunk );
        check_full( answer, true, COPY_FILE_DISABLE_PRE_ALLOCATION, chunk );
    }
}

/* Nobody listens, and the default chunks are larger than what is free. */
static void test_disk_full_silent( void )
{
    HRESULT hr;

    if (no_tiny()) return;
    file_fill( L"src.bin", tiny.free + 100000, 3 );
    hr = copy( L"src.bin", tiny.destination, 0 );
    ok( hr == hr_from_error( ERROR_DISK_FULL ), "got %#lx", hr );
    ok( !file_exists( tiny.destination ), "%lld bytes are left", file_size( tiny.destination ) );
    ok( tiny_free() == tiny.free, "%llu bytes free, were %llu", tiny_free(), tiny.free );
}

/* A copy without a callback leaves as good a fragment as one with a callback. */
static void test_disk_full_resumable( void )
{
    COPYFILE2_EXTENDED_PARAMETERS_V2 params = { sizeof( params ),
                                                COPY_FILE_RESUME_FROM_PAUSE | COPY_FILE_DISABLE_PRE_ALLOCATION };
    HRESULT hr;

    if (no_tiny()) return;
    file_fill( L"src.bin", tiny.free + 100000, 4 );
    params.ioDesiredSize = CHUNK;
    hr = copy_with( L"src.bin", tiny.destination, &params );
    ok( hr == hr_from_error( ERROR_DISK_FULL ), "got %#lx", hr );
    if (file_exists( tiny.destination )) check_resumable();
    else ok( false, "nothing is left" );
    DeleteFileW( tiny.destination );
}

static const struct test_case cases[] = {
    { .name = "full_device", .row = "-", .run = test_full_device },
    { .name = "disk_full",
      .row = "74",
      .claim = "source larger than volume: hr(112), dest gone",
      .sure = "A",
      .run = test_disk_full },
    { .name = "disk_full_large_chunk", .row = "-", .run = test_disk_full_large_chunk },
    { .name = "disk_full_silent", .row = "-", .run = test_disk_full_silent },
    { .name = "disk_full_resumable", .row = "-", .run = test_disk_full_resumable },
};

TEST_MAIN( "full", cases )
