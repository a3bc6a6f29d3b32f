/* SPDX-License-Identifier: MIT */

/* Sources on faultfs report a wrong size: too small, 0, or too large. All bytes arrive, and a move takes no
 * source away that was not read to its end. */

#include "harness/family.h"
#include "host_faults.h"

static BOOL( WINAPI *copy_ex )( LPCWSTR, LPCWSTR, LPPROGRESS_ROUTINE, LPVOID, LPBOOL, DWORD );
static BOOL( WINAPI *move_progress )( LPCWSTR, LPCWSTR, LPPROGRESS_ROUTINE, LPVOID, DWORD );

/* Writes the rule by which the file tells this size. until says when the rule ends; "": when tell_truth is called. */
static void tell_size( const char *file, int size, const char *until )
{
    char rule[128];
    int length = snprintf( rule, sizeof( rule ), "clear\nsize getattr %d name %s %s", size, file, until );

    write_whole( L".faultfs", rule, (DWORD)length );
}

static void tell_truth( void )
{
    write_whole( L".faultfs", "clear", 5 );
}

/* True: there is no faultfs here, and the case is skipped. */
static bool is_elsewhere( void )
{
    if (place_is_missing()) return true;
    if (!on_faultfs) skip( "not on faultfs" );
    copy_ex = test_function( "CopyFileExW" );
    move_progress = test_function( "MoveFileWithProgressW" );
    return !on_faultfs;
}

/* The bytes that a message tells of are never more than the whole. */
static void check_totals( const COPYFILE2_MESSAGE *message, void *context )
{
    (void)context;
    if (message->Type == COPYFILE2_CALLBACK_CHUNK_FINISHED)
        ok( message->Info.ChunkFinished.uliStreamBytesTransferred.QuadPart <=
                    message->Info.ChunkFinished.uliStreamSize.QuadPart &&
                message->Info.ChunkFinished.uliTotalBytesTransferred.QuadPart <=
                    message->Info.ChunkFinished.uliTotalFileSize.QuadPart,
            "%llu of %llu bytes", message->Info.ChunkFinished.uliTotalBytesTransferred.QuadPart,
            message->Info.ChunkFinished.uliTotalFileSize.QuadPart );
}

/* Makes one copy while src.bin tells this size, to a new name and over a longer file. The destination is looked at when
 * the truth is told again. */
static void check_copied( int size, const char *until, DWORD flags, bool watched )
{
    struct recorder recorder;
    HRESULT hr;

    push_context( "size %d %s, flags %#lx, %s", size, until, flags, watched ? "watched" : "silent" );
    for (int over = 0; over < 2; over++)
    {
        recorder_begin( &recorder );
        recorder.hook = check_totals;
        tell_size( "src.bin", size, until );
        hr = copy_once( watched ? &recorder : NULL, flags );
        tell_truth();
        ok( hr == S_OK, "got %#lx", hr );
        ok( file_is( L"dst.bin", bytes, SIZE ), "%lld bytes, or others", file_size( L"dst.bin" ) );
        recorder_end( &recorder );
        /* the next copy goes over a longer file */
        file_fill( L"dst.bin", 3 * SIZE, 1 );
    }
    DeleteFileW( L"dst.bin" );
    pop_context();
}

/* Some sizes are no multiple of a chunk, one is a chunk, one is nearly all, and some are more than there is. */
static const int sizes[] = { 0, 1, 3000, CHUNK, SIZE - 1, SIZE + 1, 50000 };

void test_sizes( void )
{
    static const DWORD flags[] = { 0, COPY_FILE_NO_OFFLOAD, COPY_FILE_NO_BUFFERING, COPY_FILE_DISABLE_PRE_ALLOCATION,
                                   COPY_FILE_RESTARTABLE };

    if (is_elsewhere()) return;
    for (size_t i = 0; i < ARRAY_SIZE( sizes ) * ARRAY_SIZE( flags ); i++)
        for (int watched = 0; watched < 2; watched++)
        {
            const DWORD wanted = flags[i / ARRAY_SIZE( sizes )];

            check_copied( sizes[i % ARRAY_SIZE( sizes )], "", wanted, watched );
            check_copied( sizes[i % ARRAY_SIZE( sizes )], "until read", wanted, watched );
        }
}

static void check_said( int size, const char *until, const char *said )
{
    struct recorder recorder;
    HRESULT hr;

    push_context( "size %d %s", size, until );
    recorder_begin( &recorder );
    tell_size( "src.bin", size, until );
    hr = copy_once( &recorder, COPY_FILE_NO_OFFLOAD );
    tell_truth();
    ok( hr == S_OK, "got %#lx", hr );
    expect_said( &recorder, said );
    recorder_end( &recorder );
    pop_context();
}

