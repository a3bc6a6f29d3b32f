/* SPDX-License-Identifier: MIT */

/* Deletes an open file, also a read-only one. */

#include "files/remove.h"

NTSTATUS remove_file( HANDLE file )
{
    FILE_BASIC_INFORMATION plain = { .FileAttributes = FILE_ATTRIBUTE_NORMAL };
    FILE_DISPOSITION_INFORMATION disposition = { .DoDeleteFile = TRUE };
    IO_STATUS_BLOCK io;

    /* a copy of a read-only file is read-only from the start, and such a file cannot be deleted */
    NtSetInformationFile( file, &io, &plain, sizeof( plain ), FileBasicInformation );
    return NtSetInformationFile( file, &io, &disposition, sizeof( disposition ), FileDispositionInformation );
}
