/* SPDX-License-Identifier: MIT */

/* This file makes two copies by CopyFile2, as any program would, and prints which messages came. */

#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A small file and a large one go different ways. */
static const DWORD sizes[] = { 100000, 4 << 20 };

struct seen
{
    unsigned int started, chunks, finished;
    ULONGLONG done, total;
};

static COPYFILE2_MESSAGE_ACTION CALLBACK see( const COPYFILE2_MESSAGE *message, void *context )
{
    struct seen *seen = context;

    switch (message->Type)
    {
    case COPYFILE2_CALLBACK_STREAM_STARTED: seen->started++; break;
    case COPYFILE2_CALLBACK_STREAM_FINISHED: seen->finished++; break;
    case COPYFILE2_CALLBACK_CHUNK_FINISHED:
        seen->chunks++;
        seen->done = message->Info.ChunkFinished.uliTotalBytesTransferred.QuadPart;
        seen->total = message->Info.ChunkFinished.uliTotalFileSize.QuadPart;
        break;
    default: break;
    }
    return COPYFILE2_PROGRESS_CONTINUE;
}

/* The bytes depend on the size and on their place. */
static BYTE *make_bytes( DWORD size )
{
    BYTE *bytes = malloc( size );

    for (DWORD i = 0; bytes && i < size; i++) bytes[i] = (BYTE)( i * 2654435761u >> 24 ^ size );
    return bytes;
}

static bool write_file( const WCHAR *name, const BYTE *bytes, DWORD size )
{
    HANDLE file = CreateFileW( name, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL );
    DWORD written = 0;
    bool done;

    if (file == INVALID_HANDLE_VALUE) return false;
    done = WriteFile( file, bytes, size, &written, NULL ) && written == size;
    CloseHandle( file );
    return done;
}

static bool holds( const WCHAR *name, const BYTE *bytes, DWORD size )
{
    HANDLE file = CreateFileW( name, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL );
    BYTE *found = malloc( (size_t)size + 1 );
    DWORD got = 0;
    bool same;

    same = file != INVALID_HANDLE_VALUE && found && ReadFile( file, found, size + 1, &got, NULL ) && got == size &&
           !memcmp( found, bytes, size );
    if (file != INVALID_HANDLE_VALUE) CloseHandle( file );
    free( found );
    return same;
}

static void try_size( const WCHAR *source, const WCHAR *destination, DWORD size )
{
    COPYFILE2_EXTENDED_PARAMETERS parameters = { .dwSize = sizeof( parameters ) };
    BYTE *bytes = make_bytes( size );
    struct seen seen = { 0 };
    bool told;
    HRESULT hr;

    if (!bytes || !write_file( source, bytes, size ))
    {
        printf( "trial %lu unwritable %lu\n", size, GetLastError() );
        free( bytes );
        return;
    }
    parameters.pProgressRoutine = see;
    parameters.pvCallbackContext = &seen;
    hr = CopyFile2( source, destination, &parameters );
    told = seen.started && seen.chunks && seen.finished && seen.done == size && seen.total == size;
    printf( "trial %lu result %08lx copy %s messages %s\n", size, (unsigned long)hr,
            holds( destination, bytes, size ) ? "good" : "bad", told ? "yes" : "no" );
    free( bytes );
}

void trial_print( void )
{
    WCHAR folder[MAX_PATH], source[40], destination[48];
    char said[3 * MAX_PATH];

    if (GetCurrentDirectoryW( ARRAYSIZE( folder ), folder ) &&
        WideCharToMultiByte( CP_UTF8, 0, folder, -1, said, sizeof( said ), NULL, NULL ))
        printf( "folder %s\n", said );
    if (!origin_has_copyfile2()) return;
    swprintf( source, ARRAYSIZE( source ), L"copyfile2-check-%lu.tmp", GetCurrentProcessId() );
    swprintf( destination, ARRAYSIZE( destination ), L"%ls.copy", source );
    for (unsigned int i = 0; i < ARRAYSIZE( sizes ); i++)
    {
        try_size( source, destination, sizes[i] );
        fflush( stdout );
        DeleteFileW( source );
        DeleteFileW( destination );
    }
}
