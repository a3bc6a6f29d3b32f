/* SPDX-License-Identifier: MIT */

#include "symlinks.h"
#include "files.h"
#include "recorder.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <winioctl.h>

#define SHELL_SECONDS 60

static void start_shell( const char *command )
{
    STARTUPINFOA startup = { .cb = sizeof( startup ) };
    PROCESS_INFORMATION process = { 0 };
    char line[4096];

    _snprintf( line, sizeof( line ), "sh -c \"(%s) >shell.output 2>/dev/null && : >shell.yes; : >shell.done\"",
               command );
    if (!CreateProcessA( "\\\\?\\unix\\bin\\sh", line, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process ))
        ok( false, "no shell: error %lu", GetLastError() );
}

/* Wine gives no handle to wait for a process of the host's. So the shell makes the file shell.done when it is done. */
bool shell( const char *command )
{
    bool yes;

    DeleteFileW( L"shell.yes" );
    start_shell( command );
    for (int i = 0; i < SHELL_SECONDS * 100 && !file_exists( L"shell.done" ); i++) Sleep( 10 );
    ok( file_exists( L"shell.done" ), "the shell did not end: %s", command );
    yes = file_exists( L"shell.yes" );
    DeleteFileW( L"shell.done" );
    return yes;
}

static bool shell_with( const char *format, const char *one, const char *two )
{
    char command[2048];

    _snprintf( command, sizeof( command ), format, one, two );
    return shell( command );
}

bool symlinks_are_unix( void )
{
    const char *kind = getenv( "COPYFILE2_TEST_LINKS" );

    return running_under_wine() && ( !kind || strcmp( kind, "windows" ) );
}

void symlink_make( const char *name, const char *target, bool directory )
{
    DWORD flags = directory ? SYMBOLIC_LINK_FLAG_DIRECTORY : 0;

    if (symlinks_are_unix()) ok( shell_with( "ln -s -- '%s' '%s'", target, name ), "cannot make the link %s", name );
    else if (!CreateSymbolicLinkA( name, target, flags ))
    {
        if (GetLastError() == ERROR_PRIVILEGE_NOT_HELD) skip_rest( "links need a privilege" );
        ok( false, "cannot make the link %s: error %lu", name, GetLastError() );
    }
}

/* FSCTL_GET_REPARSE_POINT gives this, and more that does not matter here. */
struct link_data
{
    ULONG tag;
    USHORT length, reserved;
    USHORT substitute_offset, substitute_length, print_offset, print_length;
    ULONG flags;
    WCHAR names[8000];
};

static bool is_on_windows( const char *name, const char *target )
{
    static struct link_data data;
    HANDLE file = CreateFileA( name, 0, SHARE_ALL, NULL, OPEN_EXISTING,
                               FILE_FLAG_OPEN_REPARSE_POINT | FILE_FLAG_BACKUP_SEMANTICS, NULL );
    char found[MAX_PATH] = "";
    DWORD got;
    BOOL read = DeviceIoControl( file, FSCTL_GET_REPARSE_POINT, NULL, 0, &data, sizeof( data ), &got, NULL );

    CloseHandle( file );
    if (!read || data.tag != IO_REPARSE_TAG_SYMLINK) return false;
    if (!target) return true;
    WideCharToMultiByte( CP_ACP, 0, data.names + data.print_offset / 2, data.print_length / 2, found, MAX_PATH - 1,
                         NULL, NULL );
    return !strcmp( found, target );
}

bool symlink_is( const char *name, const char *target )
{
    if (!symlinks_are_unix()) return is_on_windows( name, target );
    return shell_with( "readlink '%s' | grep -qxF -e '%s'", name, target );
}

bool symlink_exists( const char *name )
{
    if (!symlinks_are_unix()) return is_on_windows( name, NULL );
    return shell_with( "[ -L '%s' ]", name, "" );
}

void symlink_remove( const char *name )
{
    if (symlinks_are_unix()) ok( shell_with( "rm -- '%s'", name, "" ), "cannot remove the link %s", name );
    else if (!DeleteFileA( name )) ok( RemoveDirectoryA( name ), "cannot remove the link %s", name );
}

bool symlinks_are_refused( PCWSTR source, PCWSTR destination, DWORD flags )
{
    struct recorder recorder;
    int64_t before = file_size( destination );
    HRESULT hr;
    char name[MAX_PATH] = "";

    if (!running_under_wine() || !without_host_paths()) return false;
    WideCharToMultiByte( CP_ACP, 0, source, -1, name, MAX_PATH, NULL, NULL );
    if (!symlinks_are_unix() && symlink_exists( name )) return false;
    recorder_begin( &recorder );
    hr = copy_recorded( source, destination, flags, &recorder );
    ok( FAILED( hr ), "got %#lx", hr );
    ok( recorder.count == 1 && recorder.last.Type == COPYFILE2_CALLBACK_ERROR, "%u messages", recorder.count );
    if (file_exists( source ))
    {
        ok( hr == HRESULT_FROM_WIN32( ERROR_PRIVILEGE_NOT_HELD ), "got %#lx", hr );
        ok( recorder.last.Info.Error.CopyPhase == COPYFILE2_PHASE_NAMEGRAFT_COPY, "phase %d",
            recorder.last.Info.Error.CopyPhase );
    }
    ok( file_size( destination ) == before, "the destination has changed" );
    recorder_end( &recorder );
    skip( "links need the host half, and host paths" );
    return true;
}
