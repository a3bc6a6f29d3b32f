/* SPDX-License-Identifier: MIT */

/* Copies by NT calls out of folders that change in between. Each copy has to have the streams that its source has at
 * that moment. The argument says how many milliseconds a folder rests before a copy out of it. Prints what went wrong,
 * and "same tick N": in how many rounds a name came within the tick of the change before. */

#include <copyfile2.h>
#include <stdio.h>
#include <stdlib.h>

static int failures;

static void make( const WCHAR *name )
{
    HANDLE file = CreateFileW( name, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL );
    DWORD written;

    if (file == INVALID_HANDLE_VALUE || !WriteFile( file, "x", 1, &written, NULL ))
    {
        printf( "cannot make %ls: %lu\n", name, GetLastError() );
        failures++;
    }
    CloseHandle( file );
}

static ULONGLONG change_of( const WCHAR *name )
{
    WIN32_FILE_ATTRIBUTE_DATA data = { 0 };

    GetFileAttributesExW( name, GetFileExInfoStandard, &data );
    return (ULONGLONG)data.ftLastWriteTime.dwHighDateTime << 32 | data.ftLastWriteTime.dwLowDateTime;
}

/* Copies the source, and expects a stream of the copy, or none. */
static void expect( const WCHAR *source, BOOL stream, const char *when )
{
    HRESULT hr;
    BOOL is_there;

    DeleteFileW( L"copies\\copy" );
    DeleteFileW( L"copies\\copy:strm" );
    hr = CopyFile2( source, L"copies\\copy", NULL );
    is_there = GetFileAttributesW( L"copies\\copy:strm" ) != INVALID_FILE_ATTRIBUTES;
    if (hr == S_OK && is_there == stream) return;
    printf( "%s: result 0x%lx, %s stream\n", when, hr, is_there ? "a" : "no" );
    failures++;
}

/* A sibling comes right after a copy that found none, and goes again. */
static void come_and_go( DWORD rest, int *same_tick )
{
    ULONGLONG before;

    make( L"folder\\other" );
    Sleep( rest );
    before = change_of( L"folder" );
    expect( L"folder\\file", FALSE, "before" );
    make( L"folder\\file:strm" );
    *same_tick += before == change_of( L"folder" );
    expect( L"folder\\file", TRUE, "a stream that came" );
    DeleteFileW( L"folder\\file:strm" );
    expect( L"folder\\file", FALSE, "a stream that went" );
    DeleteFileW( L"folder\\other" );
}

/* Another folder takes the name of the one that was asked about, and then the first one gets it back. */
static void renamed( void )
{
    CreateDirectoryW( L"with", NULL );
    make( L"with\\file" );
    make( L"with\\file:strm" );
    Sleep( 300 );
    expect( L"folder\\file", FALSE, "before the rename" );
    expect( L"folder\\file", FALSE, "once more" );
    MoveFileW( L"folder", L"without" );
    MoveFileW( L"with", L"folder" );
    expect( L"folder\\file", TRUE, "another folder of the name" );
    MoveFileW( L"folder", L"with" );
    MoveFileW( L"without", L"folder" );
    expect( L"folder\\file", FALSE, "the first folder again" );
}

/* Some names only look alike, and some streams are of other files. */
static void other_names( void )
{
    make( L"folder\\FILE2:strm" );
    make( L"folder\\file2" );
    make( L"folder\\fil" );
    Sleep( 300 );
    expect( L"folder\\file", FALSE, "another file's stream" );
    expect( L"folder\\file2", TRUE, "a stream in another case" );
    expect( L"folder\\file2", TRUE, "... remembered" );
    expect( L"folder\\fil", FALSE, "a shorter name" );
}

/* There are more names with colons than are remembered. */
static void many_names( void )
{
    WCHAR name[64];

    for (int i = 0; i < 100; i++)
    {
        swprintf( name, ARRAYSIZE( name ), L"folder\\a rather long name %d:strm", i );
        make( name );
    }
    make( L"folder\\zzz" );
    make( L"folder\\zzz:strm" );
    Sleep( 300 );
    for (int i = 0; i < 3; i++) expect( L"folder\\zzz", TRUE, "the last of many" );
    for (int i = 0; i < 3; i++) expect( L"folder\\file", FALSE, "none of many" );
}

int main( int argc, char **argv )
{
    DWORD rest = argc > 1 ? strtoul( argv[1], NULL, 10 ) : 0;
    int same_tick = 0;

    CreateDirectoryW( L"folder", NULL );
    CreateDirectoryW( L"copies", NULL );
    make( L"folder\\file" );
    for (int i = 0; i < 20; i++) come_and_go( rest, &same_tick );
    renamed();
    other_names();
    many_names();
    printf( "same tick %d, failures %d\n", same_tick, failures );
    return failures != 0;
}
