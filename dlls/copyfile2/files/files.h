/* SPDX-License-Identifier: MIT */

/* The stages of a copy share what they know about its two files: their names, their handles, and the facts learned
 * about them. */

#ifndef COPYFILE2_FILES_H
#define COPYFILE2_FILES_H

#include "platform/nt.h"

struct files
{
    UNICODE_STRING source_name; /* both names are NT paths */
    UNICODE_STRING destination_name;
    HANDLE source;      /* NULL: not open */
    HANDLE destination; /* NULL: not open. An open one was created or taken over by this copy, or by the one that this
                           copy goes on with */

    uint64_t source_size;
    bool source_is_open_ended; /* its size is not the truth, so it is read to its end */
    FILE_BASIC_INFORMATION source_information;
    bool source_shares_write; /* a writer had opened it before, so our handle shares writing */

    bool destination_is_new; /* nothing had its name before */
    bool destination_is_directory;
    bool link_stays;                  /* a link that was to be replaced could not be removed */
    bool destination_is_file;         /* it is no device or pipe, so it has a size and can be deleted */
    bool destination_resumed;         /* an earlier call made it, and this one goes on with it */
    bool destination_deletable;       /* its handle has DELETE access */
    bool destination_overwritten;     /* it was there before, and its old content is lost */
    bool destination_has_old_content; /* some of its old content is still there, to be written over or cut */
};

#endif
