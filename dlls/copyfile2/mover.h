/* SPDX-License-Identifier: MIT */

/* The mover contract: one range of bytes from one handle to another. */

#ifndef COPYFILE2_MOVER_H
#define COPYFILE2_MOVER_H

#include "nt.h"

enum mover_result
{
    MOVER_DONE,       /* less than asked: the source ends here */
    MOVER_NOT_FOR_ME, /* the next mover is to go on behind what was moved */
    MOVER_CANCELED,
    MOVER_READ_FAILED,
    MOVER_WRITE_FAILED,
    MOVER_SERVER_FAILED, /* neither side's: a file system that copies by itself */
};

struct mover_range
{
    HANDLE source;
    HANDLE destination;
    const char *attribute; /* of both files, that holds the bytes; NULL: they themselves do */
    uint64_t offset;
    uint64_t length;
    const volatile BOOL *cancel; /* looked at between pieces; NULL: nobody can cancel */
    bool keep_holes;
    bool uncached;
    bool has_moved; /* this mover has moved bytes of this file before */
    BYTE *buffer;
    ULONG buffer_size;

    /* out */
    uint64_t moved;  /* also of what failed or was canceled, as far as it is certain */
    NTSTATUS status; /* of what failed */
    const char *why; /* of NOT_FOR_ME; NULL: err tells */
    int32_t err;
};

struct mover
{
    const char *name;
    bool needs_host;
    bool offloads; /* the bytes do not pass through this process */
    bool whole;    /* takes nothing but a whole file, before its first byte */
    enum mover_result ( *move )( struct mover_range *range );
};

extern const struct mover mover_clone, mover_copy_range, mover_read_write; /* by the host half */
extern const struct mover mover_attribute;                                 /* for these alone, and always able */
extern const struct mover mover_nt;                                        /* always able */

#endif
