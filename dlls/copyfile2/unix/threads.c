/* SPDX-License-Identifier: MIT */

/* Reading and writing through the page cache is bound by one processor. So several threads move a large range, each one
 * piece at a time. The pieces are handed out in turn, which keeps them near each other: a disk and its read-ahead see
 * one range go by. Whoever has to stop says where, and nobody begins a piece behind that place. All pieces before it
 * were handed out earlier, and are finished. So the lowest such place ends the unbroken beginning.
 *
 * A helper knows nothing of Wine, which must not notice it: all signals are blocked in it, and it touches only what the
 * work holds. The caller's thread may be ended in the middle by another one (TerminateThread). So the work is in memory
 * of its own, and a helper looks before each piece whether the caller is still there. */

#include "unix/lock.h"
#include "unix/piece.h"

#include <limits.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

#define MOST_THREADS 4
#define LEAST_SIZE   ( (uint64_t)4 * 1024 * 1024 )
#define STACK        ( (size_t)128 * 1024 )
#define BUFFER_ALIGN 64 /* as in movers.c */

struct work;

struct worker
{
    struct work *work;
    char *buffer;
    pthread_t thread;
    struct host_piece piece;
    uint64_t stop; /* where this one had to stop, and why; UINT64_MAX: nowhere */
    enum host_result result;
    int err;
};

struct work
{
    struct host_lock caller; /* the caller has it as long as he waits for the helpers */
    uint64_t end;            /* all places are offsets in the file */
    uint64_t next;           /* where the next piece begins; atomic, as is all until piece_size */
    uint64_t stop;
    uint32_t users; /* who may still touch this */
    size_t piece_size;
    uint32_t count; /* of the workers; the first one is the caller */
    struct worker workers[MOST_THREADS];
};

static void stop_at( struct worker *worker, uint64_t place, enum host_result result, int err )
{
    uint64_t before = __atomic_load_n( &worker->work->stop, __ATOMIC_RELAXED );

    worker->stop = place;
    worker->result = result;
    worker->err = err;
    while (place < before && !__atomic_compare_exchange_n( &worker->work->stop, &before, place, false, __ATOMIC_RELAXED,
                                                           __ATOMIC_RELAXED ))
        continue;
}

/* Takes the next piece. False means that there is none, or that somebody had to stop before it. */
static bool take_piece( struct work *work, uint64_t *place, size_t *size )
{
    *place = __atomic_fetch_add( &work->next, work->piece_size, __ATOMIC_RELAXED );
    if (*place >= work->end || *place >= __atomic_load_n( &work->stop, __ATOMIC_RELAXED )) return false;
    *size = work->end - *place < work->piece_size ? (size_t)( work->end - *place ) : work->piece_size;
    return true;
}

/* False means that the worker had to stop. */
static bool move_piece( struct worker *worker, uint64_t place, size_t size )
{
    struct host_piece_end ended = host_piece_move( &worker->piece, worker->buffer, size, (off_t)place );

    if (ended.moved == size) return true;
    stop_at( worker, place + ended.moved, ended.result, ended.err );
    return false;
}

/* Memory stays until the last one has left. */
static void leave( struct work *work )
{
    if (__atomic_sub_fetch( &work->users, 1, __ATOMIC_ACQ_REL )) return;
    for (uint32_t i = 1; i < work->count; i++) free( work->workers[i].buffer );
    pthread_mutex_destroy( &work->caller.mutex );
    free( work );
}

/* The caller gives his lock back only when all helpers are gone. So whoever gets it knows that the caller has died. */
static bool is_orphaned( struct work *work )
{
    bool is_first;

    if (!host_lock_try( &work->caller, &is_first )) return false;
    host_lock_give( &work->caller );
    if (is_first) leave( work ); /* in place of the caller */
    return true;
}

static void *help( void *context )
{
    struct worker *worker = context;
    struct work *work = worker->work;
    uint64_t place;
    size_t size;

    while (take_piece( work, &place, &size ))
    {
        if (is_orphaned( work ))
        {
            stop_at( worker, 0, HOST_CANCELED, 0 );
            pthread_detach( pthread_self() );
            break;
        }
        if (!move_piece( worker, place, size )) break;
    }
    leave( work );
    return NULL;
}

