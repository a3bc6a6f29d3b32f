/* SPDX-License-Identifier: MIT */

/* The restart record in the destination: finds and verifies it, moves it along with a copy, leaves it, removes it.
 *
 * The law is that a record never tells of a byte that is not on the disk: data is flushed before a record of it is
 * written, and a record is only given up when another one holds, or the copy is complete. */

#include "resume/resume.h"
#include "files/size.h"

/* A safe point costs a flush; so much, or so long, of a copy is lost at most. */
#define SAFE_POINT_BYTES   ( (uint64_t)16 * 1024 * 1024 )
#define SAFE_POINT_SECONDS 1

/* So many bytes of the beginning and of the end of what is there are compared with the source. */
#define COMPARED_BYTES ( (ULONG)65536 )

NTSTATUS resume_read( HANDLE file, uint64_t offset, void *bytes, ULONG size )
{
    LARGE_INTEGER position = { .QuadPart = (LONGLONG)offset };
    IO_STATUS_BLOCK io;
    NTSTATUS status = NtReadFile( file, NULL, NULL, NULL, &io, bytes, size, &position, NULL );

    if (!NT_SUCCESS( status )) return status;
    return io.Information == size ? STATUS_SUCCESS : STATUS_END_OF_FILE;
}

NTSTATUS resume_write( HANDLE file, uint64_t offset, const void *bytes, ULONG size )
{
    LARGE_INTEGER position = { .QuadPart = (LONGLONG)offset };
    IO_STATUS_BLOCK io;
    NTSTATUS status = NtWriteFile( file, NULL, NULL, NULL, &io, bytes, size, &position, NULL );

    if (!NT_SUCCESS( status )) return status;
    return io.Information == size ? STATUS_SUCCESS : STATUS_DISK_FULL;
}

/* A file system that cannot flush is as safe as it gets. */
static NTSTATUS flush( HANDLE file )
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

/* Behind the data that it tells of. */
static NTSTATUS write_at_rest( HANDLE file, struct restart_record *record )
{
    uint8_t bytes[RESTART_RECORD_SIZE];

    record->kind = RESTART_RECORD_AT_REST;
    record->place = record->main_done;
    restart_record_write( record, bytes );
    return resume_write( file, record->place, bytes, sizeof( bytes ) );
}

/* The next record of a copy under way takes the older slot, and all of it: the first one, in the last slot, gives
 * the file its length in one write. */
static NTSTATUS write_slot( struct resume *resume )
{
    struct restart_record *record = &resume->record;
    uint8_t bytes[RESTART_RECORD_SLOT];

    record->sequence++;
    record->destination_time = 0;
    record->kind = RESTART_RECORD_UNDER_WAY;
    record->place = restart_record_slot( &record->source, record->sequence );
    memset( bytes, 0, sizeof( bytes ) );
    restart_record_write( record, bytes );
    return resume_write( resume->files->destination, record->place, bytes, sizeof( bytes ) );
}

/* A record at rest has to lie before the source's end, or the fragment would be no shorter than the whole; a file
 * that has no room for it starts again. */
static void make_room( struct restart_record *record, uint64_t room )
{
    uint64_t most = record->source.size > room ? record->source.size - room : 0;

    if (record->main_done > most) record->main_done = most;
    if (restart_record_is_in_main( record )) record->stream_done = record->main_done;
}

/* ---- find
 * ---------------------------------------------------------------------------------------------------------------- */

static bool is_equal( HANDLE source, HANDLE destination, uint64_t offset, ULONG size, BYTE *buffer )
{
    BYTE *other = buffer + size;

    if (!NT_SUCCESS( resume_read( source, offset, buffer, size ) )) return false;
    if (!NT_SUCCESS( resume_read( destination, offset, other, size ) )) return false;
    while (size--)
        if (buffer[size] != other[size]) return false;
    return true;
}

