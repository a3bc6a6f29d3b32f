/* SPDX-License-Identifier: MIT */

/* The talk with the caller: messages out, answers back. */

#ifndef COPYFILE2_PROGRESS_H
#define COPYFILE2_PROGRESS_H

#include "plan.h"
#include "streams.h"

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
    bool quiet; /* nobody listens, or no longer */
    const struct streams *streams;
    const struct stream *stream; /* the current one */
    bool metadata_done;          /* along with the data */
    uint64_t last_told;          /* when the last message was sent, in ms */
    uint64_t total_done;
    uint64_t stream_done;
    uint64_t chunk_number; /* counted within the stream, from 0 */
    uint64_t chunk_size;
};

void progress_init( struct progress *progress, const struct plan *plan, const struct streams *streams );

/* What is told from now on is of this stream, and what is there of it already counts. */
void progress_enter_stream( struct progress *progress, const struct stream *stream );

/* An earlier call has copied that one, and nobody is told. */
void progress_pass_stream( struct progress *progress, const struct stream *stream );

/* Whether nothing is left to copy, of any stream. */
bool progress_is_complete( const struct progress *progress );

/* Each sends one message and answers what is to happen now: the callback's word first, then *pfCancel. */
enum progress_answer progress_stream_started( struct progress *progress );
enum progress_answer progress_chunk_started( struct progress *progress, uint64_t size );
enum progress_answer progress_chunk_finished( struct progress *progress, uint64_t moved, bool offloaded );
enum progress_answer progress_stream_finished( struct progress *progress );
enum progress_answer progress_error( struct progress *progress, COPYFILE2_COPY_PHASE phase, HRESULT hr );

/* For whoever makes the callback wait: POLL_CONTINUE, when nothing was told for a second. Does not look at
 * *pfCancel. */
enum progress_answer progress_poll( struct progress *progress );

/* Whether *pfCancel is set. */
bool progress_canceled( const struct progress *progress );

#endif
