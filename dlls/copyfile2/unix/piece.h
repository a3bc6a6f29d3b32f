/* SPDX-License-Identifier: MIT */

/* A large range is moved piece by piece, by one thread or by several. */

#ifndef COPYFILE2_HOST_PIECE_H
#define COPYFILE2_HOST_PIECE_H

#include "unix/host.h"

/* The two files, and how they are read and written. Each thread has its own of this. */
struct host_piece
{
    int source, destination;
    int uncached; /* RWF_DONTCACHE, as long as the file system takes it */
};

struct host_piece host_piece_of( const struct host_move *move );

/* What became of one piece. */
struct host_piece_end
{
    enum host_result result;
    int err;
    size_t moved; /* fewer bytes than wanted: the source has ended, or the result tells why */
};

/* Moves one piece through the buffer, which has room for size bytes. */
struct host_piece_end host_piece_move( struct host_piece *piece, char *buffer, size_t size, off_t offset );

/* True when several threads move so many bytes faster than one, and this process may use several processors. */
bool host_threads_pay( uint64_t size );

/* Moves the data up to end by several threads. Sets move->moved to the unbroken beginning; behind it some pieces may be
 * there already. Sets *is_whole to true when all of it is there, and to false when the source has ended, or when
 * move->result tells of a failure or a cancel. False means that nothing was done, for want of memory. */
bool host_threads_move( struct host_move *move, struct host_piece *piece, uint64_t end, bool *is_whole );

/* Moves the range together with helpers, which go on behind it when this has returned, as far as move->ahead_end. False
 * means that nothing more goes ahead, and that the rest of the range is to be moved as always. */
bool host_ahead_move( struct host_move *move, struct host_piece *piece, struct host_pair *pair );

#endif
