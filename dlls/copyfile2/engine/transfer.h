/* SPDX-License-Identifier: MIT */

/* The data of a stream, chunk by chunk. */

#ifndef COPYFILE2_TRANSFER_H
#define COPYFILE2_TRANSFER_H

#include "common/failure.h"
#include "common/plan.h"
#include "common/trace.h"
#include "engine/progress.h"
#include "resume/resume.h"
#include "streams/position.h"

/* Whether the caller still wants it, before anything is opened. */
bool transfer_wanted( const struct progress *progress, struct failure *failure );

bool transfer_stream( struct stream *stream, const struct plan *plan, struct resume *resume, struct position *position,
                      struct progress *progress, struct trace *trace, struct failure *failure );

#endif
