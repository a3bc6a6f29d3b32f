/* SPDX-License-Identifier: MIT */

/* This file tries the rungs of a ladder one after the other, until the file opens. */

#include "files/ladder.h"

ULONG ladder_options( const struct plan *plan )
{
    return plan->directory ? FILE_DIRECTORY_FILE | FILE_OPEN_FOR_BACKUP_INTENT : LADDER_FILE_OPTIONS;
}

NTSTATUS ladder_try( HANDLE *handle, struct ladder_opening *opening, const struct ladder_rung *rung )
{
    OBJECT_ATTRIBUTES object;
    IO_STATUS_BLOCK io;
    NTSTATUS status;

    InitializeObjectAttributes( &object, opening->path, OBJ_CASE_INSENSITIVE, NULL, NULL );
    status = NtCreateFile( handle, rung->access | SYNCHRONIZE | FILE_READ_ATTRIBUTES, &object, &io, NULL,
                           opening->attributes, rung->share, opening->disposition,
                           FILE_SYNCHRONOUS_IO_NONALERT | opening->options, NULL, 0 );
    opening->result = io.Information;
    return status;
}

/* True when a lower rung may help, because this one asked for too much. A rung that shares nothing collides with every
 * holder, however little access it asks for. NT and Wine check access and sharing before they truncate, so a refused
 * rung has changed nothing. */
static bool may_be_lower( NTSTATUS status, const struct ladder_rung *rung )
{
    if (status == STATUS_SHARING_VIOLATION) return rung->share != 0;
    return status == STATUS_ACCESS_DENIED || status == STATUS_PRIVILEGE_NOT_HELD;
}

NTSTATUS ladder_open( HANDLE *handle, struct ladder_opening *opening, const struct ladder_rung **rungs, size_t count )
{
    const struct ladder_rung *last = *rungs + count - 1;
    NTSTATUS status;

    for (;; ( *rungs )++)
    {
        status = ladder_try( handle, opening, *rungs );
        if (NT_SUCCESS( status )) return status;
        *handle = NULL;
        if (!may_be_lower( status, *rungs ) || *rungs == last) return status;
    }
}
