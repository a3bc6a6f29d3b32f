/* SPDX-License-Identifier: MIT */

/* The handles in the messages can be used, and some of the callback's work on them lasts. */

#include "harness/recorder.h"
#include "harness/files.h"
#include "harness/test.h"

/* This is FILE_ID_INFO, which headers show only from Windows 8 on. */
struct file_id
{
    ULONGLONG volume;
    BYTE id[16];
};
#define FILE_ID_INFO_CLASS ( (FILE_INFO_BY_HANDLE_CLASS)18 )

struct uses
{
    const struct recorder *recorder;
    const BYTE *bytes; /* the source's */
    uint64_t size;
    struct file_id id; /* of the destination */
    bool has_id;
    unsigned int count;
};

static DWORD read_at( HANDLE file, uint64_t offset, void *buffer, DWORD size )
{
    LARGE_INTEGER position = { .QuadPart = (LONGLONG)offset };
    DWORD got = 0;

    ok( SetFilePointerEx( file, position, NULL, FILE_BEGIN ), "cannot seek: error %lu", GetLastError() );
    ok( ReadFile( file, buffer, size, &got, NULL ), "cannot read: error %lu", GetLastError() );
    return got;
}

/* The file pointer is moved on purpose: programs do so, and the copy must not rely on it. */
static void check_source( const struct uses *uses )
{
    const DWORD offset = 1000 + 77 * uses->count;
    BY_HANDLE_FILE_INFORMATION information;
    BYTE found[64];
    DWORD got;

    got = read_at( uses->recorder->source, offset, found, sizeof( found ) );
    ok( got == sizeof( found ) && !memcmp( found, uses->bytes + offset, sizeof( found ) ), "other bytes, %lu", got );
    ok( GetFileInformationByHandle( uses->recorder->source, &information ), "no information: error %lu",
        GetLastError() );
    ok( information.nFileSizeLow == uses->size, "size %lu", information.nFileSizeLow );
}

static void check_destination( struct uses *uses )
{
    HANDLE destination = uses->recorder->destination;
    BY_HANDLE_FILE_INFORMATION information;
    LARGE_INTEGER end = { .QuadPart = 0 };

    ok( FlushFileBuffers( destination ), "cannot flush: error %lu", GetLastError() );
    ok( GetFileInformationByHandle( destination, &information ), "no information: error %lu", GetLastError() );
    ok( SetFilePointerEx( destination, end, NULL, FILE_END ), "cannot seek: error %lu", GetLastError() );
    /* Windows 7 has no such id. */
    uses->has_id = GetFileInformationByHandleEx( destination, FILE_ID_INFO_CLASS, &uses->id, sizeof( uses->id ) );
    ok( uses->has_id || broken( GetLastError() == ERROR_INVALID_PARAMETER ), "no id: error %lu", GetLastError() );
}

static void use_handles( const COPYFILE2_MESSAGE *message, void *context )
{
    struct uses *uses = context;

    push_context( "message %u of type %u", uses->count, message->Type );
    check_source( uses );
    check_destination( uses );
    uses->count++;
    pop_context();
}

static void check_id( const struct uses *uses )
{
    struct file_id id = { 0 };
    HANDLE file;

    if (!uses->has_id) return;
    file = file_hold( L"dst.bin", FILE_READ_ATTRIBUTES, SHARE_ALL );
    ok( GetFileInformationByHandleEx( file, FILE_ID_INFO_CLASS, &id, sizeof( id ) ), "no id: error %lu",
        GetLastError() );
    ok( !memcmp( &id, &uses->id, sizeof( id ) ), "the handle was of another file" );
    CloseHandle( file );
}

static void test_handles_in_all( void )
{
    static BYTE bytes[20000];
    struct recorder recorder;
    struct uses uses = { .recorder = &recorder, .bytes = bytes, .size = sizeof( bytes ) };
    HRESULT hr;

    for (size_t i = 0; i < sizeof( bytes ); i++) bytes[i] = (BYTE)( i * i >> 7 );
    file_write( L"src.bin", bytes, sizeof( bytes ) );
    recorder_begin( &recorder );
    recorder.hook = use_handles;
    recorder.hook_context = &uses;
    hr = copy_in_chunks( L"src.bin", L"dst.bin", 4096, NULL, &recorder );
    if (!broken( hr == E_INVALIDARG ))
    {
        ok( hr == S_OK, "got %#lx", hr );
        ok( uses.count >= 4, "%u messages", uses.count );
        if (engine_is_ours()) ok( uses.count == 12, "%u messages", uses.count );
        ok( file_is( L"dst.bin", bytes, sizeof( bytes ) ), "other bytes" );
        check_id( &uses );
    }
    recorder_end( &recorder );
}

