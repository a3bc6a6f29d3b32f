/* SPDX-License-Identifier: MIT */

/* The source of a move goes by the handle that was read, once its copy is whole and as safe as was asked for. */

#include "engine/remove_source.h"
#include "files/handle.h"

/* A writer who opened the source before us is allowed, but what he wrote meanwhile must not be lost with it (move.c,
 * source_written). True when the source has changed, or cannot be asked. */
static bool has_changed( const struct files *files )
{
    FILE_BASIC_INFORMATION basic;
    uint64_t size;

    if (!NT_SUCCESS( handle_size( files->source, &size ) )) return true;
    if (!NT_SUCCESS( handle_basic( files->source, &basic ) )) return true;
    return size != files->source_size ||
           basic.LastWriteTime.QuadPart != files->source_information.LastWriteTime.QuadPart;
}

/* These checks come while the copy can still be taken back. */
bool remove_source_prepare( const struct files *files, const struct plan *plan, struct failure *failure )
{
    IO_STATUS_BLOCK io;
    NTSTATUS status;

    if (!plan->remove_source) return true;
    if (!files->destination_is_file) return failure_set( failure, FAILURE_DESTINATION, STATUS_ACCESS_DENIED );
    if (has_changed( files )) return failure_set( failure, FAILURE_READ, STATUS_SHARING_VIOLATION );
    if (!plan->flush_first) return true;
    status = NtFlushBuffersFile( files->destination, &io );
    return NT_SUCCESS( status ) || failure_set( failure, FAILURE_WRITE, status );
}

/* A read-only file moves like any other, within a volume and here (move.c, read_only). Its mark goes first, and comes
 * back when the file still cannot be deleted. */
static void dispose_read_only( const struct files *files )
{
    const FILE_BASIC_INFORMATION before = { .FileAttributes = files->source_information.FileAttributes };

    if (!( before.FileAttributes & FILE_ATTRIBUTE_READONLY )) return;
    if (!NT_SUCCESS( handle_remove( files->source ) )) handle_set_basic( files->source, &before );
}

/* Microsoft documents for MOVEFILE_COPY_ALLOWED that a source which cannot be deleted stays, and that the move is good
 * all the same. */
void remove_source( const struct files *files, const struct plan *plan )
{
    if (plan->remove_source && !NT_SUCCESS( handle_dispose( files->source ) )) dispose_read_only( files );
}
