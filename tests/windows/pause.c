/* PAUSE, and RESUME_FROM_PAUSE after it: what is left, what goes on, and which fragments are not believed. */

#include "harness/recorder.h"
#include "harness/files.h"
#include "harness/test.h"

#include <stdlib.h>

#define CHUNK 4096
#define MANY  43008 /* ten and a half chunks */

#define STREAM_STARTED  COPYFILE2_CALLBACK_STREAM_STARTED
#define CHUNK_STARTED   COPYFILE2_CALLBACK_CHUNK_STARTED
#define CHUNK_FINISHED  COPYFILE2_CALLBACK_CHUNK_FINISHED
#define STREAM_FINISHED COPYFILE2_CALLBACK_STREAM_FINISHED

#define PAUSED  hr_from_error( ERROR_REQUEST_PAUSED )
#define ABORTED hr_from_error( ERROR_REQUEST_ABORTED )
#define EXISTS  hr_from_error( ERROR_FILE_EXISTS )
#define RESUME  COPY_FILE_RESUME_FROM_PAUSE

/* Our own record; a source that is not longer than it cannot leave a shorter fragment. */
#define RECORD 128

static HRESULT copy_and_answer( DWORD flags, COPYFILE2_MESSAGE_ACTION answer, COPYFILE2_MESSAGE_TYPE to,
                                unsigned int nth, struct recorder *recorder )
{
    recorder_begin( recorder );
    recorder->answer = answer;
    recorder->answer_to = to;
    recorder->answer_at = nth;
    return copy_in_chunks_with( L"src.bin", L"dst.bin", flags, CHUNK, NULL, recorder );
}

static HRESULT copy_and_pause( DWORD flags, COPYFILE2_MESSAGE_TYPE to, unsigned int nth )
{
    struct recorder recorder;
    HRESULT hr = copy_and_answer( flags, COPYFILE2_PROGRESS_PAUSE, to, nth, &recorder );

    recorder_end( &recorder );
    return hr;
}

static HRESULT resume_quietly( DWORD flags )
{
    return copy_in_chunks_with( L"src.bin", L"dst.bin", flags, CHUNK, NULL, NULL );
}

/* A fragment with ten of MANY's chunks' worth of tests ahead: three chunks are there. */
static void make_paused( void )
{
    file_fill( L"src.bin", MANY, 1 );
    SetFileAttributesW( L"dst.bin", FILE_ATTRIBUTE_NORMAL );
    DeleteFileW( L"dst.bin" );
    ok( copy_and_pause( 0, CHUNK_FINISHED, 3 ) == PAUSED, "not paused" );
}

static void check_complete( void )
{
    ok( file_equal( L"src.bin", L"dst.bin" ), "other bytes; %lld of them", (long long)file_size( L"dst.bin" ) );
}

static void check_fragment( uint64_t source_size )
{
    int64_t left = file_size( L"dst.bin" );

    ok( left > 0, "%lld bytes left", (long long)left );
    if (source_size > RECORD + 1 || !running_under_wine())
        ok( left < (int64_t)source_size, "%lld bytes left of %llu", (long long)left, source_size );
}

static void test_pause( void )
{
    HRESULT hr;

    file_fill( L"src.bin", 32 * 1024 * 1024, 1 );
    hr = copy_and_pause( 0, CHUNK_FINISHED, 3 );
    ok( hr == PAUSED, "got %#lx", hr );
    check_fragment( 32 * 1024 * 1024 );
    hr = resume_quietly( RESUME | COPY_FILE_FAIL_IF_EXISTS );
    ok( hr == S_OK, "got %#lx", hr );
    check_complete();
}

/* Exactly one message after the one that was answered. */
static void test_pause_tail( void )
{
    struct recorder recorder;
    HRESULT hr;

    file_fill( L"src.bin", MANY, 1 );
    hr = copy_and_answer( 0, COPYFILE2_PROGRESS_PAUSE, CHUNK_FINISHED, 3, &recorder );
    ok( hr == PAUSED, "got %#lx", hr );
    ok( recorder.counts[STREAM_FINISHED] == 1 && recorder.last.Type == STREAM_FINISHED, "said\n%s", recorder.text );
    ok( recorder.count == 8 || broken( true ), "%u messages", recorder.count );
    recorder_end( &recorder );
}

