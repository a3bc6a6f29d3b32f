/* SPDX-License-Identifier: MIT */

/* The source of a move is deleted by the handle that was read. By then its copy is whole, and flushed where the plan
 * asked for that. */

#include "engine/remove_source.h"
#include "files/handle.h"
#include "files/source_size.h"

/* A writer who opened the source before us is allowed, but the bytes he wrote meanwhile must not be lost with it
 * (move.c, source_written). True when the source has changed, or cannot be asked. */
static bool has_changed( const struct files *files )
{
    FILE_BASIC_INFORMATION basic;
    uint64_t size;

    if (!NT_SUCCESS( handle_size( files->source, &size ) )) return true;
    if (!NT_SUCCESS( handle_basic( files->source, &basic ) )) return true;
    return size != files->source_size ||
           basic.LastWriteTime.QuadPart != files->source_information.LastWriteTime.QuadPart;
}

/* The size and the time of a file may both be wrong. So one more read, behind the bytes that were copied, shows whether
 * any byte is there. An attribute needs no such read, because one call reads all of it. True when the stream goes on,
 * or when nobody can tell. */
static bool has_more( const struct stream *stream )
{
    return stream->kind != STREAM_ATTRIBUTE && source_size_look( stream->source, stream->end ) != STATUS_END_OF_FILE;
}

static bool was_read_to_end( const struct streams *streams )
{
    if (has_more( &streams->main )) return false;
    for (size_t i = 0; i < streams->count; i++)
        if (has_more( &streams->named[i] )) return false;
    return true;
}

/* These checks come while the copy can still be undone. */
bool remove_source_prepare( const struct files *files, const struct streams *streams, const struct plan *plan,
                            struct failure *failure )
{
    IO_STATUS_BLOCK io;
    NTSTATUS status;

    if (!plan->remove_source) return true;
    if (!files->destination_is_file) return failure_set( failure, FAILURE_DESTINATION, STATUS_ACCESS_DENIED );
    if (has_changed( files ) || !was_read_to_end( streams ))
        return failure_set( failure, FAILURE_READ, STATUS_SHARING_VIOLATION );
    if (!plan->flush_first) return true;
    status = NtFlushBuffersFile( files->destination, &io );
    return NT_SUCCESS( status ) || failure_set( failure, FAILURE_WRITE, status );
}

/* A read-only file moves like any other, within a volume and here (move.c, read_only). Its mark is taken off first, and
 * put back when the file still cannot be deleted. */
static void dispose_read_only( const struct files *files )
{
    const FILE_BASIC_INFORMATION before = { .FileAttributes = files->source_information.FileAttributes };

    if (!( before.FileAttributes & FILE_ATTRIBUTE_READONLY )) return;
    if (!NT_SUCCESS( handle_remove( files->source ) )) handle_set_basic( files->source, &before );
}

/* Microsoft documents for MOVEFILE_COPY_ALLOWED that a source which cannot be deleted stays, and that the move succeeds
 * all the same. */
void remove_source( const struct files *files, const struct plan *plan )
{
    if (plan->remove_source && !NT_SUCCESS( handle_dispose( files->source ) )) dispose_read_only( files );
}
