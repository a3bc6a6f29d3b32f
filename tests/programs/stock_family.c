/* SPDX-License-Identifier: MIT */

/* This copies and moves as programs do that were made before CopyFile2, by ten functions of kernel32, and checks what
 * comes of it.
 *   stock_family FOLDER        FOLDER is on another file system
 *   stock_family --look-up DLL...   CopyFileExW, CopyFileW, MoveFileExW and MoveFileWithProgressW as each DLL has them
 * Ends with 0, or with the line that failed. */

#include <windows.h>
#include <stdio.h>
#include <string.h>

#define SIZE 2500000

#define CHECK( condition )                                                                                             \
    do                                                                                                                 \
    {                                                                                                                  \
        if (!( condition )) fail( __LINE__, #condition );                                                              \
    } while (0)

static void fail( int line, const char *condition )
{
    fprintf( stderr, "line %d: %s: error %lu\n", line, condition, GetLastError() );
    ExitProcess( (UINT)line );
}

static char buffers[2][SIZE + 1];

static void fill( const wchar_t *name )
{
    FILE *file = _wfopen( name, L"wb" );

    CHECK( file );
    for (unsigned int i = 0; i < SIZE; i++) buffers[0][i] = (char)( i * 31 >> 7 );
    CHECK( fwrite( buffers[0], 1, SIZE, file ) == SIZE );
    fclose( file );
}

static int is_there( const wchar_t *name )
{
    return GetFileAttributesW( name ) != INVALID_FILE_ATTRIBUTES;
}

static int is_good( const wchar_t *name )
{
    FILE *file = _wfopen( name, L"rb" );
    size_t size;

    if (!file) return 0;
    size = fread( buffers[1], 1, SIZE + 1, file );
    fclose( file );
    return size == SIZE && !memcmp( buffers[0], buffers[1], SIZE );
}

static void check_copy( const wchar_t *name )
{
    CHECK( is_good( name ) );
    CHECK( DeleteFileW( name ) );
}

struct progress
{
    DWORD answer;
    int switches, chunks;
    LONGLONG done;
};

static DWORD CALLBACK count( LARGE_INTEGER total, LARGE_INTEGER total_done, LARGE_INTEGER size, LARGE_INTEGER done,
                             DWORD stream, DWORD reason, HANDLE source, HANDLE destination, void *context )
{
    struct progress *progress = context;

    (void)total_done, (void)source, (void)destination;
    CHECK( total.QuadPart == SIZE && size.QuadPart == SIZE && stream == 1 );
    if (reason == CALLBACK_STREAM_SWITCH) progress->switches++;
    else progress->chunks++;
    progress->done = done.QuadPart;
    return progress->chunks ? progress->answer : PROGRESS_CONTINUE;
}

static int told_all( const struct progress *progress )
{
    return progress->switches == 1 && progress->chunks > 1 && progress->done == SIZE;
}

static void copy( void )
{
    struct progress all = { PROGRESS_CONTINUE }, all_a = { PROGRESS_CONTINUE };
    struct progress cancel = { PROGRESS_CANCEL }, stop = { PROGRESS_STOP };

    CHECK( CopyFileW( L"s.bin", L"d.bin", TRUE ) );
    CHECK( !CopyFileA( "s.bin", "d.bin", TRUE ) && GetLastError() == ERROR_FILE_EXISTS );
    CHECK( CopyFileA( "s.bin", "d.bin", FALSE ) );
    check_copy( L"d.bin" );
    CHECK( CopyFileExW( L"s.bin", L"d.bin", count, &all, NULL, 0 ) && told_all( &all ) );
    check_copy( L"d.bin" );
    CHECK( CopyFileExA( "s.bin", "d.bin", count, &all_a, NULL, 0 ) && told_all( &all_a ) );
    check_copy( L"d.bin" );
    CHECK( !CopyFileExW( L"s.bin", L"d.bin", count, &cancel, NULL, 0 ) && GetLastError() == ERROR_REQUEST_ABORTED );
    CHECK( !is_there( L"d.bin" ) );
    CHECK( !CopyFileExW( L"s.bin", L"d.bin", count, &stop, NULL, 0 ) && GetLastError() == ERROR_REQUEST_ABORTED );
    CHECK( is_there( L"d.bin" ) && DeleteFileW( L"d.bin" ) );
}

static void move( const wchar_t *folder )
{
    struct progress all = { PROGRESS_CONTINUE }, all_a = { PROGRESS_CONTINUE }, cancel = { PROGRESS_CANCEL };
    wchar_t far_name[MAX_PATH];
    char far_name_a[MAX_PATH];

    swprintf( far_name, MAX_PATH, L"%ls\\stock-family-%lu", folder, GetCurrentProcessId() );
    CHECK( WideCharToMultiByte( CP_ACP, 0, far_name, -1, far_name_a, MAX_PATH, NULL, NULL ) );
    CHECK( MoveFileW( L"s.bin", L"t.bin" ) && !is_there( L"s.bin" ) );
    CHECK( MoveFileA( "t.bin", "s.bin" ) && is_good( L"s.bin" ) );
    CHECK( MoveFileExA( "s.bin", "t.bin", 0 ) && MoveFileExW( L"t.bin", L"s.bin", MOVEFILE_REPLACE_EXISTING ) );
    CHECK( !MoveFileExW( L"s.bin", far_name, 0 ) && GetLastError() == ERROR_NOT_SAME_DEVICE );
    CHECK( MoveFileWithProgressW( L"s.bin", far_name, count, &all, MOVEFILE_COPY_ALLOWED | MOVEFILE_WRITE_THROUGH ) );
    CHECK( told_all( &all ) && !is_there( L"s.bin" ) && is_good( far_name ) );
    CHECK( !MoveFileWithProgressW( far_name, L"s.bin", count, &cancel, MOVEFILE_COPY_ALLOWED ) );
    CHECK( is_good( far_name ) && !is_there( L"s.bin" ) );
    CHECK( MoveFileWithProgressA( far_name_a, "s.bin", count, &all_a, MOVEFILE_COPY_ALLOWED ) && told_all( &all_a ) );
    CHECK( MoveFileExW( L"s.bin", far_name, MOVEFILE_COPY_ALLOWED ) );
    CHECK( MoveFileExA( far_name_a, "s.bin", MOVEFILE_COPY_ALLOWED ) );
    CHECK( MoveFileW( L"s.bin", far_name ) && MoveFileA( far_name_a, "s.bin" ) );
    CHECK( !is_there( far_name ) && is_good( L"s.bin" ) );
}

static void look_up( const wchar_t *name )
{
    HMODULE dll = LoadLibraryW( name );
    BOOL( WINAPI * copy_ex )( const wchar_t *, const wchar_t *, void *, void *, BOOL *, DWORD );
    BOOL( WINAPI * copy_w )( const wchar_t *, const wchar_t *, BOOL );
    BOOL( WINAPI * move_ex )( const wchar_t *, const wchar_t *, DWORD );

    CHECK( dll );
    copy_ex = (void *)GetProcAddress( dll, "CopyFileExW" );
    copy_w = (void *)GetProcAddress( dll, "CopyFileW" );
    move_ex = (void *)GetProcAddress( dll, "MoveFileExW" );
    CHECK( copy_ex && copy_w && move_ex && GetProcAddress( dll, "MoveFileWithProgressW" ) );
    CHECK( copy_ex( L"s.bin", L"d.bin", NULL, NULL, NULL, 0 ) && copy_w( L"s.bin", L"d.bin", FALSE ) );
    CHECK( move_ex( L"d.bin", L"e.bin", 0 ) );
    check_copy( L"e.bin" );
}

int wmain( int argc, wchar_t **argv )
{
    CHECK( argc > 1 );
    DeleteFileW( L"d.bin" );
    fill( L"s.bin" );
    if (wcscmp( argv[1], L"--look-up" ))
    {
        copy();
        move( argv[1] );
    }
    else
        for (int i = 2; i < argc; i++) look_up( argv[i] );
    return 0;
}
