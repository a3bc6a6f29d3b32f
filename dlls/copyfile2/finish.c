/* SPDX-License-Identifier: MIT */

/* Ends every copy, good or bad: keeps, cuts or deletes the destination, and closes. */

#include "finish.h"
#include "size.h"

/* By the copy's own handle, never by name: the name may be somebody else's by now. */
static bool delete_file( HANDLE file )
{
    FILE_BASIC_INFORMATION plain = { .FileAttributes = FILE_ATTRIBUTE_NORMAL };
    FILE_DISPOSITION_INFORMATION disposition = { .DoDeleteFile = TRUE };
    IO_STATUS_BLOCK io;

    /* a copy of a read-only file is read-only from the start, and such a file cannot be deleted */
    NtSetInformationFile( file, &io, &plain, sizeof( plain ), FileBasicInformation );
    return NT_SUCCESS(
        NtSetInformationFile( file, &io, &disposition, sizeof( disposition ), FileDispositionInformation ) );
}

static void undo_destination( const struct files *files, const struct failure *failure, uint64_t bytes_copied )
{
    if (!files->destination || !files->destination_is_file) return;
    if (failure->keep_record) return; /* its length and its time are part of it */
    if (!failure->keep_fragment && files->destination_deletable && delete_file( files->destination )) return;
    size_set( files->destination, bytes_copied );
}

void finish( struct files *files, const struct failure *failure, uint64_t bytes_copied )
{
    if (failure->where != FAILURE_NOWHERE) undo_destination( files, failure, bytes_copied );
    if (files->destination) NtClose( files->destination );
    if (files->source) NtClose( files->source );
    RtlFreeUnicodeString( &files->destination_name );
    RtlFreeUnicodeString( &files->source_name );
}
