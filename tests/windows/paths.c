/* SPDX-License-Identifier: MIT */

/* Every spelling of a name that reaches a file by CreateFileW reaches it here, and the others fail with the same
 * code. */

#include "harness/recorder.h"
#include "harness/files.h"
#include "harness/test.h"

static const char contents[] = "a file by any other name";

static void make_source( void )
{
    file_write_text( L"src.txt", contents );
}

/* Copies by these spellings, and looks for the copy by the name found. */
static void check_copy( PCWSTR source, PCWSTR destination, PCWSTR found )
{
    HRESULT hr = copy( source, destination, 0 );

    ok( hr == S_OK, "%ls to %ls: got %#lx", source, destination, hr );
    ok( file_is_text( found, contents ), "%ls to %ls: other bytes", source, destination );
    SetFileAttributesW( found, FILE_ATTRIBUTE_NORMAL );
    ok( DeleteFileW( found ), "%ls to %ls: cannot delete: error %lu", source, destination, GetLastError() );
    ok( file_is_text( L"src.txt", contents ), "%ls to %ls: the source has changed", source, destination );
}

/* CopyFile2 and CreateFileW answer differently for two things: an existing name, and success. */
static HRESULT hr_from_create( DWORD error )
{
    if (!error) return S_OK;
    return hr_from_error( error == ERROR_ALREADY_EXISTS ? ERROR_FILE_EXISTS : error );
}

/* Such a name cannot become a path of NT. Wine's CreateFileW answers ERROR_PATH_NOT_FOUND, and Windows 10's answers as
 * CopyFile2 does. */
static bool is_too_long( PCWSTR name, HRESULT hr )
{
    return wcslen( name ) > 32600 && hr == hr_from_error( ERROR_FILENAME_EXCED_RANGE );
}

/* CreateFileW calls a folder with a backslash at its end a missing path, and a copy calls it a folder. */
static bool is_folder_to_both( DWORD error, HRESULT hr )
{
    return error == ERROR_PATH_NOT_FOUND && hr == hr_from_error( ERROR_ACCESS_DENIED );
}

static bool is_alike( PCWSTR name, DWORD error, HRESULT hr )
{
    return hr == hr_from_create( error ) || is_too_long( name, hr ) ||
           ( ( file_attributes( name ) & FILE_ATTRIBUTE_DIRECTORY ) && is_folder_to_both( error, hr ) );
}

static void check_destination_as_create( PCWSTR name )
{
    HANDLE file = CreateFileW( name, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL );
    DWORD error = file == INVALID_HANDLE_VALUE ? GetLastError() : 0;
    HRESULT hr;

    if (!error)
    {
        CloseHandle( file );
        DeleteFileW( name );
    }
    hr = copy( L"src.txt", name, 0 );
    ok( is_alike( name, error, hr ), "to %.60ls: got %#lx, CreateFileW %lu", name, hr, error );
    if (hr == S_OK)
    {
        ok( file_is_text( name, contents ), "to %.60ls: other bytes", name );
        ok( DeleteFileW( name ), "cannot delete %.60ls: error %lu", name, GetLastError() );
    }
}

static void check_source_as_open( PCWSTR name )
{
    HANDLE file = CreateFileW( name, GENERIC_READ, SHARE_ALL, NULL, OPEN_EXISTING, 0, NULL );
    DWORD error = file == INVALID_HANDLE_VALUE ? GetLastError() : 0;
    HRESULT hr;

    if (!error) CloseHandle( file );
    hr = copy( name, L"dst.txt", 0 );
    ok( is_alike( name, error, hr ), "from %.60ls: got %#lx, CreateFileW %lu", name, hr, error );
    if (error) ok( !file_exists( L"dst.txt" ), "from %.60ls: the destination was made", name );
    else DeleteFileW( L"dst.txt" );
}

