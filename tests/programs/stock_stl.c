/* SPDX-License-Identifier: MIT */

/* This is a program as people have it: it copies as the filesystem library of Visual C++ does since build tools 14.50.
 * The library keeps only the low 16 bits of the result, and decides by whether they are 80. The program knows nothing
 * of this project. It works in the current folder, and ends with 0 when every result was as on Windows. */

#include <windows.h>
#include <stdio.h>
#include <string.h>

static unsigned int wrong;

static DWORD copy_file( const WCHAR *source, const WCHAR *target, BOOL fail_if_exists )
{
    COPYFILE2_EXTENDED_PARAMETERS parameters = { .dwSize = sizeof( parameters ) };

    parameters.dwCopyFlags = fail_if_exists ? COPY_FILE_FAIL_IF_EXISTS : 0;
    return (DWORD)CopyFile2( source, target, &parameters ) & 0xffff;
}

static void write_file( const WCHAR *name, const char *text )
{
    HANDLE file = CreateFileW( name, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL );
    DWORD written;

    WriteFile( file, text, (DWORD)strlen( text ), &written, NULL );
    CloseHandle( file );
}

static void expect_text( const WCHAR *name, const char *text )
{
    char found[64] = "";
    DWORD length = 0;
    HANDLE file = CreateFileW( name, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL );

    ReadFile( file, found, sizeof( found ) - 1, &length, NULL );
    CloseHandle( file );
    if (!strcmp( found, text )) return;
    printf( "%ls holds \"%s\", not \"%s\"\r\n", name, found, text );
    wrong++;
}

static void expect( const char *what, DWORD error, DWORD wanted )
{
    printf( "%s: %lu\r\n", what, error );
    if (error == wanted) return;
    printf( "  instead of %lu\r\n", wanted );
    wrong++;
}

int main( void )
{
    write_file( L"stl-a", "first" );
    write_file( L"stl-b", "second" );
    DeleteFileW( L"stl-new" );
    CreateDirectoryW( L"stl-folder", NULL );

    expect( "new", copy_file( L"stl-a", L"stl-new", FALSE ), ERROR_SUCCESS );
    expect_text( L"stl-new", "first" );
    /* copy_options::skip_existing */
    expect( "skip", copy_file( L"stl-b", L"stl-new", TRUE ), ERROR_FILE_EXISTS );
    expect_text( L"stl-new", "first" );
    expect( "overwrite", copy_file( L"stl-b", L"stl-new", FALSE ), ERROR_SUCCESS );
    expect_text( L"stl-new", "second" );
    expect( "missing", copy_file( L"stl-missing", L"stl-new", FALSE ), ERROR_FILE_NOT_FOUND );
    expect_text( L"stl-new", "second" );
    expect( "folder as source", copy_file( L"stl-folder", L"stl-new", FALSE ), ERROR_ACCESS_DENIED );
    expect( "folder as target", copy_file( L"stl-a", L"stl-folder", FALSE ), ERROR_ACCESS_DENIED );
    expect( "same file", copy_file( L"stl-a", L"stl-a", FALSE ), ERROR_SHARING_VIOLATION );
    return wrong ? 1 : 0;
}
