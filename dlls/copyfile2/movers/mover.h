/* SPDX-License-Identifier: MIT */

/* The mover contract: a mover moves one range of bytes from one handle to another. */

#ifndef COPYFILE2_MOVER_H
#define COPYFILE2_MOVER_H

#include "common/failure.h"
#include "common/plan.h"

enum mover_result
{
    MOVER_DONE,       /* less than asked: the source ends here */
    MOVER_NOT_FOR_ME, /* the next mover is to go on behind what was moved */
    MOVER_CANCELED,
    MOVER_READ_FAILED,
    MOVER_WRITE_FAILED,
    MOVER_SERVER_FAILED, /* a file system that copies by itself failed, on neither side */
    MOVER_ROOM_FAILED,   /* there is no room for the whole, and no byte was written */
};

struct mover_range
{
    HANDLE source;
    HANDLE destination;
    const char *attribute; /* the attribute of both files that holds the bytes; NULL: the files themselves do */
    uint64_t offset;
    uint64_t length;
    const volatile BOOL *cancel; /* looked at between pieces; NULL: nobody can cancel */
    bool keep_holes;
    bool uncached;
    bool has_moved; /* this mover has moved bytes of this file before */
    BYTE *buffer;
    ULONG buffer_size;

    /* out */
    uint64_t moved;  /* bytes, also of a range that failed or was canceled, as far as they are certain */
    NTSTATUS status; /* of a failure */
    const char *why; /* the reason of NOT_FOR_ME; NULL: err tells */
    int32_t err;
};

struct mover
{
    const char *name;
    bool needs_host;
    bool offloads; /* the bytes do not pass through this process */
    bool whole;    /* it takes nothing but a whole file, before its first byte */
    enum mover_result ( *move )( struct mover_range *range );
};

extern const struct mover mover_clone, mover_copy_range, mover_read_write; /* by the host half */
extern const struct mover mover_attribute;                                 /* for attributes alone, and always able */
extern const struct mover mover_nt;                                        /* always able */

/* The movers of a stream, the fastest first; the last one never refuses. */
extern const struct mover *const mover_order[];

/* Why the plan or the system forbids this mover, before it is asked; NULL: nothing does. begun is true when an earlier
 * call has copied a part of the stream. */
const char *mover_forbidden( const struct mover *mover, const struct plan *plan, bool begun );

/* Where a copy has failed whose mover answers this. */
enum failure_where mover_failure( enum mover_result result );

#endif