static void test_relative( void )
{
    make_source();
    CreateDirectoryW( L"sub", NULL );
    check_copy( L".\\src.txt", L"sub\\..\\dst.txt", L"dst.txt" );
    check_copy( L"sub\\..\\src.txt", L"sub\\.\\dst.txt", L"sub\\dst.txt" );
    check_copy( L"no such folder\\..\\src.txt", L"sub\\dst.txt", L"sub\\dst.txt" );
    SetCurrentDirectoryW( L"sub" );
    ok( copy( L"..\\src.txt", L"..\\sub\\dst.txt", 0 ) == S_OK, "copy failed" );
    ok( file_is_text( L"dst.txt", contents ), "other bytes" );
    SetCurrentDirectoryW( L".." );
}

static void test_forward_slashes( void )
{
    make_source();
    CreateDirectoryW( L"sub", NULL );
    check_copy( L"./src.txt", L"sub/dst.txt", L"sub\\dst.txt" );
    check_copy( L"sub/../src.txt", L"sub\\../sub/dst.txt", L"sub\\dst.txt" );
    check_copy( L"sub//..\\src.txt", L"sub\\\\dst.txt", L"sub\\dst.txt" );
}

/* The folder of the case, in full, after some prefix. */
static void make_full( WCHAR *path, PCWSTR prefix, PCWSTR name )
{
    WCHAR folder[MAX_PATH];

    GetCurrentDirectoryW( ARRAY_SIZE( folder ), folder );
    wcscpy( path, prefix );
    wcscat( path, folder );
    wcscat( path, L"\\" );
    wcscat( path, name );
}

static void test_prefixes( void )
{
    static const PCWSTR prefixes[] = { L"", L"\\\\?\\", L"\\\\.\\", L"\\??\\" };
    WCHAR source[MAX_PATH * 2], destination[MAX_PATH * 2];

    make_source();
    for (size_t i = 0; i < ARRAY_SIZE( prefixes ); i++)
    {
        make_full( source, prefixes[i], L"src.txt" );
        make_full( destination, prefixes[i], L"dst.txt" );
        check_copy( source, L"dst.txt", L"dst.txt" );
        check_copy( L"src.txt", destination, L"dst.txt" );
        check_copy( source, destination, L"dst.txt" );
    }
    /* after this prefix a name is taken as it is */
    check_source_as_open( L"\\\\?\\src.txt" );
    check_destination_as_create( L"\\\\?\\dst.txt" );
    make_full( source, L"\\\\?\\", L"sub\\..\\src.txt" );
    check_source_as_open( source );
    make_full( destination, L"\\\\?\\", L"./dst.txt" );
    check_destination_as_create( destination );
}

/* Wine shows the files of the host by their own names. */
static void test_unix_paths( void )
{
    char *( __cdecl * get_unix_name )( PCWSTR ) =
        (void *)GetProcAddress( GetModuleHandleA( "kernel32.dll" ), "wine_get_unix_file_name" );
    WCHAR folder[MAX_PATH], source[MAX_PATH * 2], destination[MAX_PATH * 2];
    char *host;

    if (!get_unix_name)
    {
        skip( "only Wine has them" );
        return;
    }
    make_source();
    GetCurrentDirectoryW( ARRAY_SIZE( folder ), folder );
    host = get_unix_name( folder );
    if (!ok( host != NULL, "no host path" )) return;
    _snwprintf( source, ARRAY_SIZE( source ), L"\\\\?\\unix%hs/src.txt", host );
    _snwprintf( destination, ARRAY_SIZE( destination ), L"\\\\?\\unix%hs/dst.txt", host );
    for (int i = 0; i < 2; i++)
    {
        check_copy( source, L"dst.txt", L"dst.txt" );
        check_copy( L"src.txt", destination, L"dst.txt" );
        check_copy( source, destination, L"dst.txt" );
        for (WCHAR *slash = source; *slash; slash++)
            if (*slash == '/') *slash = '\\';
        for (WCHAR *slash = destination; *slash; slash++)
            if (*slash == '/') *slash = '\\';
    }
    HeapFree( GetProcessHeap(), 0, host );
}

