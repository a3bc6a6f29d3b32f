/* SPDX-License-Identifier: MIT */

/* This file moves a range by pread and pwrite, hole by hole where the source has holes. */

#include "unix/host.h"

#include <fcntl.h>
#include <sys/uio.h>

/* Linux 6.14 brought RWF_DONTCACHE, and older headers lack it. */
#ifndef RWF_DONTCACHE
#define RWF_DONTCACHE 0x00000080
#endif

struct piece
{
    struct host_move *move;
    int uncached; /* RWF_DONTCACHE, as long as the file system takes it */
};

static ssize_t read_some( struct piece *piece, char *bytes, size_t size, off_t offset )
{
    struct iovec all = { bytes, size };
    ssize_t got;

    if (piece->uncached)
    {
        got = preadv2( piece->move->source, &all, 1, offset, piece->uncached );
        if (got != -1 || ( errno != EOPNOTSUPP && errno != EINVAL )) return got;
        piece->uncached = 0;
    }
    return pread( piece->move->source, bytes, size, offset );
}

static ssize_t write_some( struct piece *piece, char *bytes, size_t size, off_t offset )
{
    struct iovec all = { bytes, size };
    ssize_t put;

    if (piece->uncached)
    {
        put = pwritev2( piece->move->destination, &all, 1, offset, piece->uncached );
        if (put != -1 || ( errno != EOPNOTSUPP && errno != EINVAL )) return put;
        piece->uncached = 0;
    }
    return pwrite( piece->move->destination, bytes, size, offset );
}

/* Fills the buffer up to size, or up to the source's end. Answers the number of bytes, or -1 and errno. */
static ssize_t read_piece( struct piece *piece, char *bytes, size_t size, off_t offset )
{
    size_t done = 0;

    while (done < size)
    {
        ssize_t got = read_some( piece, bytes + done, size - done, offset + (off_t)done );

        if (got == -1 && errno == EINTR) continue;
        if (got == -1) return -1;
        if (!got) break;
        done += (size_t)got;
    }
    return (ssize_t)done;
}

/* True means that all bytes are written. False means that errno tells why not. */
static bool write_piece( struct piece *piece, char *bytes, size_t size, off_t offset )
{
    size_t done = 0;

    while (done < size)
    {
        ssize_t put = write_some( piece, bytes + done, size - done, offset + (off_t)done );

        if (put == -1 && errno == EINTR) continue;
        if (!put) errno = EIO;
        if (put <= 0) return false;
        done += (size_t)put;
    }
    return true;
}

/* Moves the data up to end. True means that all of it is there, and that the move goes on behind end. False means that
 * the source has ended, or that move->result tells of a failure or a cancel. */
static bool move_data( struct piece *piece, uint64_t end )
{
    struct host_move *move = piece->move;
    char *bytes = (char *)(uintptr_t)move->buffer;

    while (move->moved < end)
    {
        off_t offset = (off_t)( move->offset + move->moved );
        size_t wanted = end - move->moved < move->buffer_size ? (size_t)( end - move->moved ) : move->buffer_size;
        ssize_t got;

        if (move->moved && host_is_canceled( move ))
        {
            move->result = HOST_CANCELED;
            return false;
        }
        got = read_piece( piece, bytes, wanted, offset );
        if (got == -1)
        {
            host_fail( move, HOST_READ_FAILED, errno );
            return false;
        }
        if (!write_piece( piece, bytes, (size_t)got, offset ))
        {
            host_fail( move, HOST_WRITE_FAILED, errno );
            return false;
        }
        move->moved += (uint64_t)got;
        if ((size_t)got < wanted) return false;
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

/* Answers where the next data begins, at or behind the offset and at most at limit. Where a file system tells of no
 * holes, all is data. */
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

/* A file system tells of a hole as far as the size, even where the size is too large or the source was cut meanwhile.
 * True when the source really reaches as far as end. */
static bool reaches( int file, off_t end )
{
    char byte;

    return pread( file, &byte, sizeof( byte ), end - 1 ) == 1;
}

/* A hole at the source's end counts as far as the file reaches. So the move goes as far as the source's size says, and
 * ends earlier where the data does. */
static void move_around_holes( struct piece *piece, const struct stat *source )
{
    struct host_move *move = piece->move;
    uint64_t size = (uint64_t)source->st_size, end = move->length;

    if (move->offset >= size) end = 0;
    else if (end > size - move->offset) end = size - move->offset;

    while (move->moved < end)
    {
        off_t limit = (off_t)( move->offset + end ), offset = (off_t)( move->offset + move->moved );
        off_t data = seek_data( move->source, offset, limit );

        if (data == limit && !reaches( move->source, limit ))
        {
            move_data( piece, end );
            return;
        }
        move->moved = (uint64_t)data - move->offset;
        if (data == limit)
        {
            end_with_hole( move );
            return;
        }
        if (!move_data( piece, (uint64_t)seek_hole( move->source, data, limit ) - move->offset )) return;
    }
}

void host_read_write( struct host_move *move, struct host_pair *pair )
{
    struct piece piece = { .move = move, .uncached = move->flags & HOST_MOVE_UNCACHED ? RWF_DONTCACHE : 0 };
    off_t position;

    if (( move->flags & HOST_MOVE_KEEP_HOLES ) && host_has_holes( &pair->source_stat ))
    {
        /* a callback may read on at the handle's position, which the search moves, so it is put back */
        position = lseek( move->source, 0, SEEK_CUR );
        move_around_holes( &piece, &pair->source_stat );
        if (position != -1) lseek( move->source, position, SEEK_SET );
    }
    else move_data( &piece, move->length );

    /* Where RWF_DONTCACHE does not work, the page cache is asked to drop the bytes. A later call drops what is not yet
     * on the disk, or nothing does. */
    if (( move->flags & HOST_MOVE_UNCACHED ) && !piece.uncached)
    {
        posix_fadvise( move->source, 0, (off_t)( move->offset + move->moved ), POSIX_FADV_DONTNEED );
        posix_fadvise( move->destination, 0, (off_t)( move->offset + move->moved ), POSIX_FADV_DONTNEED );
    }
}