#define SAID_REST                                                                                                      \
    SAID_CHUNK_STARTED( 1, 8192, 8192 )                                                                                \
    SAID_CHUNK_FINISHED( 1, 8192, 16384, 16384 )                                                                       \
    SAID_CHUNK_STARTED( 2, 8192, 16384 )                                                                               \
    SAID_CHUNK_FINISHED( 2, 4096, 20480, 20480 ) SAID_STREAM_FINISHED( 20480, 20480 )

/* The total grows with what was read. A file that tells its size once it is read, as a file of a cloud does, tells it
 * in time. */
void test_sizes_said( void )
{
    if (is_elsewhere()) return;
    check_said( 0, "",
                SAID_STREAM_STARTED( 0 ) SAID_CHUNK_STARTED( 0, 8192, 0 ) SAID_CHUNK_FINISHED( 0, 8192, 8192, 8192 )
                    SAID_REST );
    check_said( 3000, "",
                SAID_STREAM_STARTED( 3000 ) SAID_CHUNK_STARTED( 0, 8192, 3000 )
                    SAID_CHUNK_FINISHED( 0, 8192, 8192, 8192 ) SAID_REST );
    for (int size = 0; size <= 3000; size += 3000)
        check_said( size, "until read",
                    SAID_STREAM_STARTED( 20480 ) SAID_CHUNK( 0, 8192, 20480, 8192 ) SAID_CHUNK( 1, 8192, 20480, 16384 )
                        SAID_CHUNK( 2, 4096, 20480, 20480 ) SAID_STREAM_FINISHED( 20480, 20480 ) );
}

/* While the end of such a source is not known, its copy is not complete. It can be ended, but no later call can go on
 * with it. */
void test_sizes_ended( void )
{
    static const struct
    {
        COPYFILE2_MESSAGE_ACTION answer;
        DWORD error;
        int64_t left;
    } ends[] = {
        { .answer = COPYFILE2_PROGRESS_CANCEL, .error = ERROR_REQUEST_ABORTED, .left = -1 },
        { .answer = COPYFILE2_PROGRESS_STOP, .error = ERROR_REQUEST_ABORTED, .left = CHUNK },
        { .answer = COPYFILE2_PROGRESS_PAUSE, .error = ERROR_NOT_SUPPORTED, .left = -1 },
    };

    if (is_elsewhere()) return;
    for (size_t i = 0; i < ARRAY_SIZE( ends ); i++)
    {
        struct recorder recorder;
        HRESULT hr;

        push_context( "answer %d", ends[i].answer );
        recorder_begin( &recorder );
        recorder.answer = ends[i].answer;
        recorder.answer_to = COPYFILE2_CALLBACK_CHUNK_FINISHED;
        recorder.answer_at = 1;
        tell_size( "src.bin", 0, "" );
        hr = copy_once( &recorder, 0 );
        tell_truth();
        ok( hr == hr_from_error( ends[i].error ), "got %#lx", hr );
        ok( file_size( L"dst.bin" ) == ends[i].left, "%lld bytes", (long long)file_size( L"dst.bin" ) );
        recorder_end( &recorder );
        DeleteFileW( L"dst.bin" );
        pop_context();
    }
}

/* A named stream is a file of its own under Wine, which tells a size of its own. */
void test_sizes_stream( void )
{
    struct recorder recorder;
    HRESULT hr;

    if (is_elsewhere()) return;
    file_write( L"src.bin:lies", bytes, SIZE );
    for (size_t i = 0; i < ARRAY_SIZE( sizes ); i++)
    {
        push_context( "size %d", sizes[i] );
        recorder_begin( &recorder );
        recorder.hook = check_totals;
        tell_size( "src.bin:lies", sizes[i], "" );
        hr = copy_once( i % 2 ? &recorder : NULL, 0 );
        tell_truth();
        ok( hr == S_OK, "got %#lx", hr );
        ok( file_is( L"dst.bin", bytes, SIZE ), "other bytes" );
        ok( file_is( L"dst.bin:lies", bytes, SIZE ), "%lld bytes, or others", file_size( L"dst.bin:lies" ) );
        recorder_end( &recorder );
        pop_context();
    }
    DeleteFileW( L"dst.bin:lies" );
    DeleteFileW( L"src.bin:lies" );
}

