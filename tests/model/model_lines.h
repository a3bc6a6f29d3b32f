/* SPDX-License-Identifier: MIT */

/* The model writes its messages down, word for word as recorder.h does. */

#ifndef COPYFILE2_TEST_MODEL_LINES_H
#define COPYFILE2_TEST_MODEL_LINES_H

#include "model_copy.h"

enum line_type
{
    LINE_STREAM_STARTED,
    LINE_CHUNK_STARTED,
    LINE_CHUNK_FINISHED,
    LINE_STREAM_FINISHED,
    LINE_ERROR,
};

/* The counters at one moment of a copy. */
struct line
{
    unsigned int stream; /* counted from 0 */
    uint64_t size, done, total, total_done, chunk, chunk_size;
    COPYFILE2_COPY_PHASE phase;
    HRESULT hr;
};

void lines_begin( struct lines *lines );
void lines_end( struct lines *lines );
/* Adds the message as a classic routine hears it. */
void lines_add_old( struct lines *lines, bool first, const struct line *line );
/* Adds the message if that listener hears such a one at all, and answers whether it does. */
bool lines_add( struct lines *lines, const struct line *line, enum line_type type, enum model_listener listener );

#endif
