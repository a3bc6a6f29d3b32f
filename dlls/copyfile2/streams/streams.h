/* SPDX-License-Identifier: MIT */

/* This file knows the streams of a file: which there are, their sizes and their handles. */

#ifndef COPYFILE2_STREAMS_H
#define COPYFILE2_STREAMS_H

#include "streams/stream.h"

struct streams
{
    struct stream main;
    struct stream *named;
    size_t count;           /* how many named streams there are */
    size_t room;            /* for how many there is memory */
    bool may_have_old_mark; /* the overwritten destination may have a Zone.Identifier */
};

#define STREAMS_INIT                                                                                                   \
    {                                                                                                                  \
        .main = {.number = 1, .is_only = true }                                                                        \
    }

/* Lists the streams of the open source, and sets their sizes. True when the list is complete and the destination's name
 * allows streams; otherwise failure is set. */
bool streams_list( struct streams *streams, const struct files *files, const struct plan *plan,
                   struct failure *failure );

/* Removes attributes that are streams from an open destination that was overwritten, and drops from the list the
 * streams that it cannot hold. */
void streams_prepare( struct streams *streams, const struct files *files );

DWORD streams_last_number( const struct streams *streams );

/* Answers the bytes of all streams that are to be copied. */
uint64_t streams_total_size( const struct streams *streams );

/* Call this after a failure. The named streams of the destination are deleted. When they are to be kept, or cannot be
 * deleted, the current one is cut to the bytes that were copied. */
void streams_undo( struct streams *streams, const struct failure *failure, const struct stream *current,
                   uint64_t bytes_copied );

/* Closes the named streams. */
void streams_close( struct streams *streams );

/* Call this when the copy is whole. An overwritten destination loses its Zone.Identifier, unless the source has one. */
void streams_remove_old_mark( const struct streams *streams, const struct files *files );

/* Frees the list. */
void streams_free( struct streams *streams );

#endif
