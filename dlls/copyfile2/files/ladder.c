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

/* True when this rung asked for too much, so that a lower one may help. NT and Wine check access and sharing before
 * they truncate, so a refused rung has changed nothing. */
static bool asked_too_much( NTSTATUS status )
{
    return status == STATUS_SHARING_VIOLATION || status == STATUS_ACCESS_DENIED || status == STATUS_PRIVILEGE_NOT_HELD;
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
        if (!asked_too_much( status ) || *rungs == last) return status;
    }
}
