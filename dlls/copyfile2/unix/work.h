/* SPDX-License-Identifier: MIT */

/* Several threads share one work: they move a range piece by piece. The pieces are handed out in turn, which keeps them
 * near each other. So to a disk and its read-ahead they look like one sequential range. A worker that has to stop
 * records the place, and nobody begins a piece behind that place. All pieces before it were handed out earlier.
 *
 * The first worker is the caller's thread, and the others are helpers. Wine must not notice a helper: all signals are
 * blocked in it, and it touches only the memory and the files of the work. Another thread may end the caller's thread
 * at any place (TerminateThread). So the work has an allocation of its own, and a helper checks before each piece
 * whether the caller still lives. */

#ifndef COPYFILE2_HOST_WORK_H
#define COPYFILE2_HOST_WORK_H

#include "unix/lock.h"
#include "unix/piece.h"

#define HOST_WORK_THREADS 4

struct host_work;

/* Once a helper runs, only its own thread changes these members. */
struct host_worker
{
    struct host_work *work;
    char *buffer;
    pthread_t thread;
    struct host_piece piece;
    uint64_t place; /* this worker's piece begins here or behind; UINT64_MAX: it has none; others read this */
    uint64_t stop;  /* where this worker had to stop; result and err tell why; UINT64_MAX: nowhere */
    enum host_result result;
    int err;
};

/* All places are offsets in the file. */
struct host_work
{
    struct host_lock caller; /* the caller holds it as long as there may be helpers */
    struct host_pair pair;   /* the files at the first call, by descriptors of the work; -1: by those of each call */
    uint64_t end;
    uint64_t next;     /* where the next piece begins; this member and the next five are atomic */
    uint64_t limit;    /* for now no piece begins here or behind */
    uint64_t stop;     /* from now on no piece begins here or behind */
    uint32_t changes;  /* counts the changes that a thread may wait for */
    uint32_t sleepers; /* how many threads wait */
    uint32_t users;    /* how many threads may still use this struct */
    size_t piece_size;
    uint32_t count; /* how many workers there are; the first one is the caller */
    struct host_worker workers[HOST_WORK_THREADS];
};

/* Answers how many threads move a large range. */
uint32_t host_work_threads( void );

/* Makes a work for the range of the file from begin to end, with the settings of this move and piece. Its limit is its
 * end. NULL means that there is no memory. */
struct host_work *host_work_make( const struct host_move *move, const struct host_piece *piece, uint64_t begin,
                                  uint64_t end );

/* Starts as many helpers as host_work_threads allows and the system gives. */
void host_work_start( struct host_work *work );

/* Takes the next piece. False means that there is none for now, or that somebody had to stop before it. */
bool host_work_take( struct host_worker *worker, uint64_t *place, size_t *size );

/* Moves a piece that was taken. False means that the worker had to stop. */
bool host_work_move( struct host_worker *worker, uint64_t place, size_t size );

/* Records where and why the worker has to stop. From now on nobody begins a piece at this place or behind. */
void host_work_stop( struct host_worker *worker, uint64_t place, enum host_result result, int err );

/* Answers the place up to which all bytes are moved. */
uint64_t host_work_done( const struct host_work *work );

/* Lets pieces be handed out up to this place. */
void host_work_allow( struct host_work *work, uint64_t limit );

/* Waits until work->changes differs from seen, for a tenth of a second at most. False means that the time is over. */
bool host_work_wait( struct host_work *work, uint32_t seen );

/* Waits for the helpers to end, which they do when no more pieces are handed out. */
void host_work_join( struct host_work *work );

/* Frees the work. Its helpers must have ended. */
void host_work_end( struct host_work *work );

#endif
