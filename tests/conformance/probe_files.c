/* SPDX-License-Identifier: MIT */

/* These probes show what becomes of files: pauses, sizes, times, holes, folders, and who else may open them. */

#include "probe.h"

#include <stdlib.h>
#include <winioctl.h>

#define CHUNK ( 1024 * 1024 )

static void probe_paused( const char *what, DWORD flags, COPYFILE2_MESSAGE_TYPE type, unsigned int nth )
{
    probe_begin( 32 * CHUNK );
    trace( "PAUSE to %s, flags %#lx:", what, flags );
    probe_copy( SOURCE, DESTINATION,
                &( struct probe ){ .io_size = CHUNK,
                                   .flags = flags,
                                   .answer = COPYFILE2_PROGRESS_PAUSE,
                                   .answer_to = type,
                                   .answer_at = nth } );
    probe_file( "the destination", DESTINATION );
}

void probe_pause( void )
{
    const struct probe resume = { .io_size = CHUNK, .flags = COPY_FILE_RESUME_FROM_PAUSE | COPY_FILE_FAIL_IF_EXISTS };

    probe_paused( "STREAM_STARTED", 0, COPYFILE2_CALLBACK_STREAM_STARTED, 1 );
    probe_copy( SOURCE, DESTINATION, &resume );
    probe_paused( "the third CHUNK_FINISHED", 0, COPYFILE2_CALLBACK_CHUNK_FINISHED, 3 );
    trace( "resumed:" );
    probe_copy( SOURCE, DESTINATION, &resume );
    trace( "resumed, though it is complete:" );
    probe_copy( SOURCE, DESTINATION, &resume );
    probe_paused( "the third CHUNK_FINISHED", COPY_FILE_RESTARTABLE, COPYFILE2_CALLBACK_CHUNK_FINISHED, 3 );
    trace( "resumed:" );
    probe_copy( SOURCE, DESTINATION, &resume );
    probe_paused( "the last CHUNK_FINISHED", 0, COPYFILE2_CALLBACK_CHUNK_FINISHED, 32 );
    probe_paused( "the third CHUNK_FINISHED", 0, COPYFILE2_CALLBACK_CHUNK_FINISHED, 3 );
    file_patch( SOURCE, 0, "changed", 7 );
    trace( "resumed, and the source has changed:" );
    probe_copy( SOURCE, DESTINATION, &resume );
}

struct resizer
{
    HANDLE file;
    LONGLONG size;
};

static void resize( const COPYFILE2_MESSAGE *message, void *context )
{
    const struct resizer *resizer = context;
    LARGE_INTEGER size = { .QuadPart = resizer->size };

    if (message->Type != COPYFILE2_CALLBACK_STREAM_STARTED) return;
    trace( "set: %d, error %lu",
           SetFilePointerEx( resizer->file, size, NULL, FILE_BEGIN ) && SetEndOfFile( resizer->file ), GetLastError() );
}

void probe_resized_source( void )
{
    static const LONGLONG sizes[] = { 0, 5000, 30000 };

    for (size_t i = 0; i < ARRAY_SIZE( sizes ); i++)
    {
        struct resizer resizer;

        probe_begin( 10240 );
        resizer.file = file_hold( SOURCE, GENERIC_WRITE, SHARE_ALL );
        resizer.size = sizes[i];
        trace( "10240 bytes become %lld in the first message:", sizes[i] );
        probe_copy( SOURCE, DESTINATION,
                    &( struct probe ){ .io_size = 4096, .hook = resize, .hook_context = &resizer } );
        CloseHandle( resizer.file );
    }
}

void probe_metadata( void )
{
    static const DWORD attributes[] = { FILE_ATTRIBUTE_NORMAL,    FILE_ATTRIBUTE_READONLY,
                                        FILE_ATTRIBUTE_HIDDEN,    FILE_ATTRIBUTE_SYSTEM,
                                        FILE_ATTRIBUTE_TEMPORARY, FILE_ATTRIBUTE_NOT_CONTENT_INDEXED,
                                        FILE_ATTRIBUTE_OFFLINE };
    const FILETIME created = file_time( 1999 ), written = file_time( 2005 ), old = file_time( 1985 );

    for (size_t i = 0; i < ARRAY_SIZE( attributes ); i++)
    {
        probe_begin( 100 );
        file_set_times( SOURCE, &created, &written );
        SetFileAttributesW( SOURCE, attributes[i] );
        probe_file( "source", SOURCE );
        probe_copy( SOURCE, DESTINATION, &( struct probe ){ .silent = true } );
        probe_file( "new destination", DESTINATION );
        SetFileAttributesW( DESTINATION, FILE_ATTRIBUTE_NORMAL );
        file_set_times( DESTINATION, &old, &old );
        probe_copy( SOURCE, DESTINATION, &( struct probe ){ .silent = true } );
        probe_file( "overwritten destination", DESTINATION );
        SetFileAttributesW( SOURCE, FILE_ATTRIBUTE_NORMAL );
    }
}

