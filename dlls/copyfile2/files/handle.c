/* SPDX-License-Identifier: MIT */

/* This file reads and sets the size, times and attributes of an open file, and deletes it. */

#include "files/handle.h"
#include "platform/unix_call.h"

NTSTATUS handle_size( HANDLE file, uint64_t *bytes )
{
    FILE_STANDARD_INFORMATION standard;
    IO_STATUS_BLOCK io;
    NTSTATUS status = NtQueryInformationFile( file, &io, &standard, sizeof( standard ), FileStandardInformation );

    if (NT_SUCCESS( status )) *bytes = (uint64_t)standard.EndOfFile.QuadPart;
    return status;
}

NTSTATUS handle_basic( HANDLE file, FILE_BASIC_INFORMATION *basic )
{
    IO_STATUS_BLOCK io;

    return NtQueryInformationFile( file, &io, basic, sizeof( *basic ), FileBasicInformation );
}

NTSTATUS handle_index( HANDLE file, uint64_t *index )
{
    FILE_INTERNAL_INFORMATION internal;
    IO_STATUS_BLOCK io;
    NTSTATUS status = NtQueryInformationFile( file, &io, &internal, sizeof( internal ), FileInternalInformation );

    if (NT_SUCCESS( status )) *index = (uint64_t)internal.IndexNumber.QuadPart;
    return status;
}

NTSTATUS handle_set_basic( HANDLE file, const FILE_BASIC_INFORMATION *basic )
{
    IO_STATUS_BLOCK io;

    return NtSetInformationFile( file, &io, (void *)basic, sizeof( *basic ), FileBasicInformation );
}

/* To make a file longer, Wine 8.0's server writes a byte behind the new end and cuts it off again. The server ignores
 * that this fails (host_faults.c), so the size is read back. */
NTSTATUS handle_set_size( HANDLE file, uint64_t bytes )
{
    FILE_END_OF_FILE_INFORMATION end = { { .QuadPart = (LONGLONG)bytes } };
    IO_STATUS_BLOCK io;
    uint64_t size;
    NTSTATUS status = NtSetInformationFile( file, &io, &end, sizeof( end ), FileEndOfFileInformation );

    if (!NT_SUCCESS( status ) || !NT_SUCCESS( handle_size( file, &size ) ) || size == bytes) return status;
    return STATUS_IO_DEVICE_ERROR;
}

/* When the host half answers STATUS_DISK_FULL or the like, that failure is final. NT sets the size only where the host
 * half cannot be asked. */
NTSTATUS handle_reserve( HANDLE source, HANDLE destination, struct handle_room *room )
{
    struct host_reserve reserve = {
        .size = room->bytes,
        .flags = ( room->keep_holes ? HOST_RESERVE_KEEP_HOLES : 0 ) |
                 ( room->old_content ? HOST_RESERVE_OLD_CONTENT : 0 ) |
                 ( room->size_later ? HOST_RESERVE_SIZE_LATER : 0 ),
    };

    if (!unix_is_there() || !NT_SUCCESS( unix_reserve( source, destination, &reserve ) ))
        return handle_set_size( destination, room->bytes );
    room->old_content = reserve.old_content;
    return reserve.status;
}

void handle_cut( HANDLE source, HANDLE destination, uint64_t bytes )
{
    struct host_reserve reserve = { .size = bytes, .flags = HOST_RESERVE_ERASE };

    if (NT_SUCCESS( handle_set_size( destination, bytes ) ) || !unix_is_there()) return;
    unix_reserve( source, destination, &reserve );
}

NTSTATUS handle_dispose( HANDLE file )
{
    FILE_DISPOSITION_INFORMATION disposition = { .DoDeleteFile = TRUE };
    IO_STATUS_BLOCK io;

    return NtSetInformationFile( file, &io, &disposition, sizeof( disposition ), FileDispositionInformation );
}

/* A copy of a read-only file is read-only from the start, and NT deletes no read-only file. So the mark is taken off
 * first. */
NTSTATUS handle_remove( HANDLE file )
{
    const FILE_BASIC_INFORMATION plain = { .FileAttributes = FILE_ATTRIBUTE_NORMAL };

    handle_set_basic( file, &plain );
    return handle_dispose( file );
}