/* Three folders, each with a name of 100 letters, one in another. */
#define DEEP 3

static void make_deep( WCHAR *path, PCWSTR prefix )
{
    WCHAR name[101];

    make_full( path, prefix, L"" );
    path[wcslen( path ) - 1] = 0;
    for (int i = 0; i < DEEP; i++)
    {
        for (int k = 0; k < 100; k++) name[k] = 'a' + i;
        name[100] = 0;
        wcscat( path, L"\\" );
        wcscat( path, name );
        CreateDirectoryW( path, NULL );
    }
}

/* The harness cannot delete folders that deep. */
static void remove_deep( WCHAR *path )
{
    for (int i = 0; i < DEEP; i++)
    {
        ok( RemoveDirectoryW( path ), "cannot remove %ls: error %lu", path, GetLastError() );
        *wcsrchr( path, '\\' ) = 0;
    }
}

static void test_long_prefixed( void )
{
    WCHAR folder[1024], source[1024], destination[1024];

    make_source();
    make_deep( folder, L"\\\\?\\" );
    _snwprintf( source, ARRAY_SIZE( source ), L"%ls\\src.txt", folder );
    _snwprintf( destination, ARRAY_SIZE( destination ), L"%ls\\dst.txt", folder );
    ok( wcslen( destination ) > MAX_PATH + 50, "%u characters", (unsigned int)wcslen( destination ) );
    check_copy( L"src.txt", destination, destination );
    file_write_text( source, contents );
    check_copy( source, L"dst.txt", L"dst.txt" );
    check_copy( source, destination, destination );
    DeleteFileW( source );
    remove_deep( folder );
}

/* Without the prefix Windows takes long names only from a program that opts in; Wine takes them as they are. */
static void test_long_plain( void )
{
    WCHAR prefixed[1024], folder[1024], name[1024];

    make_source();
    make_deep( prefixed, L"\\\\?\\" );
    wcscpy( folder, prefixed + 4 );
    _snwprintf( name, ARRAY_SIZE( name ), L"%ls\\dst.txt", folder );
    check_destination_as_create( name );
    _snwprintf( name, ARRAY_SIZE( name ), L"%ls\\src.txt", prefixed );
    file_write_text( name, contents );
    check_source_as_open( name + 4 );
    DeleteFileW( name );
    remove_deep( prefixed );
}

static void fill_name( WCHAR *name, WCHAR letter, size_t count )
{
    while (count--) *name++ = letter;
    *name = 0;
}

/* 255 characters are what a file system takes; under Wine, on most of the host's, 255 bytes of UTF-8. */
static void test_long_component( void )
{
    static const size_t counts[] = { 254, 255, 256, 257, 1000, 32000 };
    static WCHAR name[32001];

    make_source();
    fill_name( name, 'n', 255 );
    check_copy( L"src.txt", name, name );
    for (size_t i = 0; i < ARRAY_SIZE( counts ); i++)
    {
        fill_name( name, 'n', counts[i] );
        check_destination_as_create( name );
        check_source_as_open( name );
    }
    fill_name( name, 0x6587, 85 );
    check_copy( L"src.txt", name, name );
    fill_name( name, 0x6587, 86 );
    check_destination_as_create( name );
    check_source_as_open( name );
    fill_name( name, 0x6587, 255 );
    check_destination_as_create( name );
}

/* The lengths lie around the 32767 characters that a path of NT can have, the folder's own included. */
static void test_too_long( void )
{
    static const size_t counts[] = { 32600, 32766, 32767, 32768, 40000, 65535, 65536, 70000 };
    static WCHAR name[70001];

    make_source();
    for (size_t i = 0; i < ARRAY_SIZE( counts ); i++)
    {
        push_context( "%u characters", (unsigned int)counts[i] );
        fill_name( name, 'n', counts[i] );
        check_destination_as_create( name );
        check_source_as_open( name );
        pop_context();
    }
}

