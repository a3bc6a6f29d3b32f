/* SPDX-License-Identifier: MIT */

/* This file looks for the fragment that an earlier call has left, and verifies its record. */

#include "files/handle.h"
#include "files/open.h"
#include "resume/fragment.h"

/* This many bytes at either end of the fragment's data are compared with the source. */
#define COMPARED_BYTES ( (ULONG)65536 )

static bool is_equal( HANDLE source, HANDLE destination, uint64_t offset, ULONG size, BYTE *buffer )
{
    BYTE *other = buffer + size;

    if (!NT_SUCCESS( fragment_read( source, offset, buffer, size ) )) return false;
    if (!NT_SUCCESS( fragment_read( destination, offset, other, size ) )) return false;
    while (size--)
        if (buffer[size] != other[size]) return false;
    return true;
}

/* Somebody may have written into either file since, and put the old time back. The two ends of the data are quick to
 * read, and most probably show such a change. */
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

/* True when the destination has a record of this source that can be believed; resume->record is then that record. */
static bool has_record( struct resume *resume )
{
    const struct files *files = resume->files;
    uint8_t tail[RESTART_RECORD_TAIL];
    struct restart_record found;
    uint64_t size;
    ULONG tail_size;

    if (!NT_SUCCESS( handle_size( files->destination, &size ) )) return false;
    tail_size = size < sizeof( tail ) ? (ULONG)size : (ULONG)sizeof( tail );
    if (!tail_size || !NT_SUCCESS( fragment_read( files->destination, size - tail_size, tail, tail_size ) ))
        return false;
    if (!restart_record_find( tail, tail_size, size, &resume->record.source, &found )) return false;
    if (found.stream > streams_last_number( resume->streams )) return false;
    if (!fragment_is_untouched( files->destination, found.destination_time )) return false;
    if (!resume_is_equal( files->source, files->destination, found.main_done )) return false;
    resume->record = found;
    return true;
}

static void identify_source( struct resume *resume )
{
    struct restart_source *source = &resume->record.source;
    source->size = resume->files->source_size;
    source->last_write_time = (uint64_t)resume->files->source_information.LastWriteTime.QuadPart;
    resume->is_source_known = NT_SUCCESS( handle_index( resume->files->source, &source->id ) );
}

void resume_find( struct resume *resume, const struct plan *plan, struct files *files, struct streams *streams )
{
    resume->plan = plan;
    resume->files = files;
    resume->streams = streams;
    resume->main_size = files->source_size;
    resume->record.stream = streams->main.number;
    resume->record.stream_size = files->source_size;
    /* A callback may answer an error with PAUSE when the source is gone already, so the source is identified here. A
     * source whose size is not the truth cannot have a record, because a record relies on the size. */
    if (( plan->routine || plan->resume || plan->restartable ) && !files->source_is_open_ended)
        identify_source( resume );
    if (!resume->is_source_known || ( !plan->resume && !plan->restartable )) return;
    /* Microsoft documents that RESUME_FROM_PAUSE, and nothing else, lifts FAIL_IF_EXISTS. */
    if (plan->create_only && !plan->resume) return;

    resume->found = open_partial_destination( files, plan ) && has_record( resume );
    if (resume->found && resume->record.kind == RESTART_RECORD_UNDER_WAY)
        fragment_make_room( &resume->record, RESTART_RECORD_SIZE );
    files->destination_resumed = resume->found;
    if (resume->found) streams->main.already = resume->record.main_done;
    else if (files->destination)
    {
        NtClose( files->destination );
        files->destination = NULL;
    }
}