/* The folder of temporary files, which is on another file system. */
static PCWSTR there( void )
{
    static WCHAR path[MAX_PATH];

    GetTempPathW( MAX_PATH - 20, path );
    wcscat( path, L"sizes-moved.bin" );
    DeleteFileW( path );
    return path;
}

void test_sizes_family( void )
{
    struct family_recorder recorder;

    if (is_elsewhere()) return;
    for (size_t i = 0; i < ARRAY_SIZE( sizes ); i++)
    {
        PCWSTR moved = there();

        push_context( "size %d", sizes[i] );
        family_begin( &recorder );
        tell_size( "src.bin", sizes[i], "" );
        ok( copy_ex( L"src.bin", L"dst.bin", family_callback, &recorder, NULL, 0 ), "error %lu", GetLastError() );
        ok( file_is( L"dst.bin", bytes, SIZE ), "%lld bytes, or others", file_size( L"dst.bin" ) );
        ok( recorder.calls[recorder.count - 1].done == SIZE, "%lld bytes were told of",
            (long long)recorder.calls[recorder.count - 1].done );
        ok( move_progress( L"src.bin", moved, i % 2 ? family_callback : NULL, &recorder, MOVEFILE_COPY_ALLOWED ),
            "error %lu", GetLastError() );
        tell_truth();
        ok( file_is( moved, bytes, SIZE ), "%lld bytes, or others", file_size( moved ) );
        ok( !file_exists( L"src.bin" ), "the source is still there" );
        DeleteFileW( moved );
        file_write( L"src.bin", bytes, SIZE );
        pop_context();
    }
}

/* A writer who was there first appends to the source once it was read. Neither size nor time show that. */
static HANDLE writer;
static FILETIME written;

static void add_more( HANDLE source, HANDLE destination )
{
    DWORD put;

    (void)source, (void)destination;
    if (SetFilePointer( writer, 0, NULL, FILE_CURRENT ) == SIZE + 4) return;
    SetFilePointer( writer, SIZE, NULL, FILE_BEGIN );
    ok( WriteFile( writer, "more", 4, &put, NULL ), "cannot write: error %lu", GetLastError() );
    ok( SetFileTime( writer, NULL, NULL, &written ), "cannot set the time: error %lu", GetLastError() );
}

static void cut_source( const COPYFILE2_MESSAGE *message, void *context )
{
    (void)context;
    if (message->Type != COPYFILE2_CALLBACK_CHUNK_FINISHED || message->Info.ChunkFinished.uliChunkNumber.QuadPart)
        return;
    SetFilePointer( writer, CHUNK, NULL, FILE_BEGIN );
    ok( SetEndOfFile( writer ), "cannot cut: error %lu", GetLastError() );
    tell_size( "src.bin", 1000, "" );
}

/* A source that tells too little is read to its end. When it tells even less at that point, somebody has cut it. */
void test_sizes_cut( void )
{
    struct recorder recorder;
    HRESULT hr;

    if (is_elsewhere()) return;
    writer = file_hold( L"src.bin", GENERIC_READ | GENERIC_WRITE, SHARE_ALL );
    recorder_begin( &recorder );
    recorder.hook = cut_source;
    tell_size( "src.bin", 3000, "" );
    hr = copy_once( &recorder, COPY_FILE_NO_OFFLOAD );
    tell_truth();
    CloseHandle( writer );
    ok( hr == hr_from_error( ERROR_HANDLE_EOF ), "got %#lx", hr );
    ok( !file_exists( L"dst.bin" ), "%lld bytes are left", file_size( L"dst.bin" ) );
    recorder_end( &recorder );
    file_write( L"src.bin", bytes, SIZE );
}

void test_sizes_written( void )
{
    struct family_recorder recorder;
    PCWSTR moved = there();

    if (is_elsewhere()) return;
    writer = file_hold( L"src.bin", GENERIC_READ | GENERIC_WRITE, SHARE_ALL );
    GetFileTime( writer, NULL, NULL, &written );
    family_begin( &recorder );
    recorder.hook = add_more;
    tell_size( "src.bin", SIZE, "" );
    ok( !move_progress( L"src.bin", moved, family_callback, &recorder, MOVEFILE_COPY_ALLOWED ), "it moved" );
    ok( GetLastError() == ERROR_SHARING_VIOLATION, "error %lu", GetLastError() );
    tell_truth();
    CloseHandle( writer );
    ok( file_size( L"src.bin" ) == SIZE + 4, "%lld bytes of the source", file_size( L"src.bin" ) );
    ok( !file_exists( moved ), "%lld bytes are left", file_size( moved ) );
}
