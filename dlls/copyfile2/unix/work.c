/* SPDX-License-Identifier: MIT */

/* This file hands out the pieces of a work, and starts and ends the helpers. */

#include "unix/work.h"

#include <limits.h>
#include <linux/futex.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/syscall.h>

#define STACK        ( (size_t)128 * 1024 )
#define BUFFER_ALIGN 64  /* as in movers.c */
#define MOST_WAITS   100 /* tenths of a second that a helper waits in vain before it leaves */

uint32_t host_work_threads( void )
{
    cpu_set_t allowed;
    int count = sched_getaffinity( 0, sizeof( allowed ), &allowed ) ? 1 : CPU_COUNT( &allowed );

    return count < HOST_WORK_THREADS ? (uint32_t)count : HOST_WORK_THREADS;
}

/* Wakes the threads that wait for a change. A thread may die at any place, and must not leave a lock behind that others
 * wait for. So threads wait on a futex. */
static void tell( struct host_work *work )
{
    __atomic_add_fetch( &work->changes, 1, __ATOMIC_SEQ_CST );
    if (__atomic_load_n( &work->sleepers, __ATOMIC_SEQ_CST ))
        syscall( SYS_futex, &work->changes, FUTEX_WAKE_PRIVATE, INT_MAX, NULL, NULL, 0 );
}

bool host_work_wait( struct host_work *work, uint32_t seen )
{
    static const struct
    {
        long seconds, nanoseconds;
    } tenth = { 0, 100000000 };
    long ret;

    __atomic_add_fetch( &work->sleepers, 1, __ATOMIC_SEQ_CST );
    ret = syscall( SYS_futex, &work->changes, FUTEX_WAIT_PRIVATE, seen, &tenth, NULL, 0 );
    __atomic_sub_fetch( &work->sleepers, 1, __ATOMIC_SEQ_CST );
    return ret != -1 || errno != ETIMEDOUT;
}

void host_work_allow( struct host_work *work, uint64_t limit )
{
    __atomic_store_n( &work->limit, limit, __ATOMIC_SEQ_CST );
    tell( work );
}

void host_work_stop( struct host_worker *worker, uint64_t place, enum host_result result, int err )
{
    struct host_work *work = worker->work;
    uint64_t before = __atomic_load_n( &work->stop, __ATOMIC_SEQ_CST );

    worker->stop = place;
    worker->result = result;
    worker->err = err;
    while (place < before &&
           !__atomic_compare_exchange_n( &work->stop, &before, place, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST ))
        continue;
    tell( work );
}

/* A worker sets its place before it takes the piece. Otherwise host_work_done could find a piece that is taken and that
 * no worker seems to have, and count it as done. */
bool host_work_take( struct host_worker *worker, uint64_t *place, size_t *size )
{
    struct host_work *work = worker->work;
    uint64_t next = __atomic_load_n( &work->next, __ATOMIC_SEQ_CST );

    do
    {
        __atomic_store_n( &worker->place, next, __ATOMIC_SEQ_CST );
        if (next >= work->end || next >= __atomic_load_n( &work->limit, __ATOMIC_SEQ_CST ) ||
            next >= __atomic_load_n( &work->stop, __ATOMIC_SEQ_CST ))
        {
            __atomic_store_n( &worker->place, UINT64_MAX, __ATOMIC_SEQ_CST );
            return false;
        }
    } while (!__atomic_compare_exchange_n( &work->next, &next, next + work->piece_size, false, __ATOMIC_SEQ_CST,
                                           __ATOMIC_SEQ_CST ));
    *place = next;
    *size = work->end - next < work->piece_size ? (size_t)( work->end - next ) : work->piece_size;
    return true;
}

bool host_work_move( struct host_worker *worker, uint64_t place, size_t size )
{
    struct host_piece_end ended = host_piece_move( &worker->piece, worker->buffer, size, (off_t)place );

    if (ended.moved != size) host_work_stop( worker, place + ended.moved, ended.result, ended.err );
    __atomic_store_n( &worker->place, UINT64_MAX, __ATOMIC_SEQ_CST );
    tell( worker->work );
    return ended.moved == size;
}

/* The order of these reads matters: a worker sets its place before it advances next, and sets stop before it clears its
 * place. */
uint64_t host_work_done( const struct host_work *work )
{
    uint64_t done = __atomic_load_n( &work->next, __ATOMIC_SEQ_CST ), other;

    if (done > work->end) done = work->end;
    for (uint32_t i = 0; i < work->count; i++)
    {
        other = __atomic_load_n( &work->workers[i].place, __ATOMIC_SEQ_CST );
        if (other < done) done = other;
    }
    other = __atomic_load_n( &work->stop, __ATOMIC_SEQ_CST );
    return other < done ? other : done;
}

