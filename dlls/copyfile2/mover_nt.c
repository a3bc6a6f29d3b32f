/* SPDX-License-Identifier: MIT */

/* The mover that works everywhere: NtReadFile into a buffer, NtWriteFile out of it. */

#include "mover.h"

/* Peak memory of a copy, however large the file or its chunks. */
#define LARGEST_BUFFER ( (ULONG)1024 * 1024 )

void mover_nt_begin( struct mover_nt *mover, uint64_t largest_range )
{
    ULONG size = largest_range < LARGEST_BUFFER ? (ULONG)largest_range : LARGEST_BUFFER;

    for (; size > sizeof( mover->spare ); size /= 2)
    {
        mover->buffer = HeapAlloc( GetProcessHeap(), 0, size );
        mover->size = size;
        if (mover->buffer) return;
    }
    mover->buffer = mover->spare;
    mover->size = sizeof( mover->spare );
}

void mover_nt_end( struct mover_nt *mover )
{
    if (mover->buffer != mover->spare) HeapFree( GetProcessHeap(), 0, mover->buffer );
}

/* Fills the buffer up to length, or to the source's end. */
static NTSTATUS read_piece( struct mover_nt *mover, HANDLE source, uint64_t offset, ULONG length, ULONG *got )
{
    LARGE_INTEGER position;
    IO_STATUS_BLOCK io;
    NTSTATUS status;

    for (*got = 0; *got < length; *got += (ULONG)io.Information)
    {
        position.QuadPart = (LONGLONG)( offset + *got );
        status = NtReadFile( source, NULL, NULL, NULL, &io, mover->buffer + *got, length - *got, &position, NULL );
        if (status == STATUS_END_OF_FILE) break;
        if (!NT_SUCCESS( status )) return status;
        if (!io.Information) break;
    }
    return STATUS_SUCCESS;
}

static NTSTATUS write_piece( struct mover_nt *mover, HANDLE destination, uint64_t offset, ULONG length )
{
    LARGE_INTEGER position;
    IO_STATUS_BLOCK io;
    NTSTATUS status;

    /* Wine writes what fits before it tells that the disk is full, so a short write is not yet a failure. */
    for (ULONG put = 0; put < length; put += (ULONG)io.Information)
    {
        position.QuadPart = (LONGLONG)( offset + put );
        status = NtWriteFile( destination, NULL, NULL, NULL, &io, mover->buffer + put, length - put, &position, NULL );
        if (!NT_SUCCESS( status )) return status;
        if (!io.Information) return STATUS_IO_DEVICE_ERROR;
    }
    return STATUS_SUCCESS;
}

enum mover_result mover_nt_move( struct mover_nt *mover, struct mover_range *range )
{
    ULONG wanted, got;

    for (range->moved = 0; range->moved < range->length; range->moved += got)
    {
        uint64_t offset = range->offset + range->moved, rest = range->length - range->moved;

        wanted = rest < mover->size ? (ULONG)rest : mover->size;
        range->status = read_piece( mover, range->source, offset, wanted, &got );
        if (!NT_SUCCESS( range->status )) return MOVER_READ_FAILED;
        range->status = write_piece( mover, range->destination, offset, got );
        if (!NT_SUCCESS( range->status )) return MOVER_WRITE_FAILED;
        if (got < wanted)
        {
            range->moved += got;
            break;
        }
    }
    return MOVER_DONE;
}