/* Whoever wrote into either file since, and hid it behind the old time, has probably written here. */
bool resume_is_equal( HANDLE source, HANDLE destination, uint64_t done )
{
    ULONG size = done < COMPARED_BYTES ? (ULONG)done : COMPARED_BYTES;
    BYTE *buffer;
    bool equal;

    if (!size) return true;
    buffer = HeapAlloc( GetProcessHeap(), 0, 2 * (SIZE_T)size );
    if (!buffer) return false;
    equal =
        is_equal( source, destination, done - size, size, buffer ) && is_equal( source, destination, 0, size, buffer );
    HeapFree( GetProcessHeap(), 0, buffer );
    return equal;
}

static bool is_untouched( HANDLE file, uint64_t since )
{
    FILE_BASIC_INFORMATION basic;
    IO_STATUS_BLOCK io;

    if (!since) return true;
    if (!NT_SUCCESS( NtQueryInformationFile( file, &io, &basic, sizeof( basic ), FileBasicInformation ) )) return false;
    return (uint64_t)basic.LastWriteTime.QuadPart == since;
}

static bool has_record( struct resume *resume )
{
    const struct files *files = resume->files;
    FILE_STANDARD_INFORMATION standard;
    uint8_t tail[RESTART_RECORD_TAIL];
    struct restart_record found;
    IO_STATUS_BLOCK io;
    uint64_t size;
    ULONG tail_size;

    if (!NT_SUCCESS(
            NtQueryInformationFile( files->destination, &io, &standard, sizeof( standard ), FileStandardInformation ) ))
        return false;
    size = (uint64_t)standard.EndOfFile.QuadPart;
    tail_size = size < sizeof( tail ) ? (ULONG)size : (ULONG)sizeof( tail );
    if (!tail_size || !NT_SUCCESS( resume_read( files->destination, size - tail_size, tail, tail_size ) )) return false;
    if (!restart_record_find( tail, tail_size, size, &resume->record.source, &found )) return false;
    if (found.stream > streams_last_number( resume->streams )) return false;
    if (!is_untouched( files->destination, found.destination_time )) return false;
    if (!resume_is_equal( files->source, files->destination, found.main_done )) return false;
    resume->record = found;
    return true;
}

static void identify_source( struct resume *resume )
{
    struct restart_source *source = &resume->record.source;
    FILE_INTERNAL_INFORMATION internal;
    IO_STATUS_BLOCK io;
    NTSTATUS status;

    status =
        NtQueryInformationFile( resume->files->source, &io, &internal, sizeof( internal ), FileInternalInformation );
    source->size = resume->files->source_size;
    source->last_write_time = (uint64_t)resume->files->source_information.LastWriteTime.QuadPart;
    source->id = (uint64_t)internal.IndexNumber.QuadPart;
    resume->is_source_known = NT_SUCCESS( status );
}

void resume_find( struct resume *resume, const struct plan *plan, struct files *files, struct streams *streams )
{
    resume->plan = plan;
    resume->files = files;
    resume->streams = streams;
    resume->main_size = files->source_size;
    resume->record.stream = streams->main.number;
    resume->record.stream_size = files->source_size;
    /* an error may take the source away before a callback answers it with PAUSE */
    if (plan->routine || plan->resume || plan->restartable) identify_source( resume );
    if (!resume->is_source_known || ( !plan->resume && !plan->restartable )) return;
    /* Microsoft documents that RESUME_FROM_PAUSE, and nothing else, lifts FAIL_IF_EXISTS. */
    if (plan->create_only && !plan->resume) return;

    resume->found = open_partial_destination( files, plan ) && has_record( resume );
    if (resume->found && resume->record.kind == RESTART_RECORD_UNDER_WAY)
        make_room( &resume->record, RESTART_RECORD_SIZE );
    files->destination_resumed = resume->found;
    if (resume->found) streams->main.already = resume->record.main_done;
    else if (files->destination)
    {
        NtClose( files->destination );
        files->destination = NULL;
    }
}

/* ---- under way
 * ----------------------------------------------------------------------------------------------------------- */

/* From a record under way to one at rest: the newer slot gives up what the other one is going to lie on. */
static NTSTATUS settle( struct resume *resume )
{
    HANDLE file = resume->files->destination;
    NTSTATUS status = write_slot( resume );

    if (NT_SUCCESS( status )) status = flush( file );
    if (NT_SUCCESS( status )) status = write_at_rest( file, &resume->record );
    if (NT_SUCCESS( status )) status = flush( file );
    if (NT_SUCCESS( status )) status = size_set( file, resume->record.main_done + RESTART_RECORD_SIZE );
    return status;
}

