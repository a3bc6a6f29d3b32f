/* SPDX-License-Identifier: MIT */

/* The streams of the file: which there are, their sizes and handles. */

#ifndef COPYFILE2_STREAMS_H
#define COPYFILE2_STREAMS_H

#include "failure.h"
#include "open.h"
#include "plan.h"

struct stream
{
    DWORD number; /* as told to the callback: 1 is the unnamed stream */
    uint64_t size;
    HANDLE source;
    HANDLE destination;
    bool has_size; /* the destination's: a device has none */
    bool is_plain; /* no mark that NT has to set on the copy */
    uint64_t last_write_time;
};

struct streams
{
    struct stream main;
    uint64_t total_size; /* of all that will be copied */
};

#define STREAMS_INIT { .main = { .number = 1 } }

/* Which streams the open source has. */
bool streams_list( struct streams *streams, const struct files *files, const struct plan *plan,
                   struct failure *failure );

/* Gives the stream its handles. */
void stream_open( struct stream *stream, const struct files *files );

#endif