/* Pauses at the nth message of a type, as far as there is one, and resumes. */
static bool check_round( uint64_t size, COPYFILE2_MESSAGE_TYPE to, unsigned int nth, DWORD flags )
{
    struct recorder recorder;
    bool came;
    HRESULT hr;

    push_context( "%llu bytes, message %u of type %d, flags %#lx", size, nth, (int)to, flags );
    DeleteFileW( L"dst.bin" );
    hr = copy_and_answer( 0, COPYFILE2_PROGRESS_PAUSE, to, nth, &recorder );
    came = recorder.counts[to] >= nth;
    if (hr == PAUSED)
    {
        ok( came, "paused without being asked" );
        ok( recorder.counts[STREAM_FINISHED] == 1, "%u times STREAM_FINISHED", recorder.counts[STREAM_FINISHED] );
        check_fragment( size );
        hr = resume_quietly( flags );
    }
    ok( hr == S_OK, "got %#lx", hr );
    check_complete();
    recorder_end( &recorder );
    pop_context();
    return came;
}

static void test_resume( void )
{
    static const uint64_t sizes[] = { 0,    1,         2,     127,       128,         129,         130,       131,
                                      1000, CHUNK - 1, CHUNK, CHUNK + 1, CHUNK + 127, CHUNK + 129, 2 * CHUNK, MANY };
    static const DWORD flags[] = { RESUME,
                                   RESUME | COPY_FILE_FAIL_IF_EXISTS,
                                   RESUME | COPY_FILE_RESTARTABLE,
                                   RESUME | COPY_FILE_DISABLE_PRE_ALLOCATION,
                                   RESUME | COPY_FILE_NO_BUFFERING,
                                   RESUME | COPY_FILE_NO_OFFLOAD,
                                   RESUME | COPY_FILE_DISABLE_SPARSE_COPY };

    for (size_t i = 0; i < ARRAY_SIZE( sizes ); i++)
    {
        file_fill( L"src.bin", sizes[i], (uint32_t)i + 1 );
        /* each pause is a flush or two: the less common flags with a few of the sizes */
        for (size_t j = 0; j < ( i % 5 ? 3 : ARRAY_SIZE( flags ) ); j++)
        {
            check_round( sizes[i], STREAM_STARTED, 1, flags[j] );
            for (unsigned int nth = 1; check_round( sizes[i], CHUNK_STARTED, nth, flags[j] ); nth++) continue;
            for (unsigned int nth = 1; check_round( sizes[i], CHUNK_FINISHED, nth, flags[j] ); nth++) continue;
            check_round( sizes[i], STREAM_FINISHED, 1, flags[j] );
        }
    }
}

/* What is told after a resume: the stream begins again, chunks count from 0, and what was there counts as done. */
static void test_resumed_messages( void )
{
    struct recorder recorder;
    HRESULT hr;

    file_fill( L"src.bin", 10240, 1 );
    ok( copy_and_pause( 0, CHUNK_FINISHED, 1 ) == PAUSED, "not paused" );
    hr = copy_and_answer( RESUME, COPYFILE2_PROGRESS_CONTINUE, CHUNK_FINISHED, 0, &recorder );
    ok( hr == S_OK, "got %#lx", hr );
    if (running_under_wine())
        expect_said( &recorder, SAID_STREAM_STARTED( 10240 ) SAID_CHUNK( 0, 4096, 10240, 8192 )
                                    SAID_CHUNK( 1, 2048, 10240, 10240 ) SAID_STREAM_FINISHED( 10240, 10240 ) );
    check_complete();
    recorder_end( &recorder );
}