static bool make_buffer( struct worker *worker )
{
    void *buffer;

    if (posix_memalign( &buffer, BUFFER_ALIGN, worker->work->piece_size )) return false;
    worker->buffer = buffer;
    return true;
}

static bool start( struct worker *worker, const pthread_attr_t *attributes )
{
    if (!make_buffer( worker )) return false;
    __atomic_add_fetch( &worker->work->users, 1, __ATOMIC_RELAXED );
    if (!pthread_create( &worker->thread, attributes, help, worker )) return true;
    __atomic_sub_fetch( &worker->work->users, 1, __ATOMIC_RELAXED );
    free( worker->buffer );
    worker->buffer = NULL;
    return false;
}

/* Starts as many helpers as can be had. A thread inherits the signal mask, so all signals are blocked meanwhile. */
static void start_helpers( struct work *work, const struct worker *caller, uint32_t wanted )
{
    pthread_attr_t attributes;
    sigset_t all, before;

    if (pthread_attr_init( &attributes )) return;
    pthread_attr_setstacksize( &attributes, STACK );
    sigfillset( &all );
    pthread_sigmask( SIG_BLOCK, &all, &before );
    while (work->count < wanted)
    {
        work->workers[work->count] = *caller;
        if (!start( &work->workers[work->count], &attributes )) break;
        work->count++;
    }
    pthread_sigmask( SIG_SETMASK, &before, NULL );
    pthread_attr_destroy( &attributes );
}

/* The caller alone looks at the cancel flag, because the flag is the program's memory, which may go with the caller.
 * The first piece of the whole file is moved in any case. */
static void work_as_caller( struct worker *worker, const struct host_move *move )
{
    bool is_first = !move->moved;
    uint64_t place;
    size_t size;

    while (take_piece( worker->work, &place, &size ))
    {
        if (!is_first && host_is_canceled( move ))
        {
            stop_at( worker, place, HOST_CANCELED, 0 );
            return;
        }
        is_first = false;
        if (!move_piece( worker, place, size )) return;
    }
}

/* Sets the move to what the worker says who had to stop first. True means that nobody had to. */
static bool conclude( const struct work *work, struct host_move *move )
{
    const struct worker *first = &work->workers[0];

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

static uint32_t processors( void )
{
    cpu_set_t allowed;
    int count = sched_getaffinity( 0, sizeof( allowed ), &allowed ) ? 1 : CPU_COUNT( &allowed );

    return count < MOST_THREADS ? (uint32_t)count : MOST_THREADS;
}

bool host_threads_pay( const struct host_move *move, uint64_t end )
{
    return end - move->moved >= LEAST_SIZE && processors() > 1;
}

static struct work *make_work( const struct host_move *move, uint64_t end )
{
    struct work *work = calloc( 1, sizeof( *work ) );
    bool is_in_disorder;

    if (!work) return NULL;
    host_lock_make( &work->caller );
    if (!host_lock_take( &work->caller, &is_in_disorder ))
    {
        free( work );
        return NULL;
    }
    work->next = move->offset + move->moved;
    work->end = move->offset + end;
    work->stop = UINT64_MAX;
    work->users = work->count = 1;
    work->piece_size = move->buffer_size;
    return work;
}

bool host_threads_move( struct host_move *move, struct host_piece *piece, uint64_t end, bool *is_whole )
{
    struct work *work = make_work( move, end );

    if (!work) return false;
    work->workers[0] = ( struct worker ){
        .work = work, .buffer = (char *)(uintptr_t)move->buffer, .piece = *piece, .stop = UINT64_MAX
    };
    start_helpers( work, &work->workers[0], processors() );
    work_as_caller( &work->workers[0], move );
    for (uint32_t i = 1; i < work->count; i++) pthread_join( work->workers[i].thread, NULL );
    *piece = work->workers[0].piece;
    *is_whole = conclude( work, move );
    host_lock_give( &work->caller );
    leave( work );
    return true;
}
