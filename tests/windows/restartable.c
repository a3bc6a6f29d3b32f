/* COPY_FILE_RESTARTABLE: after STOP, a failure, and the death of the process the same call goes on from the last
 * safe point. */

#include "harness/recorder.h"
#include "harness/files.h"
#include "harness/test.h"

#include <stdlib.h>

#define MIB   ( 1024 * 1024 )
#define CHUNK 4096
#define SIZE  43008 /* ten and a half chunks */

/* Two safe points are 16 MiB apart at most, and the chunk that a copy dies in counts too. */
#define AT_STAKE ( 17 * MIB )
#define LARGE    ( 40 * MIB )

#define STREAM_STARTED  COPYFILE2_CALLBACK_STREAM_STARTED
#define CHUNK_STARTED   COPYFILE2_CALLBACK_CHUNK_STARTED
#define CHUNK_FINISHED  COPYFILE2_CALLBACK_CHUNK_FINISHED
#define STREAM_FINISHED COPYFILE2_CALLBACK_STREAM_FINISHED

#define ABORTED     hr_from_error( ERROR_REQUEST_ABORTED )
#define EXISTS      hr_from_error( ERROR_FILE_EXISTS )
#define RESTARTABLE COPY_FILE_RESTARTABLE

static HRESULT copy_and_answer( DWORD flags, DWORD chunk, COPYFILE2_MESSAGE_ACTION answer, COPYFILE2_MESSAGE_TYPE to,
                                unsigned int nth, struct recorder *recorder )
{
    recorder_begin( recorder );
    recorder->answer = answer;
    recorder->answer_to = to;
    recorder->answer_at = nth;
    return copy_in_chunks_with( L"src.bin", L"dst.bin", flags, chunk, NULL, recorder );
}

static void check_complete( void )
{
    ok( file_equal( L"src.bin", L"dst.bin" ), "other bytes; %lld of them", (long long)file_size( L"dst.bin" ) );
}

/* The same call again, to the end; answers how many bytes it copied itself. */
static uint64_t restart( DWORD flags )
{
    COPYFILE2_MESSAGE_ACTION go_on = COPYFILE2_PROGRESS_CONTINUE;
    struct recorder recorder;
    uint64_t moved = 0;
    HRESULT hr = copy_and_answer( flags, CHUNK, go_on, CHUNK_FINISHED, 0, &recorder );

    ok( hr == S_OK, "got %#lx", hr );
    moved = (uint64_t)( recorder.counts[CHUNK_FINISHED] ) * CHUNK;
    recorder_end( &recorder );
    check_complete();
    return moved;
}

static void test_whole( void )
{
    static const uint64_t sizes[] = { 0, 1, 127, 128, 129, 511, 512, 513, CHUNK, CHUNK + 1, SIZE };

    for (size_t i = 0; i < ARRAY_SIZE( sizes ); i++)
    {
        push_context( "%llu bytes", sizes[i] );
        file_fill( L"src.bin", sizes[i], 1 );
        DeleteFileW( L"dst.bin" );
        ok( copy( L"src.bin", L"dst.bin", RESTARTABLE ) == S_OK, "not copied" );
        check_complete();
        /* over itself, with no record in it, and over something longer */
        restart( RESTARTABLE );
        file_fill( L"dst.bin", sizes[i] + 5000, 2 );
        restart( RESTARTABLE | COPY_FILE_DISABLE_PRE_ALLOCATION );
        pop_context();
    }
    file_fill( L"src.bin", LARGE, 1 );
    ok( copy( L"src.bin", L"dst.bin", RESTARTABLE ) == S_OK, "not copied" );
    check_complete();
}

/* The messages are those of any other copy. */
static void test_messages( void )
{
    struct recorder recorder;
    HRESULT hr;

    file_fill( L"src.bin", 10240, 1 );
    hr = copy_and_answer( RESTARTABLE, CHUNK, COPYFILE2_PROGRESS_CONTINUE, CHUNK_FINISHED, 0, &recorder );
    ok( hr == S_OK, "got %#lx", hr );
    if (running_under_wine())
        expect_said( &recorder,
                     SAID_STREAM_STARTED( 10240 ) SAID_CHUNK( 0, 4096, 10240, 4096 ) SAID_CHUNK( 1, 4096, 10240, 8192 )
                         SAID_CHUNK( 2, 2048, 10240, 10240 ) SAID_STREAM_FINISHED( 10240, 10240 ) );
    recorder_end( &recorder );
}