/* One chunk a call, to the end. */
static void test_resume_twice( void )
{
    unsigned int calls = 1;
    HRESULT hr;

    file_fill( L"src.bin", MANY, 1 );
    hr = copy_and_pause( 0, CHUNK_FINISHED, 1 );
    while (hr == PAUSED && calls++ < 100)
    {
        check_fragment( MANY );
        hr = copy_and_pause( RESUME | ( calls & 1 ? COPY_FILE_FAIL_IF_EXISTS : 0 ), CHUNK_FINISHED, 1 );
    }
    ok( hr == S_OK, "got %#lx", hr );
    ok( calls == 11 || broken( true ), "%u calls", calls );
    check_complete();
}

/* To pause before anything more is done loses nothing. */
static void test_pause_at_once( void )
{
    int64_t left;

    make_paused();
    left = file_size( L"dst.bin" );
    for (int i = 0; i < 3; i++)
    {
        ok( copy_and_pause( RESUME, i ? CHUNK_STARTED : STREAM_STARTED, 1 ) == PAUSED, "not paused" );
        ok( file_size( L"dst.bin" ) == left, "%lld bytes left, were %lld", (long long)file_size( L"dst.bin" ),
            (long long)left );
    }
    ok( resume_quietly( RESUME ) == S_OK, "not resumed" );
    check_complete();
}

static void test_resume_nohdr_fail( void )
{
    HRESULT hr;

    file_fill( L"src.bin", MANY, 1 );
    file_write_text( L"dst.bin", "an ordinary file" );
    hr = resume_quietly( RESUME | COPY_FILE_FAIL_IF_EXISTS );
    ok( hr == EXISTS, "got %#lx", hr );
    ok( file_is_text( L"dst.bin", "an ordinary file" ), "the destination has changed" );
}

static void test_resume_nohdr( void )
{
    HRESULT hr;

    file_fill( L"src.bin", MANY, 1 );
    file_fill( L"dst.bin", 2 * MANY, 2 );
    hr = resume_quietly( RESUME );
    ok( hr == S_OK, "got %#lx", hr );
    check_complete();
}

static void test_resume_nothing( void )
{
    HRESULT hr;

    file_fill( L"src.bin", MANY, 1 );
    hr = resume_quietly( RESUME | COPY_FILE_FAIL_IF_EXISTS );
    ok( hr == S_OK, "got %#lx", hr );
    check_complete();
}

/* ---- what is not believed
 * ------------------------------------------------------------------------------------------------ */

/* With FAIL_IF_EXISTS the file is an obstacle, and stays what it is; without, it is overwritten. */
static void check_not_believed( void )
{
    int64_t size = file_size( L"dst.bin" );
    struct recorder recorder;
    HRESULT hr;

    CopyFileW( L"dst.bin", L"before.bin", FALSE );
    hr = resume_quietly( RESUME | COPY_FILE_FAIL_IF_EXISTS );
    ok( hr == EXISTS, "got %#lx", hr );
    ok( file_size( L"dst.bin" ) == size && file_equal( L"dst.bin", L"before.bin" ), "the destination has changed" );
    hr = copy_and_answer( RESUME, COPYFILE2_PROGRESS_CONTINUE, CHUNK_FINISHED, 0, &recorder );
    ok( hr == S_OK, "got %#lx", hr );
    ok( recorder.counts[CHUNK_FINISHED] == ( file_size( L"src.bin" ) + CHUNK - 1 ) / CHUNK || broken( true ),
        "%u chunks: not all was copied again", recorder.counts[CHUNK_FINISHED] );
    check_complete();
    recorder_end( &recorder );
}

static BYTE *read_whole( PCWSTR name, DWORD *size )
{
    HANDLE file = file_hold( name, GENERIC_READ, SHARE_ALL );
    BYTE *bytes;

    *size = GetFileSize( file, NULL );
    bytes = malloc( *size + MANY );
    ok( ReadFile( file, bytes, *size, size, NULL ), "cannot read" );
    CloseHandle( file );
    return bytes;
}

static FILETIME time_of_write( PCWSTR name )
{
    return file_information( name ).ftLastWriteTime;
}

/* The fragment with other bytes, as if it had not been touched. */
static void write_with_time( const BYTE *bytes, DWORD size, FILETIME time )
{
    file_write( L"dst.bin", bytes, size );
    file_set_times( L"dst.bin", NULL, &time );
}

