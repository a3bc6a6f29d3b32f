/* SPDX-License-Identifier: MIT */

/* A PE file may be damaged, or made to do harm. So this file checks every offset and every count before it is used. */

#include "pe_image.h"

#include <string.h>

#define DOS_NEW_HEADER  0x3c
#define PE_SIGNATURE    "PE\0"
#define MAGIC_32        0x010b
#define MAGIC_64        0x020b
#define DIRECTORIES_32  96
#define DIRECTORIES_64  112
#define DIRECTORY_SIZE  8
#define DIRECTORIES_MAX 16
#define SECTOR          0x200
#define ALIGNMENT_MAX   0x200000

static bool inside( const struct pe_image *image, size_t offset, size_t length )
{
    return offset <= image->size && length <= image->size - offset;
}

static bool is_power_of_two( uint32_t value )
{
    return value && !( value & ( value - 1 ) );
}

static const char *read_file_header( struct pe_image *image )
{
    const uint8_t *data = image->data;
    size_t start;

    if (!inside( image, 0, PE_DOS_HEADER_SIZE ) || memcmp( data, "MZ", 2 )) return "it is not a PE file";
    start = pe_get32( data + DOS_NEW_HEADER );
    if (start < PE_DOS_HEADER_SIZE || !inside( image, start, sizeof( PE_SIGNATURE ) + PE_FILE_HEADER_SIZE ) ||
        memcmp( data + start, PE_SIGNATURE, sizeof( PE_SIGNATURE ) ))
        return "it is not a PE file";

    image->file_header = start + sizeof( PE_SIGNATURE );
    image->machine = pe_get16( data + image->file_header );
    image->section_count = pe_get16( data + image->file_header + PE_FILE_SECTION_COUNT );
    image->optional_header = image->file_header + PE_FILE_HEADER_SIZE;
    return NULL;
}

static const char *read_optional_header( struct pe_image *image )
{
    size_t size = pe_get16( image->data + image->file_header + PE_FILE_OPTIONAL_SIZE );
    const uint8_t *header = image->data + image->optional_header;
    size_t fixed;

    if (size < DIRECTORIES_32 || !inside( image, image->optional_header, size ))
        return "its optional header is cut off";
    if (pe_get16( header ) == MAGIC_64) fixed = DIRECTORIES_64;
    else if (pe_get16( header ) == MAGIC_32) fixed = DIRECTORIES_32;
    else return "it is neither PE32 nor PE32+";
    if (size < fixed) return "its optional header is cut off";

    image->section_alignment = pe_get32( header + PE_OPTIONAL_SECTION_ALIGNMENT );
    image->file_alignment = pe_get32( header + PE_OPTIONAL_FILE_ALIGNMENT );
    image->headers_size = pe_get32( header + PE_OPTIONAL_HEADERS_SIZE );
    image->directory_count = pe_get32( header + fixed - 4 );
    if (image->directory_count > DIRECTORIES_MAX) image->directory_count = DIRECTORIES_MAX;
    if (image->directory_count > ( size - fixed ) / DIRECTORY_SIZE)
        image->directory_count = (uint32_t)( ( size - fixed ) / DIRECTORY_SIZE );
    image->directories = image->optional_header + fixed;
    image->sections = image->optional_header + size;
    return NULL;
}

static const char *check_layout( const struct pe_image *image )
{
    if (!is_power_of_two( image->section_alignment ) || !is_power_of_two( image->file_alignment ) ||
        image->file_alignment > image->section_alignment || image->section_alignment > ALIGNMENT_MAX)
        return "its alignment makes no sense";
    if (image->section_alignment < PE_PAGE || image->file_alignment < SECTOR)
        return "it is aligned more finely than to pages";
    if (image->headers_size > image->size) return "its headers are cut off";
    if (image->sections + (size_t)image->section_count * PE_SECTION_HEADER_SIZE > image->headers_size)
        return "its section table is cut off";
    return NULL;
}

/* Loaders differ about sections that overlap, are out of order or end behind the file. An image with such sections is
 * refused. Answers NULL, or what is wrong. */
