/* SPDX-License-Identifier: MIT */

/* The mover contract: one range of bytes from one handle to another. */

#ifndef COPYFILE2_MOVER_H
#define COPYFILE2_MOVER_H

#include "nt.h"

enum mover_result
{
    MOVER_DONE,         /* less than asked: the source ends here */
    MOVER_READ_FAILED,  /* of the range, nothing counts as moved */
    MOVER_WRITE_FAILED,
};

struct mover_range
{
    HANDLE source;
    HANDLE destination;
    uint64_t offset;
    uint64_t length;
    uint64_t moved;  /* out */
    NTSTATUS status; /* out, of what failed */
};

/* Moves by NtReadFile and NtWriteFile: always able. */
struct mover_nt
{
    BYTE *buffer;
    ULONG size;
    BYTE spare[4096]; /* serves when there is no memory, so that to begin cannot fail */
};

void mover_nt_begin( struct mover_nt *mover, uint64_t largest_range );
enum mover_result mover_nt_move( struct mover_nt *mover, struct mover_range *range );
void mover_nt_end( struct mover_nt *mover );

#endif
