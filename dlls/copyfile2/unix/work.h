/* SPDX-License-Identifier: MIT */

/* Several threads do one work: they move a range piece by piece. The pieces are handed out in turn, which keeps them
 * near each other: a disk and its read-ahead see one range go by. Whoever has to stop says where, and nobody begins a
 * piece behind that place. All pieces before it were handed out earlier.
 *
 * The first worker is the caller's thread, and the others are helpers. A helper knows nothing of Wine, which must not
 * notice it: all signals are blocked in it, and it touches only what the work holds. The caller's thread may be ended
 * in the middle by another one (TerminateThread). So the work is in memory of its own, and a helper looks before each
 * piece whether the caller is still there. */

#ifndef COPYFILE2_HOST_WORK_H
#define COPYFILE2_HOST_WORK_H

#include "unix/lock.h"
#include "unix/piece.h"

#define HOST_WORK_THREADS 4

struct host_work;

/* A worker's thread alone changes these. */
struct host_worker
{
    struct host_work *work;
    char *buffer;
    pthread_t thread;
    struct host_piece piece;
    uint64_t place; /* no piece that this one has begins before; UINT64_MAX: it has none; others read this */
    uint64_t stop;  /* where this one had to stop, and why; UINT64_MAX: nowhere */
    enum host_result result;
    int err;
};

/* All places are offsets in the file. */
struct host_work
{
    struct host_lock caller; /* the caller has it as long as he wants the helpers */
    struct host_pair pair;   /* the files as they were; the descriptors go with the work; -1: they belong to a call */
    uint64_t end;
    uint64_t next;     /* where the next piece begins; atomic, as is all until piece_size */
    uint64_t limit;    /* no piece begins here or behind, for now */
    uint64_t stop;     /* no piece begins here or behind, for good */
    uint32_t changes;  /* counts what a thread may wait for */
    uint32_t sleepers; /* threads that wait */
    uint32_t users;    /* who may still touch this */
    size_t piece_size;
    uint32_t count; /* of the workers; the first one is the caller */
    struct host_worker workers[HOST_WORK_THREADS];
};

/* Answers how many threads move a large range. */
uint32_t host_work_threads( void );

/* Makes a work of the range of the file from begin to end, with the settings of this move and piece. Its limit is its
 * end. NULL means that there is no memory. */
struct host_work *host_work_make( const struct host_move *move, const struct host_piece *piece, uint64_t begin,
                                  uint64_t end );

/* Starts as many helpers as are wanted and can be had. */
void host_work_start( struct host_work *work );

/* Takes the next piece. False means that there is none for now, or that somebody had to stop before it. */
bool host_work_take( struct host_worker *worker, uint64_t *place, size_t *size );

/* Moves a piece that was taken. False means that the worker had to stop. */
bool host_work_move( struct host_worker *worker, uint64_t place, size_t size );

/* From now on nobody begins a piece at this place or behind, and the worker says why. */
void host_work_stop( struct host_worker *worker, uint64_t place, enum host_result result, int err );

/* Answers the place up to which all is moved. */
uint64_t host_work_done( const struct host_work *work );

/* Lets pieces be handed out up to this place. */
void host_work_allow( struct host_work *work, uint64_t limit );

/* Waits until changes is no longer what was seen, or for a tenth of a second. False means that the time is over. */
bool host_work_wait( struct host_work *work, uint32_t seen );

/* Waits for the helpers, which leave when nothing more is handed out. */
void host_work_join( struct host_work *work );

/* Gives the work up, whose helpers are gone. */
void host_work_end( struct host_work *work );

#endif
