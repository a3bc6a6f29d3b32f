/* SPDX-License-Identifier: MIT */

/* The server or the daemon behind a file system may copy by itself, and copy_file_range asks it to. A local file system
 * would only read and write, which read_write.c does faster. */

#include "unix/host.h"

/* A move that can be canceled looks at the flag after each piece. Any other move asks for as many bytes at once as the
 * kernel takes. */
#define LARGEST_PIECE       ( (uint64_t)8 * 1024 * 1024 )
#define LARGEST_BLIND_PIECE ( (uint64_t)1024 * 1024 * 1024 )

static bool is_for_it( struct host_move *move, struct host_pair *pair )
{
    const struct host_filesystem *filesystem = host_pair_filesystem( pair );

    if (filesystem->copies_by_itself && host_filesystem_of( move->source ) == filesystem) return true;
    host_refuse( move, HOST_WHY_LOCAL, 0 );
    return false;
}

/* copy_file_range does not say which side failed, but reading and writing the same piece does. True means that the
 * piece was copied after all. */
static bool redo( struct host_move *move, struct host_pair *pair, uint64_t length )
{
    struct host_move piece = *move;

    piece.offset += move->moved;
    piece.length = length < move->buffer_size ? length : move->buffer_size;
    piece.moved = 0;
    piece.result = HOST_DONE;
    host_read_write( &piece, pair );
    move->moved += piece.moved;
    move->result = piece.result;
    move->why = piece.why;
    move->err = piece.err;
    move->status = piece.status;
    return piece.result == HOST_DONE && piece.moved == piece.length;
}

/* Moves one piece. True means that the move goes on. */
static bool move_piece( struct host_move *move, struct host_pair *pair )
{
    uint64_t largest = move->cancel ? LARGEST_PIECE : LARGEST_BLIND_PIECE, rest = move->length - move->moved;
    off_t from = (off_t)( move->offset + move->moved ), to = from;
    ssize_t got = copy_file_range( move->source, &from, move->destination, &to, rest < largest ? rest : largest, 0 );

    if (got > 0)
    {
        move->moved += (uint64_t)got;
        return true;
    }
    if (got == -1 && errno == EINTR) return true;
    if (got == -1 && ( move->moved || ( move->flags & HOST_MOVE_HAS_MOVED ) )) return redo( move, pair, rest );
    if (got == -1) host_refuse( move, HOST_WHY_ERRNO, errno );
    else host_refuse( move, HOST_WHY_ENDED_EARLY, 0 );
    return false;
}

void host_copy_range( struct host_move *move, struct host_pair *pair )
{
    if (!is_for_it( move, pair )) return;
    while (move->moved < move->length)
    {
        if (move->moved && host_is_canceled( move ))
        {
            move->result = HOST_CANCELED;
            return;
        }
        if (!move_piece( move, pair )) return;
    }
}
