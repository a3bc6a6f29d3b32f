/* SPDX-License-Identifier: MIT */

/* This file lists the streams of the source, drops those that the destination cannot hold, and removes the few old ones
 * that are certainly streams. */

#include "streams/streams.h"
#include "common/fault.h"
#include "files/handle.h"
#include "files/identity.h"
#include "files/open.h"
#include "platform/backend.h"
#include "platform/unix_call.h"
#include "streams/colons.h"
#include "streams/siblings.h"

/* Only a sibling of this name is certainly a stream: Windows programs give it to files that they download. */
#define MARK_OF_THE_WEB L":Zone.Identifier"

static bool grow( struct streams *streams )
{
    size_t room = streams->room ? 2 * streams->room : 4;
    struct stream *named;

    if (streams->count < streams->room) return true;
    named = HeapAlloc( GetProcessHeap(), 0, room * sizeof( *named ) );
    if (!named) return false;
    if (streams->named)
    {
        memcpy( named, streams->named, streams->count * sizeof( *named ) );
        HeapFree( GetProcessHeap(), 0, streams->named );
    }
    streams->named = named;
    streams->room = room;
    return true;
}

static UNICODE_STRING string_of( PCWSTR text, size_t length )
{
    USHORT bytes = (USHORT)( length * sizeof( WCHAR ) );

    return ( UNICODE_STRING ){ .Buffer = (PWSTR)text, .Length = bytes, .MaximumLength = bytes };
}

/* As in the names of files, case does not count in the names of streams. */
static bool is_named( const struct stream *stream, PCWSTR suffix, size_t length )
{
    UNICODE_STRING wanted = string_of( suffix, length );
    UNICODE_STRING have = string_of( stream->name.suffix, (size_t)lstrlenW( stream->name.suffix ) );

    return stream->kind == STREAM_FILE && !RtlCompareUnicodeString( &have, &wanted, TRUE );
}

static NTSTATUS add_file( void *context, PCWSTR suffix, size_t length, uint64_t size )
{
    struct streams *streams = context;
    struct stream *stream;

    if (length >= ARRAYSIZE( stream->name.suffix )) return STATUS_NAME_TOO_LONG;
    /* Two siblings whose names differ only in case, as A.TXT:S and a.txt:s, are one stream. The list is sorted by name,
     * so one follows the other. */
    if (streams->count && is_named( &streams->named[streams->count - 1], suffix, length )) return STATUS_SUCCESS;
    if (!grow( streams )) return STATUS_NO_MEMORY;
    stream = &streams->named[streams->count++];
    *stream = ( struct stream ){ .kind = STREAM_FILE, .size = size };
    memcpy( stream->name.suffix, suffix, length * sizeof( WCHAR ) );
    return STATUS_SUCCESS;
}

/* Windows lists the streams of a file itself. The unnamed stream comes first, as "::$DATA", and is left out. */
static NTSTATUS add_entries( struct streams *streams, const FILE_STREAM_INFORMATION *entry )
{
    NTSTATUS status = STATUS_SUCCESS;

    for (;; entry = (const void *)( (const BYTE *)entry + entry->NextEntryOffset ))
    {
        size_t length = entry->StreamNameLength / sizeof( WCHAR );

        if (length > 2 && entry->StreamName[1] != ':')
            status = add_file( streams, entry->StreamName, length, (uint64_t)entry->StreamSize.QuadPart );
        if (!NT_SUCCESS( status ) || !entry->NextEntryOffset) return status;
    }
}

static NTSTATUS list_by_handle( struct streams *streams, HANDLE source )
{
    FILE_STREAM_INFORMATION *entries;
    IO_STATUS_BLOCK io;
    NTSTATUS status = STATUS_BUFFER_OVERFLOW;

    for (ULONG size = 4096; status == STATUS_BUFFER_OVERFLOW && size; size *= 2)
    {
        entries = HeapAlloc( GetProcessHeap(), 0, size );
        if (!entries) return STATUS_NO_MEMORY;
        status = NtQueryInformationFile( source, &io, entries, size, FileStreamInformation );
        if (NT_SUCCESS( status ) && io.Information) status = add_entries( streams, entries );
        HeapFree( GetProcessHeap(), 0, entries );
    }
    /* These answers mean that the file system has no streams, or cannot be asked for them. */
    if (status == STATUS_INVALID_PARAMETER || status == STATUS_NOT_IMPLEMENTED ||
        status == STATUS_INVALID_DEVICE_REQUEST)
        return STATUS_SUCCESS;
    return status;
}