/* The control: the same bytes with the same time are believed. */
static void check_believed( const BYTE *bytes, DWORD size, FILETIME time )
{
    write_with_time( bytes, size, time );
    ok( copy_and_pause( RESUME | COPY_FILE_FAIL_IF_EXISTS, CHUNK_FINISHED, 100 ) == S_OK, "not believed" );
    check_complete();
}

static void test_hostile_bytes( void )
{
    FILETIME time;
    DWORD size;
    BYTE *bytes;

    make_paused();
    time = time_of_write( L"dst.bin" );
    bytes = read_whole( L"dst.bin", &size );
    check_believed( bytes, size, time );
    for (DWORD at = 1; at <= RECORD; at++)
    {
        push_context( "the byte %lu before the end", at );
        bytes[size - at] ^= (BYTE)( 1 << at % 8 );
        write_with_time( bytes, size, time );
        check_not_believed();
        bytes[size - at] ^= (BYTE)( 1 << at % 8 );
        pop_context();
    }
    free( bytes );
}

static void test_hostile_lengths( void )
{
    FILETIME time;
    DWORD size;
    BYTE *bytes;

    make_paused();
    time = time_of_write( L"dst.bin" );
    bytes = read_whole( L"dst.bin", &size );
    memset( bytes + size, 0, MANY );
    for (DWORD less = 1; less <= RECORD + 1; less++)
    {
        push_context( "%lu bytes less", less );
        write_with_time( bytes, size - less, time );
        check_not_believed();
        pop_context();
    }
    for (DWORD more = 1; more < MANY; more = more * 2 + 1)
    {
        push_context( "%lu bytes more", more );
        write_with_time( bytes, size + more, time );
        check_not_believed();
        pop_context();
    }
    push_context( "the record alone" );
    write_with_time( bytes + size - RECORD, RECORD, time );
    check_not_believed();
    pop_context();
    push_context( "the record twice" );
    memcpy( bytes + size, bytes + size - RECORD, RECORD );
    write_with_time( bytes, size + RECORD, time );
    check_not_believed();
    pop_context();
    push_context( "the record at the end of the whole file" );
    memset( bytes + size, 7, MANY - size );
    memcpy( bytes + MANY - RECORD, bytes + size - RECORD, RECORD );
    write_with_time( bytes, MANY, time );
    check_not_believed();
    pop_context();
    free( bytes );
}

/* Somebody wrote into the fragment: its time tells, or, where that was put back, its bytes. */
static void test_changed_fragment( void )
{
    static const DWORD places[] = { 0, 1, 3 * CHUNK - 1 };
    FILETIME time;

    make_paused();
    file_patch( L"dst.bin", 5000, "x", 1 );
    check_not_believed();
    for (size_t i = 0; i < ARRAY_SIZE( places ); i++)
    {
        push_context( "at %lu, with its time put back", places[i] );
        make_paused();
        time = time_of_write( L"dst.bin" );
        file_patch( L"dst.bin", places[i], "x", 1 );
        file_set_times( L"dst.bin", NULL, &time );
        check_not_believed();
        pop_context();
    }
}

static void test_changed_source( void )
{
    FILETIME time, other = file_time( 2001 );

    push_context( "another time" );
    make_paused();
    file_set_times( L"src.bin", NULL, &other );
    check_not_believed();
    pop_context();
    push_context( "other bytes, another time" );
    make_paused();
    file_patch( L"src.bin", MANY - 1, "x", 1 );
    check_not_believed();
    pop_context();
    push_context( "longer" );
    make_paused();
    time = time_of_write( L"src.bin" );
    file_patch( L"src.bin", MANY, "x", 1 );
    file_set_times( L"src.bin", NULL, &time );
    check_not_believed();
    pop_context();
    push_context( "other bytes where they are compared, the same time" );
    make_paused();
    time = time_of_write( L"src.bin" );
    file_patch( L"src.bin", 3 * CHUNK - 1, "x", 1 );
    file_set_times( L"src.bin", NULL, &time );
    check_not_believed();
    pop_context();
}

