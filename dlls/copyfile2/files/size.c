/* SPDX-License-Identifier: MIT */

/* Sets the length of an open file: before the first byte, and when less came than was expected. */

#include "files/size.h"
#include "platform/unix_call.h"

/* Wine 8.0's server writes a byte behind the end, cuts it off, and takes no notice when that fails (host_faults.c). */
static bool has_size( HANDLE file, uint64_t bytes )
{
    FILE_STANDARD_INFORMATION standard;
    IO_STATUS_BLOCK io;

    return !NT_SUCCESS( NtQueryInformationFile( file, &io, &standard, sizeof( standard ), FileStandardInformation ) ) ||
           (uint64_t)standard.EndOfFile.QuadPart == bytes;
}

NTSTATUS size_set( HANDLE file, uint64_t bytes )
{
    FILE_END_OF_FILE_INFORMATION end = { { .QuadPart = (LONGLONG)bytes } };
    IO_STATUS_BLOCK io;
    NTSTATUS status = NtSetInformationFile( file, &io, &end, sizeof( end ), FileEndOfFileInformation );

    if (!NT_SUCCESS( status ) || has_size( file, bytes )) return status;
    return STATUS_IO_DEVICE_ERROR;
}

/* STATUS_DISK_FULL and its like are the answer; that there is nobody to ask is not. */
NTSTATUS size_reserve( HANDLE source, HANDLE destination, uint64_t bytes, bool keep_holes, bool *old_content )
{
    struct host_reserve reserve = {
        .size = bytes,
        .flags = ( keep_holes ? HOST_KEEP_HOLES : 0 ) | ( *old_content ? HOST_OLD_CONTENT : 0 ),
    };

    if (!host_is_there() || !NT_SUCCESS( host_call_reserve( source, destination, &reserve ) ))
        return size_set( destination, bytes );
    *old_content = reserve.old_content;
    return reserve.status;
}

void size_cut( HANDLE source, HANDLE destination, uint64_t bytes )
{
    struct host_reserve reserve = { .size = bytes, .flags = HOST_ERASE };

    if (NT_SUCCESS( size_set( destination, bytes ) ) || !host_is_there()) return;
    host_call_reserve( source, destination, &reserve );
}
