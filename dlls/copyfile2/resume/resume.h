/* SPDX-License-Identifier: MIT */

/* A copy may end early, and a later call may go on with it. For this purpose a restart record in the destination is
 * found, kept true, left behind and removed. */

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
    bool found;                   /* an earlier call has left the destination, and this one goes on with it */
    uint64_t main_size;           /* bytes of the unnamed stream, as it was copied */
    bool tracking;                /* a record under way lies behind the room of the file */
    bool is_source_known;         /* the record holds the identity of the source */
    bool flush_failed;            /* bytes written since the last safe point may never come to the disk */
    struct restart_record record; /* the last record that was found or written, which tells of the last safe point */
    ULONGLONG safe_bytes;         /* bytes of the current stream at the last safe point */
    LARGE_INTEGER safe_moment;    /* the time of the last safe point */
};

/* Prepares resume, and looks for a fragment where the plan allows to go on. When one has a record that can be believed,
 * the destination is opened, and resume->found and streams->main.already are set. Otherwise the destination is left to
 * open_destination. */
void resume_find( struct resume *resume, const struct plan *plan, struct files *files, struct streams *streams );

/* Call this before any stream is copied. It passes the streams that an earlier call has copied whole, and opens the one
 * that the call was in. False means that failure is set. */
bool resume_pass( struct resume *resume, struct position *position, struct failure *failure );

/* Call this before a stream's first byte. It cuts off everything behind the bytes that an earlier call has made safe,
 * and gives a restartable copy its first record. */
NTSTATUS resume_prepare( struct resume *resume, const struct stream *stream );

/* Answers how long the destination is while it is written: it has room for the stream, and for a record behind that. */
uint64_t resume_room( const struct resume *resume, const struct stream *stream );

/* Call this when so many bytes of the stream are written. When a safe point is due, they are flushed to the disk, and
 * then the record tells of them. A failure means that the data could not be written. */
NTSTATUS resume_reached( struct resume *resume, const struct stream *stream, uint64_t done );

/* Call this when all of the stream is there. After the last stream no record is left, and before that the record tells
 * of the whole stream. */
NTSTATUS resume_completed( struct resume *resume, const struct stream *stream, uint64_t size, bool last );

/* True when the first and the last of so many bytes are equal in both files. */
bool resume_is_equal( HANDLE source, HANDLE destination, uint64_t done );

/* Call this at the end of every copy. After a failure, PAUSE or STOP it leaves a record where failure asks for one.
 * When no record can be left, failure is changed accordingly (failure_set_unkept). */
void resume_leave( struct resume *resume, const struct position *position, struct failure *failure );

#endif
