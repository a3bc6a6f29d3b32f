/* SPDX-License-Identifier: MIT */

/* Files as a whole: their bytes, and what stat says about them. */

#ifndef WINE_COPYFILE2_FILE_H
#define WINE_COPYFILE2_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bytes
{
    uint8_t *data;
    size_t size;
};

/* False with errno; the bytes are to be freed. */
bool file_read( const char *path, struct bytes *bytes );

/* Whether somebody changed a file, as cheaply as can be known. An absent file has the size -1. */
struct stamp
{
    int64_t size;
    int64_t time; /* of the last change of its contents, in nanoseconds */
};

struct stamp file_stamp( const char *path );
bool stamp_equal( struct stamp left, struct stamp right );
bool file_exists( const char *path );

/* Tells contents apart, not against somebody who means harm. */
uint64_t bytes_hash( struct bytes bytes );

#endif
