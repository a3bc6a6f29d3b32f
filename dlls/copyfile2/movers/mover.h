/* SPDX-License-Identifier: MIT */

/* This is the contract of a mover: a mover moves one range of bytes from one handle to another. */

#ifndef COPYFILE2_MOVER_H
#define COPYFILE2_MOVER_H

#include "common/failure.h"
#include "common/plan.h"

enum mover_result
{
    MOVER_DONE,       /* where moved is less than length, the source has ended */
    MOVER_NOT_FOR_ME, /* the next mover is to go on behind the bytes that were moved */
    MOVER_CANCELED,
    MOVER_READ_FAILED,
    MOVER_WRITE_FAILED,
    MOVER_SERVER_FAILED, /* the file system failed to copy by itself, and the failure belongs to neither side */
    MOVER_ROOM_FAILED,   /* the disk has no room for the whole, and no byte was written */
};

struct mover_range
{
    HANDLE source;
    HANDLE destination;
    const char *attribute; /* the name of the attribute that holds the bytes in both files; NULL: the files hold them */
    uint64_t offset;
    uint64_t length;
    const volatile BOOL *cancel; /* set to end the move, and read between pieces; NULL: nobody can cancel */
    bool keep_holes;             /* a hole of the source becomes a hole of the destination */
    bool uncached;               /* the page cache is to keep little of the bytes */
    bool has_moved;              /* this mover has moved bytes of this file before */
    BYTE *buffer;
    ULONG buffer_size;

    /* The mover may move bytes behind the range, up to ahead_end, before it is asked to. Its results tell of the range
     * alone. After the first range only the mover changes these two members. */
    uint64_t ahead;
    uint64_t ahead_end; /* an offset in the file; 0: it may move nothing ahead */

    /* The mover sets these. */
    uint32_t threads; /* how many threads moved the bytes; 0: one */
    uint64_t moved;   /* the bytes that are certain, also where the range failed or was canceled */
    NTSTATUS status;  /* why the range failed */
    const char *why;  /* why the answer is MOVER_NOT_FOR_ME; NULL: err says why */
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

extern const struct mover mover_clone, mover_copy_range, mover_read_write; /* these go by the host half */
extern const struct mover mover_attribute;                                 /* copies an attribute, and never refuses */
extern const struct mover mover_nt;                                        /* serves any handle, and never refuses */

/* A stream asks these movers in order: the fastest comes first, and the last one never refuses. */
extern const struct mover *const mover_order[];

/* Answers why the plan or the system forbids this mover before it is asked, or NULL where nothing does. The parameter
 * not_whole says why no mover may take all of the stream at once; NULL: nothing forbids that. */
const char *mover_forbidden( const struct mover *mover, const struct plan *plan, const char *not_whole );

/* Answers where the copy has failed when its mover answers this result. */
enum failure_where mover_failure( enum mover_result result );

#endif
