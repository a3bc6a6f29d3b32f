/* SPDX-License-Identifier: MIT */

/* This file reads whole files, and what stat says about them. */

#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define SIZE_MAX_READ ( 1u << 30 )

static bool read_all( int fd, struct bytes *bytes )
{
    size_t done = 0;

    while (done < bytes->size)
    {
        ssize_t got = read( fd, bytes->data + done, bytes->size - done );

        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return false;
        if (!got) break;
        done += (size_t)got;
    }
    bytes->size = done;
    return true;
}

bool file_read( const char *path, struct bytes *bytes )
{
    int fd = open( path, O_RDONLY | O_CLOEXEC );
    struct stat st;
    bool done = false;

    bytes->data = NULL;
    bytes->size = 0;
    if (fd < 0) return false;
    if (!fstat( fd, &st ))
    {
        if (!S_ISREG( st.st_mode ) || st.st_size > SIZE_MAX_READ) errno = S_ISREG( st.st_mode ) ? EFBIG : EINVAL;
        else if (( bytes->data = malloc( (size_t)st.st_size + 1 ) ))
        {
            bytes->size = (size_t)st.st_size;
            done = read_all( fd, bytes );
        }
    }
    if (!done)
    {
        free( bytes->data );
        bytes->data = NULL;
    }
    close( fd );
    return done;
}

struct stamp file_stamp( const char *path )
{
    struct stat st;

    if (stat( path, &st )) return ( struct stamp ){ .size = -1 };
    return ( struct stamp ){ .size = st.st_size,
                             .time = st.st_mtim.tv_sec * INT64_C( 1000000000 ) + st.st_mtim.tv_nsec };
}

bool stamp_equal( struct stamp left, struct stamp right )
{
    return left.size == right.size && left.time == right.time;
}

bool file_exists( const char *path )
{
    struct stat st;

    return !lstat( path, &st );
}

/* The hash is FNV-1a. */
uint64_t bytes_hash( struct bytes bytes )
{
    uint64_t hash = UINT64_C( 0xcbf29ce484222325 );

    for (size_t i = 0; i < bytes.size; i++) hash = ( hash ^ bytes.data[i] ) * UINT64_C( 0x100000001b3 );
    return hash;
}
