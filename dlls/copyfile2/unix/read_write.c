/* SPDX-License-Identifier: MIT */

/* This file moves a range by pread and pwrite, hole by hole where the source has holes. */

#include "unix/piece.h"

#include <fcntl.h>

/* Moves one piece. False means that it was the last one: the source has ended, or move->result tells why. */
static bool move_piece( struct host_piece *piece, struct host_move *move, size_t wanted )
{
    char *buffer = (char *)(uintptr_t)move->buffer;
    struct host_piece_end ended = host_piece_move( piece, buffer, wanted, (off_t)( move->offset + move->moved ) );

    move->moved += ended.moved;
    if (ended.result != HOST_DONE) host_fail( move, ended.result, ended.err );
    return ended.moved == wanted;
}

/* Some programs look at the size alone to see whether they have a copy. So the last page is written after all others.
 * Where the size was not set first, a copy that is killed is then shorter than its source. */
#define LAST_PAGE 4096

static uint64_t last_page( const struct host_move *move, uint64_t end )
{
    uint64_t place = move->offset + end;

    return place - 1 - ( place - 1 ) % LAST_PAGE - move->offset;
}

/* Moves the data up to end. True means that all of it is there, and that the move goes on behind end. False means that
 * the source has ended, or that move->result tells of a failure or a cancel. */
static bool move_data( struct host_piece *piece, struct host_move *move, uint64_t end )
{
    bool is_whole;

    if (host_threads_pay( end - move->moved ) && host_threads_move( move, piece, last_page( move, end ), &is_whole ) &&
        !is_whole)
        return false;
    while (move->moved < end)
    {
        uint64_t rest = end - move->moved;

        if (move->moved && host_is_canceled( move ))
        {
            move->result = HOST_CANCELED;
            return false;
        }
        if (!move_piece( piece, move, rest < move->buffer_size ? (size_t)rest : move->buffer_size )) return false;
    }
    return true;
}

/* A hole at the end needs no writing, but the destination has to reach behind it. False means that the move has
 * failed. */
static bool end_with_hole( struct host_move *move )
{
    off_t end = (off_t)( move->offset + move->moved );
    struct stat destination;

    if (!fstat( move->destination, &destination ) && destination.st_size >= end) return true;
    if (!ftruncate( move->destination, end )) return true;
    host_fail( move, HOST_WRITE_FAILED, errno );
    return false;
}

/* Answers where the next data begins, at or behind the offset and at most at limit. On a file system that tells of no
 * holes, everything is data. */
static off_t seek_data( int file, off_t offset, off_t limit )
{
    off_t data = lseek( file, offset, SEEK_DATA );

    if (data == -1) return errno == ENXIO ? limit : offset;
    return data < limit ? data : limit;
}

/* Answers where the next hole begins, at or behind the offset and at most at limit. */
static off_t seek_hole( int file, off_t offset, off_t limit )
{
    off_t hole = lseek( file, offset, SEEK_HOLE );

    return hole == -1 || hole > limit ? limit : hole;
}

/* A file system reports a hole up to the size, even where the size is too large or the source was truncated meanwhile.
 * True when the source really reaches as far as end. */
static bool reaches( int file, off_t end )
{
    char byte;

    return pread( file, &byte, sizeof( byte ), end - 1 ) == 1;
}

/* A hole at the source's end counts only as far as the file really reaches. So the move goes up to the source's size,
 * and ends earlier where the data ends earlier. */
static void move_around_holes( struct host_piece *piece, struct host_move *move, const struct stat *source )
{
    uint64_t size = (uint64_t)source->st_size, end = move->length;

    if (move->offset >= size) end = 0;
    else if (end > size - move->offset) end = size - move->offset;

    while (move->moved < end)
    {
        off_t limit = (off_t)( move->offset + end ), offset = (off_t)( move->offset + move->moved );
        off_t data = seek_data( move->source, offset, limit );

        if (data == limit && !reaches( move->source, limit ))
        {
            move_data( piece, move, end );
            return;
        }
        move->moved = (uint64_t)data - move->offset;
        if (data == limit)
        {
            end_with_hole( move );
            return;
        }
        if (!move_data( piece, move, (uint64_t)seek_hole( move->source, data, limit ) - move->offset )) return;
    }
}

void host_read_write( struct host_move *move, struct host_pair *pair )
{
    struct host_piece piece = host_piece_of( move );
    off_t position;

    if (( move->flags & HOST_MOVE_KEEP_HOLES ) && host_has_holes( &pair->source_stat ))
    {
        /* The search for holes moves the handle's position, at which a callback may read on. So it is put back. */
        position = lseek( move->source, 0, SEEK_CUR );
        move_around_holes( &piece, move, &pair->source_stat );
        if (position != -1) lseek( move->source, position, SEEK_SET );
    }
    else if (!host_ahead_move( move, &piece, pair )) move_data( &piece, move, move->length );

    /* Where RWF_DONTCACHE does not work, the page cache is asked to drop the bytes. It keeps those that are not yet on
     * the disk, until a later call or for good. */
    if (( move->flags & HOST_MOVE_UNCACHED ) && !piece.uncached)
    {
        posix_fadvise( move->source, 0, (off_t)( move->offset + move->moved ), POSIX_FADV_DONTNEED );
        posix_fadvise( move->destination, 0, (off_t)( move->offset + move->moved ), POSIX_FADV_DONTNEED );
    }
}