/* Equal in size, time and bytes so far, but another file. */
static void test_foreign_record( void )
{
    FILETIME time;

    make_paused();
    time = time_of_write( L"src.bin" );
    ok( MoveFileW( L"src.bin", L"moved.bin" ), "cannot move" );
    ok( CopyFileW( L"moved.bin", L"src.bin", FALSE ), "cannot copy" );
    file_set_times( L"src.bin", NULL, &time );
    check_not_believed();
}

/* The fragment's data is a fragment itself: it is data. */
static void test_fragment_of_fragment( void )
{
    HRESULT hr;

    make_paused();
    ok( MoveFileW( L"dst.bin", L"inner.bin" ), "cannot move" );
    DeleteFileW( L"src.bin" );
    ok( MoveFileW( L"inner.bin", L"src.bin" ), "cannot move" );
    ok( copy_and_pause( 0, CHUNK_FINISHED, 2 ) == PAUSED, "not paused" );
    hr = resume_quietly( RESUME );
    ok( hr == S_OK, "got %#lx", hr );
    check_complete();
    hr = resume_quietly( RESUME | COPY_FILE_FAIL_IF_EXISTS );
    ok( hr == EXISTS, "a complete copy of a fragment: got %#lx", hr );
}

/* ---- the rest
 * ------------------------------------------------------------------------------------------------------------ */

/* The source's holes are as empty in the copy, also where the record lay. */
static void test_holes( void )
{
    file_make_sparse( L"src.bin", 64 * CHUNK );
    file_patch( L"src.bin", 40 * CHUNK, "data", 4 );
    for (unsigned int nth = 1; nth < 64; nth += 9)
    {
        for (DWORD flags = 0; flags <= COPY_FILE_RESTARTABLE; flags += COPY_FILE_RESTARTABLE)
        {
            push_context( "chunk %u, flags %#lx", nth, flags );
            DeleteFileW( L"dst.bin" );
            ok( copy_and_pause( flags, CHUNK_FINISHED, nth ) == PAUSED, "not paused" );
            ok( resume_quietly( flags | RESUME ) == S_OK, "not resumed" );
            check_complete();
            pop_context();
        }
    }
}

/* A fragment of a read-only file can be gone on with, and then is what its source is. */
static void test_attributes( void )
{
    static const DWORD attributes[] = { FILE_ATTRIBUTE_READONLY, FILE_ATTRIBUTE_HIDDEN, FILE_ATTRIBUTE_SYSTEM,
                                        FILE_ATTRIBUTE_READONLY | FILE_ATTRIBUTE_HIDDEN };
    HRESULT hr;

    if (!file_system_keeps_attributes())
    {
        skip( "this file system keeps no attributes" );
        return;
    }
    file_fill( L"src.bin", MANY, 1 );
    for (size_t i = 0; i < ARRAY_SIZE( attributes ); i++)
    {
        for (DWORD flags = 0; flags <= COPY_FILE_RESTARTABLE; flags += COPY_FILE_RESTARTABLE)
        {
            push_context( "attributes %#lx, flags %#lx", attributes[i], flags );
            file_set_attributes( L"src.bin", attributes[i] );
            ok( copy_and_pause( flags, CHUNK_FINISHED, 3 ) == PAUSED, "not paused" );
            hr = resume_quietly( flags | RESUME | COPY_FILE_FAIL_IF_EXISTS );
            ok( hr == S_OK, "got %#lx", hr );
            check_complete();
            ok( file_attributes( L"dst.bin" ) == ( attributes[i] | FILE_ATTRIBUTE_ARCHIVE ), "attributes %#lx",
                file_attributes( L"dst.bin" ) );
            file_set_attributes( L"dst.bin", FILE_ATTRIBUTE_NORMAL );
            DeleteFileW( L"dst.bin" );
            pop_context();
        }
    }
    file_set_attributes( L"src.bin", FILE_ATTRIBUTE_NORMAL );
}