static void check_stop( COPYFILE2_MESSAGE_TYPE to, unsigned int nth, unsigned int chunks, DWORD again )
{
    struct recorder recorder;
    uint64_t moved;
    HRESULT hr;

    push_context( "STOP at message %u of type %d, then flags %#lx", nth, (int)to, again );
    DeleteFileW( L"dst.bin" );
    hr = copy_and_answer( RESTARTABLE, CHUNK, COPYFILE2_PROGRESS_STOP, to, nth, &recorder );
    ok( hr == ABORTED, "got %#lx", hr );
    ok( recorder.counts[STREAM_FINISHED] == 1, "said\n%s", recorder.text );
    ok( file_size( L"dst.bin" ) <= SIZE, "%lld bytes left", (long long)file_size( L"dst.bin" ) );
    recorder_end( &recorder );
    moved = restart( again );
    ok( moved <= SIZE - chunks * CHUNK + CHUNK || broken( true ), "%llu bytes were copied again", moved );
    pop_context();
}

static void test_stop_at( void )
{
    static const DWORD again[] = { RESTARTABLE, RESTARTABLE | COPY_FILE_RESUME_FROM_PAUSE, COPY_FILE_RESUME_FROM_PAUSE,
                                   COPY_FILE_RESUME_FROM_PAUSE | COPY_FILE_FAIL_IF_EXISTS };

    file_fill( L"src.bin", SIZE, 1 );
    for (size_t i = 0; i < ARRAY_SIZE( again ); i++)
    {
        check_stop( STREAM_STARTED, 1, 0, again[i] );
        for (unsigned int n = 1; n <= 11; n++) check_stop( CHUNK_STARTED, n, n - 1, again[i] );
        for (unsigned int n = 1; n <= 10; n++) check_stop( CHUNK_FINISHED, n, n, again[i] );
        check_stop( CHUNK_FINISHED, 11, 10, again[i] );
        check_stop( STREAM_FINISHED, 1, 10, again[i] );
    }
}

/* Only RESUME_FROM_PAUSE lifts FAIL_IF_EXISTS, and without either flag a fragment is a file like any other. */
static void test_stop_and_forget( void )
{
    struct recorder recorder;

    file_fill( L"src.bin", SIZE, 1 );
    copy_and_answer( RESTARTABLE, CHUNK, COPYFILE2_PROGRESS_STOP, CHUNK_FINISHED, 5, &recorder );
    recorder_end( &recorder );
    ok( copy( L"src.bin", L"dst.bin", RESTARTABLE | COPY_FILE_FAIL_IF_EXISTS ) == EXISTS, "overwritten" );
    ok( restart( 0 ) >= SIZE, "not all was copied" );
}

static void test_cancel( void )
{
    struct recorder recorder;
    HRESULT hr;

    file_fill( L"src.bin", SIZE, 1 );
    for (unsigned int nth = 1; nth <= 11; nth++)
    {
        hr = copy_and_answer( RESTARTABLE, CHUNK, COPYFILE2_PROGRESS_CANCEL, CHUNK_FINISHED, nth, &recorder );
        ok( hr == ABORTED, "got %#lx", hr );
        ok( !file_exists( L"dst.bin" ), "%lld bytes left", (long long)file_size( L"dst.bin" ) );
        recorder_end( &recorder );
    }
}

/* PAUSE and STOP in turn, one chunk a call. */
static void test_chain( void )
{
    struct recorder recorder;
    unsigned int calls = 0;
    HRESULT hr;

    file_fill( L"src.bin", SIZE, 1 );
    do
    {
        hr = copy_and_answer( RESTARTABLE, CHUNK, calls & 1 ? COPYFILE2_PROGRESS_STOP : COPYFILE2_PROGRESS_PAUSE,
                              CHUNK_FINISHED, 1, &recorder );
        ok( hr == S_OK || hr == ( calls & 1 ? ABORTED : hr_from_error( ERROR_REQUEST_PAUSED ) ), "got %#lx", hr );
        recorder_end( &recorder );
    } while (hr != S_OK && ++calls < 100);
    ok( calls == 10 || broken( true ), "%u calls", calls );
    check_complete();
}

/* ---- failures
 * ------------------------------------------------------------------------------------------------------------ */

/* A callback may not close the handles; here it does, and so makes reading fail. */
static void close_source( const COPYFILE2_MESSAGE *message, void *context )
{
    unsigned int *countdown = context;

    if (message->Type != CHUNK_STARTED || --*countdown) return;
    CloseHandle( message->Info.ChunkStarted.hSourceFile );
}

