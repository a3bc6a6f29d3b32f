/* SPDX-License-Identifier: MIT */

/* The process of a restartable copy dies, or its machine loses its power. */

#include "restartable.h"

#include <stdlib.h>

static COPYFILE2_MESSAGE_ACTION CALLBACK stand_still( const COPYFILE2_MESSAGE *message, void *context )
{
    unsigned int *countdown = context;

    if (message->Type != CHUNK_FINISHED || --*countdown) return COPYFILE2_PROGRESS_CONTINUE;
    SetEvent( (HANDLE)(UINT_PTR)strtoul( getenv( "COPYFILE2_TEST_EVENT" ), NULL, 10 ) );
    Sleep( INFINITE );
    return COPYFILE2_PROGRESS_CONTINUE;
}

int be_victim( void )
{
    unsigned int countdown = strtoul( getenv( "COPYFILE2_TEST_CHUNKS" ), NULL, 10 );
    COPYFILE2_EXTENDED_PARAMETERS params = { sizeof( params ), RESTARTABLE, NULL, stand_still, &countdown };
    HMODULE module = LoadLibraryA( test_dll() );

    copyfile2 = (void *)GetProcAddress( module, "CopyFile2" );
    copyfile2( L"src.bin", L"dst.bin", (COPYFILE2_EXTENDED_PARAMETERS *)&params );
    return 0;
}

/* Wine 8.0 fails to start a process about once in a thousand times, and gives no error. */
static bool start( const WCHAR *program, WCHAR *command, PROCESS_INFORMATION *process )
{
    STARTUPINFOW startup = { sizeof( startup ) };

    SetLastError( 0 );
    if (CreateProcessW( program, command, NULL, NULL, TRUE, 0, NULL, NULL, &startup, process )) return true;
    if (GetLastError()) return false;
    trace( "no process, and no error: once more" );
    return CreateProcessW( program, command, NULL, NULL, TRUE, 0, NULL, NULL, &startup, process );
}

/* Copies in another process, which is killed when so many chunks of 1 MiB are done. */
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

void test_killed( void )
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
void test_killed_twice( void )
{
    uint64_t moved;

    file_fill( L"src.bin", LARGE, 1 );
    if (!copy_and_die( 20 ) || !copy_and_die( 19 )) return;
    moved = restart( COPY_FILE_RESUME_FROM_PAUSE | COPY_FILE_FAIL_IF_EXISTS );
    ok( moved <= LARGE - ( 39 * MIB - 2 * AT_STAKE ) || broken( true ), "%llu bytes were copied again", moved );
}

/* The copy dies in a named stream: the unnamed one, and the streams before it, are not copied again. */
void test_killed_in_stream( void )
{
    static const PCWSTR names[][2] = { { L"src.bin:a", L"dst.bin:a" }, { L"src.bin:b", L"dst.bin:b" } };
    struct recorder recorder;
    HRESULT hr;

    file_fill( L"src.bin", 3 * MIB + 7, 1 );
    file_fill( names[0][0], 2 * MIB, 2 );
    file_fill( names[1][0], LARGE, 3 );
    if (!copy_and_die( 38 )) return;
    hr = restartable_copy( RESTARTABLE, CHUNK, COPYFILE2_PROGRESS_CONTINUE, CHUNK_FINISHED, 0, &recorder );
    ok( hr == S_OK, "got %#lx", hr );
    ok( recorder.counts[STREAM_STARTED] == 1 || broken( true ), "%u streams", recorder.counts[STREAM_STARTED] );
    ok( recorder.counts[CHUNK_FINISHED] <= ( 45 * MIB - 38 * MIB + AT_STAKE ) / CHUNK || broken( true ), "%u chunks",
        recorder.counts[CHUNK_FINISHED] );
    ok( recorder.last.Info.StreamFinished.uliTotalBytesTransferred.QuadPart == 45 * MIB + 7, "%llu bytes in all",
        recorder.last.Info.StreamFinished.uliTotalBytesTransferred.QuadPart );
    recorder_end( &recorder );
    restartable_check_complete();
    for (size_t i = 0; i < ARRAY_SIZE( names ); i++) ok( file_equal( names[i][0], names[i][1] ), "other bytes" );
}

/* Reads a slot, as restart_record.c writes it. */
static bool read_slot( const BYTE *slot, uint64_t *sequence, uint64_t *safe )
{
    if (memcmp( slot, "CopyFile2Restart", 16 )) return false;
    memcpy( sequence, slot + 32, 8 );
    memcpy( safe, slot + 40, 8 );
    return true;
}

/* Answers how many bytes of the dead copy are surely on the disk, by the newer of the two slots at the file's end.
 * torn: a write tears the newer slot, so that the older one counts. */
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

void test_power_cut( void )
{
    if (!engine_is_ours())
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

/* The source has changed by the time of the restart. */
void test_restarted_changed_source( void )
{
    file_fill( L"src.bin", LARGE, 1 );
    if (!copy_and_die( 20 )) return;
    file_patch( L"src.bin", LARGE - 1, "x", 1 );
    ok( restart( RESTARTABLE ) == LARGE, "not all was copied again" );
}

/* The source's holes read as zeros in the copy, also where a dead copy has left other bytes. */
void test_killed_with_holes( void )
{
    static const char junk[] = "what a dead copy may have left behind its safe bytes";

    file_make_sparse( L"src.bin", LARGE );
    file_patch( L"src.bin", 0, junk, sizeof( junk ) );
    if (!copy_and_die( 20 )) return;
    file_patch( L"dst.bin", 30 * MIB, junk, sizeof( junk ) );
    restart( RESTARTABLE );
}
