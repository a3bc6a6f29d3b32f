/* SPDX-License-Identifier: MIT */

/* This file copies the data of a stream, chunk by chunk, and asks the callback between the chunks. */

#ifndef COPYFILE2_TRANSFER_H
#define COPYFILE2_TRANSFER_H

#include "common/failure.h"
#include "common/plan.h"
#include "common/trace.h"
#include "engine/progress.h"
#include "resume/resume.h"
#include "streams/position.h"

/* Call this before anything is opened. True means that the caller still wants the copy; otherwise failure is set. */
bool transfer_wanted( const struct progress *progress, struct failure *failure );

/* Copies an open stream from the position to its end, tells the callback of it, and moves the position on. True means
 * that all of the stream is there, and that the copy goes on; otherwise failure is set. */
bool transfer_stream( struct stream *stream, const struct plan *plan, struct resume *resume, struct position *position,
                      struct progress *progress, struct trace *trace, struct failure *failure );

#endif
