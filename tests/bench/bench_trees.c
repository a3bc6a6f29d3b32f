/* SPDX-License-Identifier: MIT */

/* This copies the files of a folder, and of those in it, by kernel32's CopyFileExW, wherever that leads, and says how
 * long it took. bench_trees.sh starts it under plain Wine and under wine-copyfile2 --all.
 *
 * A command is a line, and the answer is "NANOSECONDS" for a file on average, or "failed CODE":
 *
 *     flat THREADS SOURCE DESTINATION      all files into one new folder, by so many threads
 *     tree 1 SOURCE DESTINATION            with the folders, as they are found
 *     open THREADS SOURCE -                no copy: each file is opened and closed, for the requests to Wine's server
 *                                          that a copy cannot do without */

#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_FILES   20000
#define MOST_THREADS 8

static WCHAR *names[MOST_FILES];
static LONG count, next;
static const WCHAR *target; /* NULL: files are only opened */
static volatile LONG error;

static LONGLONG now( void )
{
    LARGE_INTEGER counter, frequency;

    QueryPerformanceCounter( &counter );
    QueryPerformanceFrequency( &frequency );
    return (LONGLONG)( (double)counter.QuadPart * 1e9 / (double)frequency.QuadPart );
}

static void copy( const WCHAR *source, const WCHAR *destination )
{
    if (!CopyFileExW( source, destination, NULL, NULL, NULL, 0 )) error = (LONG)GetLastError();
    InterlockedIncrement( &count );
}

static void open_only( const WCHAR *name )
{
    HANDLE file = CreateFileW( name, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL );

    if (file == INVALID_HANDLE_VALUE) error = (LONG)GetLastError();
    else CloseHandle( file );
    InterlockedIncrement( &count );
}

/* Without a destination the names are only noted. */
static void walk( const WCHAR *source, const WCHAR *destination )
{
    WCHAR from[MAX_PATH], to[MAX_PATH] = L"";
    WIN32_FIND_DATAW found;
    HANDLE search;

    if (destination && !CreateDirectoryW( destination, NULL )) error = (LONG)GetLastError();
    swprintf( from, MAX_PATH, L"%ls\\*", source );
    search = FindFirstFileW( from, &found );
    if (search == INVALID_HANDLE_VALUE) error = (LONG)GetLastError();
    if (search == INVALID_HANDLE_VALUE) return;
    do
    {
        if (!wcscmp( found.cFileName, L"." ) || !wcscmp( found.cFileName, L".." )) continue;
        swprintf( from, MAX_PATH, L"%ls\\%ls", source, found.cFileName );
        if (destination) swprintf( to, MAX_PATH, L"%ls\\%ls", destination, found.cFileName );
        if (found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) walk( from, destination ? to : NULL );
        else if (destination) copy( from, to );
        else if (count < MOST_FILES) names[count++] = wcsdup( from );
    } while (FindNextFileW( search, &found ));
    FindClose( search );
}

static DWORD WINAPI take_some( void *context )
{
    LONG mine, all = *(const LONG *)context;
    WCHAR to[MAX_PATH];

    while (( mine = InterlockedIncrement( &next ) - 1 ) < all)
    {
        if (target) swprintf( to, MAX_PATH, L"%ls%ls", target, wcsrchr( names[mine], L'\\' ) );
        if (target) copy( names[mine], to );
        else open_only( names[mine] );
    }
    return 0;
}

/* Answers when the work on the files began. */
static LONGLONG take_all( int threads, const WCHAR *source, const WCHAR *destination )
{
    HANDLE thread[MOST_THREADS];
    LONGLONG begin;
    LONG all;

    walk( source, NULL );
    all = count;
    count = next = 0;
    target = destination;
    begin = now();
    if (destination && !CreateDirectoryW( destination, NULL )) error = (LONG)GetLastError();
    for (int i = 1; i < threads; i++) thread[i] = CreateThread( NULL, 0, take_some, &all, 0, NULL );
    take_some( &all );
    for (int i = 1; i < threads; i++)
    {
        WaitForSingleObject( thread[i], INFINITE );
        CloseHandle( thread[i] );
    }
    for (LONG i = 0; i < all; i++) free( names[i] );
    return begin;
}

static void obey( const char *line )
{
    WCHAR source[MAX_PATH], destination[MAX_PATH];
    LONGLONG begin, end;
    char kind[8];
    int threads;

    error = count = 0;
    if (sscanf( line, "%7s %d %259ls %259ls", kind, &threads, source, destination ) != 4 || threads < 1 ||
        threads > MOST_THREADS)
    {
        printf( "failed %ld\n", ERROR_INVALID_PARAMETER );
        return;
    }
    begin = now();
    if (!strcmp( kind, "flat" )) begin = take_all( threads, source, destination );
    else if (!strcmp( kind, "open" )) begin = take_all( threads, source, NULL );
    else walk( source, destination );
    end = now();
    if (!error && count) printf( "%lld\n", ( end - begin ) / count );
    else printf( "failed %ld\n", error );
}

int main( void )
{
    char line[1024];

    printf( "ready\n" );
    fflush( stdout );
    while (fgets( line, sizeof( line ), stdin ))
    {
        obey( line );
        fflush( stdout );
    }
    return 0;
}
