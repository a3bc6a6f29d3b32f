/* SPDX-License-Identifier: MIT */

/* The position tells where the copy is: in which stream, and behind how many bytes and chunks. */

#ifndef COPYFILE2_POSITION_H
#define COPYFILE2_POSITION_H

#include "streams/streams.h"

struct position
{
    const struct streams *streams;
    const struct stream *stream; /* the current stream */
    uint64_t stream_done;        /* bytes of the current stream that are there */
    uint64_t chunks_done;        /* chunks of the current stream that this call has moved */
    uint64_t total_done;         /* bytes of all streams that are there */
};

/* Sets the position before the first byte of the unnamed stream. */
void position_init( struct position *position, const struct streams *streams );

/* Moves the position into this stream. The bytes that an earlier call has copied of it count as done. */
void position_enter( struct position *position, const struct stream *stream );

/* Counts the bytes of a stream that an earlier call has copied whole. */
void position_pass( struct position *position, const struct stream *stream );

/* Moves the position behind one more chunk of so many bytes. */
void position_advance( struct position *position, uint64_t bytes );

bool position_is_in_last_stream( const struct position *position );

/* True when nothing is left to copy, of any stream. */
bool position_is_complete( const struct position *position );

#endif