static HRESULT copy_and_fail( DWORD flags, COPYFILE2_MESSAGE_ACTION answer, unsigned int chunk )
{
    struct recorder recorder;
    HRESULT hr;

    recorder_begin( &recorder );
    recorder.answer = answer;
    recorder.answer_to = COPYFILE2_CALLBACK_ERROR;
    recorder.answer_at = 1;
    recorder.hook = close_source;
    recorder.hook_context = &chunk;
    hr = copy_in_chunks_with( L"src.bin", L"dst.bin", flags, CHUNK, NULL, &recorder );
    ok( recorder.counts[STREAM_FINISHED] == 0, "the stream was finished" );
    recorder_end( &recorder );
    return hr;
}

/* To fail is what a restartable copy is for: what is there is kept, unless the callback says CANCEL. */
static void test_failed( void )
{
    if (!running_under_wine())
    {
        skip( "Windows is not to be told to fail like this" );
        return;
    }
    file_fill( L"src.bin", SIZE, 1 );
    for (COPYFILE2_MESSAGE_ACTION answer = COPYFILE2_PROGRESS_CONTINUE; answer <= COPYFILE2_PROGRESS_PAUSE; answer++)
    {
        push_context( "answer %d", (int)answer );
        ok( copy_and_fail( RESTARTABLE, answer, 6 ) == hr_from_error( ERROR_INVALID_HANDLE ), "another result" );
        if (answer == COPYFILE2_PROGRESS_CANCEL) ok( !file_exists( L"dst.bin" ), "a fragment is left" );
        else ok( restart( RESTARTABLE ) == 6 * CHUNK, "not from the sixth chunk on" );
        DeleteFileW( L"dst.bin" );
        pop_context();
    }
}

/* With nothing done there is nothing to keep. */
static void test_failed_at_once( void )
{
    if (!running_under_wine())
    {
        skip( "Windows is not to be told to fail like this" );
        return;
    }
    file_fill( L"src.bin", SIZE, 1 );
    ok( copy_and_fail( RESTARTABLE, COPYFILE2_PROGRESS_CONTINUE, 1 ) == hr_from_error( ERROR_INVALID_HANDLE ),
        "another result" );
    ok( !file_exists( L"dst.bin" ), "a fragment is left" );
}

/* What was paused before is not lost by a resumed copy that fails. */
static void test_failed_resume( void )
{
    struct recorder recorder;

    if (!running_under_wine())
    {
        skip( "Windows is not to be told to fail like this" );
        return;
    }
    file_fill( L"src.bin", SIZE, 1 );
    copy_and_answer( 0, CHUNK, COPYFILE2_PROGRESS_PAUSE, CHUNK_FINISHED, 3, &recorder );
    recorder_end( &recorder );
    ok( copy_and_fail( COPY_FILE_RESUME_FROM_PAUSE, COPYFILE2_PROGRESS_CONTINUE, 2 ) ==
            hr_from_error( ERROR_INVALID_HANDLE ),
        "another result" );
    ok( restart( COPY_FILE_RESUME_FROM_PAUSE | COPY_FILE_FAIL_IF_EXISTS ) == 7 * CHUNK, "not from the fifth chunk on" );
}

/* ---- death
 * --------------------------------------------------------------------------------------------------------------- */

/* This program again, as the one that is going to die: it copies, and stands still at a chunk. */
#define VICTIM "--victim"

static COPYFILE2_MESSAGE_ACTION CALLBACK stand_still( const COPYFILE2_MESSAGE *message, void *context )
{
    unsigned int *countdown = context;

    if (message->Type != CHUNK_FINISHED || --*countdown) return COPYFILE2_PROGRESS_CONTINUE;
    SetEvent( (HANDLE)(UINT_PTR)strtoul( getenv( "COPYFILE2_TEST_EVENT" ), NULL, 10 ) );
    Sleep( INFINITE );
    return COPYFILE2_PROGRESS_CONTINUE;
}

static int be_victim( void )
{
    unsigned int countdown = strtoul( getenv( "COPYFILE2_TEST_CHUNKS" ), NULL, 10 );
    COPYFILE2_EXTENDED_PARAMETERS params = { sizeof( params ), RESTARTABLE, NULL, stand_still, &countdown };
    const char *name = getenv( "COPYFILE2_TEST_DLL" );
    HMODULE module = LoadLibraryA( name ? name : "copyfile2.dll" );

    copyfile2 = (void *)GetProcAddress( module, "CopyFile2" );
    copyfile2( L"src.bin", L"dst.bin", (COPYFILE2_EXTENDED_PARAMETERS *)&params );
    return 0;
}

