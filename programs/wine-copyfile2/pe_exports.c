/* SPDX-License-Identifier: MIT */

/* This file adds forwarders to the exports of a DLL. The loader takes an export for a forwarder when its address lies
 * inside the export directory. So the directory and the strings of all forwarders have to be in one piece, for which
 * the old place has no room. The directory is written anew, into a section of its own at the end of the image. The old
 * one stays behind, unused. */

#include "pe_exports.h"

#include <stdlib.h>
#include <string.h>

#define SECTION_NAME       ".cf2exp"
#define SECTION_FLAGS      0x40000040u /* initialized data, readable */
#define SECTIONS_MAX       96          /* Windows loads no more */
#define DIRECTORY_SIZE     40
#define ORDINALS_MAX       0x10000u
#define STRING_MAX         4096
#define RESULT_MAX         ( 16u << 20 )
#define OPTIONAL_DATA_SIZE 8

/* These are offsets inside the export directory. */
#define EXPORTS_NAME           12
#define EXPORTS_BASE           16
#define EXPORTS_FUNCTION_COUNT 20
#define EXPORTS_NAME_COUNT     24
#define EXPORTS_FUNCTIONS      28
#define EXPORTS_NAMES          32
#define EXPORTS_ORDINALS       36

struct function
{
    uint32_t address;
    const char *forwarder; /* instead of the address, when not NULL */
};

struct name
{
    const char *name;
    uint32_t function;
};

struct exports
{
    struct pe_image image;
    const uint8_t *directory;
    const char *dll;
    uint32_t base;
    uint32_t function_count;
    uint32_t name_count;
    struct function *functions;
    struct name *names;
};

static uint32_t align_up( uint32_t value, uint32_t alignment )
{
    return ( value + alignment - 1 ) & ~( alignment - 1 );
}

/* Answers the address at which the new section will start. This cannot wrap, because check_sections limits the end of
 * the last section. */
