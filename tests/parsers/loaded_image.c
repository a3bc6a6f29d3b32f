/* SPDX-License-Identifier: MIT */

#include "loaded_image.h"

#include "pe_image.h"
#include "tap.h"

#include <stdlib.h>
#include <string.h>

static uint32_t get( const struct loaded *image, uint32_t address )
{
    if (address + 4 > image->size || address + 4 < address) abort();
    return pe_get32( image->memory + address );
}

static const char *text_at( const struct loaded *image, uint32_t address )
{
    if (address >= image->size) abort();
    return (const char *)image->memory + address;
}

static void load_exports( struct loaded *image, uint32_t directories )
{
    image->directory = get( image, directories );
    image->directory_size = get( image, directories + 4 );
    if (!image->directory || !image->directory_size) return;
    image->base = get( image, image->directory + 16 );
    image->function_count = get( image, image->directory + 20 );
    image->name_count = get( image, image->directory + 24 );
    image->functions = image->memory + get( image, image->directory + 28 );
    image->names = image->memory + get( image, image->directory + 32 );
    image->ordinals = image->memory + get( image, image->directory + 36 );
}

/* Loads the data, which is known to be an image. */
struct loaded load( const uint8_t *data, size_t size )
{
    uint32_t header = pe_get32( data + 0x3c ), optional = header + 24;
    uint32_t sections = optional + pe_get16( data + header + 20 );
    struct loaded image = { .size = pe_get32( data + optional + 56 ),
                            .headers_size = pe_get32( data + optional + 60 ) };

    image.memory = calloc( 1, (size_t)image.size + 1 );
    memcpy( image.memory, data, image.headers_size );
    for (unsigned int i = 0; i < pe_get16( data + header + 6 ); i++)
    {
        const uint8_t *section = data + sections + i * 40;
        uint32_t memory_size = pe_get32( section + 8 ), file_size = pe_get32( section + 16 );
        uint32_t address = pe_get32( section + 12 ), offset = pe_get32( section + 20 );

        /* the rest of the last page comes from the file, too */
        memory_size = ( ( memory_size ? memory_size : file_size ) + 0xfff ) & ~0xfffu;
        if (file_size > memory_size) file_size = memory_size;
        if (offset + file_size > size || address + file_size > image.size) abort();
        memcpy( image.memory + address, data + offset, file_size );
    }
    load_exports( &image, optional + ( pe_get16( data + optional ) == 0x20b ? 112 : 96 ) );
    return image;
}

uint32_t function_address( const struct loaded *image, uint32_t index )
{
    return pe_get32( image->functions + (size_t)index * 4 );
}

/* Answers the target, or NULL for a function. */
const char *forwarder( const struct loaded *image, uint32_t index )
{
    uint32_t address = function_address( image, index );

    if (address < image->directory || address >= image->directory + image->directory_size) return NULL;
    return text_at( image, address );
}

const char *name_at( const struct loaded *image, uint32_t index )
{
    return text_at( image, pe_get32( image->names + (size_t)index * 4 ) );
}

static uint32_t name_function( const struct loaded *image, uint32_t index )
{
    return pe_get16( image->ordinals + (size_t)index * 2 );
}

/* The search goes by halves, as in real loaders, so the names must be sorted. UINT32_MAX: there is none. */
uint32_t find_name( const struct loaded *image, const char *name )
{
    uint32_t low = 0, high = image->name_count;

    while (low < high)
    {
        uint32_t middle = ( low + high ) / 2;
        int order = strcmp( name_at( image, middle ), name );

        if (!order) return name_function( image, middle );
        if (order < 0) low = middle + 1;
        else high = middle;
    }
    return UINT32_MAX;
}

static bool is_same_function( const struct loaded *before, uint32_t old, const struct loaded *after, uint32_t new )
{
    const char *target = forwarder( before, old ), *now = forwarder( after, new );

    if (target || now) return target && now && !strcmp( target, now );
    return function_address( before, old ) == function_address( after, new );
}

static bool has_name( const struct loaded *image, uint32_t function, const char *name, bool same )
{
    for (uint32_t i = 0; i < image->name_count; i++)
        if (name_function( image, i ) == function && !strcmp( name_at( image, i ), name ) == same) return true;
    return false;
}

static bool compare_names( const struct loaded *before, const struct loaded *after, const char *name )
{
    bool same = true;

    for (uint32_t i = 1; i < after->name_count; i++)
        same &= expect( strcmp( name_at( after, i - 1 ), name_at( after, i ) ) <= 0 );
    for (uint32_t i = 0; i < before->name_count; i++)
    {
        uint32_t now = find_name( after, name_at( before, i ) );

        if (!strcmp( name_at( before, i ), name )) continue;
        same &= expect( now != UINT32_MAX && now == name_function( before, i ) ) &&
                expect( is_same_function( before, name_function( before, i ), after, now ) );
    }
    return same;
}

static bool compare_ordinals( const struct loaded *before, const struct loaded *after, const char *name )
{
    bool same = expect( after->base == before->base ) && expect( after->function_count >= before->function_count ) &&
                expect( after->function_count <= before->function_count + 1 );

    for (uint32_t i = 0; i < before->function_count && same; i++)
    {
        bool replaced = has_name( before, i, name, true ) && !has_name( before, i, name, false );

        if (!replaced) same &= expect( is_same_function( before, i, after, i ) );
    }
    return same;
}

/* Compares all that was loaded before the new section, without the headers. */
static bool compare_memory( const struct loaded *before, const struct loaded *after )
{
    return expect( after->size > before->size ) && expect( after->headers_size == before->headers_size ) &&
           expect( !memcmp( before->memory + before->headers_size, after->memory + before->headers_size,
                            before->size - before->headers_size ) );
}

bool compare( const struct loaded *before, const struct loaded *after, const char *name, const char *target )
{
    uint32_t found = find_name( after, name );
    bool same = compare_names( before, after, name ) && compare_ordinals( before, after, name ) &&
                compare_memory( before, after );

    if (expect( found != UINT32_MAX )) same &= expect_text( __LINE__, name, forwarder( after, found ), target );
    same &= expect( after->name_count == before->name_count + ( find_name( before, name ) == UINT32_MAX ) );
    same &= expect_text( __LINE__, "the DLL", text_at( after, get( after, after->directory + 12 ) ),
                         text_at( before, get( before, before->directory + 12 ) ) );
    return same && expect( get( before, before->directory + 4 ) == get( after, after->directory + 4 ) );
}