/* A fragment is protected as any file is. */
static void test_protected_fragment( void )
{
    int64_t size;
    HRESULT hr;

    make_paused();
    size = file_size( L"dst.bin" );
    file_set_attributes( L"dst.bin", FILE_ATTRIBUTE_READONLY );
    hr = resume_quietly( RESUME );
    ok( hr == hr_from_error( ERROR_ACCESS_DENIED ), "got %#lx", hr );
    file_set_attributes( L"dst.bin", FILE_ATTRIBUTE_NORMAL );
    ok( file_size( L"dst.bin" ) == size, "%lld bytes", (long long)file_size( L"dst.bin" ) );
}

/* CANCEL deletes what was there, STOP cuts it, as always. */
static void test_other_answers( void )
{
    struct recorder recorder;
    HRESULT hr;

    make_paused();
    hr = copy_and_answer( RESUME, COPYFILE2_PROGRESS_CANCEL, CHUNK_FINISHED, 1, &recorder );
    ok( hr == ABORTED, "got %#lx", hr );
    ok( !file_exists( L"dst.bin" ), "the destination is still there" );
    recorder_end( &recorder );

    make_paused();
    hr = copy_and_answer( RESUME, COPYFILE2_PROGRESS_STOP, CHUNK_FINISHED, 1, &recorder );
    ok( hr == ABORTED, "got %#lx", hr );
    if (running_under_wine())
        ok( file_size( L"dst.bin" ) == 4 * CHUNK, "%lld bytes", (long long)file_size( L"dst.bin" ) );
    ok( resume_quietly( RESUME | COPY_FILE_FAIL_IF_EXISTS ) == EXISTS, "a fragment without record was gone on with" );
    recorder_end( &recorder );

    make_paused();
    hr = copy_and_answer( RESUME, COPYFILE2_PROGRESS_QUIET, STREAM_STARTED, 1, &recorder );
    ok( hr == S_OK && recorder.count == 1, "got %#lx, %u messages", hr, recorder.count );
    check_complete();
    recorder_end( &recorder );
}

/* What the answer to the message after PAUSE is does not matter any more. */

static COPYFILE2_MESSAGE_ACTION CALLBACK pause_then( const COPYFILE2_MESSAGE *message, void *context )
{
    if (message->Type == STREAM_FINISHED) return *(COPYFILE2_MESSAGE_ACTION *)context;
    return message->Type == CHUNK_FINISHED ? COPYFILE2_PROGRESS_PAUSE : COPYFILE2_PROGRESS_CONTINUE;
}

static void test_answer_after_pause( void )
{
    file_fill( L"src.bin", 3 * 1024 * 1024, 1 );
    for (COPYFILE2_MESSAGE_ACTION answer = COPYFILE2_PROGRESS_CONTINUE; answer <= COPYFILE2_PROGRESS_PAUSE; answer++)
    {
        COPYFILE2_EXTENDED_PARAMETERS params = { sizeof( params ), 0, NULL, pause_then, &answer };
        HRESULT hr;

        push_context( "answer %d", (int)answer );
        DeleteFileW( L"dst.bin" );
        hr = copy_with( L"src.bin", L"dst.bin", &params );
        ok( hr == PAUSED || broken( true ), "got %#lx", hr );
        ok( resume_quietly( RESUME | COPY_FILE_FAIL_IF_EXISTS ) == S_OK || broken( true ), "not resumed" );
        check_complete();
        pop_context();
    }
}

/* The flag at entry leaves the fragment alone; set later it deletes. */
static void test_pfcancel( void )
{
    BOOL cancel = TRUE;
    HRESULT hr;

    make_paused();
    hr = copy_in_chunks_with( L"src.bin", L"dst.bin", RESUME, CHUNK, &cancel, NULL );
    ok( hr == ABORTED, "got %#lx", hr );
    ok( resume_quietly( RESUME | COPY_FILE_FAIL_IF_EXISTS ) == S_OK, "the fragment is of no use any more" );
    check_complete();
}

