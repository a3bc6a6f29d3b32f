/* SPDX-License-Identifier: MIT */

/* This loader of the tests' own lays an image out in memory, and finds its exports. */

#ifndef COPYFILE2_TEST_LOADED_IMAGE_H
#define COPYFILE2_TEST_LOADED_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct loaded
{
    uint8_t *memory; /* as long as the image, and a zero behind */
    uint32_t size;
    uint32_t headers_size;
    uint32_t directory, directory_size;
    uint32_t base, function_count, name_count;
    const uint8_t *functions, *names, *ordinals;
};

/* Loads the data, which is known to be an image. */
struct loaded load( const uint8_t *data, size_t size );

uint32_t function_address( const struct loaded *image, uint32_t index );

/* Answers the target, or NULL for a function. */
const char *forwarder( const struct loaded *image, uint32_t index );

const char *name_at( const struct loaded *image, uint32_t index );

/* The search goes by halves, as in real loaders, so the names must be sorted. UINT32_MAX: there is none. */
uint32_t find_name( const struct loaded *image, const char *name );

/* Answers whether AFTER is BEFORE with NAME forwarded to TARGET, and differs in nothing else. Differences are
 * printed. */
bool compare( const struct loaded *before, const struct loaded *after, const char *name, const char *target );

#endif
