/* SPDX-License-Identifier: MIT */

/* The plan holds the caller's request, judged once. No later stage sees a flag. */

#ifndef COPYFILE2_PLAN_H
#define COPYFILE2_PLAN_H

#include "platform/nt.h"
#include <copyfile2.h>

struct faults;

enum plan_links
{
    PLAN_FOLLOW_LINKS,
    PLAN_COPY_SYMLINKS,      /* symbolic links are copied as such, and other reparse points are followed */
    PLAN_COPY_REPARSE_POINTS /* reparse points of every kind are copied as such */
};

struct plan
{
    PCWSTR source_name; /* both names are as the caller spelled them */
    PCWSTR destination_name;

    /* These hear of the copy, and may end it. */
    PCOPYFILE2_PROGRESS_ROUTINE routine;
    LPPROGRESS_ROUTINE old_routine;
    void *context;
    const volatile BOOL *cancel;

    /* These tell how the files are opened. */
    bool create_only; /* the destination must not exist */
    bool directory;   /* both are directories */
    /* Links of these kinds are copied as links. A destination that is one of them is replaced, not followed. */
    enum plan_links links;
    bool follow_junctions;          /* a junction is copied as the directory that it leads to */
    bool write_source;              /* the source is opened for writing too */
    ACCESS_MASK source_needed;      /* the source is not opened without this access */
    ACCESS_MASK source_access;      /* more access that is wished for */
    ACCESS_MASK destination_access; /* access that is wished for besides writing */
    bool may_decrypt;               /* an encrypted source may become a plain file */

    bool restartable; /* a later call can go on with a copy that dies */
    bool resume;      /* this call may go on with a destination that an earlier call left, which is then no obstacle */

    /* These tell what is copied, and how. */
    bool main_stream_only; /* named streams are left out */
    bool set_size_first;   /* the destination gets its full size before its first byte */
    bool may_offload;      /* the file system may copy by itself, and the copy may share blocks with the source */
    bool keep_holes;       /* holes of the source stay holes */
    bool uncached;         /* the bytes that are copied need not stay in the page cache */
    uint64_t chunk_size;   /* bytes in one chunk */
    uint64_t rate;         /* bytes a second on average; 0 when unlimited */

    /* A move sets these. */
    bool remove_source; /* the source is deleted once the copy is whole */
    bool flush_first;   /* the copy is flushed to the disk before the source is deleted */

    struct faults *faults; /* the rehearsed faults, or NULL when there are none */
};

/* Makes the plan of a copy; params may be NULL. Answers S_OK, or why the call is refused before anything is touched. */
HRESULT plan_make( struct plan *plan, PCWSTR source, PCWSTR destination, const COPYFILE2_EXTENDED_PARAMETERS *params );

#endif