/* Reads in the first message, and writes in the last one, to a copy that becomes read-only. */
static void write_at_the_end( const COPYFILE2_MESSAGE *message, void *context )
{
    OVERLAPPED at = { .Offset = 1 };
    HANDLE destination;
    DWORD put = 0;
    BYTE found[4];

    (void)context;
    if (message->Type == COPYFILE2_CALLBACK_STREAM_STARTED)
    {
        BY_HANDLE_FILE_INFORMATION information;
        DWORD got = read_at( message->Info.StreamStarted.hSourceFile, 0, found, sizeof( found ) );

        destination = message->Info.StreamStarted.hDestinationFile;
        ok( got == 3 && !memcmp( found, "foo", 3 ), "other bytes, %lu", got );
        ok( GetFileInformationByHandle( destination, &information ), "no information: error %lu", GetLastError() );
    }
    if (message->Type == COPYFILE2_CALLBACK_STREAM_FINISHED)
    {
        destination = message->Info.StreamFinished.hDestinationFile;
        ok( FlushFileBuffers( destination ), "cannot flush: error %lu", GetLastError() );
        ok( WriteFile( destination, "i", 1, &put, &at ), "cannot write: error %lu", GetLastError() );
    }
}

static void test_handles( void )
{
    const FILETIME past = file_time( 2001 );
    struct recorder recorder;
    FILETIME written;
    HRESULT hr;

    file_write( L"src.txt", "foo", 3 );
    file_set_times( L"src.txt", NULL, &past );
    file_set_attributes( L"src.txt", FILE_ATTRIBUTE_READONLY );
    recorder_begin( &recorder );
    recorder.hook = write_at_the_end;
    hr = copy_recorded( L"src.txt", L"dst.txt", 0, &recorder );
    ok( hr == S_OK, "got %#lx", hr );
    ok( file_is( L"dst.txt", "fio", 3 ), "other bytes" );
    ok( file_attributes( L"dst.txt" ) & FILE_ATTRIBUTE_READONLY, "attributes %#lx", file_attributes( L"dst.txt" ) );
    written = file_information( L"dst.txt" ).ftLastWriteTime;
    ok( !CompareFileTime( &written, &past ), "written at %08lx%08lx", written.dwHighDateTime, written.dwLowDateTime );
    recorder_end( &recorder );
}

/* Nobody knows whether the destination's handle can be read on Windows. Ours can, so that a callback may verify its
 * copy. */
static void compare_chunk( const COPYFILE2_MESSAGE *message, void *context )
{
    unsigned int *compared = context;
    BYTE expected[4096], found[4096];
    uint64_t offset;
    DWORD want, got;

    if (message->Type != COPYFILE2_CALLBACK_CHUNK_FINISHED) return;
    want = (DWORD)message->Info.ChunkFinished.uliChunkSize.QuadPart;
    offset = message->Info.ChunkFinished.uliStreamBytesTransferred.QuadPart - want;
    read_at( message->Info.ChunkFinished.hSourceFile, offset, expected, want );
    got = read_at( message->Info.ChunkFinished.hDestinationFile, offset, found, want );
    ok( got == want && !memcmp( expected, found, want ), "other bytes in the chunk at %llu", offset );
    ++*compared;
}

static void test_destination_readable( void )
{
    unsigned int compared = 0;
    struct recorder recorder;
    HRESULT hr;

    if (!engine_is_ours())
    {
        skip( "not known of Windows" );
        return;
    }
    file_fill( L"src.bin", 10000, 1 );
    recorder_begin( &recorder );
    recorder.hook = compare_chunk;
    recorder.hook_context = &compared;
    hr = copy_in_chunks( L"src.bin", L"dst.bin", 4096, NULL, &recorder );
    ok( hr == S_OK, "got %#lx", hr );
    ok( compared == 3, "%u chunks", compared );
    recorder_end( &recorder );
}

struct time_setter
{
    FILETIME creation, write;
};

static void set_times( const COPYFILE2_MESSAGE *message, void *context )
{
    const struct time_setter *times = context;

    if (message->Type != COPYFILE2_CALLBACK_STREAM_FINISHED) return;
    ok( SetFileTime( message->Info.StreamFinished.hDestinationFile, &times->creation, NULL, &times->write ),
        "cannot set times: error %lu", GetLastError() );
}

