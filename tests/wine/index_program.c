/* SPDX-License-Identifier: MIT */

/* Copies as its input says, line by line. A line is `FLAGS SOURCE DESTINATION`, without blanks in the names, or `many
 * NAME N FLAGS SOURCE`: N copies to NAME0, NAME1 and so on. The line `map NAME` maps a file until the program ends.
 * Prints each result, and at the end how many handles more there are than before. */

#include <copyfile2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static HRESULT copy_to( const char *source, const char *destination, DWORD flags )
{
    COPYFILE2_EXTENDED_PARAMETERS params = { sizeof( params ), flags };
    WCHAR from[MAX_PATH], to[MAX_PATH];

    MultiByteToWideChar( CP_UTF8, 0, source, -1, from, MAX_PATH );
    MultiByteToWideChar( CP_UTF8, 0, destination, -1, to, MAX_PATH );
#ifdef COPIES_BY_WINE /* and not by us, to compare with */
    (void)params;
    return CopyFileW( from, to, FALSE ) ? S_OK : HRESULT_FROM_WIN32( GetLastError() );
#else
    return CopyFile2( from, to, &params );
#endif
}

static void copy_many( const char *name, int count, DWORD flags, const char *source )
{
    char numbered[MAX_PATH];
    int good = 0;

    for (int i = 0; i < count; i++)
    {
        snprintf( numbered, sizeof( numbered ), "%s%d", name, i );
        good += copy_to( source, numbered, flags ) == S_OK;
    }
    printf( "good %d\n", good );
}

/* No handle stays open, so only the mapping itself is left to hold the file. */
static void map( const char *name )
{
    HANDLE file = CreateFileA( name, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                               OPEN_EXISTING, 0, NULL );
    HANDLE section = CreateFileMappingA( file, NULL, PAGE_READONLY, 0, 0, NULL );

    if (MapViewOfFile( section, FILE_MAP_READ, 0, 0, 0 )) printf( "mapped %s\n", name );
    CloseHandle( section );
    CloseHandle( file );
}

int main( void )
{
    char line[1024], first[256], second[256], third[256], fourth[256], fifth[256];
    DWORD before, after;
    int words;

    GetProcessHandleCount( GetCurrentProcess(), &before );
    while (fgets( line, sizeof( line ), stdin ))
    {
        words = sscanf( line, "%255s %255s %255s %255s %255s", first, second, third, fourth, fifth );
        if (words == 5) copy_many( second, atoi( third ), strtoul( fourth, NULL, 0 ), fifth );
        else if (words == 3) printf( "result 0x%lx\n", copy_to( second, third, strtoul( first, NULL, 0 ) ) );
        else if (words == 2) map( second );
        fflush( stdout );
    }
    GetProcessHandleCount( GetCurrentProcess(), &after );
    printf( "handles %d\n", (int)( after - before ) );
    return 0;
}
