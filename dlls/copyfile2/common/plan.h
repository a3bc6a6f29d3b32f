/* SPDX-License-Identifier: MIT */

/* The plan: what the caller asked for, judged once. No other stage sees a flag. */

#ifndef COPYFILE2_PLAN_H
#define COPYFILE2_PLAN_H

#include "platform/nt.h"
#include <copyfile2.h>

struct faults;

enum plan_links
{
    PLAN_FOLLOW_LINKS,
    PLAN_COPY_SYMLINKS,      /* and follow other reparse points */
    PLAN_COPY_REPARSE_POINTS /* of every kind */
};

struct plan
{
    PCWSTR source_name; /* as the caller spelled them */
    PCWSTR destination_name;

    /* who wants to hear of it, and may end it */
    PCOPYFILE2_PROGRESS_ROUTINE routine;
    LPPROGRESS_ROUTINE old_routine;
    void *context;
    const volatile BOOL *cancel;

    /* how the files are opened */
    bool create_only;      /* the destination must not exist */
    bool directory;        /* both are directories */
    enum plan_links links; /* what is copied as a link; such a destination is replaced, not followed */
    bool follow_junctions;
    bool write_source;              /* the source is opened for writing too */
    ACCESS_MASK source_needed;      /* the source is not opened without it */
    ACCESS_MASK source_access;      /* wished for besides */
    ACCESS_MASK destination_access; /* wished for besides writing */
    bool may_decrypt;               /* an encrypted source may become a plain file */

    bool restartable; /* a copy that dies can be gone on with */
    bool resume;      /* a destination that an earlier call left may be gone on with, and is no obstacle then */

    /* what is copied, and how */
    bool main_stream_only;
    bool set_size_first; /* the destination gets its full size before its first byte */
    bool may_offload;    /* the file system may copy by itself, and the copy may share blocks with the source */
    bool keep_holes;     /* where the source has them */
    bool uncached;       /* what is copied once need not fill the memory */
    uint64_t chunk_size; /* bytes */
    uint64_t rate;       /* bytes a second on average, 0: unlimited */

    /* a move */
    bool remove_source; /* once the copy is whole */
    bool flush_first;   /* the copy is on the disk before the source goes */

    struct faults *faults; /* rehearsed ones; NULL: none */
};

/* Answers S_OK, or why the call is refused before anything is touched. */
HRESULT plan_make( struct plan *plan, PCWSTR source, PCWSTR destination, const COPYFILE2_EXTENDED_PARAMETERS *params );

#endif
