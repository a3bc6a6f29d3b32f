/* SPDX-License-Identifier: MIT */

/* The tests make small images that are right, or wrong in one place. */

#ifndef COPYFILE2_TEST_SMALL_IMAGE_H
#define COPYFILE2_TEST_SMALL_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TEXT_ADDRESS  0x1000u
#define EDATA_ADDRESS 0x2000u
#define EDATA_OFFSET  0x600u
#define EDATA_SIZE    0x600u
#define IMAGE_SIZE    ( EDATA_OFFSET + EDATA_SIZE )
#define NEW_HEADER    0x80u

struct small_function
{
    uint32_t address;
    const char *forwarder;
};

struct small_name
{
    const char *name;
    uint16_t function;
};

/* The names end with one that is NULL; function_count is the number of functions. */
struct small_image
{
    bool narrow;
    uint32_t base;
    uint32_t function_count;
    struct small_function functions[6];
    struct small_name names[6];
};

/* The image that was made last. */
extern uint8_t image[IMAGE_SIZE + 64];

/* An image with a hole at function 2, and a forwarder at function 3. */
extern const struct small_image ordinary;

uint8_t *optional_header( void );

uint8_t *section_header( const struct small_image *small, unsigned int index );

uint8_t *directory_entry( const struct small_image *small, unsigned int index );

void make( const struct small_image *small );

#endif
