/* SPDX-License-Identifier: MIT */

/* The mover contract: one range of bytes from one handle to another. */

#ifndef COPYFILE2_MOVER_H
#define COPYFILE2_MOVER_H

#include "platform/nt.h"

enum mover_result
{
    MOVER_DONE,       /* less than asked: the source ends here */
    MOVER_NOT_FOR_ME, /* the next mover is to go on behind what was moved */
    MOVER_CANCELED,
    MOVER_READ_FAILED,
    MOVER_WRITE_FAILED,
    MOVER_SERVER_FAILED, /* neither side's: a file system that copies by itself */
    MOVER_ROOM_FAILED,   /* no room for the whole, before its first byte */
};

struct host_small;

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

/* A whole small file at once, by one call of the host half. */
struct mover_small
{
    bool may_offload;
    bool room_first;
    bool metadata;            /* wished: the host's part of it, when that is all */
    uint64_t last_write_time; /* of the source */

    /* out */
    const struct mover *mover;         /* that did it */
    const char *clone_why, *range_why; /* of those before it; NULL: err tells */
    int32_t clone_err, range_err;
};
enum mover_result mover_host_small( struct mover_range *range, struct mover_small *small );
/* What came of one that the host half was asked for in another way. */
enum mover_result mover_small_results( struct mover_small *small, const struct host_small *host );

extern const struct mover mover_clone, mover_copy_range, mover_read_write; /* by the host half */
extern const struct mover mover_attribute;                                 /* for these alone, and always able */
extern const struct mover mover_nt;                                        /* always able */

#endif
