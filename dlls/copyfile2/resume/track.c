/* SPDX-License-Identifier: MIT */

/* This file keeps the record true while the copy is under way. */

#include "files/handle.h"
#include "resume/fragment.h"

/* A safe point costs a flush, so it comes only after this many bytes or seconds. When a copy dies, it
 * loses the bytes since its last safe point, and the chunk that was under way. */
#define SAFE_POINT_BYTES   ( (uint64_t)16 * 1024 * 1024 )
#define SAFE_POINT_SECONDS 1

/* Turns a record under way into one at rest. The record at rest will lie on data that the newer slot tells of. So
 * another slot, which does not tell of that data, is written first. */
static NTSTATUS settle( struct resume *resume )
{
    HANDLE file = resume->files->destination;
    NTSTATUS status = fragment_write_slot( resume );

    if (NT_SUCCESS( status )) status = fragment_flush( file );
    if (NT_SUCCESS( status )) status = fragment_write_at_rest( file, &resume->record );
    if (NT_SUCCESS( status )) status = fragment_flush( file );
    if (NT_SUCCESS( status )) status = handle_set_size( file, resume->record.main_done + RESTART_RECORD_SIZE );
    return status;
}

/* Bytes that a dead copy left behind its data may be anything, so they are cut off. Then the first slot is written, and
 * only after that is the record at rest overwritten by zeros. */
static NTSTATUS begin_tracking( struct resume *resume )
{
    static const uint8_t zeros[RESTART_RECORD_SIZE];
    HANDLE file = resume->files->destination;
    NTSTATUS status = STATUS_SUCCESS;

    if (!resume->is_source_known || !restart_record_end( &resume->record.source )) return STATUS_FILE_TOO_LARGE;
    if (!resume->found) status = handle_set_size( file, 0 );
    else if (resume->record.kind == RESTART_RECORD_UNDER_WAY) status = settle( resume );
    if (!NT_SUCCESS( status )) return status;

    resume->record.sequence = 0;
    status = fragment_write_slot( resume );
    if (!NT_SUCCESS( status ) || !resume->found) return status;
    status = fragment_flush( file );
    if (!NT_SUCCESS( status )) return status;
    return fragment_write( file, resume->record.main_done, zeros, sizeof( zeros ) );
}

static void remember_safe_point( struct resume *resume, uint64_t done )
{
    resume->safe_bytes = done;
    QueryPerformanceCounter( &resume->safe_moment );
}

NTSTATUS resume_prepare( struct resume *resume, const struct stream *stream )
{
    remember_safe_point( resume, stream->already );
    if (!stream_is_main( stream ) && stream->already) return handle_set_size( stream->destination, stream->already );
    if (!stream_is_main( stream ) || !stream->has_size || resume->plan->directory) return STATUS_SUCCESS;
    /* A copy that cannot have a record is made all the same. */
    resume->tracking = resume->plan->restartable && NT_SUCCESS( begin_tracking( resume ) );
    if (resume->tracking || !( resume->found || resume->plan->restartable )) return STATUS_SUCCESS;
    return handle_set_size( resume->files->destination, stream->already );
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

NTSTATUS resume_reached( struct resume *resume, const struct stream *stream, uint64_t done )
{
    NTSTATUS status;

    if (!resume->tracking || done >= stream->size || !is_due( resume, done )) return STATUS_SUCCESS;
    status = fragment_make_safe( resume, stream, done );
    if (!NT_SUCCESS( status )) return status;
    /* When this fails, the older record is still valid. */
    fragment_write_slot( resume );
    remember_safe_point( resume, done );
    return STATUS_SUCCESS;
}

NTSTATUS resume_completed( struct resume *resume, const struct stream *stream, uint64_t size, bool last )
{
    NTSTATUS status;

    if (stream_is_main( stream )) resume->main_size = size;
    if (!resume->tracking) return STATUS_SUCCESS;
    status = fragment_make_safe( resume, stream, size );
    if (!NT_SUCCESS( status )) return status;
    if (last)
    {
        resume->tracking = false;
        return handle_set_size( resume->files->destination, resume->main_size );
    }
    fragment_write_slot( resume );
    return STATUS_SUCCESS;
}