/* The callback sets both times of the destination in the last message. CopyFile2 sets the time of last write once more
 * after that. */
static void copy_with_times( struct time_setter *times, const FILETIME *source_write )
{
    struct recorder recorder;
    HRESULT hr;

    file_write( L"src.txt", "foo", 3 );
    file_set_times( L"src.txt", NULL, source_write );
    recorder_begin( &recorder );
    recorder.hook = set_times;
    recorder.hook_context = times;
    hr = copy_recorded( L"src.txt", L"dst.txt", 0, &recorder );
    ok( hr == S_OK, "got %#lx", hr );
    expect_order( &recorder, 3 );
    recorder_end( &recorder );
}

static void test_mtime_cb( void )
{
    struct time_setter times = { file_time( 1998 ), file_time( 1999 ) };
    const FILETIME source_write = file_time( 2002 );
    FILETIME found;

    copy_with_times( &times, &source_write );
    found = file_information( L"dst.txt" ).ftLastWriteTime;
    ok( !CompareFileTime( &found, &source_write ), "written at %08lx%08lx, the source at %08lx%08lx",
        found.dwHighDateTime, found.dwLowDateTime, source_write.dwHighDateTime, source_write.dwLowDateTime );
}

static void test_ctime_cb( void )
{
    struct time_setter times = { file_time( 1998 ), file_time( 1999 ) };
    const FILETIME source_write = file_time( 2002 );
    FILETIME found;

    copy_with_times( &times, &source_write );
    found = file_information( L"dst.txt" ).ftCreationTime;
    /* Wine has nowhere to keep a creation time. */
    todo_wine ok( !CompareFileTime( &found, &times.creation ), "created at %08lx%08lx", found.dwHighDateTime,
                  found.dwLowDateTime );
}

/* The destination gets its size before the first byte, unless a flag forbids that. */
static void keep_first_size( const COPYFILE2_MESSAGE *message, void *context )
{
    BY_HANDLE_FILE_INFORMATION information = { 0 };
    uint64_t *size = context;

    if (message->Type != COPYFILE2_CALLBACK_STREAM_STARTED) return;
    ok( GetFileInformationByHandle( message->Info.StreamStarted.hDestinationFile, &information ),
        "no information: error %lu", GetLastError() );
    *size = (uint64_t)information.nFileSizeHigh << 32 | information.nFileSizeLow;
}

static HRESULT copy_for_first_size( DWORD flags, uint64_t *size )
{
    struct recorder recorder;
    HRESULT hr;

    recorder_begin( &recorder );
    recorder.hook = keep_first_size;
    recorder.hook_context = size;
    hr = copy_recorded( L"src.bin", L"dst.bin", flags, &recorder );
    recorder_end( &recorder );
    return hr;
}

static void test_size_in_advance( void )
{
    uint64_t size = ~(uint64_t)0;
    HRESULT hr;

    file_fill( L"src.bin", 3000000, 1 );
    hr = copy_for_first_size( 0, &size );
    ok( hr == S_OK, "got %#lx", hr );
    ok( size == 3000000, "%llu bytes at first", size );

    hr = copy_for_first_size( COPY_FILE_DISABLE_PRE_ALLOCATION, &size );
    if (broken( hr == E_INVALIDARG )) return; /* before Windows 10 2004 */
    ok( hr == S_OK, "got %#lx", hr );
    ok( size == 0, "%llu bytes at first", size );
    ok( file_equal( L"src.bin", L"dst.bin" ), "other bytes" );
}

static const struct test_case cases[] = {
    { .name = "handles",
      .row = "40",
      .claim =
          "in STREAM_STARTED read source, query dest: both valid; in FINISHED FlushFileBuffers(dest) ok for RO copy",
      .sure = "A",
      .run = test_handles },
    { .name = "mtime_cb",
      .row = "62",
      .claim = "callback sets mtime on dest handle: source's mtime wins",
      .sure = "A",
      .run = test_mtime_cb },
    { .name = "ctime_cb",
      .row = "63",
      .claim = "callback sets creation time: survives",
      .sure = "A",
      .run = test_ctime_cb },
    { .name = "handles_in_all", .row = "-", .run = test_handles_in_all },
    { .name = "destination_readable", .row = "-", .own = true, .run = test_destination_readable },
    { .name = "size_in_advance", .row = "-", .run = test_size_in_advance },
};

TEST_MAIN( "handles", cases )
