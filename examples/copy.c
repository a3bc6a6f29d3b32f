/* SPDX-License-Identifier: MIT */

/* This program copies one file, and tells how far it is. */
#include <copyfile2.h>
#include <stdio.h>

static COPYFILE2_MESSAGE_ACTION CALLBACK progress( const COPYFILE2_MESSAGE *message, void *context )
{
    if (message->Type == COPYFILE2_CALLBACK_CHUNK_FINISHED)
        printf( "%llu bytes\n", message->Info.ChunkFinished.uliTotalBytesTransferred.QuadPart );
    return COPYFILE2_PROGRESS_CONTINUE;
}

int wmain( int argc, WCHAR **argv )
{
    COPYFILE2_EXTENDED_PARAMETERS parameters = { sizeof( parameters ), 0, NULL, progress, NULL };

    return argc != 3 || FAILED( CopyFile2( argv[1], argv[2], &parameters ) );
}