/* Copies in another process, which ends without a word when so many chunks of 1 MiB are done. */
/* Wine 8.0 fails at it about once in a thousand times, and gives no error. */
static bool start( const WCHAR *program, WCHAR *command, PROCESS_INFORMATION *process )
{
    STARTUPINFOW startup = { sizeof( startup ) };

    SetLastError( 0 );
    if (CreateProcessW( program, command, NULL, NULL, TRUE, 0, NULL, NULL, &startup, process )) return true;
    if (GetLastError()) return false;
    trace( "no process, and no error: once more" );
    return CreateProcessW( program, command, NULL, NULL, TRUE, 0, NULL, NULL, &startup, process );
}

static bool copy_and_die( unsigned int chunks )
{
    SECURITY_ATTRIBUTES inherited = { sizeof( inherited ), NULL, TRUE };
    HANDLE there = CreateEventW( &inherited, TRUE, FALSE, NULL ), both[2];
    WCHAR program[MAX_PATH], command[MAX_PATH + 16];
    PROCESS_INFORMATION process;
    char text[16];
    bool stood;

    sprintf( text, "%u", chunks );
    SetEnvironmentVariableA( "COPYFILE2_TEST_CHUNKS", text );
    sprintf( text, "%lu", (unsigned long)(UINT_PTR)there );
    SetEnvironmentVariableA( "COPYFILE2_TEST_EVENT", text );
    GetModuleFileNameW( NULL, program, ARRAY_SIZE( program ) );
    _snwprintf( command, ARRAY_SIZE( command ), L"\"%ls\" " VICTIM, program );
    if (!ok( start( program, command, &process ), "no process: error %lu", GetLastError() )) return false;
    both[0] = there;
    both[1] = process.hProcess;
    stood = WaitForMultipleObjects( 2, both, FALSE, 60000 ) == WAIT_OBJECT_0;
    ok( stood, "the other process did not come to chunk %u", chunks );
    TerminateProcess( process.hProcess, 9 );
    WaitForSingleObject( process.hProcess, INFINITE );
    CloseHandle( process.hProcess );
    CloseHandle( process.hThread );
    CloseHandle( there );
    return stood;
}

static void test_killed( void )
{
    uint64_t moved;

    file_fill( L"src.bin", LARGE, 1 );
    for (unsigned int chunks = 1; chunks <= 40; chunks += 13)
    {
        push_context( "after %u chunks", chunks );
        if (!copy_and_die( chunks )) return;
        moved = restart( RESTARTABLE );
        ok( moved <= LARGE - ( chunks * MIB - AT_STAKE ) || chunks < 17 || broken( true ),
            "%llu bytes were copied again", moved );
        DeleteFileW( L"dst.bin" );
        pop_context();
    }
}

/* The second one goes on where the first one died. */
static void test_killed_twice( void )
{
    uint64_t moved;

    file_fill( L"src.bin", LARGE, 1 );
    if (!copy_and_die( 20 ) || !copy_and_die( 19 )) return;
    moved = restart( COPY_FILE_RESUME_FROM_PAUSE | COPY_FILE_FAIL_IF_EXISTS );
    ok( moved <= LARGE - ( 39 * MIB - 2 * AT_STAKE ) || broken( true ), "%llu bytes were copied again", moved );
}

/* In a named stream: the unnamed one, and the streams before it, are not copied again. */
static void test_killed_in_stream( void )
{
    static const PCWSTR names[][2] = { { L"src.bin:a", L"dst.bin:a" }, { L"src.bin:b", L"dst.bin:b" } };
    struct recorder recorder;
    HRESULT hr;

    file_fill( L"src.bin", 3 * MIB + 7, 1 );
    file_fill( names[0][0], 2 * MIB, 2 );
    file_fill( names[1][0], LARGE, 3 );
    if (!copy_and_die( 38 )) return;
    hr = copy_and_answer( RESTARTABLE, CHUNK, COPYFILE2_PROGRESS_CONTINUE, CHUNK_FINISHED, 0, &recorder );
    ok( hr == S_OK, "got %#lx", hr );
    ok( recorder.counts[STREAM_STARTED] == 1 || broken( true ), "%u streams", recorder.counts[STREAM_STARTED] );
    ok( recorder.counts[CHUNK_FINISHED] <= ( 45 * MIB - 38 * MIB + AT_STAKE ) / CHUNK || broken( true ), "%u chunks",
        recorder.counts[CHUNK_FINISHED] );
    ok( recorder.last.Info.StreamFinished.uliTotalBytesTransferred.QuadPart == 45 * MIB + 7, "%llu bytes in all",
        recorder.last.Info.StreamFinished.uliTotalBytesTransferred.QuadPart );
    recorder_end( &recorder );
    check_complete();
    for (size_t i = 0; i < ARRAY_SIZE( names ); i++) ok( file_equal( names[i][0], names[i][1] ), "other bytes" );
}

