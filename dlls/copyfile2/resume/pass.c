/* SPDX-License-Identifier: MIT */

/* An earlier call may have ended in a named stream. This file checks the streams that the earlier call had copied
 * before that one, and passes them. */

#include "files/handle.h"
#include "resume/fragment.h"

/* A record at rest has taken the place of the end of the unnamed stream, so that end is copied again. */
static NTSTATUS mend( struct resume *resume )
{
    const struct files *files = resume->files;
    uint64_t done = resume->record.main_done;
    BYTE bytes[RESTART_RECORD_LARGEST_GAP];
    ULONG gap = (ULONG)( files->source_size - done );
    NTSTATUS status = STATUS_SUCCESS;

    if (gap) status = fragment_read( files->source, done, bytes, gap );
    if (NT_SUCCESS( status ) && gap) status = fragment_write( files->destination, done, bytes, gap );
    return status;
}

static bool pass_main( struct resume *resume, struct position *position, struct failure *failure )
{
    struct stream *main = &resume->streams->main;
    NTSTATUS status;

    position_enter( position, main );
    if (!stream_open( main, resume->files, resume->plan, failure )) return false;
    status = resume_prepare( resume, main );
    if (NT_SUCCESS( status )) status = mend( resume );
    if (!NT_SUCCESS( status )) return failure_set( failure, FAILURE_DESTINATION, status );
    /* position_enter has counted the bytes that were there, and position_pass will count all bytes of the stream. */
    position->total_done -= main->already;
    main->passed = true;
    return true;
}

static bool has_size( HANDLE file, uint64_t wanted, bool exactly )
{
    uint64_t size;

    if (!NT_SUCCESS( handle_size( file, &size ) )) return false;
    return exactly ? size == wanted : size >= wanted;
}

/* Opens a stream of which so many bytes should be there. They may be gone by then, or another file may lie there. In
 * these cases the answer is false, and the stream is not open. */
static bool open_begun( struct resume *resume, struct stream *stream, uint64_t already, bool whole )
{
    struct failure ignored = { .where = FAILURE_NOWHERE };

    stream->already = already;
    if (stream_open( stream, resume->files, resume->plan, &ignored ) && already <= stream->size &&
        ( !whole || ( already == stream->size && !stream->is_open_ended ) ) &&
        has_size( stream->destination, already, whole ) &&
        resume_is_equal( stream->source, stream->destination, already ))
        return true;
    stream_close( stream );
    stream->already = 0;
    return false;
}

/* True when the stream can be passed. An attribute is written whole, by one call, so it is simply written again,
 * without a message. */
static bool pass( struct resume *resume, struct stream *stream )
{
    struct failure ignored = { .where = FAILURE_NOWHERE };

    if (stream->kind == STREAM_FILE) return open_begun( resume, stream, stream->size, true );
    return stream_open( stream, resume->files, resume->plan, &ignored ) &&
           NT_SUCCESS( stream_cut( stream, stream->size ) );
}

bool resume_pass( struct resume *resume, struct position *position, struct failure *failure )
{
    struct restart_record record = resume->record;

    if (!resume->found || restart_record_is_in_main( &record )) return true;
    if (!pass_main( resume, position, failure )) return false;
    for (size_t i = 0; i < resume->streams->count; i++)
    {
        struct stream *stream = &resume->streams->named[i];

        if (stream->number < record.stream) stream->passed = pass( resume, stream );
        else if (stream->kind == STREAM_FILE && record.stream_done && record.stream_size == stream->size)
            open_begun( resume, stream, record.stream_done, false );
        /* All streams are copied from the first one on that cannot be passed. */
        if (!stream->passed) break;
    }
    return true;
}
