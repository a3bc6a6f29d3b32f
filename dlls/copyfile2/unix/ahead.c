/* SPDX-License-Identifier: MIT */

/* A copy with a callback asks for one chunk after the other, and the callback takes its time in between. So helpers
 * move the next chunks ahead of the calls. A call finds its chunk moved already, or moves other pieces until it is.
 * Nobody may notice:
 *
 * - The results of a call tell only of its own chunk. Where a piece ahead fails, or the source ends, the helpers are
 *   stopped. Then the call moves its chunk as if nothing had been moved ahead, and meets the same failure, or none.
 * - The same happens where one of the files has changed.
 * - The caller stops the helpers before he cuts, deletes or writes to the destination in another way.
 * - The room is reserved, and the size of the destination is set, before the first call. */

#include "unix/work.h"

#include <fcntl.h>

#define WINDOW ( (uint64_t)16 * 1024 * 1024 ) /* so many bytes may be moved behind the requested chunk */

static struct host_work *work_of( const struct host_move *move )
{
    return (struct host_work *)(uintptr_t)move->ahead;
}

void host_ahead_end( struct host_ahead *ahead )
{
    struct host_work *work = (struct host_work *)(uintptr_t)ahead->ahead;

    if (!work) return;
    host_work_stop( &work->workers[0], 0, HOST_CANCELED, 0 );
    host_work_join( work );
    host_work_end( work );
}

/* Stops the helpers. Nothing more of this file is moved ahead. */
static void give_up( struct host_move *move )
{
    struct host_ahead ahead = { .ahead = move->ahead };

    host_ahead_end( &ahead );
    move->ahead = move->ahead_end = 0;
}

static bool is_same( const struct stat *now, const struct stat *before )
{
    return now->st_dev == before->st_dev && now->st_ino == before->st_ino;
}

/* True when the files are as they were at the first call. A callback may do anything with its handles, and anybody may
 * write to the source or truncate it. */
static bool is_as_it_was( const struct host_work *work, const struct host_move *move, const struct host_pair *pair )
{
    const struct stat *now = &pair->source_stat, *before = &work->pair.source_stat;

    return is_same( now, before ) && is_same( &pair->destination_stat, &work->pair.destination_stat ) &&
           now->st_size == before->st_size && now->st_mtim.tv_sec == before->st_mtim.tv_sec &&
           now->st_mtim.tv_nsec == before->st_mtim.tv_nsec && move->buffer_size == work->piece_size;
}

/* Where another machine or a daemon writes, a failure may be reported at any later close. Then the requested chunk
 * would fail in place of one ahead, and a cancel would wait for a slow write. */
static bool is_local( struct host_pair *pair )
{
    const struct host_filesystem *of_source = host_filesystem_of( pair->source );

    return of_source && of_source->is_local && host_pair_filesystem( pair )->is_local;
}

static int copy_of( int file )
{
    return fcntl( file, F_DUPFD_CLOEXEC, 0 );
}

/* The descriptors of a call are closed after it, so the helpers get duplicates. False means that there are none. */
static bool set_files( struct host_work *work, const struct host_pair *pair )
{
    work->pair = *pair;
    work->pair.source = copy_of( pair->source );
    work->pair.destination = copy_of( pair->destination );
    for (uint32_t i = 1; i < HOST_WORK_THREADS; i++)
    {
        work->workers[i].piece.source = work->pair.source;
        work->workers[i].piece.destination = work->pair.destination;
    }
    return work->pair.source != -1 && work->pair.destination != -1;
}

static bool begin( struct host_move *move, const struct host_piece *piece, struct host_pair *pair )
{
    struct host_work *work;

    if (move->ahead_end <= move->offset + move->length || !host_threads_pay( move->ahead_end - move->offset ) ||
        !is_local( pair ))
        return false;
    work = host_work_make( move, piece, move->offset, move->ahead_end );
    if (!work) return false;
    move->ahead = (uintptr_t)work;
    work->limit = move->offset;
    if (set_files( work, pair )) host_work_start( work );
    return work->count > 1;
}

/* To wake a helper costs as much as to move a piece. So the limit is raised only when half of the window is used up. */
static void allow_more( struct host_work *work, const struct host_move *move )
{
    uint64_t limit = move->offset + move->length + WINDOW;

    if (work->limit + WINDOW / 2 <= limit) host_work_allow( work, limit );
}

/* Works with the helpers until the range is moved, and sets move->moved. False means that one of the workers had to
 * stop within the range, or that the move was canceled. */
static bool work_as_caller( struct host_work *work, struct host_move *move )
{
    uint64_t wanted = move->offset + move->length, place, done;
    bool may_cancel = false;
    uint32_t seen;
    size_t size;

    for (;;)
    {
        seen = __atomic_load_n( &work->changes, __ATOMIC_SEQ_CST );
        done = host_work_done( work );
        move->moved = ( done < wanted ? done : wanted ) - move->offset;
        if (done >= wanted) return true;
        if (done >= __atomic_load_n( &work->stop, __ATOMIC_SEQ_CST )) return false;
        if (may_cancel && host_is_canceled( move ))
        {
            move->result = HOST_CANCELED;
            return false;
        }
        if (host_work_take( &work->workers[0], &place, &size )) host_work_move( &work->workers[0], place, size );
        else host_work_wait( work, seen );
        may_cancel = move->length > move->buffer_size;
    }
}

bool host_ahead_move( struct host_move *move, struct host_piece *piece, struct host_pair *pair )
{
    struct host_work *work;
    bool is_whole = false;

    if (!move->ahead_end) return false;
    if (move->ahead ? is_as_it_was( work_of( move ), move, pair ) : begin( move, piece, pair ))
    {
        work = work_of( move );
        work->workers[0].piece.source = piece->source;
        work->workers[0].piece.destination = piece->destination;
        allow_more( work, move );
        is_whole = work_as_caller( work, move );
        piece->uncached = work->workers[0].piece.uncached;
        move->threads = work->count;
    }
    if (!is_whole) give_up( move );
    /* A range of one piece is moved again from its start, so that a failure counts as many bytes as without helpers. */
    if (!is_whole && move->length <= move->buffer_size) move->moved = 0;
    return is_whole || move->result != HOST_DONE;
}
