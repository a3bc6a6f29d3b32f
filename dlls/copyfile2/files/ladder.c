/* SPDX-License-Identifier: MIT */

/* The rungs of opening a file, tried one after the other. */

#include "files/ladder.h"

ULONG ladder_options( const struct plan *plan )
{
    return plan->directory ? FILE_DIRECTORY_FILE | FILE_OPEN_FOR_BACKUP_INTENT : LADDER_FILE_OPTIONS;
}

NTSTATUS ladder_try( HANDLE *handle, struct ladder_opening *opening, const struct ladder_step *step )
{
    OBJECT_ATTRIBUTES object;
    IO_STATUS_BLOCK io;
    NTSTATUS status;

    InitializeObjectAttributes( &object, opening->path, OBJ_CASE_INSENSITIVE, NULL, NULL );
    status = NtCreateFile( handle, step->access | SYNCHRONIZE | FILE_READ_ATTRIBUTES, &object, &io, NULL,
                           opening->attributes, step->share, opening->disposition,
                           FILE_SYNCHRONOUS_IO_NONALERT | opening->options, NULL, 0 );
    opening->result = io.Information;
    return status;
}

/* A lower step can only help when this one asked for too much. NT and Wine check that before they truncate, so a
 * refused step has changed nothing. */
static bool asked_too_much( NTSTATUS status )
{
    return status == STATUS_SHARING_VIOLATION || status == STATUS_ACCESS_DENIED || status == STATUS_PRIVILEGE_NOT_HELD;
}

NTSTATUS ladder_open( HANDLE *handle, struct ladder_opening *opening, const struct ladder_step **steps, size_t count )
{
    const struct ladder_step *last = *steps + count - 1;
    NTSTATUS status;

    for (;; ( *steps )++)
    {
        status = ladder_try( handle, opening, *steps );
        if (NT_SUCCESS( status )) return status;
        *handle = NULL;
        if (!asked_too_much( status ) || *steps == last) return status;
    }
}
