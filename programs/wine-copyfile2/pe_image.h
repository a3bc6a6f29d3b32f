/* SPDX-License-Identifier: MIT */

/* A PE file may be damaged, or made to do harm. So this file checks every offset and every count before it is used. */

#ifndef WINE_COPYFILE2_PE_IMAGE_H
#define WINE_COPYFILE2_PE_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PE_MACHINE_I386   0x014c
#define PE_MACHINE_X86_64 0x8664

/* Wine writes one of these signatures behind the DOS header of a DLL of its own. */
#define PE_DOS_HEADER_SIZE   0x40
#define PE_BUILTIN_SIGNATURE "Wine builtin DLL"
#define PE_FAKE_SIGNATURE    "Wine placeholder DLL"

#define PE_FILE_HEADER_SIZE    20
#define PE_SECTION_HEADER_SIZE 40
#define PE_PAGE                0x1000

enum pe_directory
{
    PE_DIRECTORY_EXPORTS = 0,
    PE_DIRECTORY_IMPORTS = 1,
    PE_DIRECTORY_CERTIFICATES = 4,
    PE_DIRECTORY_DELAYED_IMPORTS = 13,
};

/* These are offsets inside the two headers. PE32 and PE32+ agree about them. */
#define PE_FILE_SECTION_COUNT         2
#define PE_FILE_OPTIONAL_SIZE         16
#define PE_OPTIONAL_BASE_32           28 /* in PE32 alone */
#define PE_OPTIONAL_SECTION_ALIGNMENT 32
#define PE_OPTIONAL_FILE_ALIGNMENT    36
#define PE_OPTIONAL_IMAGE_SIZE        56
#define PE_OPTIONAL_HEADERS_SIZE      60
#define PE_OPTIONAL_CHECKSUM          64

/* The image is described by the offsets of its parts. The bytes at data stay the caller's. */
struct pe_image
{
    const uint8_t *data;
    size_t size;
    size_t file_header;
    size_t optional_header;
    size_t directories;
    size_t sections;
    uint16_t machine;
    uint16_t section_count;
    uint32_t directory_count;
    uint32_t section_alignment;
    uint32_t file_alignment;
    uint32_t headers_size;
};

struct pe_section
{
    uint32_t address; /* once loaded, from the start of the image */
    uint32_t memory_size;
    uint32_t offset; /* in the file */
    uint32_t file_size;
};

/* Sets the image to what the headers say. Answers NULL, or why this is no image that can be read. */
const char *pe_open( struct pe_image *image, const void *data, size_t size );

/* True for PE32+, false for PE32. */
bool pe_is_wide( const struct pe_image *image );

struct pe_section pe_section( const struct pe_image *image, unsigned int index );
bool pe_section_is_named( const struct pe_image *image, unsigned int index, const char *name );

/* Sets the address and size of a directory. False means that the image has no such directory. */
bool pe_directory( const struct pe_image *image, enum pe_directory which, uint32_t *address, uint32_t *size );

/* Answers the bytes that the loader would put at this address, or NULL when the file does not hold all of them. */
const uint8_t *pe_at( const struct pe_image *image, uint32_t address, size_t length );

/* Answers the string at this address, or NULL when it does not end within limit bytes. */
const char *pe_string( const struct pe_image *image, uint32_t address, size_t limit );

bool pe_has_signature( const struct pe_image *image, const char *signature );

static inline uint16_t pe_get16( const uint8_t *at )
{
    return (uint16_t)( at[0] | at[1] << 8 );
}

static inline uint32_t pe_get32( const uint8_t *at )
{
    return (uint32_t)pe_get16( at ) | (uint32_t)pe_get16( at + 2 ) << 16;
}

static inline void pe_put16( uint8_t *at, uint16_t value )
{
    at[0] = (uint8_t)value;
    at[1] = (uint8_t)( value >> 8 );
}

static inline void pe_put32( uint8_t *at, uint32_t value )
{
    pe_put16( at, (uint16_t)value );
    pe_put16( at + 2, (uint16_t)( value >> 16 ) );
}

#endif
