/* SPDX-License-Identifier: MIT */

/* Makes one call of CopyFile2 with these flags: host_program FLAGS V2-FLAGS SOURCE DESTINATION [KB-A-SECOND [ANSWER]].
 * A rate of 0 is none. The number ANSWER is the answer to every CHUNK_STARTED. Prints every stream, every chunk, the
 * phase of an error, and the result. */

#include <copyfile2.h>
#include <stdio.h>

static void show_stream( const COPYFILE2_MESSAGE *message )
{
    static HANDLE source, destination;
    DWORD number = message->Info.StreamStarted.dwStreamNumber;
    HANDLE from = message->Info.StreamStarted.hSourceFile, to = message->Info.StreamStarted.hDestinationFile;

    if (number == 1) source = from, destination = to;
    printf( "stream %lu: %u of %u bytes, by %s handles\n", number,
            (unsigned int)message->Info.StreamStarted.uliStreamSize.QuadPart,
            (unsigned int)message->Info.StreamStarted.uliTotalFileSize.QuadPart,
            from == source && to == destination ? "the file's" : "its own" );
}

static COPYFILE2_MESSAGE_ACTION CALLBACK show( const COPYFILE2_MESSAGE *message, void *context )
{
    const COPYFILE2_MESSAGE_ACTION *answer = context;

    if (message->Type == COPYFILE2_CALLBACK_STREAM_STARTED) show_stream( message );
    if (message->Type == COPYFILE2_CALLBACK_CHUNK_STARTED) return *answer;
    if (message->Type == COPYFILE2_CALLBACK_CHUNK_FINISHED)
        printf( "chunk %u: %u bytes, flags %lu\n", (unsigned int)message->Info.ChunkFinished.uliChunkNumber.QuadPart,
                (unsigned int)message->Info.ChunkFinished.uliChunkSize.QuadPart, message->Info.ChunkFinished.dwFlags );
    if (message->Type == COPYFILE2_CALLBACK_ERROR)
        printf( "phase %d of stream %lu\n", message->Info.Error.CopyPhase, message->Info.Error.dwStreamNumber );
    return COPYFILE2_PROGRESS_CONTINUE;
}

int wmain( int argc, WCHAR **argv )
{
    COPYFILE2_EXTENDED_PARAMETERS_V2 params = { sizeof( params ) };
    COPYFILE2_MESSAGE_ACTION answer = COPYFILE2_PROGRESS_CONTINUE;
    HRESULT hr;

    if (argc < 5 || argc > 7) return 2;
    params.dwCopyFlags = wcstoul( argv[1], NULL, 0 );
    params.dwCopyFlagsV2 = wcstoul( argv[2], NULL, 0 );
    params.pProgressRoutine = show;
    params.pvCallbackContext = &answer;
    if (argc == 7) answer = (COPYFILE2_MESSAGE_ACTION)wcstoul( argv[6], NULL, 0 );
    if (argc >= 6)
    {
        params.ioDesiredRate = wcstoul( argv[5], NULL, 0 );
        params.ioDesiredSize = 65536;
    }
    hr = CopyFile2( argv[3], argv[4], (COPYFILE2_EXTENDED_PARAMETERS *)&params );
    printf( "result 0x%lx\n", hr );
    return 0;
}
