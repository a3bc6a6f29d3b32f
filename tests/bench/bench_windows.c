/* SPDX-License-Identifier: MIT */

/* This is the Windows half of the benchmarks. It copies on command, by our CopyFile2 and by the system's CopyFileExW,
 * and says how long each copy took. bench.sh gives the commands and alternates them; one process serves all, so that
 * none pays for a start.
 *
 * A command is "METHOD COUNT SOURCE DESTINATION", and the answer "NANOSECONDS FILES" or "failed CODE". COUNT 0 is one
 * copy to DESTINATION; otherwise to DESTINATION0, DESTINATION1, ..., as many as a second allows. */

#include <copyfile2.h>
#include <psapi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST_BATCH_SECONDS 1

typedef HRESULT( WINAPI *copyfile2_function )( PCWSTR, PCWSTR, COPYFILE2_EXTENDED_PARAMETERS * );

static copyfile2_function copyfile2;
static unsigned long messages;

static COPYFILE2_MESSAGE_ACTION CALLBACK count( const COPYFILE2_MESSAGE *message, void *context )
{
    (void)message;
    (void)context;
    messages++;
    return COPYFILE2_PROGRESS_CONTINUE;
}

static DWORD copy_ours( const WCHAR *source, const WCHAR *destination )
{
    return HRESULT_CODE( copyfile2( source, destination, NULL ) );
}

static DWORD copy_ours_flags( const WCHAR *source, const WCHAR *destination, DWORD flags,
                              PCOPYFILE2_PROGRESS_ROUTINE routine )
{
    COPYFILE2_EXTENDED_PARAMETERS params = { sizeof( params ), flags, NULL, routine, NULL };

    return HRESULT_CODE( copyfile2( source, destination, &params ) );
}

static DWORD copy_ours_callback( const WCHAR *source, const WCHAR *destination )
{
    return copy_ours_flags( source, destination, 0, count );
}

/* moves every byte by read and write, and fills holes */
static DWORD copy_ours_filling( const WCHAR *source, const WCHAR *destination )
{
    return copy_ours_flags( source, destination, COPY_FILE_NO_OFFLOAD | COPY_FILE_DISABLE_SPARSE_COPY, NULL );
}

static DWORD copy_wine( const WCHAR *source, const WCHAR *destination )
{
    return CopyFileExW( source, destination, NULL, NULL, NULL, 0 ) ? 0 : GetLastError();
}

static const struct method
{
    const char *name;
    DWORD ( *copy )( const WCHAR *source, const WCHAR *destination );
} methods[] = {
    { .name = "ours", .copy = copy_ours },
    { .name = "callback", .copy = copy_ours_callback },
    { .name = "filling", .copy = copy_ours_filling },
    { .name = "wine", .copy = copy_wine },
};

static LONGLONG now( void )
{
    LARGE_INTEGER counter, frequency;

    QueryPerformanceCounter( &counter );
    QueryPerformanceFrequency( &frequency );
    return (LONGLONG)( counter.QuadPart * ( 1e9 / frequency.QuadPart ) );
}

static DWORD copy_batch( const struct method *method, int wanted, const WCHAR *source, const WCHAR *destination,
                         int *made )
{
    LONGLONG end = now() + LONGEST_BATCH_SECONDS * 1000000000ll;
    WCHAR name[MAX_PATH];
    DWORD error = 0;

    for (*made = 0; !error && *made < wanted && now() < end; ( *made )++)
    {
        swprintf( name, MAX_PATH, L"%ls%d", destination, *made );
        error = method->copy( source, name );
    }
    return error;
}

static void carry_out( const struct method *method, int wanted, const WCHAR *source, const WCHAR *destination )
{
    LONGLONG begin = now(), end;
    DWORD error;
    int made = 1;

    if (wanted) error = copy_batch( method, wanted, source, destination, &made );
    else error = method->copy( source, destination );
    end = now();
    if (error) printf( "failed %lu\n", error );
    else printf( "%lld %d\n", end - begin, made );
}

/* Answers how many KiB this process had in memory at most. */
static void tell_peak( void )
{
    PROCESS_MEMORY_COUNTERS counters = { sizeof( counters ) };

    if (K32GetProcessMemoryInfo( GetCurrentProcess(), &counters, sizeof( counters ) ))
        printf( "%lu 1\n", (unsigned long)( counters.PeakWorkingSetSize / 1024 ) );
    else printf( "failed %lu\n", GetLastError() );
}

static void obey( const char *line )
{
    WCHAR source[MAX_PATH], destination[MAX_PATH];
    char name[16];
    int wanted;

    if (!strncmp( line, "peak", 4 ))
    {
        tell_peak();
        return;
    }
    if (sscanf( line, "%15s %d %259ls %259ls", name, &wanted, source, destination ) == 4)
        for (size_t i = 0; i < ARRAYSIZE( methods ); i++)
            if (!strcmp( methods[i].name, name ))
            {
                carry_out( methods + i, wanted, source, destination );
                return;
            }
    printf( "failed %ld\n", ERROR_INVALID_PARAMETER );
}

int main( int argc, char **argv )
{
    HMODULE module = argc == 2 ? LoadLibraryA( argv[1] ) : NULL;
    char line[1024];

    if (module) copyfile2 = (copyfile2_function)(void *)GetProcAddress( module, "CopyFile2" );
    if (!copyfile2)
    {
        printf( "no CopyFile2 in the DLL\n" );
        return 1;
    }
    printf( "ready\n" );
    fflush( stdout );
    while (fgets( line, sizeof( line ), stdin ))
    {
        obey( line );
        fflush( stdout );
    }
    return 0;
}
