/* SPDX-License-Identifier: MIT */

/* These probes show what a call can ask for: parameters, flags, sizes, rates, names; and the errors of what cannot
 * be. */

#include "probe.h"

#define SIZE 10240

static void probe_error( const char *what, PCWSTR source, PCWSTR destination, DWORD flags )
{
    trace( "%s, flags %#lx:", what, flags );
    probe_copy( source, destination, &( struct probe ){ .flags = flags } );
}

void probe_errors( void )
{
    HANDLE holder;

    probe_begin( SIZE );
    probe_error( "no source", L"missing", DESTINATION, 0 );
    file_write( DESTINATION, "old", 3 );
    probe_error( "no source, a destination", L"missing", DESTINATION, COPY_FILE_FAIL_IF_EXISTS );
    probe_error( "a destination", SOURCE, DESTINATION, COPY_FILE_FAIL_IF_EXISTS );
    probe_error( "onto itself", SOURCE, SOURCE, 0 );
    probe_error( "onto itself", SOURCE, SOURCE, COPY_FILE_FAIL_IF_EXISTS );
    holder = file_hold( SOURCE, GENERIC_WRITE, FILE_SHARE_WRITE );
    probe_error( "the source is held by a writer that shares with writers", SOURCE, DESTINATION, 0 );
    CloseHandle( holder );
    SetFileAttributesW( DESTINATION, FILE_ATTRIBUTE_READONLY );
    probe_error( "the destination is read-only", SOURCE, DESTINATION, 0 );
    probe_error( "the destination is read-only", SOURCE, DESTINATION, COPY_FILE_FAIL_IF_EXISTS );
    SetFileAttributesW( DESTINATION, FILE_ATTRIBUTE_HIDDEN );
    probe_error( "the destination is hidden", SOURCE, DESTINATION, 0 );
    SetFileAttributesW( SOURCE, FILE_ATTRIBUTE_HIDDEN );
    probe_error( "both are hidden", SOURCE, DESTINATION, 0 );
    CreateDirectoryW( L"folder", NULL );
    probe_error( "the source is a folder", L"folder", DESTINATION, 0 );
    probe_error( "the destination is a folder", SOURCE, L"folder", 0 );
    probe_error( "the destination is a folder", SOURCE, L"folder", COPY_FILE_FAIL_IF_EXISTS );
    probe_error( "no folder of the destination", SOURCE, L"nowhere\\dst.bin", 0 );
}

void probe_parameters( void )
{
    const DWORD v1 = sizeof( COPYFILE2_EXTENDED_PARAMETERS ), v2 = sizeof( COPYFILE2_EXTENDED_PARAMETERS_V2 );
    const DWORD sizes[] = { 0, 1, v1 - 1, v1, v1 + 1, v1 + 4, v2 - 8, v2 - 1, v2, v2 + 1, 0x100, 0xffffffff };
    COPYFILE2_EXTENDED_PARAMETERS_V2 params = { sizeof( params ) };

    probe_begin( SIZE );
    for (size_t i = 0; i < ARRAY_SIZE( sizes ); i++)
    {
        if (!sizes[i]) continue; /* a probe takes 0 for the ordinary size */
        trace( "dwSize %lu:", sizes[i] );
        probe_copy( SOURCE, DESTINATION, &( struct probe ){ .size = sizes[i], .silent = true } );
    }
    params.dwSize = 0;
    trace( "dwSize 0: result %08lx", copyfile2( SOURCE, DESTINATION, (COPYFILE2_EXTENDED_PARAMETERS *)&params ) );
    params.dwSize = sizeof( params );
    for (size_t i = 0; i < ARRAY_SIZE( params.reserved ); i++)
    {
        params.reserved[i] = (void *)1;
        trace( "reserved[%u] is 1: result %08lx", (unsigned int)i,
               copyfile2( SOURCE, DESTINATION, (COPYFILE2_EXTENDED_PARAMETERS *)&params ) );
        params.reserved[i] = NULL;
    }
}

void probe_flags( void )
{
    probe_begin( SIZE );
    for (unsigned int bit = 0; bit < 32; bit++)
    {
        DeleteFileW( DESTINATION );
        trace( "dwCopyFlags %#x:", 1u << bit );
        probe_copy( SOURCE, DESTINATION, &( struct probe ){ .flags = 1u << bit, .silent = true } );
    }
    for (unsigned int bit = 0; bit < 4; bit++)
    {
        DeleteFileW( DESTINATION );
        trace( "dwCopyFlagsV2 %#x:", 1u << bit );
        probe_copy( SOURCE, DESTINATION, &( struct probe ){ .flags_v2 = 1u << bit, .silent = true } );
    }
}

void probe_io_size( void )
{
    static const DWORD sizes[] = { 1, 512, 4095, 4096, 4097, 6000, 65536, 0x40000000, 0x40000001, 0xffffffff };

    for (size_t i = 0; i < ARRAY_SIZE( sizes ); i++)
    {
        probe_begin( 20000 );
        trace( "ioDesiredSize %lu:", sizes[i] );
        probe_copy( SOURCE, DESTINATION, &( struct probe ){ .io_size = sizes[i] } );
    }
}

void probe_io_rate( void )
{
    static const DWORD rates[] = { 1, 511, 512, 1024, 0xffffffff };

    for (size_t i = 0; i < ARRAY_SIZE( rates ); i++)
    {
        probe_begin( 3 * 512 * 1024 );
        trace( "ioDesiredRate %lu:", rates[i] );
        probe_copy( SOURCE, DESTINATION, &( struct probe ){ .io_rate = rates[i] } );
    }
}

void probe_names( void )
{
    probe_begin( SIZE );
    probe_error( "no name of a source", NULL, DESTINATION, 0 );
    probe_error( "no name of a destination", SOURCE, NULL, 0 );
    probe_error( "an empty name of a source", L"", DESTINATION, 0 );
    probe_error( "an empty name of a destination", SOURCE, L"", 0 );
    probe_error( "NUL as a source", L"NUL", DESTINATION, 0 );
    probe_error( "NUL as a destination", SOURCE, L"NUL", 0 );
    probe_error( "an illegal letter", SOURCE, L"a*b", 0 );
    probe_error( "a stream as a source", L"src.bin:one", DESTINATION, 0 );
    probe_error( "a stream as a destination", SOURCE, L"stream.bin:one", 0 );
    probe_error( "a slash at the end", SOURCE, L"newdir\\", 0 );
}
