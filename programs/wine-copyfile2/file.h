/* SPDX-License-Identifier: MIT */

/* This file reads whole files, and what stat says about them. */

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

/* Sets bytes to the contents of the file; they are to be freed. False comes with errno. */
bool file_read( const char *path, struct bytes *bytes );

/* A stamp costs one stat. When it differs from an earlier one, somebody has changed the file. An absent file has the
 * size -1. */
struct stamp
{
    int64_t size;
    int64_t time; /* of the last change of its contents, in nanoseconds */
};

struct stamp file_stamp( const char *path );
bool stamp_equal( struct stamp left, struct stamp right );
bool file_exists( const char *path );

/* Answers a number by which contents are told apart. The hash is no defence against somebody who means harm. */
uint64_t bytes_hash( struct bytes bytes );

#endif
