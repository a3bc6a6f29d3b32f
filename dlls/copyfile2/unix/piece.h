/* SPDX-License-Identifier: MIT */

/* A large range is moved piece by piece, by one thread or by several. */

#ifndef COPYFILE2_HOST_PIECE_H
#define COPYFILE2_HOST_PIECE_H

#include "unix/host.h"

/* Each thread has a struct of this kind: the two files, and how they are read and written. */
struct host_piece
{
    int source, destination;
    int uncached; /* RWF_DONTCACHE, as long as the file system takes it */
};

struct host_piece host_piece_of( const struct host_move *move );

/* This is the result of moving one piece. */
struct host_piece_end
{
    enum host_result result;
    int err;
    size_t moved; /* fewer bytes than wanted: the source has ended, or result and err tell why */
};

/* Moves one piece through the buffer, which has room for size bytes. */
struct host_piece_end host_piece_move( struct host_piece *piece, char *buffer, size_t size, off_t offset );

/* True when several threads are worthwhile for so many bytes, and this process may use several processors. */
bool host_threads_pay( uint64_t size );

/* Moves the data up to end by several threads. Sets move->moved to the bytes that are there without a gap; behind them
 * some pieces may be there already. Sets *is_whole to true when all of it is there. Sets it to false when the source
 * has ended, or when move->result tells of a failure or a cancel. False means that nothing was done, for want of
 * memory. */
bool host_threads_move( struct host_move *move, struct host_piece *piece, uint64_t end, bool *is_whole );

/* Moves the range together with helpers. When this has returned, they go on behind the range, as far as
 * move->ahead_end. False means that nothing is moved ahead, and that the rest of the range has to be moved without
 * helpers. */
bool host_ahead_move( struct host_move *move, struct host_piece *piece, struct host_pair *pair );

#endif
