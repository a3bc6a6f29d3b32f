/* SPDX-License-Identifier: MIT */

/* Copies that end early and go on later: the restart record in the destination is found, kept true, left behind and
 * removed. */

#ifndef COPYFILE2_RESUME_H
#define COPYFILE2_RESUME_H

#include "common/failure.h"
#include "common/plan.h"
#include "files/files.h"
#include "resume/restart_record.h"
#include "streams/position.h"
#include "streams/streams.h"

struct resume
{
    const struct plan *plan;
    struct files *files;
    struct streams *streams;
    bool found;                   /* the destination is an earlier call's, and this one goes on with it */
    uint64_t main_size;           /* of the unnamed stream, as it was copied */
    bool tracking;                /* a record under way lies behind the room of the file */
    bool is_source_known;         /* its identity stands in the record */
    bool flush_failed;            /* what was written since the last safe point may never come to the disk */
    struct restart_record record; /* of the last safe point: the last record that was found or written */
    ULONGLONG safe_bytes;         /* of the current stream, at the last safe point */
    LARGE_INTEGER safe_moment;
};

/* When the plan allows to go on, and there is a destination whose record holds: opens it, and sets what the streams
 * have already. Everything else is left to open_destination. */
void resume_find( struct resume *resume, const struct plan *plan, struct files *files, struct streams *streams );

/* Before any stream: those that an earlier call has copied whole are passed, and the one that it was in goes on. */
bool resume_pass( struct resume *resume, struct position *position, struct failure *failure );

/* Before a stream's first byte: what lies behind the bytes that hold is removed, and a restartable copy gets its
 * first record. */
NTSTATUS resume_prepare( struct resume *resume, const struct stream *stream );

/* How long the destination is while it is written: the room of the stream, and of the record behind it. */
uint64_t resume_room( const struct resume *resume, const struct stream *stream );

/* So much of the stream was written. Now and then that is brought to the disk, and then the record moves. A failure
 * is one of writing the data. */
NTSTATUS resume_reached( struct resume *resume, const struct stream *stream, uint64_t done );

/* All of the stream is there. When it is the last one, no record is left. */
NTSTATUS resume_completed( struct resume *resume, const struct stream *stream, uint64_t size, bool last );

/* Whether the first and the last bytes of what is there equal the source's. */
bool resume_is_equal( HANDLE source, HANDLE destination, uint64_t done );

/* After a failure, or PAUSE or STOP: leaves a record where one is wanted. */
void resume_leave( struct resume *resume, const struct position *position, struct failure *failure );

#endif