void probe_sparse( void )
{
    static const DWORD flags[] = { 0, COPY_FILE_ENABLE_SPARSE_COPY, COPY_FILE_DISABLE_SPARSE_COPY,
                                   COPY_FILE_ENABLE_SPARSE_COPY | COPY_FILE_DISABLE_SPARSE_COPY };

    file_make_sparse( SOURCE, 16 * CHUNK );
    file_patch( SOURCE, 8 * CHUNK, "island", 6 );
    probe_file( "source", SOURCE );
    for (size_t i = 0; i < ARRAY_SIZE( flags ); i++)
    {
        trace( "flags %#lx:", flags[i] );
        probe_copy( SOURCE, DESTINATION, &( struct probe ){ .flags = flags[i] } );
        probe_file( "destination", DESTINATION );
        DeleteFileW( DESTINATION );
    }
}

void probe_directories( void )
{
    CreateDirectoryW( L"source", NULL );
    CreateDirectoryW( L"old", NULL );
    file_write( L"source\\child", "child", 5 );
    file_write( L"source:strm", "stream", 6 );
    file_write( L"file", "file", 4 );
    for (DWORD flags = COPY_FILE_DIRECTORY; flags <= ( COPY_FILE_DIRECTORY | COPY_FILE_FAIL_IF_EXISTS ); flags++)
    {
        trace( "a file, flags %#lx:", flags );
        probe_copy( L"file", L"new", &( struct probe ){ .flags = flags } );
        DeleteFileW( L"new" );
        trace( "a folder to a new name, flags %#lx:", flags );
        probe_copy( L"source", L"new", &( struct probe ){ .flags = flags } );
        probe_file( "new", L"new" );
        probe_file( "its stream", L"new:strm" );
        probe_file( "its child", L"new\\child" );
        RemoveDirectoryW( L"new" );
        trace( "a folder onto a folder, flags %#lx:", flags );
        probe_copy( L"source", L"old", &( struct probe ){ .flags = flags } );
        trace( "a folder onto a file, flags %#lx:", flags );
        probe_copy( L"source", L"file", &( struct probe ){ .flags = flags } );
    }
}

void probe_junction( void )
{
    static const struct probe calls[] = {
        { .flags = 0 },
        { .flags = COPY_FILE_DIRECTORY },
        { .flags = COPY_FILE_OPEN_AND_COPY_REPARSE_POINT },
        { .flags = COPY_FILE_OPEN_AND_COPY_REPARSE_POINT | COPY_FILE_DIRECTORY },
        { .flags_v2 = COPY_FILE2_V2_DONT_COPY_JUNCTIONS },
        { .flags = COPY_FILE_DIRECTORY, .flags_v2 = COPY_FILE2_V2_DONT_COPY_JUNCTIONS },
        { .flags = COPY_FILE_OPEN_AND_COPY_REPARSE_POINT | COPY_FILE_DIRECTORY,
          .flags_v2 = COPY_FILE2_V2_DONT_COPY_JUNCTIONS },
    };

    CreateDirectoryW( L"target", NULL );
    if (system( "cmd /c mklink /J junction target >NUL 2>&1" ) || !file_exists( L"junction" ))
    {
        skip( "no junction can be made here" );
        return;
    }
    for (size_t i = 0; i < ARRAY_SIZE( calls ); i++)
    {
        trace( "flags %#lx, V2 flags %#lx:", calls[i].flags, calls[i].flags_v2 );
        probe_copy( L"junction", L"new", &calls[i] );
        probe_file( "new", L"new" );
        RemoveDirectoryW( L"new" );
    }
}

static void try_to_open( const char *what, PCWSTR name, DWORD access, DWORD share )
{
    HANDLE file = CreateFileW( name, access, share, NULL, OPEN_EXISTING, 0, NULL );

    trace( "  %s, access %#lx, share %lu: error %lu", what, access, share,
           file == INVALID_HANDLE_VALUE ? GetLastError() : 0 );
    if (file != INVALID_HANDLE_VALUE) CloseHandle( file );
}

static void open_both( const COPYFILE2_MESSAGE *message, void *context )
{
    static const DWORD accesses[] = { GENERIC_READ, GENERIC_WRITE, DELETE, FILE_READ_ATTRIBUTES };

    (void)context;
    if (message->Type != COPYFILE2_CALLBACK_STREAM_STARTED) return;
    for (size_t i = 0; i < ARRAY_SIZE( accesses ); i++)
    {
        try_to_open( "source", SOURCE, accesses[i], SHARE_ALL );
        try_to_open( "destination", DESTINATION, accesses[i], SHARE_ALL );
        try_to_open( "destination", DESTINATION, accesses[i], SHARE_R | SHARE_W );
    }
}

void probe_destination_open( void )
{
    HANDLE holder;

    probe_begin( 100 );
    trace( "a new destination:" );
    probe_copy( SOURCE, DESTINATION, &( struct probe ){ .hook = open_both } );
    holder = file_hold( DESTINATION, GENERIC_READ, SHARE_R | SHARE_W );
    trace( "a destination that somebody reads:" );
    probe_copy( SOURCE, DESTINATION, &( struct probe ){ .hook = open_both } );
    CloseHandle( holder );
}