static uint32_t image_end( const struct pe_image *image )
{
    struct pe_section last = pe_section( image, image->section_count - 1u );
    uint32_t size = last.memory_size ? last.memory_size : last.file_size;

    return align_up( last.address + size, image->section_alignment );
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

static const char *read_functions( struct exports *exports, uint32_t start, uint32_t size )
{
    const struct pe_image *image = &exports->image;
    const uint8_t *table =
        pe_at( image, pe_get32( exports->directory + EXPORTS_FUNCTIONS ), (size_t)exports->function_count * 4 );

    if (exports->function_count && !table) return "its table of exports is cut off";
    for (uint32_t i = 0; i < exports->function_count; i++)
    {
        struct function *function = &exports->functions[i];

        function->address = pe_get32( table + (size_t)i * 4 );
        if (function->address - start < size)
        {
            function->forwarder = pe_string( image, function->address, STRING_MAX );
            if (!function->forwarder) return "one of its forwarders has no end";
        }
        else if (function->address >= image_end( image )) return "one of its exports lies outside of it";
    }
    return NULL;
}

static const char *read_names( struct exports *exports )
{
    const struct pe_image *image = &exports->image;
    const uint8_t *names =
        pe_at( image, pe_get32( exports->directory + EXPORTS_NAMES ), (size_t)exports->name_count * 4 );
    const uint8_t *ordinals =
        pe_at( image, pe_get32( exports->directory + EXPORTS_ORDINALS ), (size_t)exports->name_count * 2 );

    if (exports->name_count && ( !names || !ordinals )) return "its table of names is cut off";
    for (uint32_t i = 0; i < exports->name_count; i++)
    {
        struct name *name = &exports->names[i];

        name->name = pe_string( image, pe_get32( names + (size_t)i * 4 ), STRING_MAX );
        if (!name->name) return "one of its exported names has no end";
        name->function = pe_get16( ordinals + (size_t)i * 2 );
        if (name->function >= exports->function_count) return "one of its exported names leads nowhere";
    }
    return NULL;
}

/* Reads the export directory and its tables, with room for spare more functions and names. One forwarder adds two at
 * most. Answers NULL, or why they cannot be read. */
static const char *read_exports( struct exports *exports, size_t spare )
{
    uint32_t start, size;
    const char *wrong;

    if (!pe_directory( &exports->image, PE_DIRECTORY_EXPORTS, &start, &size )) return "it exports nothing";
    exports->directory = pe_at( &exports->image, start, DIRECTORY_SIZE );
    if (!exports->directory || size < DIRECTORY_SIZE) return "its export directory is cut off";

    exports->base = pe_get32( exports->directory + EXPORTS_BASE );
    exports->function_count = pe_get32( exports->directory + EXPORTS_FUNCTION_COUNT );
    exports->name_count = pe_get32( exports->directory + EXPORTS_NAME_COUNT );
    exports->dll = pe_string( &exports->image, pe_get32( exports->directory + EXPORTS_NAME ), STRING_MAX );
    if (!exports->dll) return "its name has no end";
    if (exports->function_count > ORDINALS_MAX || exports->name_count > ORDINALS_MAX) return "it exports too much";

    exports->functions = calloc( exports->function_count + spare + 1, sizeof( *exports->functions ) );
    exports->names = calloc( exports->name_count + spare + 1, sizeof( *exports->names ) );
    if (!exports->functions || !exports->names) return "there is not enough memory";
    wrong = read_functions( exports, start, size );
    return wrong ? wrong : read_names( exports );
}

/* ---- changing ---------------------------------------------------------------------------------------------------- */

static bool is_forwarder( const struct pe_forwarder *forwarder )
{
    const char *dot = strrchr( forwarder->target, '.' );

    if (forwarder->kept && ( !*forwarder->kept || strlen( forwarder->kept ) >= STRING_MAX )) return false;
    return *forwarder->name && strlen( forwarder->name ) < STRING_MAX && strlen( forwarder->target ) < STRING_MAX &&
           dot && dot != forwarder->target && dot[1];
}

/* True means that another name leads to the same function. That name has to stay as it is. */
static bool has_other_name( const struct exports *exports, const struct name *name )
{
    for (uint32_t i = 0; i < exports->name_count; i++)
        if (exports->names[i].function == name->function && strcmp( exports->names[i].name, name->name )) return true;
    return false;
}

static const char *add_function( struct exports *exports, struct function function, uint32_t *index )
{
    *index = exports->function_count;
    if (*index >= ORDINALS_MAX || exports->base >= ORDINALS_MAX - *index) return "it has no ordinal left";
    exports->functions[exports->function_count++] = function;
    return NULL;
}

static const char *add_export( struct exports *exports, const char *name, struct function function )
{
    const char *wrong;
    uint32_t index;

    if (exports->name_count >= ORDINALS_MAX) return "it exports too much";
    wrong = add_function( exports, function, &index );
    if (!wrong) exports->names[exports->name_count++] = ( struct name ){ .name = name, .function = index };
    return wrong;
}

static const struct name *find_name( const struct exports *exports, const char *name )
{
    for (uint32_t i = 0; i < exports->name_count; i++)
        if (!strcmp( exports->names[i].name, name )) return &exports->names[i];
    return NULL;
}

/* Exports the present function under the forwarder's other name. When that name is taken, the function was kept before.
 * Answers NULL, or what is wrong. */
static const char *keep_function( struct exports *exports, const struct pe_forwarder *forwarder )
{
    const struct name *name = forwarder->kept ? find_name( exports, forwarder->name ) : NULL;

    if (!name || find_name( exports, forwarder->kept )) return NULL;
    return add_export( exports, forwarder->kept, exports->functions[name->function] );
}

/* A program may import by ordinal, so the name keeps its ordinal unless its function has another name too. Answers
 * NULL, or what is wrong. */
static const char *forward_name( struct exports *exports, const struct pe_forwarder *forwarder )
{
    struct function function = { .forwarder = forwarder->target };
    const char *wrong = keep_function( exports, forwarder );
    uint32_t added = UINT32_MAX;
    bool found = false;

    for (uint32_t i = 0; i < exports->name_count && !wrong; i++)
    {
        struct name *name = &exports->names[i];

        if (strcmp( name->name, forwarder->name )) continue;
        found = true;
        if (!has_other_name( exports, name ))
        {
            exports->functions[name->function].forwarder = forwarder->target;
            continue;
        }
        if (added == UINT32_MAX) wrong = add_function( exports, function, &added );
        if (!wrong) name->function = added;
    }
    return found || wrong ? wrong : add_export( exports, forwarder->name, function );
}

static int compare_names( const void *left, const void *right )
{
    const struct name *a = left, *b = right;
    int order = strcmp( a->name, b->name );

    if (order) return order;
    return a->function < b->function ? -1 : a->function > b->function;
}

/* ---- writing ----------------------------------------------------------------------------------------------------- */

static size_t directory_size( const struct exports *exports )
{
    size_t size = DIRECTORY_SIZE + (size_t)exports->function_count * 4 + (size_t)exports->name_count * 6;

    size += strlen( exports->dll ) + 1;
    for (uint32_t i = 0; i < exports->name_count; i++) size += strlen( exports->names[i].name ) + 1;
    for (uint32_t i = 0; i < exports->function_count; i++)
        if (exports->functions[i].forwarder) size += strlen( exports->functions[i].forwarder ) + 1;
    return size;
}

/* Puts a string at *next in the section, and moves *next behind it. Answers the address of the string in the image. */
static uint32_t put_string( uint8_t *section, uint32_t address, size_t *next, const char *string )
{
    size_t length = strlen( string ) + 1, at = *next;

    memcpy( section + at, string, length );
    *next += length;
    return address + (uint32_t)at;
}

static void write_directory( const struct exports *exports, uint8_t *section, uint32_t address )
{
    size_t functions = DIRECTORY_SIZE;
    size_t names = functions + (size_t)exports->function_count * 4;
    size_t ordinals = names + (size_t)exports->name_count * 4;
    size_t next = ordinals + (size_t)exports->name_count * 2;

    memcpy( section, exports->directory, DIRECTORY_SIZE );
    pe_put32( section + EXPORTS_NAME, put_string( section, address, &next, exports->dll ) );
    pe_put32( section + EXPORTS_FUNCTION_COUNT, exports->function_count );
    pe_put32( section + EXPORTS_NAME_COUNT, exports->name_count );
    pe_put32( section + EXPORTS_FUNCTIONS, address + (uint32_t)functions );
    pe_put32( section + EXPORTS_NAMES, address + (uint32_t)names );
    pe_put32( section + EXPORTS_ORDINALS, address + (uint32_t)ordinals );

    for (uint32_t i = 0; i < exports->name_count; i++)
    {
        pe_put32( section + names + (size_t)i * 4, put_string( section, address, &next, exports->names[i].name ) );
        pe_put16( section + ordinals + (size_t)i * 2, (uint16_t)exports->names[i].function );
    }
    for (uint32_t i = 0; i < exports->function_count; i++)
    {
        const struct function *function = &exports->functions[i];
        uint32_t value =
            function->forwarder ? put_string( section, address, &next, function->forwarder ) : function->address;

        pe_put32( section + functions + (size_t)i * 4, value );
    }
}

/* Answers NULL when one more section header fits behind the others and its place is empty, or what is wrong. */
static const char *check_room( const struct pe_image *image )
{
    size_t end = image->sections + (size_t)image->section_count * PE_SECTION_HEADER_SIZE;
    static const uint8_t empty[PE_SECTION_HEADER_SIZE];

    if (image->section_count >= SECTIONS_MAX || end + sizeof( empty ) > image->headers_size ||
        memcmp( image->data + end, empty, sizeof( empty ) ))
        return "its headers have no room for another section";
    for (unsigned int i = 0; i < image->section_count; i++)
    {
        struct pe_section section = pe_section( image, i );

        if (section.file_size && section.offset < end + sizeof( empty ))
            return "its headers have no room for another section";
    }
    return NULL;
}

static const char *check_kind( const struct pe_image *image )
{
    uint32_t address, size;

    if (pe_has_signature( image, PE_FAKE_SIGNATURE )) return "it is Wine's placeholder, not the DLL itself";
    if (pe_directory( image, PE_DIRECTORY_CERTIFICATES, &address, &size )) return "it is signed";
    return check_room( image );
}

static void write_headers( const struct pe_image *image, uint8_t *out, const struct pe_section *section )
{
    uint8_t *optional = out + image->optional_header;
    uint8_t *header = out + image->sections + (size_t)image->section_count * PE_SECTION_HEADER_SIZE;

    memcpy( header, SECTION_NAME, sizeof( SECTION_NAME ) );
    pe_put32( header + 8, section->memory_size );
    pe_put32( header + 12, section->address );
    pe_put32( header + 16, section->file_size );
    pe_put32( header + 20, section->offset );
    pe_put32( header + 36, SECTION_FLAGS );

    pe_put16( out + image->file_header + PE_FILE_SECTION_COUNT, (uint16_t)( image->section_count + 1 ) );
    pe_put32( optional + PE_OPTIONAL_IMAGE_SIZE,
              align_up( section->address + section->memory_size, image->section_alignment ) );
    pe_put32( optional + OPTIONAL_DATA_SIZE, pe_get32( optional + OPTIONAL_DATA_SIZE ) + section->file_size );
    pe_put32( out + image->directories + PE_DIRECTORY_EXPORTS * 8, section->address );
    pe_put32( out + image->directories + PE_DIRECTORY_EXPORTS * 8 + 4, section->memory_size );
    if (pe_has_signature( image, PE_BUILTIN_SIGNATURE ))
        memset( out + PE_DOS_HEADER_SIZE, 0, sizeof( PE_BUILTIN_SIGNATURE ) );
}

/* Computes the checksum of the image. An image without one stays without. */
static void write_checksum( const struct pe_image *image, uint8_t *out, size_t size )
{
    uint8_t *field = out + image->optional_header + PE_OPTIONAL_CHECKSUM;
    uint64_t sum = 0;

    if (!pe_get32( field )) return;
    pe_put32( field, 0 );
    for (size_t i = 0; i < size; i += 2) sum += pe_get16( out + i );
    while (sum >> 16) sum = ( sum & 0xffff ) + ( sum >> 16 );
    pe_put32( field, (uint32_t)( sum + size ) );
}

static const char *write_image( struct exports *exports, uint8_t **result, size_t *result_size )
{
    const struct pe_image *image = &exports->image;
    struct pe_section section = { .address = image_end( image ) };
    size_t size = directory_size( exports );
    uint8_t *out;

    if (size > RESULT_MAX) return "it exports too much";
    qsort( exports->names, exports->name_count, sizeof( *exports->names ), compare_names );
    section.memory_size = (uint32_t)size;
    section.file_size = align_up( section.memory_size, image->file_alignment );
    section.offset = align_up( (uint32_t)image->size, image->file_alignment );
    if ((uint64_t)section.address + section.memory_size > INT32_MAX) return "it is too large";

    size = (size_t)section.offset + section.file_size;
    if (!( out = calloc( 1, size ) )) return "there is not enough memory";
    memcpy( out, image->data, image->size );
    write_directory( exports, out + section.offset, section.address );
    write_headers( image, out, &section );
    write_checksum( image, out, size );
    *result = out;
    *result_size = size;
    return NULL;
}

const char *pe_exports_forward( const void *data, size_t size, const struct pe_forwarder *forwarders, size_t count,
                                uint8_t **result, size_t *result_size )
{
    struct exports exports = { .functions = NULL };
    const char *wrong = pe_open( &exports.image, data, size );

    if (!wrong) wrong = check_kind( &exports.image );
    if (!wrong) wrong = read_exports( &exports, 2 * count );
    for (size_t i = 0; i < count && !wrong; i++)
        wrong = is_forwarder( &forwarders[i] ) ? forward_name( &exports, &forwarders[i] ) : "that is not a forwarder";
    if (!wrong) wrong = write_image( &exports, result, result_size );
    free( exports.functions );
    free( exports.names );
    return wrong;
}

bool pe_exports_is_result( const void *data, size_t size )
{
    struct pe_image image;

    return !pe_open( &image, data, size ) && pe_section_is_named( &image, image.section_count - 1u, SECTION_NAME );
}
