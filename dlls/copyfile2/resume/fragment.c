/* SPDX-License-Identifier: MIT */

/* This file reads and writes the data and the record of a fragment.
 *
 * A record must never tell of a byte that is not on the disk, so data is flushed before a record of it is written. A
 * record is destroyed only when another one is valid, or when the copy is complete. */

#include "resume/fragment.h"
#include "files/handle.h"

NTSTATUS fragment_read( HANDLE file, uint64_t offset, void *bytes, ULONG size )
{
    LARGE_INTEGER position = { .QuadPart = (LONGLONG)offset };
    IO_STATUS_BLOCK io;
    NTSTATUS status = NtReadFile( file, NULL, NULL, NULL, &io, bytes, size, &position, NULL );

    if (!NT_SUCCESS( status )) return status;
    return io.Information == size ? STATUS_SUCCESS : STATUS_END_OF_FILE;
}

NTSTATUS fragment_write( HANDLE file, uint64_t offset, const void *bytes, ULONG size )
{
    LARGE_INTEGER position = { .QuadPart = (LONGLONG)offset };
    IO_STATUS_BLOCK io;
    NTSTATUS status = NtWriteFile( file, NULL, NULL, NULL, &io, bytes, size, &position, NULL );

    if (!NT_SUCCESS( status )) return status;
    return io.Information == size ? STATUS_SUCCESS : STATUS_DISK_FULL;
}

/* Some file systems cannot flush. A copy on them is as safe as it can be, so this is no failure. */
NTSTATUS fragment_flush( HANDLE file )
{
    IO_STATUS_BLOCK io;
    NTSTATUS status = NtFlushBuffersFile( file, &io );

    switch (status)
    {
    case STATUS_INVALID_PARAMETER:
    case STATUS_INVALID_DEVICE_REQUEST:
    case STATUS_NOT_IMPLEMENTED:
    case STATUS_NOT_SUPPORTED: return STATUS_SUCCESS;
    default: return status;
    }
}

bool fragment_is_untouched( HANDLE file, uint64_t since )
{
    FILE_BASIC_INFORMATION basic;

    if (!since) return true;
    if (!NT_SUCCESS( handle_basic( file, &basic ) )) return false;
    return (uint64_t)basic.LastWriteTime.QuadPart == since;
}

/* The record at rest lies behind the data that it tells of. */
NTSTATUS fragment_write_at_rest( HANDLE file, struct restart_record *record )
{
    uint8_t bytes[RESTART_RECORD_SIZE];

    record->kind = RESTART_RECORD_AT_REST;
    record->place = record->main_done;
    restart_record_write( record, bytes );
    return fragment_write( file, record->place, bytes, sizeof( bytes ) );
}

/* A crash may destroy the slot that is being written, so a new record overwrites the older slot, and all of it. The
 * very first record goes into the last slot, so that one write gives the file its length. */
NTSTATUS fragment_write_slot( struct resume *resume )
{
    struct restart_record *record = &resume->record;
    uint8_t bytes[RESTART_RECORD_SLOT];

    record->sequence++;
    record->destination_time = 0;
    record->kind = RESTART_RECORD_UNDER_WAY;
    record->place = restart_record_slot( &record->source, record->sequence );
    memset( bytes, 0, sizeof( bytes ) );
    restart_record_write( record, bytes );
    return fragment_write( resume->files->destination, record->place, bytes, sizeof( bytes ) );
}

/* A record at rest has to lie before the source's end, or the fragment would be no shorter than the whole. A source
 * that has no room for a record is copied from its start. */
void fragment_make_room( struct restart_record *record, uint64_t room )
{
    uint64_t most = record->source.size > room ? record->source.size - room : 0;

    if (record->main_done > most) record->main_done = most;
    if (restart_record_is_in_main( record )) record->stream_done = record->main_done;
}

/* Makes the record tell of so many bytes of this stream. When the stream is complete, a later call goes on with the
 * next one. */
static void tell_of( struct resume *resume, const struct stream *stream, uint64_t done )
{
    struct restart_record *record = &resume->record;
    bool is_over = done >= stream->size && stream->number < streams_last_number( resume->streams );

    record->stream = stream->number + is_over;
    record->stream_size = is_over ? 0 : stream->size;
    record->stream_done = is_over ? 0 : done;
    record->main_done = stream_is_main( stream ) ? done : record->source.size;
}

/* After a failed flush Linux counts the lost bytes as written, and the next flush succeeds. So the first failed flush
 * is final. */
NTSTATUS fragment_make_safe( struct resume *resume, const struct stream *stream, uint64_t done )
{
    NTSTATUS status = resume->flush_failed ? STATUS_IO_DEVICE_ERROR : fragment_flush( resume->files->destination );

    if (NT_SUCCESS( status ) && stream->kind == STREAM_FILE && stream->destination)
        status = fragment_flush( stream->destination );
    if (NT_SUCCESS( status )) tell_of( resume, stream, done );
    else resume->flush_failed = true;
    return status;
}