static NTSTATUS add_attribute( struct streams *streams, const struct host_attribute *attribute )
{
    struct stream *stream;

    if (!grow( streams )) return STATUS_NO_MEMORY;
    stream = &streams->named[streams->count++];
    *stream = ( struct stream ){ .kind = STREAM_ATTRIBUTE, .size = attribute->size };
    memcpy( stream->name.attribute, attribute->name, sizeof( attribute->name ) );
    return STATUS_SUCCESS;
}

/* Attributes come behind the other streams, in the order of the host. */
static NTSTATUS list_attributes( struct streams *streams, const struct files *files, uint32_t room )
{
    struct host_streams found = { .room = room };
    struct host_attribute *attributes = HeapAlloc( GetProcessHeap(), 0, room * sizeof( *attributes ) );
    NTSTATUS status;

    if (!attributes) return STATUS_NO_MEMORY;
    found.attributes = (uintptr_t)attributes;
    status = unix_streams( &files->source_name, files->source, &found );
    /* Attributes that were added after the count have no room, and are left out. */
    for (uint32_t i = 0; NT_SUCCESS( status ) && i < found.count && i < room; i++)
        status = add_attribute( streams, &attributes[i] );
    HeapFree( GetProcessHeap(), 0, attributes );
    return status;
}

/* Wine's listing reads the whole directory, so the host half is first asked whether there may be siblings. Without the
 * host half, colons.c remembers what a listing has told. A rename leaves the siblings of a file behind, so a move to
 * another file system leaves them too (move.c, streams). */
static NTSTATUS list_under_wine( struct streams *streams, const struct files *files, bool moves )
{
    struct host_streams found = { .siblings = 1 };
    NTSTATUS status = STATUS_SUCCESS;

    if (unix_is_there() && !NT_SUCCESS( unix_streams( &files->source_name, files->source, &found ) ))
        found = ( struct host_streams ){ .siblings = 1 };
    if (!unix_is_there() && !moves) found.siblings = colons_may_be( &files->source_name, L":", COLONS_READ );
    if (found.siblings && !moves) status = siblings_list( &files->source_name, add_file, streams );
    if (NT_SUCCESS( status ) && found.count) status = list_attributes( streams, files, found.count );
    return status;
}

static void number( struct streams *streams )
{
    streams->main.is_only = !streams->count;
    for (size_t i = 0; i < streams->count; i++) streams->named[i].number = streams->main.number + 1 + (DWORD)i;
}

bool streams_list( struct streams *streams, const struct files *files, const struct plan *plan,
                   struct failure *failure )
{
    NTSTATUS status = STATUS_SUCCESS;

    if (fault_strikes( plan->faults, FAULT_LIST_STREAMS, failure )) return false;
    streams->main.size = files->source_size;
    streams->main.is_open_ended = files->source_is_open_ended;
    /* A caller that copies a stream by its name copies that one alone. */
    if (plan->main_stream_only || siblings_is_stream( &files->source_name )) return true;

    if (!backend_is_wine()) status = list_by_handle( streams, files->source );
    else status = list_under_wine( streams, files, plan->remove_source );
    /* An incomplete list must not be used. */
    if (!NT_SUCCESS( status )) streams->count = 0;
    if (!NT_SUCCESS( status )) return failure_set( failure, FAILURE_SOURCE, status );
    number( streams );
    /* A stream has no streams. The call fails here, before the destination is overwritten for nothing (streams.c,
     * to_a_stream). */
    if (streams->count && siblings_is_stream( &files->destination_name ))
        return failure_set( failure, FAILURE_DESTINATION, STATUS_OBJECT_NAME_INVALID );
    return true;
}

/* Answers which kinds of stream the destination can hold, as enum host_streams_takes. A device holds none. Some file
 * systems on Windows hold none either, and there Windows drops streams silently. Wine never sets FILE_NAMED_STREAMS, so
 * under Wine all kinds are tried. */
static uint32_t destination_takes( const struct files *files )
{
    const uint32_t everything = HOST_STREAMS_TAKES_SIBLINGS | HOST_STREAMS_TAKES_ATTRIBUTES;
    union
    {
        FILE_FS_ATTRIBUTE_INFORMATION information;
        BYTE bytes[sizeof( FILE_FS_ATTRIBUTE_INFORMATION ) + MAX_PATH * sizeof( WCHAR )];
    } volume;
    IO_STATUS_BLOCK io;

    if (!files->destination_is_file) return 0;
    if (backend_is_wine()) return everything;
    if (!NT_SUCCESS( NtQueryVolumeInformationFile( files->destination, &io, &volume, sizeof( volume ),
                                                   FileFsAttributeInformation ) ))
        return everything;
    return volume.information.FileSystemAttributes & FILE_NAMED_STREAMS ? everything : 0;
}

