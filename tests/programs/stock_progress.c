/* SPDX-License-Identifier: MIT */

/* This is a program as people have it: it copies a file and prints how far it is, and knows nothing of this project.
 *   stock_progress SOURCE DESTINATION       exit code 0: copied, and every step was seen; 1: not copied; 3: no progress
 */

#include <windows.h>
#include <stdio.h>

struct seen
{
    unsigned int started, chunks, finished;
    unsigned long long done, total;
};

static COPYFILE2_MESSAGE_ACTION CALLBACK show( const COPYFILE2_MESSAGE *message, void *context )
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
        printf( "%3u %%\r\n", seen->total ? (unsigned int)( seen->done * 100 / seen->total ) : 100 );
        break;
    default: break;
    }
    return COPYFILE2_PROGRESS_CONTINUE;
}

int wmain( int argc, WCHAR **argv )
{
    struct seen seen = { 0 };
    COPYFILE2_EXTENDED_PARAMETERS parameters = { .dwSize = sizeof( parameters ) };
    HRESULT hr;

    if (argc != 3) return 2;
    parameters.pProgressRoutine = show;
    parameters.pvCallbackContext = &seen;
    hr = CopyFile2( argv[1], argv[2], &parameters );
    printf( "result %08lx\r\n", (unsigned long)hr );
    if (FAILED( hr )) return 1;
    return seen.started && seen.chunks && seen.finished && seen.done == seen.total ? 0 : 3;
}
