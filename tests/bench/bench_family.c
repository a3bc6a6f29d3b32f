/* SPDX-License-Identifier: MIT */

/* This copies by kernel32's CopyFileW, wherever that leads, and says how long it took. bench_family.sh starts it under
 * plain Wine and under wine-copyfile2 --all.
 *
 * A command is a line "COUNT SOURCE DESTINATION", and the answer "NANOSECONDS" of one copy on average, or "failed
 * CODE". COUNT 0 is one copy to DESTINATION; otherwise so many to DESTINATION0, DESTINATION1, ... "quit" ends it. */

#include <windows.h>
#include <stdio.h>
#include <string.h>

static LONGLONG now( void )
{
    LARGE_INTEGER counter, frequency;

    QueryPerformanceCounter( &counter );
    QueryPerformanceFrequency( &frequency );
    return (LONGLONG)( (double)counter.QuadPart * 1e9 / (double)frequency.QuadPart );
}

static BOOL copy( int count, const WCHAR *source, const WCHAR *destination )
{
    WCHAR name[MAX_PATH + 16];
    BOOL done = TRUE;

    if (!count) return CopyFileW( source, destination, FALSE );
    for (int i = 0; i < count && done; i++)
    {
        swprintf( name, ARRAYSIZE( name ), L"%ls%d", destination, i );
        done = CopyFileW( source, name, FALSE );
    }
    return done;
}

static void obey( const char *line )
{
    WCHAR source[MAX_PATH], destination[MAX_PATH];
    LONGLONG begin, end;
    int count;
    BOOL done;

    if (sscanf( line, "%d %259ls %259ls", &count, source, destination ) != 3)
    {
        printf( "failed %ld\n", ERROR_INVALID_PARAMETER );
        return;
    }
    begin = now();
    done = copy( count, source, destination );
    end = now();
    if (done) printf( "%lld\n", ( end - begin ) / ( count ? count : 1 ) );
    else printf( "failed %lu\n", GetLastError() );
}

int main( void )
{
    char line[1024];

    printf( "ready\n" );
    fflush( stdout );
    while (fgets( line, sizeof( line ), stdin ) && strncmp( line, "quit", 4 ))
    {
        obey( line );
        fflush( stdout );
    }
    return 0;
}
