/* SPDX-License-Identifier: MIT */

/* Where the copy is: in which stream, behind how many bytes and chunks. */

#ifndef COPYFILE2_POSITION_H
#define COPYFILE2_POSITION_H

#include "streams/streams.h"

struct position
{
    const struct streams *streams;
    const struct stream *stream; /* the current one */
    uint64_t stream_done;        /* bytes of it that are there */
    uint64_t chunks_done;        /* chunks of it, as far as this call has moved them */
    uint64_t total_done;         /* bytes of all streams */
};

/* The copy stands before the first byte of the unnamed stream. */
void position_init( struct position *position, const struct streams *streams );

/* The copy goes on with this stream; the bytes that an earlier call has copied of it count as done. */
void position_enter( struct position *position, const struct stream *stream );

/* An earlier call has copied that stream whole, and its bytes count as done. */
void position_pass( struct position *position, const struct stream *stream );

/* Another chunk is there. */
void position_advance( struct position *position, uint64_t bytes );

/* True in the last stream of the file. */
bool position_is_in_last_stream( const struct position *position );

/* True when nothing is left to copy, of any stream. */
bool position_is_complete( const struct position *position );

#endif
