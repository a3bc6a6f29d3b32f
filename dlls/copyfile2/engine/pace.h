/* SPDX-License-Identifier: MIT */

/* The average speed that the caller asked for. */

#ifndef COPYFILE2_PACE_H
#define COPYFILE2_PACE_H

#include "engine/progress.h"

struct pace
{
    uint64_t rate; /* bytes a second, 0: unlimited */
    LARGE_INTEGER frequency;
    LARGE_INTEGER begin;
    enum progress_answer answer; /* of the callback, in the last wait */
};

void pace_begin( struct pace *pace, uint64_t rate );

/* Waits until that many bytes are due; false: *pfCancel was set meanwhile. Also ends when the callback wants an end:
 * pace->answer tells. */
bool pace_wait( struct pace *pace, uint64_t bytes, struct progress *progress );

#endif
