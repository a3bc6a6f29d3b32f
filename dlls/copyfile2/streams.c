/* SPDX-License-Identifier: MIT */

/* Lists the streams of the source, and sees to those that the destination had. */

#include "streams.h"
#include "remove.h"
#include "siblings.h"
#include "system.h"

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

/* Streams are told apart as files are: case does not count. */
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
    /* A.TXT:S and a.txt:s, where both can be, are one; the list is in their order. */
    if (streams->count && is_named( &streams->named[streams->count - 1], suffix, length )) return STATUS_SUCCESS;
    if (!grow( streams )) return STATUS_NO_MEMORY;
    stream = &streams->named[streams->count++];
    *stream = ( struct stream ){ .number = streams_last_number( streams ), .kind = STREAM_FILE, .size = size };
    memcpy( stream->name.suffix, suffix, length * sizeof( WCHAR ) );
    streams->total_size += size;
    return STATUS_SUCCESS;
}

/* On Windows. The unnamed stream comes first, as "::$DATA". */
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
    /* a file system that knows no streams, or no such question */
    if (status == STATUS_INVALID_PARAMETER || status == STATUS_NOT_IMPLEMENTED || status == STATUS_INVALID_DEVICE_REQUEST)
        return STATUS_SUCCESS;
    return status;
}

bool streams_list( struct streams *streams, const struct files *files, const struct plan *plan, struct failure *failure )
{
    NTSTATUS status = STATUS_SUCCESS;

    streams->main.size = files->source_size;
    streams->total_size = streams->main.size;
    /* who copies a stream by its name copies that one */
    if (plan->main_stream_only || siblings_is_stream( &files->source_name )) return true;

    if (!system_is_wine()) status = list_by_handle( streams, files->source );
    else status = siblings_list( &files->source_name, add_file, streams );
    if (!NT_SUCCESS( status )) return failure_set( failure, FAILURE_SOURCE, status );
    return true;
}

static NTSTATUS delete_old( void *context, PCWSTR suffix, size_t length, uint64_t size )
{
    const UNICODE_STRING *destination = context;
    UNICODE_STRING path;
    HANDLE file;
    NTSTATUS status = stream_path( &path, destination, suffix, length );

    (void)size;
    if (!NT_SUCCESS( status )) return status;
    status = open_to_delete( &file, &path );
    HeapFree( GetProcessHeap(), 0, path.Buffer );
    if (status == STATUS_OBJECT_NAME_NOT_FOUND) return STATUS_SUCCESS;
    if (!NT_SUCCESS( status )) return status;
    status = remove_file( file );
    NtClose( file );
    return status;
}

/* A device has no streams; nor has, on Windows, a file system without them, where Windows drops them without a word. */
static bool takes_streams( const struct files *files )
{
    union
    {
        FILE_FS_ATTRIBUTE_INFORMATION information;
        BYTE bytes[sizeof( FILE_FS_ATTRIBUTE_INFORMATION ) + MAX_PATH * sizeof( WCHAR )];
    } volume;
    IO_STATUS_BLOCK io;

    if (!files->destination_is_file) return false;
    /* which never shows the bit */
    if (system_is_wine()) return true;
    if (!NT_SUCCESS( NtQueryVolumeInformationFile( files->destination, &io, &volume, sizeof( volume ),
                                                   FileFsAttributeInformation ) ))
        return true;
    return volume.information.FileSystemAttributes & FILE_NAMED_STREAMS;
}

static void drop_all( struct streams *streams )
{
    streams->count = 0;
    streams->total_size = streams->main.size;
}

/* NTFS does so by itself, when a file is overwritten (streams.c, old_streams). What lies beside a new file stays: to Linux it
 * may be anything, and Windows' rule does not speak of it (streams.c, left_over). */
static NTSTATUS delete_old_streams( const struct files *files )
{
    const UNICODE_STRING *destination = &files->destination_name;

    if (!files->destination_overwritten || !files->destination_is_file || !system_is_wine()) return STATUS_SUCCESS;
    if (siblings_is_stream( destination )) return STATUS_SUCCESS;
    return siblings_list( destination, delete_old, (void *)destination );
}

bool streams_prepare( struct streams *streams, const struct files *files, struct failure *failure )
{
    NTSTATUS status;

    if (streams->count && !takes_streams( files )) drop_all( streams );
    status = delete_old_streams( files );
    if (!NT_SUCCESS( status )) return failure_set( failure, FAILURE_DESTINATION, status );
    return true;
}

DWORD streams_last_number( const struct streams *streams )
{
    return 1 + (DWORD)streams->count;
}

void streams_close( struct streams *streams, const struct failure *failure, DWORD current, uint64_t bytes_copied )
{
    for (size_t i = 0; i < streams->count; i++)
    {
        struct stream *stream = &streams->named[i];

        if (failure->where != FAILURE_NOWHERE && stream->kind == STREAM_FILE && stream->destination)
        {
            bool gone = !failure->keep_fragment && NT_SUCCESS( remove_file( stream->destination ) );

            if (!gone && stream->number == current) stream_cut( stream, bytes_copied );
        }
        stream_close( stream );
    }
    if (streams->named) HeapFree( GetProcessHeap(), 0, streams->named );
    streams->named = NULL;
    streams->count = streams->room = 0;
}
