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
    HANDLE destination; /* NULL: not open; what is open was created or truncated by this copy */

    uint64_t source_size;
    FILE_BASIC_INFORMATION source_information;
    bool source_shares_write; /* a writer was there first */

    bool destination_is_file;   /* not a device or a pipe: it has a size, and can be deleted */
    bool destination_deletable; /* its handle has DELETE access */
};

bool open_source( struct files *files, const struct plan *plan, struct failure *failure );
bool open_destination( struct files *files, const struct plan *plan, struct trace *trace, struct failure *failure );

#endif
