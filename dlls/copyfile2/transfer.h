/* SPDX-License-Identifier: MIT */

/* The data of a stream, chunk by chunk. */

#ifndef COPYFILE2_TRANSFER_H
#define COPYFILE2_TRANSFER_H

#include "failure.h"
#include "plan.h"
#include "position.h"
#include "progress.h"
#include "resume.h"
#include "trace.h"

/* Whether the caller still wants it, before anything is opened. */
bool transfer_wanted( const struct progress *progress, struct failure *failure );

bool transfer_stream( struct stream *stream, const struct plan *plan, struct resume *resume, struct position *position,
                      struct progress *progress, struct trace *trace, struct failure *failure );

#endif
