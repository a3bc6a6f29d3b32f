/* SPDX-License-Identifier: MIT */

/* This file counts what was copied, stream by stream. */

#include "streams/position.h"

void position_init( struct position *position, const struct streams *streams )
{
    *position = ( struct position ){ .streams = streams, .stream = &streams->main };
}

void position_enter( struct position *position, const struct stream *stream )
{
    position->stream = stream;
    position->stream_done = stream->already;
    position->chunks_done = 0;
    position->total_done += stream->already;
}

void position_pass( struct position *position, const struct stream *stream )
{
    position->total_done += stream->size;
}

void position_advance( struct position *position, uint64_t bytes )
{
    position->stream_done += bytes;
    position->total_done += bytes;
    position->chunks_done++;
}

bool position_is_in_last_stream( const struct position *position )
{
    return position->stream->number == streams_last_number( position->streams );
}

bool position_is_complete( const struct position *position )
{
    const struct stream *stream = position->stream;

    return position_is_in_last_stream( position ) && !stream->is_open_ended && position->stream_done >= stream->size;
}
