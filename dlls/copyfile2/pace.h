/* SPDX-License-Identifier: MIT */

/* The average speed that the caller asked for. */

#ifndef COPYFILE2_PACE_H
#define COPYFILE2_PACE_H

#include "progress.h"

struct pace
{
    uint64_t rate; /* bytes a second, 0: unlimited */
    LARGE_INTEGER frequency;
    LARGE_INTEGER begin;
};

void pace_begin( struct pace *pace, uint64_t rate );

/* Waits until that many bytes are due; false: *pfCancel was set meanwhile. */
bool pace_wait( const struct pace *pace, uint64_t bytes, const struct progress *progress );

#endif
