/* SPDX-License-Identifier: MIT */

/* The two short ways of a small file that nobody watches: one call of the host half copies all of it, by two paths
 * without a handle of the destination, or by two handles. */

#ifndef COPYFILE2_SMALL_H
#define COPYFILE2_SMALL_H

#include "common/trace.h"
#include "movers/mover.h"
#include "streams/stream.h"
#include "unix/unixlib.h"

/* A copy by paths. */
struct small
{
    char *path; /* the source's; NULL: this copy goes by handles */
    struct host_small_look source;
};

/* Looks at the source before it is opened, and sets small where the copy may go by paths. */
void small_look( struct small *small, const struct files *files, const struct plan *plan );

/* Copies by paths, while the source's handle keeps writers away. True: the copy has ended, and failure tells whether it
 * failed. False: nothing has changed, and the trace is told why. */
bool small_ends_copy( struct small *small, const struct files *files, const struct plan *plan, struct trace *trace,
                      struct failure *failure );

void small_free( struct small *small );

/* True for a stream that small_move may be asked to copy. */
bool small_is_for_handles( const struct stream *stream, const struct plan *plan );

/* Copies the whole stream by its handles, through the range's buffer; sets the range's results, stream->has_metadata,
 * and *current, which is the mover that did it in mover_order. MOVER_NOT_FOR_ME: the movers are to be asked. */
enum mover_result small_move( struct mover_range *range, struct stream *stream, const struct plan *plan,
                              struct trace *trace, const struct mover *const **current );

#endif
