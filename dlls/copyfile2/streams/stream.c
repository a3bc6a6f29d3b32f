/* SPDX-License-Identifier: MIT */

/* This file opens both ends of one stream, cuts it and closes it. */

#include "streams/stream.h"
#include "files/handle.h"
#include "files/identity.h"
#include "files/metadata.h"
#include "files/open.h"
#include "files/source_size.h"
#include "platform/unix_call.h"

NTSTATUS stream_path( UNICODE_STRING *path, const UNICODE_STRING *file, PCWSTR suffix, size_t suffix_length )
{
    size_t length = file->Length + suffix_length * sizeof( WCHAR );

    if (length > 0xffff - sizeof( WCHAR )) return STATUS_NAME_TOO_LONG;
    path->Buffer = HeapAlloc( GetProcessHeap(), 0, length );
    if (!path->Buffer) return STATUS_NO_MEMORY;
    memcpy( path->Buffer, file->Buffer, file->Length );
    memcpy( (BYTE *)path->Buffer + file->Length, suffix, length - file->Length );
    path->Length = path->MaximumLength = (USHORT)length;
    return STATUS_SUCCESS;
}

static NTSTATUS open_source_end( struct stream *stream, const struct files *files )
{
    UNICODE_STRING path;
    NTSTATUS status =
        stream_path( &path, &files->source_name, stream->name.suffix, (size_t)lstrlenW( stream->name.suffix ) );

    if (!NT_SUCCESS( status )) return status;
    status = open_stream_source( &stream->source, &path, &stream->source_shares_write );
    HeapFree( GetProcessHeap(), 0, path.Buffer );
    /* The size that the list told may have changed since. */
    if (NT_SUCCESS( status )) status = handle_size( stream->source, &stream->size );
    if (NT_SUCCESS( status )) status = source_size_check( stream->source, &stream->size, &stream->is_open_ended );
    return status;
}

/* A copy that goes on may find streams that an earlier call has left. They are no obstacle, even when nothing may be
 * overwritten. */
static ULONG disposition_of( const struct stream *stream, const struct files *files, const struct plan *plan )
{
    if (stream->already) return FILE_OPEN;
    return plan->create_only && !files->destination_resumed ? FILE_CREATE : FILE_OVERWRITE_IF;
}

static NTSTATUS open_destination_end( struct stream *stream, const struct files *files, const struct plan *plan )
{
    UNICODE_STRING path;
    NTSTATUS status;

    status =
        stream_path( &path, &files->destination_name, stream->name.suffix, (size_t)lstrlenW( stream->name.suffix ) );
    if (!NT_SUCCESS( status )) return status;
    if (stream->source_shares_write && identity_is_same_path( stream->source, &path ))
        status = STATUS_SHARING_VIOLATION;
    else status = open_stream_destination( &stream->destination, &path, disposition_of( stream, files, plan ) );
    HeapFree( GetProcessHeap(), 0, path.Buffer );
    return status;
}

/* Copies the first bytes of the attribute. With 0 bytes it is created empty, or emptied. */
static NTSTATUS set_attribute( const struct stream *stream, uint64_t bytes )
{
    struct host_attribute_copy copy = { .name = (uintptr_t)stream->name.attribute, .length = bytes };
    NTSTATUS status = unix_attribute_copy( stream->source, stream->destination, &copy );

    return NT_SUCCESS( status ) ? copy.status : status;
}

static bool attribute_open( struct stream *stream, const struct files *files, struct failure *failure )
{
    NTSTATUS status;

    stream->source = files->source;
    stream->destination = files->destination;
    status = set_attribute( stream, 0 );
    return NT_SUCCESS( status ) || failure_set( failure, FAILURE_DESTINATION, status );
}

bool stream_open( struct stream *stream, const struct files *files, const struct plan *plan, struct failure *failure )
{
    NTSTATUS status;

    if (stream->kind == STREAM_ATTRIBUTE) return attribute_open( stream, files, failure );
    if (stream_is_main( stream ))
    {
        stream->source = files->source;
        stream->destination = files->destination;
        stream->has_size = files->destination_is_file;
        stream->is_all = stream->is_only && metadata_attributes( &files->source_information ) == FILE_ATTRIBUTE_ARCHIVE;
        stream->last_write_time = (uint64_t)files->source_information.LastWriteTime.QuadPart;
        stream->is_of_new_file = metadata_is_of_new_file( files );
        stream->has_old_content = files->destination_has_old_content;
        return true;
    }
    stream->has_size = true;
    if (stream->destination) return true;
    status = open_source_end( stream, files );
    if (!NT_SUCCESS( status )) return failure_set( failure, FAILURE_SOURCE, status );
    status = open_destination_end( stream, files, plan );
    if (!NT_SUCCESS( status )) return failure_set( failure, FAILURE_DESTINATION, status );
    return true;
}

NTSTATUS stream_cut( const struct stream *stream, uint64_t bytes )
{
    if (stream->kind == STREAM_ATTRIBUTE) return set_attribute( stream, bytes );
    return handle_set_size( stream->destination, bytes );
}

void stream_close( struct stream *stream )
{
    if (stream->kind != STREAM_FILE) return;
    if (stream->destination) NtClose( stream->destination );
    if (stream->source) NtClose( stream->source );
    stream->destination = stream->source = NULL;
}
