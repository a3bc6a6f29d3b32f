/* SPDX-License-Identifier: MIT */

/* Reading and writing through the page cache is limited by the speed of one processor. So several threads move a large
 * range in one call. */

#include "unix/work.h"

#define LEAST_SIZE ( (uint64_t)4 * 1024 * 1024 )

bool host_threads_pay( uint64_t size )
{
    return size >= LEAST_SIZE && host_work_threads() > 1;
}

/* Only the caller looks at the cancel flag, because the flag is in the program's memory, which may be freed when the
 * caller dies. The first piece of a range is moved in any case. */
static void work_as_caller( struct host_worker *worker, const struct host_move *move )
{
    bool is_first = !move->moved;
    uint64_t place;
    size_t size;

    while (host_work_take( worker, &place, &size ))
    {
        if (!is_first && host_is_canceled( move ))
        {
            host_work_stop( worker, place, HOST_CANCELED, 0 );
            return;
        }
        is_first = false;
        if (!host_work_move( worker, place, size )) return;
    }
}

/* Sets the results of the move from the worker that had to stop at the lowest place: all pieces before that are
 * finished. True means that nobody had to stop. */
static bool conclude( const struct host_work *work, struct host_move *move )
{
    const struct host_worker *first = &work->workers[0];

    for (uint32_t i = 1; i < work->count; i++)
        if (work->workers[i].stop < first->stop) first = &work->workers[i];
    if (work->count > move->threads && work->count > 1) move->threads = work->count;
    move->moved = ( first->stop < work->end ? first->stop : work->end ) - move->offset;
    if (first->stop == UINT64_MAX) return true;
    move->result = first->result;
    if (first->result == HOST_READ_FAILED || first->result == HOST_WRITE_FAILED)
        host_fail( move, first->result, first->err );
    return false;
}

bool host_threads_move( struct host_move *move, struct host_piece *piece, uint64_t end, bool *is_whole )
{
    struct host_work *work = host_work_make( move, piece, move->offset + move->moved, move->offset + end );

    if (!work) return false;
    host_work_start( work );
    work_as_caller( &work->workers[0], move );
    host_work_join( work );
    *piece = work->workers[0].piece;
    *is_whole = conclude( work, move );
    host_work_end( work );
    return true;
}
