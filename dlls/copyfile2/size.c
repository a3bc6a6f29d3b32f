/* SPDX-License-Identifier: MIT */

/* Sets the length of an open file: before the first byte, and when less came than was expected. */

#include "size.h"

NTSTATUS size_set( HANDLE file, uint64_t bytes )
{
    FILE_END_OF_FILE_INFORMATION end = { { .QuadPart = (LONGLONG)bytes } };
    IO_STATUS_BLOCK io;

    return NtSetInformationFile( file, &io, &end, sizeof( end ), FileEndOfFileInformation );
}