/* What a dead copy left behind its data may be anything, so it is cut off; then the first slot is written, and only
 * then the record at rest goes. */
static NTSTATUS begin_tracking( struct resume *resume )
{
    static const uint8_t zeros[RESTART_RECORD_SIZE];
    HANDLE file = resume->files->destination;
    NTSTATUS status = STATUS_SUCCESS;

    if (!resume->is_source_known || !restart_record_end( &resume->record.source )) return STATUS_FILE_TOO_LARGE;
    if (!resume->found) status = size_set( file, 0 );
    else if (resume->record.kind == RESTART_RECORD_UNDER_WAY) status = settle( resume );
    if (!NT_SUCCESS( status )) return status;

    resume->record.sequence = 0;
    status = write_slot( resume );
    if (!NT_SUCCESS( status ) || !resume->found) return status;
    status = flush( file );
    if (!NT_SUCCESS( status )) return status;
    return resume_write( file, resume->record.main_done, zeros, sizeof( zeros ) );
}

static void remember_safe_point( struct resume *resume, uint64_t done )
{
    resume->safe_bytes = done;
    QueryPerformanceCounter( &resume->safe_moment );
}

NTSTATUS resume_prepare( struct resume *resume, const struct stream *stream )
{
    remember_safe_point( resume, stream->already );
    if (!stream_is_main( stream ) && stream->already) return size_set( stream->destination, stream->already );
    if (!stream_is_main( stream ) || !stream->has_size || resume->plan->directory) return STATUS_SUCCESS;
    /* a copy that cannot be tracked is a copy all the same */
    resume->tracking = resume->plan->restartable && NT_SUCCESS( begin_tracking( resume ) );
    if (resume->tracking || !( resume->found || resume->plan->restartable )) return STATUS_SUCCESS;
    return size_set( resume->files->destination, stream->already );
}

uint64_t resume_room( const struct resume *resume, const struct stream *stream )
{
    return resume->tracking && stream_is_main( stream ) ? restart_record_end( &resume->record.source ) : stream->size;
}

static bool is_due( const struct resume *resume, uint64_t done )
{
    LARGE_INTEGER now, frequency;

    if (done - resume->safe_bytes >= SAFE_POINT_BYTES) return true;
    QueryPerformanceCounter( &now );
    QueryPerformanceFrequency( &frequency );
    return ( now.QuadPart - resume->safe_moment.QuadPart ) / frequency.QuadPart >= SAFE_POINT_SECONDS;
}

/* A stream that is complete is not gone on with, but the one behind it. */
static void tell_of( struct resume *resume, const struct stream *stream, uint64_t done )
{
    struct restart_record *record = &resume->record;
    bool is_over = done >= stream->size && stream->number < streams_last_number( resume->streams );

    record->stream = stream->number + is_over;
    record->stream_size = is_over ? 0 : stream->size;
    record->stream_done = is_over ? 0 : done;
    record->main_done = stream_is_main( stream ) ? done : record->source.size;
}

/* A failed flush is final: Linux takes what it could not write for written when it is asked again. */
static NTSTATUS make_safe( struct resume *resume, const struct stream *stream, uint64_t done )
{
    NTSTATUS status = resume->flush_failed ? STATUS_IO_DEVICE_ERROR : flush( resume->files->destination );

    if (NT_SUCCESS( status ) && stream->kind == STREAM_FILE && stream->destination)
        status = flush( stream->destination );
    if (NT_SUCCESS( status )) tell_of( resume, stream, done );
    else resume->flush_failed = true;
    return status;
}

NTSTATUS resume_reached( struct resume *resume, const struct stream *stream, uint64_t done )
{
    NTSTATUS status;

    if (!resume->tracking || done >= stream->size || !is_due( resume, done )) return STATUS_SUCCESS;
    status = make_safe( resume, stream, done );
    if (!NT_SUCCESS( status )) return status;
    /* without it the older record still holds */
    write_slot( resume );
    remember_safe_point( resume, done );
    return STATUS_SUCCESS;
}

