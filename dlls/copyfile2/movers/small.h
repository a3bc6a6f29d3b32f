/* SPDX-License-Identifier: MIT */

/* A small file that nobody watches takes one of two short ways. One call of the host half copies the whole file, either
 * by two handles, or by two paths and without a handle of the destination. */

#ifndef COPYFILE2_SMALL_H
#define COPYFILE2_SMALL_H

#include "common/trace.h"
#include "movers/mover.h"
#include "streams/stream.h"
#include "unix/unixlib.h"

/* This is what small_look finds out for a copy by paths. */
struct small
{
    char *path;                    /* the source's path on the host; NULL: this copy goes by handles */
    struct host_small_look source; /* the file that the path leads to before Wine opens it */
};

/* Looks at the source before Wine opens it. Sets path and source where the copy may go by paths; otherwise path stays
 * NULL. */
void small_look( struct small *small, const struct files *files, const struct plan *plan );

/* Copies by paths, while the source's handle keeps writers away. True means that the copy has ended, and failure tells
 * whether it failed. False means that nothing has changed. When the host half has refused, the trace gets the reason,
 * unless the file is large, or the index has traced the reason already. */
bool small_ends_copy( struct small *small, const struct files *files, const struct plan *plan, struct trace *trace,
                      struct failure *failure );

/* Frees the path. */
void small_free( struct small *small );

/* True for a stream that small_move may be asked to copy. */
bool small_is_for_handles( const struct stream *stream, const struct plan *plan );

/* Copies the whole stream by its handles, through the range's buffer. Sets the range's results, stream->has_metadata,
 * and *current, which is the mover in mover_order that moved the bytes. MOVER_NOT_FOR_ME means that the movers are to
 * be asked. */
enum mover_result small_move( struct mover_range *range, struct stream *stream, const struct plan *plan,
                              struct trace *trace, const struct mover *const **current );

#endif
