/* SPDX-License-Identifier: MIT */

/* The talk with the caller: messages out, answers back. */

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
    bool quiet;                      /* nobody listens, or no longer */
    uint64_t last_told;              /* when the last message was sent, in ms */
};

void progress_init( struct progress *progress, const struct plan *plan, const struct position *position );

/* Each sends one message and answers what is to happen now: the callback's word first, then *pfCancel. */
enum progress_answer progress_stream_started( struct progress *progress );
enum progress_answer progress_chunk_started( struct progress *progress, uint64_t size );
/* The position has advanced behind the chunk by then. */
enum progress_answer progress_chunk_finished( struct progress *progress, uint64_t moved, bool offloaded );
enum progress_answer progress_stream_finished( struct progress *progress );
enum progress_answer progress_error( struct progress *progress, COPYFILE2_COPY_PHASE phase, HRESULT hr );

/* For whoever makes the callback wait: POLL_CONTINUE, when nothing was told for a second. Does not look at
 * *pfCancel. */
enum progress_answer progress_poll( struct progress *progress );

/* Whether *pfCancel is set. */
bool progress_canceled( const struct progress *progress );

#endif