static void test_onto_itself( void )
{
    HRESULT hr;

    file_fill( L"src.bin", MANY, 1 );
    hr = copy_in_chunks_with( L"src.bin", L"src.bin", RESUME, CHUNK, NULL, NULL );
    ok( hr == hr_from_error( ERROR_SHARING_VIOLATION ), "got %#lx", hr );
    hr = copy_in_chunks_with( L"src.bin", L"src.bin", RESUME | COPY_FILE_FAIL_IF_EXISTS, CHUNK, NULL, NULL );
    ok( hr == EXISTS || broken( hr == hr_from_error( ERROR_SHARING_VIOLATION ) ), "got %#lx", hr );
    ok( file_size( L"src.bin" ) == MANY, "%lld bytes", (long long)file_size( L"src.bin" ) );
}

/* ---- named streams
 * ------------------------------------------------------------------------------------------------------- */

static const struct
{
    PCWSTR source, destination;
    uint64_t size;
} streams[] = {
    { L"src.bin", L"dst.bin", MANY },  { L"src.bin:a", L"dst.bin:a", 10000 }, { L"src.bin:b", L"dst.bin:b", 5 },
    { L"src.bin:c", L"dst.bin:c", 0 }, { L"src.bin:d", L"dst.bin:d", 20000 },
};

static void make_streams( void )
{
    for (size_t i = 0; i < ARRAY_SIZE( streams ); i++) file_fill( streams[i].source, streams[i].size, (uint32_t)i + 1 );
}

static void check_streams( void )
{
    for (size_t i = 0; i < ARRAY_SIZE( streams ); i++)
        ok( file_equal( streams[i].source, streams[i].destination ), "%ls: other bytes; %lld of them",
            streams[i].destination, (long long)file_size( streams[i].destination ) );
}

static void delete_streams( void )
{
    for (size_t i = ARRAY_SIZE( streams ); i--;) DeleteFileW( streams[i].destination );
}

/* Pauses at the nth message of whatever type. */
struct pauser
{
    unsigned int at, count;
    COPYFILE2_MESSAGE first;
    uint64_t total_done; /* by the last message */
};

static COPYFILE2_MESSAGE_ACTION CALLBACK pause_at( const COPYFILE2_MESSAGE *message, void *context )
{
    struct pauser *pauser = context;

    if (!pauser->count) pauser->first = *message;
    if (message->Type == STREAM_FINISHED)
        pauser->total_done = message->Info.StreamFinished.uliTotalBytesTransferred.QuadPart;
    return ++pauser->count == pauser->at ? COPYFILE2_PROGRESS_PAUSE : COPYFILE2_PROGRESS_CONTINUE;
}

static HRESULT copy_pausing( DWORD flags, unsigned int at, struct pauser *pauser )
{
    COPYFILE2_EXTENDED_PARAMETERS_V2 params = { sizeof( params ), flags };

    *pauser = ( struct pauser ){ .at = at };
    params.pProgressRoutine = pause_at;
    params.pvCallbackContext = pauser;
    params.ioDesiredSize = CHUNK;
    return copy_with( L"src.bin", L"dst.bin", &params );
}

/* Whichever message is answered with PAUSE: the resumed copy has all streams, and counts all of their bytes. */
static void check_streams_paused( DWORD flags )
{
    struct pauser pauser;
    HRESULT hr = PAUSED;

    for (unsigned int at = 1; hr == PAUSED; at++)
    {
        push_context( "message %u, flags %#lx", at, flags );
        delete_streams();
        hr = copy_pausing( flags, at, &pauser );
        if (hr == PAUSED)
        {
            ok( file_size( L"dst.bin" ) > 0 && file_size( L"dst.bin" ) < MANY, "%lld bytes",
                (long long)file_size( L"dst.bin" ) );
            ok( copy_pausing( flags | RESUME | COPY_FILE_FAIL_IF_EXISTS, 0, &pauser ) == S_OK, "not resumed" );
            ok( pauser.first.Type == STREAM_STARTED, "the first message is of type %d", (int)pauser.first.Type );
        }
        ok( pauser.total_done == MANY + 30005, "%llu bytes in all", pauser.total_done );
        check_streams();
        pop_context();
    }
    ok( hr == S_OK, "got %#lx", hr );
}