NTSTATUS resume_completed( struct resume *resume, const struct stream *stream, uint64_t size, bool last )
{
    NTSTATUS status;

    if (stream_is_main( stream )) resume->main_size = size;
    if (!resume->tracking) return STATUS_SUCCESS;
    status = make_safe( resume, stream, size );
    if (!NT_SUCCESS( status )) return status;
    if (last)
    {
        resume->tracking = false;
        return size_set( resume->files->destination, resume->main_size );
    }
    write_slot( resume );
    return STATUS_SUCCESS;
}

/* ---- leave
 * --------------------------------------------------------------------------------------------------------------- */

/* To the next lower 2 seconds: what every file system can keep. */
static uint64_t time_now( void )
{
    FILETIME now;
    uint64_t time;

    GetSystemTimeAsFileTime( &now );
    time = (uint64_t)now.dwHighDateTime << 32 | now.dwLowDateTime;
    return time - time % 20000000;
}

/* Whoever changes the fragment moves its time; a file that is read-only could not be gone on with. */
static bool set_time( HANDLE file, uint64_t time )
{
    FILE_BASIC_INFORMATION basic;
    IO_STATUS_BLOCK io;

    if (!NT_SUCCESS( NtQueryInformationFile( file, &io, &basic, sizeof( basic ), FileBasicInformation ) )) return false;
    basic.CreationTime.QuadPart = basic.LastAccessTime.QuadPart = basic.ChangeTime.QuadPart = 0;
    basic.LastWriteTime.QuadPart = (LONGLONG)time;
    basic.FileAttributes &= ~FILE_ATTRIBUTE_READONLY;
    if (!basic.FileAttributes) basic.FileAttributes = FILE_ATTRIBUTE_NORMAL;
    if (!NT_SUCCESS( NtSetInformationFile( file, &io, &basic, sizeof( basic ), FileBasicInformation ) )) return false;
    return is_untouched( file, time );
}

/* The disk may be so full that the record fits only in place of data that is there. */
static NTSTATUS rest( struct resume *resume )
{
    HANDLE file = resume->files->destination;
    struct restart_record *record = &resume->record;
    NTSTATUS status;

    record->destination_time = time_now();
    status = write_at_rest( file, record );
    if (!NT_SUCCESS( status ) && record->main_done)
    {
        make_room( record, record->source.size - record->main_done + RESTART_RECORD_TAIL );
        status = write_at_rest( file, record );
    }
    if (NT_SUCCESS( status )) status = flush( file );
    if (NT_SUCCESS( status )) status = size_set( file, record->main_done + RESTART_RECORD_SIZE );
    if (!NT_SUCCESS( status ) || set_time( file, record->destination_time )) return status;

    record->destination_time = 0;
    return write_at_rest( file, record );
}

static NTSTATUS leave( struct resume *resume, const struct position *position )
{
    NTSTATUS status;

    if (!resume->is_source_known) return STATUS_NOT_SUPPORTED;
    /* when it cannot be made safe, the last safe point is what is left */
    make_safe( resume, position->stream, position->stream_done );
    make_room( &resume->record, RESTART_RECORD_SIZE + 1 );
    if (resume->tracking)
    {
        status = write_slot( resume );
        if (NT_SUCCESS( status )) status = flush( resume->files->destination );
        if (!NT_SUCCESS( status )) return status;
    }
    return rest( resume );
}

/* What cannot be deleted ends where its data ends; finish knows of the current stream only. */
static void forget( struct resume *resume )
{
    if (resume->tracking) size_set( resume->files->destination, resume->main_size );
    resume->tracking = false;
}

void resume_leave( struct resume *resume, const struct position *position, struct failure *failure )
{
    NTSTATUS status = STATUS_REQUEST_ABORTED;

    if (!failure->keep_record)
    {
        forget( resume );
        return;
    }
    /* a device keeps nothing */
    if (resume->files && resume->files->destination && resume->files->destination_is_file)
        status = leave( resume, position );
    if (NT_SUCCESS( status )) return;
    failure_set_unkept( failure, status );
    forget( resume );
}
