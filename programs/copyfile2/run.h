/* SPDX-License-Identifier: MIT */

/* One run of the program: what was asked for, and what came of it so far. */

#ifndef RUN_H
#define RUN_H

#include "options.h"
#include "progress_bar.h"
#include "tally.h"

struct run
{
    const struct options *options;
    struct progress_bar bar;
    struct tally tally;
    bool follows_links; /* no link can be told from what it leads to */
    bool stopped;       /* canceled or paused, with something left to do */
};

/* Something to copy, and where to. */
struct entry
{
    const WCHAR *source, *destination;           /* as the user knows them */
    const WCHAR *source_path, *destination_path; /* as Windows takes them */
    uint64_t size;                               /* as far as is known */
    bool in_folder;                              /* found in a folder that is copied, or that folder itself */
    bool marked;                                 /* a folder that may be a link */
    bool small;                                  /* known to have few bytes */
};

#endif
