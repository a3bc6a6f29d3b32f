/* SPDX-License-Identifier: MIT */

/* This file leaves a record at rest behind a copy that ends early. */

#include "files/handle.h"
#include "resume/fragment.h"

/* The coarsest file systems keep times in steps of 2 seconds, so the time is rounded down to such a step. */
static uint64_t time_now( void )
{
    FILETIME now;
    uint64_t time;

    GetSystemTimeAsFileTime( &now );
    time = (uint64_t)now.dwHighDateTime << 32 | now.dwLowDateTime;
    return time - time % 20000000;
}

/* Each change of the fragment moves its time, so the time in the record shows whether the fragment was changed. The
 * read-only mark is taken off, because a later call could not go on with such a file. True means that the file has kept
 * the time. */
static bool set_time( HANDLE file, uint64_t time )
{
    FILE_BASIC_INFORMATION basic;

    if (!NT_SUCCESS( handle_basic( file, &basic ) )) return false;
    basic.CreationTime.QuadPart = basic.LastAccessTime.QuadPart = basic.ChangeTime.QuadPart = 0;
    basic.LastWriteTime.QuadPart = (LONGLONG)time;
    basic.FileAttributes &= ~FILE_ATTRIBUTE_READONLY;
    if (!basic.FileAttributes) basic.FileAttributes = FILE_ATTRIBUTE_NORMAL;
    if (!NT_SUCCESS( handle_set_basic( file, &basic ) )) return false;
    return fragment_is_untouched( file, time );
}

/* Writes the record at rest, and cuts the file behind it. The disk may be so full that the record fits only in place of
 * data that is there. Then it overwrites some data. */
static NTSTATUS rest( struct resume *resume )
{
    HANDLE file = resume->files->destination;
    struct restart_record *record = &resume->record;
    NTSTATUS status;

    record->destination_time = time_now();
    status = fragment_write_at_rest( file, record );
    if (!NT_SUCCESS( status ) && record->main_done)
    {
        fragment_make_room( record, record->source.size - record->main_done + RESTART_RECORD_TAIL );
        status = fragment_write_at_rest( file, record );
    }
    if (NT_SUCCESS( status )) status = fragment_flush( file );
    if (NT_SUCCESS( status )) status = handle_set_size( file, record->main_done + RESTART_RECORD_SIZE );
    if (!NT_SUCCESS( status ) || set_time( file, record->destination_time )) return status;

    record->destination_time = 0;
    return fragment_write_at_rest( file, record );
}

static NTSTATUS leave( struct resume *resume, const struct position *position )
{
    NTSTATUS status;

    if (!resume->is_source_known) return STATUS_NOT_SUPPORTED;
    /* When the data cannot be made safe, the record tells of the last safe point. */
    fragment_make_safe( resume, position->stream, position->stream_done );
    fragment_make_room( &resume->record, RESTART_RECORD_SIZE + 1 );
    if (resume->tracking)
    {
        status = fragment_write_slot( resume );
        if (NT_SUCCESS( status )) status = fragment_flush( resume->files->destination );
        if (!NT_SUCCESS( status )) return status;
    }
    return rest( resume );
}

/* A destination that cannot be deleted must end where its data ends. Later finish cuts only the stream that was being
 * copied, so the slots behind the unnamed stream are cut off here. */
static void forget( struct resume *resume )
{
    if (resume->tracking) handle_set_size( resume->files->destination, resume->main_size );
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
    /* A device keeps no record. */
    if (resume->files && resume->files->destination && resume->files->destination_is_file)
        status = leave( resume, position );
    if (NT_SUCCESS( status )) return;
    failure_set_unkept( failure, status );
    forget( resume );
}
