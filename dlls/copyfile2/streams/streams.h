/* SPDX-License-Identifier: MIT */

/* The streams of the file: which there are, their sizes and handles. */

#ifndef COPYFILE2_STREAMS_H
#define COPYFILE2_STREAMS_H

#include "streams/stream.h"

struct streams
{
    struct stream main;
    struct stream *named;
    size_t count; /* of the named ones */
    size_t room;
};

#define STREAMS_INIT                                                                                                   \
    {                                                                                                                  \
        .main = {.number = 1, .is_only = true }                                                                        \
    }

/* Which streams the open source has. */
bool streams_list( struct streams *streams, const struct files *files, const struct plan *plan,
                   struct failure *failure );

/* Rids the open destination of streams that it had before, and the list of those that it has no place for. */
bool streams_prepare( struct streams *streams, const struct files *files, struct failure *failure );

DWORD streams_last_number( const struct streams *streams );

/* The bytes of all that will be copied. */
uint64_t streams_total_size( const struct streams *streams );

/* After a failure: what was made of the named streams goes or, when it is to be kept, the current one is cut to what
 * was copied. */
void streams_undo( struct streams *streams, const struct failure *failure, const struct stream *current,
                   uint64_t bytes_copied );

/* Closes the named streams. */
void streams_close( struct streams *streams );

/* The named streams that were copied go with their source. */
void streams_remove_source( const struct streams *streams, const struct files *files );

void streams_free( struct streams *streams );

#endif
