/* SPDX-License-Identifier: MIT */

/* This file slows a copy down to the average rate that the caller asked for. */

#ifndef COPYFILE2_PACE_H
#define COPYFILE2_PACE_H

#include "engine/progress.h"

struct pace
{
    uint64_t rate; /* bytes a second; 0 when unlimited */
    LARGE_INTEGER frequency;
    LARGE_INTEGER begin;
    enum progress_answer answer; /* the callback's answer in the last wait */
};

/* Starts the clock. A rate of 0 is unlimited. */
void pace_begin( struct pace *pace, uint64_t rate );

/* Waits until that many bytes are due, or until the callback wants the copy to end. Sets pace->answer to the last
 * answer of the callback. False means that *pfCancel was set meanwhile. */
bool pace_wait( struct pace *pace, uint64_t bytes, struct progress *progress );

#endif