/* A sibling whose name would be too long is dropped like one on FAT, which knows no colons (streams.c, long_name). */
static bool has_place( const struct stream *stream, const struct files *files, uint32_t takes )
{
    if (stream->kind != STREAM_FILE) return takes & HOST_STREAMS_TAKES_ATTRIBUTES;
    if (!( takes & HOST_STREAMS_TAKES_SIBLINGS )) return false;
    return !backend_is_wine() || siblings_can_be_named( &files->destination_name, stream->name.suffix );
}

static void drop_others( struct streams *streams, const struct files *files, uint32_t takes )
{
    size_t kept = 0;

    for (size_t i = 0; i < streams->count; i++)
        if (has_place( &streams->named[i], files, takes )) streams->named[kept++] = streams->named[i];
    streams->count = kept;
    number( streams );
}

/* NTFS removes the old streams of a file that is overwritten. Under Wine a sibling may be anybody's file. To Linux a
 * colon is an ordinary letter, so `backup:2024` is no stream of `backup` (streams.c, old_streams). Attributes that are
 * streams do belong to the file, so they are removed here. Zone.Identifier is removed once the copy is whole. */
void streams_prepare( struct streams *streams, const struct files *files )
{
    bool overwritten = files->destination_overwritten && files->destination_is_file && backend_is_wine();
    struct host_streams found = { .siblings = 1,
                                  .takes = destination_takes( files ),
                                  .flags = HOST_STREAMS_OF_DESTINATION };
    struct host_streams asked = found;

    if (overwritten) asked.flags |= HOST_STREAMS_REMOVE;
    if (found.takes && ( overwritten || streams->count ) && unix_is_there() &&
        NT_SUCCESS( unix_streams( &files->destination_name, files->destination, &asked ) ))
        found = asked;
    overwritten = overwritten && !siblings_is_stream( &files->destination_name );
    if (overwritten && !unix_is_there())
        found.siblings = colons_may_be( &files->destination_name, MARK_OF_THE_WEB, COLONS_LOOK );
    streams->may_have_old_mark = overwritten && found.siblings;
    if (streams->count) drop_others( streams, files, found.takes );
}

DWORD streams_last_number( const struct streams *streams )
{
    return streams->main.number + (DWORD)streams->count;
}

uint64_t streams_total_size( const struct streams *streams )
{
    uint64_t size = streams->main.size;

    for (size_t i = 0; i < streams->count; i++) size += streams->named[i].size;
    return size;
}

void streams_undo( struct streams *streams, const struct failure *failure, const struct stream *current,
                   uint64_t bytes_copied )
{
    for (size_t i = 0; i < streams->count; i++)
    {
        const struct stream *stream = &streams->named[i];

        if (stream->kind != STREAM_FILE || !stream->destination) continue;
        if (!failure_keeps( failure ) && NT_SUCCESS( handle_remove( stream->destination ) )) continue;
        if (stream == current) stream_cut( stream, bytes_copied );
    }
}

void streams_close( struct streams *streams )
{
    for (size_t i = 0; i < streams->count; i++) stream_close( &streams->named[i] );
}

static bool has_mark( const struct streams *streams )
{
    for (size_t i = 0; i < streams->count; i++)
        if (is_named( &streams->named[i], MARK_OF_THE_WEB, ARRAYSIZE( MARK_OF_THE_WEB ) - 1 )) return true;
    return false;
}

/* The source of the copy may itself be the Zone.Identifier of its destination. It must stay then. */
void streams_remove_old_mark( const struct streams *streams, const struct files *files )
{
    UNICODE_STRING path;
    HANDLE file;

    if (!streams->may_have_old_mark || has_mark( streams )) return;
    if (!NT_SUCCESS(
            stream_path( &path, &files->destination_name, MARK_OF_THE_WEB, ARRAYSIZE( MARK_OF_THE_WEB ) - 1 ) ))
        return;
    if (NT_SUCCESS( open_to_delete( &file, &path, true ) ))
    {
        if (!identity_is_same_file( file, files->source )) handle_remove( file );
        NtClose( file );
    }
    HeapFree( GetProcessHeap(), 0, path.Buffer );
}

void streams_free( struct streams *streams )
{
    if (streams->named) HeapFree( GetProcessHeap(), 0, streams->named );
    streams->named = NULL;
    streams->count = streams->room = 0;
}
