/* SPDX-License-Identifier: MIT */

/* This file moves one piece by pread and pwrite. */

#include "unix/piece.h"

#include <sys/uio.h>

/* RWF_DONTCACHE exists since Linux 6.14, and older headers lack it. */
#ifndef RWF_DONTCACHE
#define RWF_DONTCACHE 0x00000080
#endif

struct host_piece host_piece_of( const struct host_move *move )
{
    return ( struct host_piece ){ .source = move->source,
                                  .destination = move->destination,
                                  .uncached = move->flags & HOST_MOVE_UNCACHED ? RWF_DONTCACHE : 0 };
}

static ssize_t read_some( struct host_piece *piece, char *bytes, size_t size, off_t offset )
{
    struct iovec all = { bytes, size };
    ssize_t got;

    if (piece->uncached)
    {
        got = preadv2( piece->source, &all, 1, offset, piece->uncached );
        if (got != -1 || ( errno != EOPNOTSUPP && errno != EINVAL )) return got;
        piece->uncached = 0;
    }
    return pread( piece->source, bytes, size, offset );
}

static ssize_t write_some( struct host_piece *piece, char *bytes, size_t size, off_t offset )
{
    struct iovec all = { bytes, size };
    ssize_t put;

    if (piece->uncached)
    {
        put = pwritev2( piece->destination, &all, 1, offset, piece->uncached );
        if (put != -1 || ( errno != EOPNOTSUPP && errno != EINVAL )) return put;
        piece->uncached = 0;
    }
    return pwrite( piece->destination, bytes, size, offset );
}

/* Fills the buffer up to size, or up to the source's end. Answers the number of bytes, or -1 and errno. */
static ssize_t read_all( struct host_piece *piece, char *bytes, size_t size, off_t offset )
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

/* True means that all bytes are written; otherwise errno tells why not. */
static bool write_all( struct host_piece *piece, char *bytes, size_t size, off_t offset )
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

struct host_piece_end host_piece_move( struct host_piece *piece, char *buffer, size_t size, off_t offset )
{
    ssize_t got = read_all( piece, buffer, size, offset );

    if (got == -1) return ( struct host_piece_end ){ .result = HOST_READ_FAILED, .err = errno };
    if (!write_all( piece, buffer, (size_t)got, offset ))
        return ( struct host_piece_end ){ .result = HOST_WRITE_FAILED, .err = errno };
    return ( struct host_piece_end ){ .result = HOST_DONE, .moved = (size_t)got };
}
