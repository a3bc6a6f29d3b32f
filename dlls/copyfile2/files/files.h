/* SPDX-License-Identifier: MIT */

/* The two files of a copy: their names, their handles, and what the stages have learned of them. */

#ifndef COPYFILE2_FILES_H
#define COPYFILE2_FILES_H

#include "platform/nt.h"

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

#endif
