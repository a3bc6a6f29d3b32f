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
    bool quiet;                  /* nobody listens, or no longer */
    const struct streams *streams;
    const struct stream *stream; /* the current one */
    bool metadata_done;          /* along with the data */
    uint64_t total_done;
    uint64_t stream_done;
    uint64_t chunk_number;       /* counted within the stream, from 0 */
    uint64_t chunk_size;
};

void progress_init( struct progress *progress, const struct plan *plan, const struct streams *streams );

/* Each sends one message and answers what is to happen now: the callback's word first, then *pfCancel. */
enum progress_answer progress_stream_started( struct progress *progress, const struct stream *stream );
enum progress_answer progress_chunk_started( struct progress *progress, uint64_t size );
enum progress_answer progress_chunk_finished( struct progress *progress, uint64_t moved, bool offloaded );
enum progress_answer progress_stream_finished( struct progress *progress );
enum progress_answer progress_error( struct progress *progress, COPYFILE2_COPY_PHASE phase, HRESULT hr );

/* Whether *pfCancel is set. */
bool progress_canceled( const struct progress *progress );

#endif
