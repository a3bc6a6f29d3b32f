/* SPDX-License-Identifier: MIT */

/* This mover works with any handle: NtReadFile fills a buffer, and NtWriteFile writes what it holds. */

#include "movers/mover.h"

/* Fills the buffer up to length, or up to the source's end, and sets *got to the number of bytes. */
static NTSTATUS read_piece( const struct mover_range *range, uint64_t offset, ULONG length, ULONG *got )
{
    LARGE_INTEGER position;
    IO_STATUS_BLOCK io;
    NTSTATUS status;

    for (*got = 0; *got < length; *got += (ULONG)io.Information)
    {
        position.QuadPart = (LONGLONG)( offset + *got );
        status =
            NtReadFile( range->source, NULL, NULL, NULL, &io, range->buffer + *got, length - *got, &position, NULL );
        if (status == STATUS_END_OF_FILE) break;
        if (!NT_SUCCESS( status )) return status;
        if (!io.Information) break;
    }
    return STATUS_SUCCESS;
}

static NTSTATUS write_piece( const struct mover_range *range, uint64_t offset, ULONG length )
{
    LARGE_INTEGER position;
    IO_STATUS_BLOCK io;
    NTSTATUS status;

    /* Wine writes what fits before it tells that the disk is full, so a short write is not yet a failure. */
    for (ULONG put = 0; put < length; put += (ULONG)io.Information)
    {
        position.QuadPart = (LONGLONG)( offset + put );
        status = NtWriteFile( range->destination, NULL, NULL, NULL, &io, range->buffer + put, length - put, &position,
                              NULL );
        if (!NT_SUCCESS( status )) return status;
        if (!io.Information) return STATUS_IO_DEVICE_ERROR;
    }
    return STATUS_SUCCESS;
}

static enum mover_result move( struct mover_range *range )
{
    ULONG wanted, got;

    for (range->moved = 0; range->moved < range->length; range->moved += got)
    {
        uint64_t offset = range->offset + range->moved, rest = range->length - range->moved;

        if (range->moved && range->cancel && *range->cancel) return MOVER_CANCELED;
        wanted = rest < range->buffer_size ? (ULONG)rest : range->buffer_size;
        range->status = read_piece( range, offset, wanted, &got );
        if (!NT_SUCCESS( range->status )) return MOVER_READ_FAILED;
        range->status = write_piece( range, offset, got );
        if (!NT_SUCCESS( range->status )) return MOVER_WRITE_FAILED;
        if (got < wanted)
        {
            range->moved += got;
            break;
        }
    }
    return MOVER_DONE;
}

const struct mover mover_nt = { .name = "NT read/write", .move = move };
