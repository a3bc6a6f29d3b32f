/* SPDX-License-Identifier: MIT */

/* This is a program as people have it. It copies as Python's shutil.copy2 does since 3.12, and then starts itself to do
 * the same in another process, as pip does. It knows nothing of this project. `stock_python SOURCE DESTINATION [LINK
 * DESTINATION]` ends with 0 when all was copied; the child writes DESTINATION.child. */

#include <windows.h>
#include <stdio.h>
#include <wchar.h>

#ifndef COPY_FILE_ALLOW_DECRYPTED_DESTINATION
#define COPY_FILE_ALLOW_DECRYPTED_DESTINATION 0x8
#endif

/* shutil reads and writes when the system's function is not allowed to copy. */
static int copy_by_hand( const WCHAR *source, const WCHAR *destination )
{
    FILE *from = _wfopen( source, L"rb" ), *to = _wfopen( destination, L"wb" );
    char buffer[4096];
    size_t got;

    if (!from || !to) return 1;
    while (( got = fread( buffer, 1, sizeof( buffer ), from ) )) fwrite( buffer, 1, got, to );
    fclose( from );
    return fclose( to ) ? 1 : 0;
}

static int copy2( const WCHAR *source, const WCHAR *destination, BOOL follow_symlinks )
{
    COPYFILE2_EXTENDED_PARAMETERS parameters = { .dwSize = sizeof( parameters ) };
    HRESULT hr;

    parameters.dwCopyFlags = COPY_FILE_ALLOW_DECRYPTED_DESTINATION;
    if (!follow_symlinks) parameters.dwCopyFlags |= COPY_FILE_COPY_SYMLINK;
    hr = CopyFile2( source, destination, &parameters );
    printf( "%ls: %08lx\r\n", destination, (unsigned long)hr );
    fflush( stdout );
    if (SUCCEEDED( hr )) return 0;
    if (hr != HRESULT_FROM_WIN32( ERROR_ACCESS_DENIED ) && hr != HRESULT_FROM_WIN32( ERROR_PRIVILEGE_NOT_HELD ))
        return 1;
    return copy_by_hand( source, destination );
}

static int start_child( const WCHAR *source, const WCHAR *destination )
{
    WCHAR program[MAX_PATH], command[4 * MAX_PATH];
    STARTUPINFOW startup = { .cb = sizeof( startup ) };
    PROCESS_INFORMATION process;
    DWORD code = 1;

    GetModuleFileNameW( NULL, program, MAX_PATH );
    swprintf( command, sizeof( command ) / sizeof( command[0] ), L"\"%ls\" --child \"%ls\" \"%ls.child\"", program,
              source, destination );
    if (!CreateProcessW( program, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process )) return 1;
    WaitForSingleObject( process.hProcess, INFINITE );
    GetExitCodeProcess( process.hProcess, &code );
    printf( "child: %lu\r\n", code );
    return code ? 1 : 0;
}

int wmain( int argc, WCHAR **argv )
{
    if (argc == 4 && !wcscmp( argv[1], L"--child" )) return copy2( argv[2], argv[3], TRUE );
    if (argc != 3 && argc != 5) return 2;
    if (copy2( argv[1], argv[2], TRUE )) return 1;
    if (argc == 5 && copy2( argv[3], argv[4], FALSE )) return 1;
    return start_child( argv[1], argv[2] );
}
