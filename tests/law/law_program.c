/* SPDX-License-Identifier: MIT */

/* A program that knows nothing of us copies and moves as its input says. The scripts of tests/law run it under plain
 * Wine and with our functions, and compare. A line is a command with its words, and %20 is a blank in a name. Each
 * answer is a line. The commands are:
 *
 *     copy SOURCE DESTINATION              CopyFileW
 *     copynew SOURCE DESTINATION           CopyFileW that must not overwrite
 *     copyex SOURCE DESTINATION FLAGS      CopyFileExW
 *     copy2 SOURCE DESTINATION             CopyFile2, where kernel32 has it
 *     move SOURCE DESTINATION FLAGS        MoveFileExW
 *     movep SOURCE DESTINATION FLAGS       MoveFileWithProgressW
 *     hold FILE ACCESS SHARE               opens it until the end
 *     marks FILE                           its attributes
 *     mark FILE ATTRIBUTES                 sets them
 *     race COUNT SOURCE DESTINATION        so many threads copy to one name
 *     exit SOURCE DESTINATION              the process ends while another thread copies
 *     terminate SOURCE DESTINATION         that thread ends, and the process afterwards
 *     watch FOLDER                         what Windows programs hear of it is told at the end
 *     end                                  answers "end", when all else was said */

#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WORDS   4
#define LONGEST 1024

static HANDLE held[8], folder = INVALID_HANDLE_VALUE;
static int held_count;
static OVERLAPPED watching;
static DWORD events[4096];

static void decode( const char *word, WCHAR *name )
{
    char bytes[LONGEST], *at = bytes;

    for (; *word; at++, word++)
    {
        *at = *word;
        if (*word != '%') continue;
        *at = (char)strtoul( ( char[] ){ word[1], word[2], 0 }, NULL, 16 );
        word += 2;
    }
    *at = 0;
    MultiByteToWideChar( CP_UTF8, 0, bytes, -1, name, LONGEST );
}

static void tell( const char *what, BOOL ret )
{
    if (ret) printf( "%s: good\n", what );
    else printf( "%s: error %lu\n", what, GetLastError() );
}

static void copy2( const WCHAR *source, const WCHAR *destination )
{
    FARPROC found = GetProcAddress( GetModuleHandleW( L"kernel32.dll" ), "CopyFile2" );
    HRESULT hr;

    if (!found) printf( "copy2: absent\n" );
    if (!found) return;
    hr = ( ( HRESULT( WINAPI * )( const WCHAR *, const WCHAR *, void * ) )(void *)found )( source, destination, NULL );
    SetLastError( (DWORD)hr & 0xffff );
    tell( "copy2", hr >= 0 );
}

static void hold( const WCHAR *name, DWORD access, DWORD share )
{
    held[held_count] = CreateFileW( name, access, share, NULL, OPEN_EXISTING, 0, NULL );
    tell( "hold", held[held_count] != INVALID_HANDLE_VALUE );
    held_count++;
}

struct racer
{
    const WCHAR *source, *destination;
    HANDLE go;
    DWORD error;
};

static DWORD WINAPI race_one( void *context )
{
    struct racer *racer = context;

    WaitForSingleObject( racer->go, INFINITE );
    racer->error = CopyFileW( racer->source, racer->destination, FALSE ) ? 0 : GetLastError();
    return 0;
}

static void race( int count, const WCHAR *source, const WCHAR *destination )
{
    struct racer racer[16] = { 0 };
    HANDLE thread[16], go = CreateEventW( NULL, TRUE, FALSE, NULL );
    int good = 0, shared = 0;

    for (int i = 0; i < count; i++)
    {
        racer[i] = ( struct racer ){ source, destination, go, 0 };
        thread[i] = CreateThread( NULL, 0, race_one, &racer[i], 0, NULL );
    }
    SetEvent( go );
    WaitForMultipleObjects( (DWORD)count, thread, TRUE, INFINITE );
    for (int i = 0; i < count; i++)
    {
        good += !racer[i].error;
        shared += racer[i].error == ERROR_SHARING_VIOLATION;
        CloseHandle( thread[i] );
    }
    CloseHandle( go );
    printf( "race: %s, %s\n", good ? "some good" : "none good",
            good == count            ? "all good"
            : good + shared == count ? "others shared"
                                     : "others failed" );
}

struct work
{
    const WCHAR *source, *destination;
};

static DWORD WINAPI copy_one( void *context )
{
    const struct work *work = context;

    CopyFileW( work->source, work->destination, FALSE );
    return 0;
}

static DWORD size_of( const WCHAR *name )
{
    WIN32_FILE_ATTRIBUTE_DATA data;

    return GetFileAttributesExW( name, GetFileExInfoStandard, &data ) ? data.nFileSizeLow : 0;
}