static void test_through_file( void )
{
    static const PCWSTR names[] = { L"src.txt\\dst.txt", L"src.txt\\sub\\dst.txt", L"src.txt\\", L"src.txt\\." };

    make_source();
    for (size_t i = 0; i < ARRAY_SIZE( names ); i++)
    {
        if (i < 3) check_destination_as_create( names[i] );
        check_source_as_open( names[i] );
        ok( file_is_text( L"src.txt", contents ), "%ls: the source has changed", names[i] );
    }
}

static void test_missing_folder( void )
{
    static const PCWSTR names[] = {
        L"missing\\dst.txt", L"missing\\sub\\dst.txt", L"missing\\", L"dst.txt\\", L"dst.txt/",
    };

    make_source();
    for (size_t i = 0; i < ARRAY_SIZE( names ); i++)
    {
        check_destination_as_create( names[i] );
        check_source_as_open( names[i] );
    }
}

/* Devices that are not there, prefixes of nothing, folders, and characters that no name has. */
static void test_odd_paths( void )
{
    static const PCWSTR names[] = {
        L"COM9", L"LPT9", L"\\\\?\\", L"\\\\.\\", L"C:", L"C:\\", L".", L"..", L"a\tb", L"a|b", L"a\x01",
    };

    make_source();
    for (size_t i = 0; i < ARRAY_SIZE( names ); i++)
    {
        check_destination_as_create( names[i] );
        check_source_as_open( names[i] );
    }
}

static void test_missing_drive( void )
{
    WCHAR name[] = L"?:\\dst.txt";
    DWORD drives = GetLogicalDrives();

    make_source();
    name[0] = 'Z';
    while (name[0] > 'C' && ( drives & 1u << ( name[0] - 'A' ) )) name[0]--;
    if (name[0] == 'C')
    {
        skip( "every drive is there" );
        return;
    }
    check_destination_as_create( name );
    check_source_as_open( name );
    name[2] = '/';
    check_destination_as_create( name );
}

/* A 64-bit Wine leads a 32-bit program from System32 to SysWOW64, and both names of one file must be seen alike. */
static void test_redirected( void )
{
    static const WCHAR source[] = L"C:\\windows\\system32\\copyfile2-test-src.txt",
                       destination[] = L"C:\\windows\\system32\\copyfile2-test-dst.txt";

    if (!running_under_wine())
    {
        skip( "a folder of Windows is left alone" );
        return;
    }
    make_source();
    file_write_text( source, contents );
    check_copy( source, L"dst.txt", L"dst.txt" );
    check_copy( L"src.txt", destination, destination );
    check_copy( source, destination, destination );
    file_write_text( destination, "old" );
    check_copy( source, destination, destination );
    ok( DeleteFileW( source ), "cannot delete the source: error %lu", GetLastError() );
}

static const struct test_case cases[] = {
    { .name = "relative", .row = "-", .run = test_relative },
    { .name = "forward_slashes", .row = "-", .run = test_forward_slashes },
    { .name = "prefixes", .row = "-", .run = test_prefixes },
    { .name = "unix_paths", .row = "-", .run = test_unix_paths },
    { .name = "long_prefixed", .row = "-", .run = test_long_prefixed },
    { .name = "long_plain", .row = "-", .run = test_long_plain },
    { .name = "long_component", .row = "-", .run = test_long_component },
    { .name = "too_long", .row = "-", .run = test_too_long },
    { .name = "through_file", .row = "-", .run = test_through_file },
    { .name = "missing_folder", .row = "-", .run = test_missing_folder },
    { .name = "odd_paths", .row = "-", .run = test_odd_paths },
    { .name = "redirected", .row = "-", .run = test_redirected },
    { .name = "missing_drive", .row = "-", .run = test_missing_drive },
};

TEST_MAIN( "paths", cases )
