/* SPDX-License-Identifier: MIT */

/* The two files of a copy, and how they are opened: source first, then destination. */

#ifndef COPYFILE2_OPEN_H
#define COPYFILE2_OPEN_H

#include "failure.h"
#include "plan.h"
#include "trace.h"

struct files
{
    UNICODE_STRING source_name; /* NT paths */
    UNICODE_STRING destination_name;
    HANDLE source;      /* NULL: not open */
    HANDLE destination; /* NULL: not open; what is open was created or taken over by this copy, or by the one that it
                         * goes on with */

    uint64_t source_size;
    FILE_BASIC_INFORMATION source_information;
    bool source_shares_write; /* a writer was there first */

    bool destination_is_new; /* there was nothing of its name */
    bool destination_is_directory;
    bool link_stays;                  /* that was to be replaced, and could not be taken away */
    bool destination_is_file;         /* not a device or a pipe: it has a size, and can be deleted */
    bool destination_resumed;         /* an earlier call made it, and this one goes on with it */
    bool destination_deletable;       /* its handle has DELETE access */
    bool destination_overwritten;     /* it was there, and what it held has gone */
    bool destination_has_old_content; /* some of it: to be written over, or cut */
};

/* Makes NT paths of the names. */
bool open_names( struct files *files, const struct plan *plan, struct failure *failure );

bool open_source( struct files *files, const struct plan *plan, struct failure *failure );
/* Its size, times and marks. */
bool open_query_source( struct files *files, const struct plan *plan, struct failure *failure );
/* A destination that is to be gone on with, as it is; false: there is none, or it is open_destination's to say why
 * not. */
bool open_partial_destination( struct files *files, const struct plan *plan );

/* Leaves one that is open as it is. */
bool open_destination( struct files *files, const struct plan *plan, struct trace *trace, struct failure *failure );

/* A named stream, by its NT path; and one that is to go. */
NTSTATUS open_stream_source( HANDLE *source, UNICODE_STRING *path, bool *shares_write );
NTSTATUS open_stream_destination( HANDLE *destination, UNICODE_STRING *path, ULONG disposition );
NTSTATUS open_to_delete( HANDLE *file, UNICODE_STRING *path, bool shared );

#endif
