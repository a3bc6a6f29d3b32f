/* SPDX-License-Identifier: MIT */

/* This file turns a message of CopyFile2 into names and values. Scripts read them, so names and order stay as they are,
 * and new fields go to the end. */

#include "fields.h"
#include "error_text.h"

#include <wchar.h>

struct list
{
    struct field *fields;
    unsigned int count;
};

static struct field *add( struct list *list, const WCHAR *name, bool plain )
{
    struct field *field = &list->fields[list->count++];

    field->name = name;
    field->plain = plain;
    return field;
}

static void add_number( struct list *list, const WCHAR *name, unsigned long long value )
{
    struct field *field = add( list, name, true );

    swprintf( field->value, ARRAYSIZE( field->value ), L"%llu", value );
}

static void add_hex( struct list *list, const WCHAR *name, unsigned long long value, int digits )
{
    struct field *field = add( list, name, false );

    swprintf( field->value, ARRAYSIZE( field->value ), L"0x%0*llx", digits, value );
}

static void add_handles( struct list *list, HANDLE source, HANDLE destination )
{
    add_hex( list, L"source", (ULONG_PTR)source, 1 );
    add_hex( list, L"destination", (ULONG_PTR)destination, 1 );
}

static void add_chunk_started( struct list *list, const COPYFILE2_MESSAGE *message )
{
    add_number( list, L"stream", message->Info.ChunkStarted.dwStreamNumber );
    add_number( list, L"chunk", message->Info.ChunkStarted.uliChunkNumber.QuadPart );
    add_handles( list, message->Info.ChunkStarted.hSourceFile, message->Info.ChunkStarted.hDestinationFile );
    add_number( list, L"chunk_size", message->Info.ChunkStarted.uliChunkSize.QuadPart );
    add_number( list, L"stream_size", message->Info.ChunkStarted.uliStreamSize.QuadPart );
    add_number( list, L"total_size", message->Info.ChunkStarted.uliTotalFileSize.QuadPart );
}

static void add_chunk_finished( struct list *list, const COPYFILE2_MESSAGE *message )
{
    add_number( list, L"stream", message->Info.ChunkFinished.dwStreamNumber );
    add_number( list, L"chunk", message->Info.ChunkFinished.uliChunkNumber.QuadPart );
    add_hex( list, L"flags", message->Info.ChunkFinished.dwFlags, 1 );
    add_handles( list, message->Info.ChunkFinished.hSourceFile, message->Info.ChunkFinished.hDestinationFile );
    add_number( list, L"chunk_size", message->Info.ChunkFinished.uliChunkSize.QuadPart );
    add_number( list, L"stream_size", message->Info.ChunkFinished.uliStreamSize.QuadPart );
    add_number( list, L"stream_transferred", message->Info.ChunkFinished.uliStreamBytesTransferred.QuadPart );
    add_number( list, L"total_size", message->Info.ChunkFinished.uliTotalFileSize.QuadPart );
    add_number( list, L"total_transferred", message->Info.ChunkFinished.uliTotalBytesTransferred.QuadPart );
}

static void add_stream_started( struct list *list, const COPYFILE2_MESSAGE *message )
{
    add_number( list, L"stream", message->Info.StreamStarted.dwStreamNumber );
    add_handles( list, message->Info.StreamStarted.hSourceFile, message->Info.StreamStarted.hDestinationFile );
    add_number( list, L"stream_size", message->Info.StreamStarted.uliStreamSize.QuadPart );
    add_number( list, L"total_size", message->Info.StreamStarted.uliTotalFileSize.QuadPart );
}

static void add_stream_finished( struct list *list, const COPYFILE2_MESSAGE *message )
{
    add_number( list, L"stream", message->Info.StreamFinished.dwStreamNumber );
    add_handles( list, message->Info.StreamFinished.hSourceFile, message->Info.StreamFinished.hDestinationFile );
    add_number( list, L"stream_size", message->Info.StreamFinished.uliStreamSize.QuadPart );
    add_number( list, L"stream_transferred", message->Info.StreamFinished.uliStreamBytesTransferred.QuadPart );
    add_number( list, L"total_size", message->Info.StreamFinished.uliTotalFileSize.QuadPart );
    add_number( list, L"total_transferred", message->Info.StreamFinished.uliTotalBytesTransferred.QuadPart );
}

static void add_error( struct list *list, const COPYFILE2_MESSAGE *message )
{
    struct field *phase = add( list, L"phase", false );

    wcscpy( phase->value, error_phase_name( message->Info.Error.CopyPhase ) );
    add_number( list, L"stream", message->Info.Error.dwStreamNumber );
    add_number( list, L"chunk", message->Info.Error.uliChunkNumber.QuadPart );
    add_hex( list, L"failure", (DWORD)message->Info.Error.hrFailure, 8 );
    add_number( list, L"stream_size", message->Info.Error.uliStreamSize.QuadPart );
    add_number( list, L"stream_transferred", message->Info.Error.uliStreamBytesTransferred.QuadPart );
    add_number( list, L"total_size", message->Info.Error.uliTotalFileSize.QuadPart );
    add_number( list, L"total_transferred", message->Info.Error.uliTotalBytesTransferred.QuadPart );
}

unsigned int fields_of( const COPYFILE2_MESSAGE *message, struct field fields[FIELDS_MAX] )
{
    struct list list = { .fields = fields };

    switch ((int)message->Type)
    {
    case COPYFILE2_CALLBACK_CHUNK_STARTED: add_chunk_started( &list, message ); break;
    case COPYFILE2_CALLBACK_CHUNK_FINISHED: add_chunk_finished( &list, message ); break;
    case COPYFILE2_CALLBACK_STREAM_STARTED: add_stream_started( &list, message ); break;
    case COPYFILE2_CALLBACK_STREAM_FINISHED: add_stream_finished( &list, message ); break;
    case COPYFILE2_CALLBACK_POLL_CONTINUE: break;
    case COPYFILE2_CALLBACK_ERROR: add_error( &list, message ); break;
    default: add_number( &list, L"type", message->Type ); break;
    }
    return list.count;
}

const WCHAR *fields_type_name( const COPYFILE2_MESSAGE *message )
{
    switch ((int)message->Type)
    {
    case COPYFILE2_CALLBACK_CHUNK_STARTED: return L"CHUNK_STARTED";
    case COPYFILE2_CALLBACK_CHUNK_FINISHED: return L"CHUNK_FINISHED";
    case COPYFILE2_CALLBACK_STREAM_STARTED: return L"STREAM_STARTED";
    case COPYFILE2_CALLBACK_STREAM_FINISHED: return L"STREAM_FINISHED";
    case COPYFILE2_CALLBACK_POLL_CONTINUE: return L"POLL_CONTINUE";
    case COPYFILE2_CALLBACK_ERROR: return L"ERROR";
    default: return L"UNKNOWN";
    }
}