static void test_streams( void )
{
    make_streams();
    check_streams_paused( 0 );
    check_streams_paused( COPY_FILE_RESTARTABLE );
}

/* One message a call, or a few: there is an end. */
static void test_streams_chain( void )
{
    for (unsigned int at = 2; at < 7; at++)
    {
        struct pauser pauser;
        unsigned int calls = 0;
        HRESULT hr = PAUSED;

        push_context( "every %u messages", at );
        make_streams();
        delete_streams();
        while (hr == PAUSED && calls++ < 100) hr = copy_pausing( calls > 1 ? RESUME : 0, at + 1, &pauser );
        ok( hr == S_OK, "got %#lx", hr );
        check_streams();
        pop_context();
    }
}

/* What was copied of named streams is looked at before it is passed. */
static void test_streams_lost( void )
{
    struct pauser pauser;

    make_streams();
    for (size_t lost = 1; lost < ARRAY_SIZE( streams ); lost++)
    {
        for (int how = 0; how < 3; how++)
        {
            push_context( "%ls, way %d", streams[lost].destination, how );
            delete_streams();
            ok( copy_pausing( 0, 45, &pauser ) == PAUSED, "not paused" );
            if (how == 0) DeleteFileW( streams[lost].destination );
            else if (how == 1) file_write_text( streams[lost].destination, "other" );
            else file_fill( streams[lost].destination, streams[lost].size + 1, 9 );
            ok( copy_pausing( RESUME | COPY_FILE_FAIL_IF_EXISTS, 0, &pauser ) == S_OK, "not resumed" );
            check_streams();
            pop_context();
        }
    }
}

/* All of them go with CANCEL, also those that an earlier call made. */
static COPYFILE2_MESSAGE_ACTION CALLBACK cancel_first( const COPYFILE2_MESSAGE *message, void *context )
{
    (void)message, (void)context;
    return COPYFILE2_PROGRESS_CANCEL;
}

static void test_streams_cancel( void )
{
    COPYFILE2_EXTENDED_PARAMETERS params = { sizeof( params ), RESUME, NULL, cancel_first, NULL };
    struct pauser pauser;

    make_streams();
    for (unsigned int at = 24; at < 40; at++)
    {
        push_context( "message %u", at );
        delete_streams();
        ok( copy_pausing( 0, at, &pauser ) == PAUSED, "not paused" );
        ok( copy_with( L"src.bin", L"dst.bin", &params ) == ABORTED, "not canceled" );
        for (size_t i = 0; i < ARRAY_SIZE( streams ); i++)
            ok( !file_exists( streams[i].destination ), "%ls is left", streams[i].destination );
        pop_context();
    }
}

static const struct test_case cases[] = {
    { "pause", "23", test_pause },
    { "pause_tail", "24", test_pause_tail },
    { "resume", "25", test_resume },
    { "resume_nohdr_fail", "26", test_resume_nohdr_fail },
    { "resume_nohdr", "27", test_resume_nohdr },
    { "resume_twice", "28", test_resume_twice },
    { "resume_nothing", "-", test_resume_nothing },
    { "resumed_messages", "-", test_resumed_messages },
    { "pause_at_once", "-", test_pause_at_once },
    { "hostile_bytes", "-", test_hostile_bytes },
    { "hostile_lengths", "-", test_hostile_lengths },
    { "changed_fragment", "-", test_changed_fragment },
    { "changed_source", "-", test_changed_source },
    { "foreign_record", "-", test_foreign_record },
    { "fragment_of_fragment", "-", test_fragment_of_fragment },
    { "holes", "-", test_holes },
    { "attributes", "-", test_attributes },
    { "protected_fragment", "-", test_protected_fragment },
    { "other_answers", "-", test_other_answers },
    { "answer_after_pause", "-", test_answer_after_pause },
    { "pfcancel", "-", test_pfcancel },
    { "onto_itself", "-", test_onto_itself },
    { "streams", "-", test_streams },
    { "streams_chain", "-", test_streams_chain },
    { "streams_lost", "-", test_streams_lost },
    { "streams_cancel", "-", test_streams_cancel },
};

TEST_MAIN( "pause", cases )