/* The last user to leave frees the work. */
static void leave( struct host_work *work )
{
    if (__atomic_sub_fetch( &work->users, 1, __ATOMIC_ACQ_REL )) return;
    for (uint32_t i = 1; i < work->count; i++) free( work->workers[i].buffer );
    if (work->pair.source != -1) close( work->pair.source );
    if (work->pair.destination != -1) close( work->pair.destination );
    pthread_mutex_destroy( &work->caller.mutex );
    free( work );
}

/* The caller releases his lock only when all helpers have ended. So a helper that gets the lock knows that the caller
 * has died. Then it stops the work, and the first such helper also leaves it in place of the caller. True when the
 * caller has died. */
static bool is_orphaned( struct host_worker *worker )
{
    struct host_work *work = worker->work;
    bool is_first;

    if (!host_lock_try( &work->caller, &is_first )) return false;
    host_lock_give( &work->caller );
    host_work_stop( worker, 0, HOST_CANCELED, 0 );
    pthread_detach( pthread_self() );
    if (is_first) leave( work ); /* in place of the caller */
    return true;
}

/* True when no more pieces will be handed out. */
static bool is_over( const struct host_work *work )
{
    uint64_t next = __atomic_load_n( &work->next, __ATOMIC_SEQ_CST );

    return next >= work->end || next >= __atomic_load_n( &work->stop, __ATOMIC_SEQ_CST );
}

static void *help( void *context )
{
    struct host_worker *worker = context;
    struct host_work *work = worker->work;
    uint32_t waits = 0, seen;
    uint64_t place;
    size_t size;

    while (waits < MOST_WAITS)
    {
        seen = __atomic_load_n( &work->changes, __ATOMIC_SEQ_CST );
        if (host_work_take( worker, &place, &size ))
        {
            if (is_orphaned( worker ) || !host_work_move( worker, place, size )) break;
            waits = 0;
        }
        else if (is_over( work )) break;
        else if (host_work_wait( work, seen )) continue;
        else if (is_orphaned( worker )) break;
        else waits++;
    }
    leave( work );
    return NULL;
}

static bool make_buffer( struct host_worker *worker )
{
    void *buffer;

    if (posix_memalign( &buffer, BUFFER_ALIGN, worker->work->piece_size )) return false;
    worker->buffer = buffer;
    return true;
}

static bool start( struct host_worker *worker, const pthread_attr_t *attributes )
{
    if (!make_buffer( worker )) return false;
    __atomic_add_fetch( &worker->work->users, 1, __ATOMIC_RELAXED );
    if (!pthread_create( &worker->thread, attributes, help, worker )) return true;
    __atomic_sub_fetch( &worker->work->users, 1, __ATOMIC_RELAXED );
    free( worker->buffer );
    worker->buffer = NULL;
    return false;
}

/* A new thread inherits the signal mask, so all signals are blocked while the helpers are started. */
void host_work_start( struct host_work *work )
{
    uint32_t wanted = host_work_threads();
    pthread_attr_t attributes;
    sigset_t all, before;

    if (pthread_attr_init( &attributes )) return;
    pthread_attr_setstacksize( &attributes, STACK );
    sigfillset( &all );
    pthread_sigmask( SIG_BLOCK, &all, &before );
    while (work->count < wanted && start( &work->workers[work->count], &attributes )) work->count++;
    pthread_sigmask( SIG_SETMASK, &before, NULL );
    pthread_attr_destroy( &attributes );
}

struct host_work *host_work_make( const struct host_move *move, const struct host_piece *piece, uint64_t begin,
                                  uint64_t end )
{
    struct host_work *work = calloc( 1, sizeof( *work ) );
    bool is_in_disorder;

    if (!work) return NULL;
    host_lock_make( &work->caller );
    if (!host_lock_take( &work->caller, &is_in_disorder ))
    {
        free( work );
        return NULL;
    }
    work->pair.source = work->pair.destination = -1;
    work->next = begin;
    work->end = work->limit = end;
    work->stop = UINT64_MAX;
    work->users = work->count = 1;
    work->piece_size = move->buffer_size;
    for (uint32_t i = 0; i < HOST_WORK_THREADS; i++)
        work->workers[i] =
            ( struct host_worker ){ .work = work, .piece = *piece, .place = UINT64_MAX, .stop = UINT64_MAX };
    work->workers[0].buffer = (char *)(uintptr_t)move->buffer;
    return work;
}

void host_work_join( struct host_work *work )
{
    for (uint32_t i = 1; i < work->count; i++) pthread_join( work->workers[i].thread, NULL );
}

void host_work_end( struct host_work *work )
{
    if (host_lock_give( &work->caller )) leave( work );
}
