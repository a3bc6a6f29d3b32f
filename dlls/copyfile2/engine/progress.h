/* SPDX-License-Identifier: MIT */

/* This file sends the messages to the caller, and reads the answers. */

#ifndef COPYFILE2_PROGRESS_H
#define COPYFILE2_PROGRESS_H

#include "common/plan.h"
#include "streams/position.h"

enum progress_answer
{
    PROGRESS_ANSWER_GO_ON,
    PROGRESS_ANSWER_CANCEL,
    PROGRESS_ANSWER_STOP,
    PROGRESS_ANSWER_PAUSE,
};

struct progress
{
    const struct plan *plan;
    const struct position *position; /* what the messages tell of */
    bool quiet;                      /* nobody listens: there is no callback, or it has answered QUIET */
    uint64_t last_told;              /* when the last message was sent, in ms */
};

/* Prepares the messages of a copy. Each tells of the position as it is when the message is sent. */
void progress_init( struct progress *progress, const struct plan *plan, const struct position *position );

/* Each sends one message and answers what is to happen now. The answer of the callback counts first, then *pfCancel.
 * *pfCancel never counts after an error. In CHUNK_FINISHED and STREAM_FINISHED it does not count when all data is
 * there. */
enum progress_answer progress_stream_started( struct progress *progress );
enum progress_answer progress_chunk_started( struct progress *progress, uint64_t size );
/* The position has to be behind the chunk already. */
enum progress_answer progress_chunk_finished( struct progress *progress, uint64_t moved, bool offloaded );
enum progress_answer progress_stream_finished( struct progress *progress );
enum progress_answer progress_error( struct progress *progress, COPYFILE2_COPY_PHASE phase, HRESULT hr );

/* A wait that may be long calls this now and then. It sends POLL_CONTINUE when no message was sent for a second,
 * answers like the others, and does not look at *pfCancel. */
enum progress_answer progress_poll( struct progress *progress );

/* True when *pfCancel is set. */
bool progress_canceled( const struct progress *progress );

#endif