static const char *check_sections( const struct pe_image *image )
{
    uint64_t end = image->headers_size;

    if (!image->section_count) return "it has no sections";
    for (unsigned int i = 0; i < image->section_count; i++)
    {
        struct pe_section section = pe_section( image, i );
        uint32_t size = section.memory_size ? section.memory_size : section.file_size;

        if (section.address % image->section_alignment || section.address < end)
            return "its sections overlap or are out of order";
        end = (uint64_t)section.address + size;
        if (end > INT32_MAX) return "it is too large";
        if (!section.file_size) continue;
        if (section.offset % SECTOR) return "its sections do not start at file sectors";
        if (!inside( image, section.offset, section.file_size )) return "its sections are cut off";
    }
    return NULL;
}

const char *pe_open( struct pe_image *image, const void *data, size_t size )
{
    const char *wrong;

    memset( image, 0, sizeof( *image ) );
    image->data = data;
    image->size = size;
    if (size > INT32_MAX) return "it is too large";
    if (( wrong = read_file_header( image ) )) return wrong;
    if (( wrong = read_optional_header( image ) )) return wrong;
    if (( wrong = check_layout( image ) )) return wrong;
    return check_sections( image );
}

bool pe_is_wide( const struct pe_image *image )
{
    return pe_get16( image->data + image->optional_header ) == MAGIC_64;
}

static const uint8_t *section_header( const struct pe_image *image, unsigned int index )
{
    return image->data + image->sections + (size_t)index * PE_SECTION_HEADER_SIZE;
}

struct pe_section pe_section( const struct pe_image *image, unsigned int index )
{
    const uint8_t *header = section_header( image, index );
    struct pe_section section = {
        .memory_size = pe_get32( header + 8 ),
        .address = pe_get32( header + 12 ),
        .file_size = pe_get32( header + 16 ),
        .offset = pe_get32( header + 20 ),
    };

    return section;
}

bool pe_section_is_named( const struct pe_image *image, unsigned int index, const char *name )
{
    return !strncmp( (const char *)section_header( image, index ), name, 8 );
}

bool pe_directory( const struct pe_image *image, enum pe_directory which, uint32_t *address, uint32_t *size )
{
    const uint8_t *entry = image->data + image->directories + (size_t)which * DIRECTORY_SIZE;

    if ((uint32_t)which >= image->directory_count) return false;
    *address = pe_get32( entry );
    *size = pe_get32( entry + 4 );
    return *address && *size;
}

/* Answers how many bytes of the section the loader takes from the file. */
static uint32_t loaded_size( const struct pe_image *image, const struct pe_section *section )
{
    uint64_t memory = section->memory_size ? section->memory_size : section->file_size;

    memory = ( memory + image->section_alignment - 1 ) & ~(uint64_t)( image->section_alignment - 1 );
    return memory < section->file_size ? (uint32_t)memory : section->file_size;
}

/* Answers the bytes at this address, and sets length to how many of them the file holds. NULL means that it holds
 * none. */
static const uint8_t *pe_rest( const struct pe_image *image, uint32_t address, size_t *length )
{
    if (address < image->headers_size)
    {
        *length = image->headers_size - address;
        return image->data + address;
    }
    for (unsigned int i = 0; i < image->section_count; i++)
    {
        struct pe_section section = pe_section( image, i );

        if (address < section.address || address - section.address >= loaded_size( image, &section )) continue;
        *length = loaded_size( image, &section ) - ( address - section.address );
        return image->data + section.offset + ( address - section.address );
    }
    return NULL;
}

const uint8_t *pe_at( const struct pe_image *image, uint32_t address, size_t length )
{
    size_t rest;
    const uint8_t *at = pe_rest( image, address, &rest );

    return at && length <= rest ? at : NULL;
}

const char *pe_string( const struct pe_image *image, uint32_t address, size_t limit )
{
    size_t rest;
    const uint8_t *at = pe_rest( image, address, &rest );

    if (!at || !memchr( at, 0, rest < limit ? rest : limit )) return NULL;
    return (const char *)at;
}

/* Wine looks for a signature right behind the DOS header. The next header must not begin before the signature ends. */
bool pe_has_signature( const struct pe_image *image, const char *signature )
{
    size_t length = strlen( signature ) + 1;

    return PE_DOS_HEADER_SIZE + length <= image->file_header - sizeof( PE_SIGNATURE ) &&
           !memcmp( image->data + PE_DOS_HEADER_SIZE, signature, length );
}
