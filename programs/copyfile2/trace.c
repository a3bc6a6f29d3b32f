/* SPDX-License-Identifier: MIT */

/* This file prints every message of CopyFile2 as one line on standard output. Scripts read the lines, so names and
 * order stay as they are, and new fields go to the end of the line. */

#include "trace.h"
#include "error_text.h"
#include "output.h"

static unsigned long long handle_value( HANDLE handle )
{
    return (ULONG_PTR)handle;
}

static void trace_chunk_started( const COPYFILE2_MESSAGE *message )
{
    output_print(
        L"CHUNK_STARTED stream=%lu chunk=%llu source=0x%llx destination=0x%llx chunk_size=%llu stream_size=%llu"
        L" total_size=%llu\n",
        message->Info.ChunkStarted.dwStreamNumber, message->Info.ChunkStarted.uliChunkNumber.QuadPart,
        handle_value( message->Info.ChunkStarted.hSourceFile ),
        handle_value( message->Info.ChunkStarted.hDestinationFile ), message->Info.ChunkStarted.uliChunkSize.QuadPart,
        message->Info.ChunkStarted.uliStreamSize.QuadPart, message->Info.ChunkStarted.uliTotalFileSize.QuadPart );
}

static void trace_chunk_finished( const COPYFILE2_MESSAGE *message )
{
    output_print( L"CHUNK_FINISHED stream=%lu chunk=%llu flags=0x%lx source=0x%llx destination=0x%llx chunk_size=%llu"
                  L" stream_size=%llu stream_transferred=%llu total_size=%llu total_transferred=%llu\n",
                  message->Info.ChunkFinished.dwStreamNumber, message->Info.ChunkFinished.uliChunkNumber.QuadPart,
                  message->Info.ChunkFinished.dwFlags, handle_value( message->Info.ChunkFinished.hSourceFile ),
                  handle_value( message->Info.ChunkFinished.hDestinationFile ),
                  message->Info.ChunkFinished.uliChunkSize.QuadPart, message->Info.ChunkFinished.uliStreamSize.QuadPart,
                  message->Info.ChunkFinished.uliStreamBytesTransferred.QuadPart,
                  message->Info.ChunkFinished.uliTotalFileSize.QuadPart,
                  message->Info.ChunkFinished.uliTotalBytesTransferred.QuadPart );
}

static void trace_stream_started( const COPYFILE2_MESSAGE *message )
{
    output_print( L"STREAM_STARTED stream=%lu source=0x%llx destination=0x%llx stream_size=%llu total_size=%llu\n",
                  message->Info.StreamStarted.dwStreamNumber, handle_value( message->Info.StreamStarted.hSourceFile ),
                  handle_value( message->Info.StreamStarted.hDestinationFile ),
                  message->Info.StreamStarted.uliStreamSize.QuadPart,
                  message->Info.StreamStarted.uliTotalFileSize.QuadPart );
}

static void trace_stream_finished( const COPYFILE2_MESSAGE *message )
{
    output_print(
        L"STREAM_FINISHED stream=%lu source=0x%llx destination=0x%llx stream_size=%llu stream_transferred=%llu"
        L" total_size=%llu total_transferred=%llu\n",
        message->Info.StreamFinished.dwStreamNumber, handle_value( message->Info.StreamFinished.hSourceFile ),
        handle_value( message->Info.StreamFinished.hDestinationFile ),
        message->Info.StreamFinished.uliStreamSize.QuadPart,
        message->Info.StreamFinished.uliStreamBytesTransferred.QuadPart,
        message->Info.StreamFinished.uliTotalFileSize.QuadPart,
        message->Info.StreamFinished.uliTotalBytesTransferred.QuadPart );
}

static void trace_error( const COPYFILE2_MESSAGE *message )
{
    output_print( L"ERROR phase=%ls stream=%lu chunk=%llu failure=0x%08lx stream_size=%llu stream_transferred=%llu"
                  L" total_size=%llu total_transferred=%llu\n",
                  error_phase_name( message->Info.Error.CopyPhase ), message->Info.Error.dwStreamNumber,
                  message->Info.Error.uliChunkNumber.QuadPart, (unsigned long)message->Info.Error.hrFailure,
                  message->Info.Error.uliStreamSize.QuadPart, message->Info.Error.uliStreamBytesTransferred.QuadPart,
                  message->Info.Error.uliTotalFileSize.QuadPart,
                  message->Info.Error.uliTotalBytesTransferred.QuadPart );
}

void trace_message( const COPYFILE2_MESSAGE *message )
{
    switch ((int)message->Type)
    {
    case COPYFILE2_CALLBACK_CHUNK_STARTED: trace_chunk_started( message ); break;
    case COPYFILE2_CALLBACK_CHUNK_FINISHED: trace_chunk_finished( message ); break;
    case COPYFILE2_CALLBACK_STREAM_STARTED: trace_stream_started( message ); break;
    case COPYFILE2_CALLBACK_STREAM_FINISHED: trace_stream_finished( message ); break;
    case COPYFILE2_CALLBACK_POLL_CONTINUE: output_print( L"POLL_CONTINUE\n" ); break;
    case COPYFILE2_CALLBACK_ERROR: trace_error( message ); break;
    default: output_print( L"UNKNOWN type=%d\n", (int)message->Type ); break;
    }
}
