/* SPDX-License-Identifier: MIT */

/* This is a program as people have it. Inside the callback it flushes the destination, asks for its file id, and reads
 * the message by offsets that it knows by heart. It knows nothing of this project. `stock_identity SOURCE DESTINATION`
 * ends with 0 when all of this worked, with 1 when nothing was copied, and with 3 when something was missing. */

#include <windows.h>
#include <stdio.h>
#include <string.h>

#ifdef _WIN64
#define OFFSET_TOTAL 64
#define OFFSET_DONE  72
#else
#define OFFSET_TOTAL 56
#define OFFSET_DONE  64
#endif

struct seen
{
    unsigned int flushed, refused, ids;
    unsigned long long done, total;
    FILE_ID_INFO id;
};

static void look( HANDLE destination, struct seen *seen )
{
    if (FlushFileBuffers( destination )) seen->flushed++;
    else seen->refused++;
    if (GetFileInformationByHandleEx( destination, FileIdInfo, &seen->id, sizeof( seen->id ) )) seen->ids++;
    else seen->refused++;
}

static COPYFILE2_MESSAGE_ACTION CALLBACK step( const COPYFILE2_MESSAGE *message, void *context )
{
    struct seen *seen = context;

    if (message->Type == COPYFILE2_CALLBACK_CHUNK_FINISHED)
    {
        memcpy( &seen->total, (const char *)message + OFFSET_TOTAL, sizeof( seen->total ) );
        memcpy( &seen->done, (const char *)message + OFFSET_DONE, sizeof( seen->done ) );
        look( message->Info.ChunkFinished.hDestinationFile, seen );
    }
    if (message->Type == COPYFILE2_CALLBACK_STREAM_FINISHED)
        look( message->Info.StreamFinished.hDestinationFile, seen );
    return COPYFILE2_PROGRESS_CONTINUE;
}

static BOOL is_the_file( const WCHAR *name, const FILE_ID_INFO *id, unsigned long long size )
{
    HANDLE file = CreateFileW( name, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL );
    FILE_ID_INFO found;
    LARGE_INTEGER length = { .QuadPart = -1 };
    BOOL same = GetFileInformationByHandleEx( file, FileIdInfo, &found, sizeof( found ) ) &&
                !memcmp( &found, id, sizeof( found ) );

    GetFileSizeEx( file, &length );
    CloseHandle( file );
    return same && (unsigned long long)length.QuadPart == size;
}

int wmain( int argc, WCHAR **argv )
{
    struct seen seen = { 0 };
    COPYFILE2_EXTENDED_PARAMETERS parameters = { .dwSize = sizeof( parameters ) };
    HRESULT hr;

    if (argc != 3) return 2;
    parameters.pProgressRoutine = step;
    parameters.pvCallbackContext = &seen;
    hr = CopyFile2( argv[1], argv[2], &parameters );
    printf( "result %08lx, %u flushed, %u ids, %u refused, %llu of %llu\r\n", (unsigned long)hr, seen.flushed, seen.ids,
            seen.refused, seen.done, seen.total );
    if (FAILED( hr )) return 1;
    if (!seen.flushed || !seen.ids || seen.refused || !seen.total || seen.done != seen.total) return 3;
    return is_the_file( argv[2], &seen.id, seen.total ) ? 0 : 3;
}