/* The source is so large that nobody has copied it when the size of the destination changes. */
static void end_while_copying( const WCHAR *source, const WCHAR *destination, BOOL ends_thread )
{
    struct work work = { source, destination };
    DWORD before = size_of( destination );
    HANDLE thread = CreateThread( NULL, 0, copy_one, &work, 0, NULL );

    while (size_of( destination ) == before && WaitForSingleObject( thread, 0 ) == WAIT_TIMEOUT) Sleep( 0 );
    if (ends_thread) TerminateThread( thread, 1 );
    ExitProcess( 0 );
}

static void watch( const WCHAR *name )
{
    folder = CreateFileW( name, FILE_LIST_DIRECTORY, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                          OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OVERLAPPED, NULL );
    watching.hEvent = CreateEventW( NULL, TRUE, FALSE, NULL );
    tell( "watch",
          ReadDirectoryChangesW( folder, events, sizeof( events ), FALSE,
                                 FILE_NOTIFY_CHANGE_FILE_NAME | FILE_NOTIFY_CHANGE_SIZE | FILE_NOTIFY_CHANGE_LAST_WRITE,
                                 NULL, &watching, NULL ) );
}

static void tell_events( DWORD bytes )
{
    const FILE_NOTIFY_INFORMATION *event = (const void *)events;

    while (bytes)
    {
        printf( "heard: %.*ls %lu\n", (int)( event->FileNameLength / sizeof( WCHAR ) ), event->FileName,
                event->Action );
        if (!event->NextEntryOffset) break;
        event = (const void *)( (const char *)event + event->NextEntryOffset );
    }
}

/* Events come in groups, and the last group has come when nothing more comes for a while. */
static void end_watch( void )
{
    DWORD bytes;

    while (folder != INVALID_HANDLE_VALUE && WaitForSingleObject( watching.hEvent, 200 ) == WAIT_OBJECT_0)
    {
        if (!GetOverlappedResult( folder, &watching, &bytes, FALSE )) break;
        tell_events( bytes );
        ResetEvent( watching.hEvent );
        ReadDirectoryChangesW( folder, events, sizeof( events ), FALSE,
                               FILE_NOTIFY_CHANGE_FILE_NAME | FILE_NOTIFY_CHANGE_SIZE | FILE_NOTIFY_CHANGE_LAST_WRITE,
                               NULL, &watching, NULL );
    }
    if (folder == INVALID_HANDLE_VALUE) return;
    CancelIo( folder );
    CloseHandle( folder );
    CloseHandle( watching.hEvent );
    folder = INVALID_HANDLE_VALUE;
}

static void end( void )
{
    end_watch();
    while (held_count)
        if (held[--held_count] != INVALID_HANDLE_VALUE) CloseHandle( held[held_count] );
    printf( "end\n" );
}

static void obey( char word[WORDS][LONGEST] )
{
    WCHAR one[LONGEST], two[LONGEST], three[LONGEST];
    DWORD second = strtoul( word[2], NULL, 0 ), third = strtoul( word[3], NULL, 0 );

    decode( word[1], one );
    decode( word[2], two );
    decode( word[3], three );
    if (!strcmp( word[0], "copy" )) tell( word[0], CopyFileW( one, two, FALSE ) );
    else if (!strcmp( word[0], "copynew" )) tell( word[0], CopyFileW( one, two, TRUE ) );
    else if (!strcmp( word[0], "copyex" )) tell( word[0], CopyFileExW( one, two, NULL, NULL, NULL, third ) );
    else if (!strcmp( word[0], "copy2" )) copy2( one, two );
    else if (!strcmp( word[0], "move" )) tell( word[0], MoveFileExW( one, two, third ) );
    else if (!strcmp( word[0], "movep" )) tell( word[0], MoveFileWithProgressW( one, two, NULL, NULL, third ) );
    else if (!strcmp( word[0], "hold" )) hold( one, second, third );
    else if (!strcmp( word[0], "marks" )) printf( "marks: %lx\n", GetFileAttributesW( one ) );
    else if (!strcmp( word[0], "mark" )) tell( word[0], SetFileAttributesW( one, second ) );
    else if (!strcmp( word[0], "race" )) race( atoi( word[1] ), two, three );
    else if (!strcmp( word[0], "exit" )) end_while_copying( one, two, FALSE );
    else if (!strcmp( word[0], "terminate" )) end_while_copying( one, two, TRUE );
    else if (!strcmp( word[0], "watch" )) watch( one );
    else if (!strcmp( word[0], "end" )) end();
    else printf( "unknown: %s\n", word[0] );
}

int main( void )
{
    char line[4 * LONGEST], word[WORDS][LONGEST];

    printf( "ready\n" );
    fflush( stdout );
    while (fgets( line, sizeof( line ), stdin ))
    {
        memset( word, 0, sizeof( word ) );
        if (sscanf( line, "%1023s %1023s %1023s %1023s", word[0], word[1], word[2], word[3] ) > 0) obey( word );
        fflush( stdout );
    }
    return 0;
}