/* What a slot says, as restart_record.c writes it. */
static bool read_slot( const BYTE *slot, uint64_t *sequence, uint64_t *safe )
{
    if (memcmp( slot, "CopyFile2Restart", 16 )) return false;
    memcpy( sequence, slot + 32, 8 );
    memcpy( safe, slot + 40, 8 );
    return true;
}

/* How many bytes of the dead copy are surely on the disk, by the newer of the two slots at the end of the file;
 * torn: that one was being written, and the other one counts. */
static uint64_t lose_unsafe( BYTE *bytes, size_t size, bool torn )
{
    BYTE *newer = bytes + size - 512, *older = bytes + size - 1024;
    uint64_t sequences[2] = { 0 }, safe[2] = { 0 };

    ok( read_slot( newer, &sequences[1], &safe[1] ) && read_slot( older, &sequences[0], &safe[0] ),
        "a slot is not there" );
    if (sequences[0] > sequences[1])
    {
        BYTE *slot = newer;
        uint64_t value = safe[1];

        newer = older, older = slot;
        safe[1] = safe[0], safe[0] = value;
    }
    ok( safe[1] > safe[0], "%llu bytes are safe, before that %llu", safe[1], safe[0] );
    if (torn) memset( newer + 60, 0, 452 );
    return safe[torn ? 0 : 1];
}

/* A cut of the power loses what was written since the last safe point. */
static void check_power_cut( bool torn )
{
    HANDLE file;
    BYTE *bytes;
    DWORD size;
    uint64_t safe;

    if (!copy_and_die( 38 )) return;
    file = file_hold( L"dst.bin", GENERIC_READ, SHARE_ALL );
    size = GetFileSize( file, NULL );
    bytes = malloc( size );
    ok( ReadFile( file, bytes, size, &size, NULL ), "cannot read" );
    CloseHandle( file );
    if (ok( size == LARGE + 1024, "%lu bytes", size ))
    {
        safe = lose_unsafe( bytes, size, torn );
        ok( torn || safe >= 38 * MIB - AT_STAKE, "%llu bytes are safe", safe );
        for (uint64_t at = safe; at < LARGE; at++) bytes[at] = (BYTE)( at * 7 );
        file_write( L"dst.bin", bytes, size );
        ok( restart( RESTARTABLE ) == LARGE - safe, "not from %llu on", safe );
    }
    free( bytes );
    DeleteFileW( L"dst.bin" );
}

static void test_power_cut( void )
{
    if (!running_under_wine())
    {
        skip( "Windows' own record is not known" );
        return;
    }
    file_fill( L"src.bin", LARGE, 1 );
    check_power_cut( false );
    push_context( "torn" );
    check_power_cut( true );
    pop_context();
}

/* The source is another one by the time of the restart. */
static void test_changed_source( void )
{
    file_fill( L"src.bin", LARGE, 1 );
    if (!copy_and_die( 20 )) return;
    file_patch( L"src.bin", LARGE - 1, "x", 1 );
    ok( restart( RESTARTABLE ) == LARGE, "not all was copied again" );
}

/* Holes stay as empty behind a dead copy's leftovers. */
static void test_killed_with_holes( void )
{
    static const char junk[] = "what a dead copy may have left behind its safe bytes";

    file_make_sparse( L"src.bin", LARGE );
    file_patch( L"src.bin", 0, junk, sizeof( junk ) );
    if (!copy_and_die( 20 )) return;
    file_patch( L"dst.bin", 30 * MIB, junk, sizeof( junk ) );
    restart( RESTARTABLE );
}

static const struct test_case cases[] = {
    { "whole", "-", test_whole },
    { "messages", "-", test_messages },
    { "stop_at", "-", test_stop_at },
    { "stop_and_forget", "-", test_stop_and_forget },
    { "cancel", "-", test_cancel },
    { "chain", "-", test_chain },
    { "failed", "-", test_failed },
    { "failed_at_once", "-", test_failed_at_once },
    { "failed_resume", "-", test_failed_resume },
    { "killed", "-", test_killed },
    { "killed_twice", "-", test_killed_twice },
    { "killed_in_stream", "-", test_killed_in_stream },
    { "power_cut", "-", test_power_cut },
    { "changed_source", "-", test_changed_source },
    { "killed_with_holes", "-", test_killed_with_holes },
};

int main( int argc, char **argv )
{
    if (argc > 1 && !strcmp( argv[1], VICTIM )) return be_victim();
    return test_main( "restartable", cases, ARRAY_SIZE( cases ), argc > 1 ? argv[1] : "" );
}
