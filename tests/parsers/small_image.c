/* SPDX-License-Identifier: MIT */

#include "small_image.h"

#include "pe_image.h"

#include <string.h>

#define ARRAY_SIZE( array ) ( sizeof( array ) / sizeof( ( array )[0] ) )

uint8_t image[IMAGE_SIZE + 64];

const struct small_image ordinary = {
    .base = 5,
    .function_count = 5,
    .functions = { { 0x1000, NULL }, { 0x1010, NULL }, { 0, NULL }, { 0, "other.Far" }, { 0x1020, NULL } },
    .names = { { "Alpha", 0 }, { "Copy", 4 }, { "Far", 3 }, { "Zulu", 1 }, { NULL, 0 } },
};

static size_t optional_size( const struct small_image *small )
{
    return ( small->narrow ? 96u : 112u ) + 16 * 8;
}

uint8_t *optional_header( void )
{
    return image + NEW_HEADER + 24;
}

uint8_t *section_header( const struct small_image *small, unsigned int index )
{
    return optional_header() + optional_size( small ) + index * 40;
}

uint8_t *directory_entry( const struct small_image *small, unsigned int index )
{
    return optional_header() + ( small->narrow ? 96 : 112 ) + index * 8;
}

static void make_section( uint8_t *header, const char *name, uint32_t address, uint32_t offset, uint32_t size )
{
    memcpy( header, name, strlen( name ) );
    pe_put32( header + 8, size );
    pe_put32( header + 12, address );
    pe_put32( header + 16, size );
    pe_put32( header + 20, offset );
}

static uint32_t make_text( uint32_t *next, const char *text )
{
    uint32_t at = *next;

    memcpy( image + EDATA_OFFSET + at, text, strlen( text ) + 1 );
    *next += (uint32_t)strlen( text ) + 1;
    return EDATA_ADDRESS + at;
}

static void make_exports( const struct small_image *small )
{
    uint8_t *edata = image + EDATA_OFFSET;
    uint32_t names = 0, next = 0x200;

    while (small->names[names].name) names++;
    pe_put32( edata + 4, 0x12345678 );
    pe_put32( edata + 12, make_text( &next, "small.dll" ) );
    pe_put32( edata + 16, small->base );
    pe_put32( edata + 20, small->function_count );
    pe_put32( edata + 24, names );
    pe_put32( edata + 28, EDATA_ADDRESS + 0x40 );
    pe_put32( edata + 32, EDATA_ADDRESS + 0x80 );
    pe_put32( edata + 36, EDATA_ADDRESS + 0xc0 );
    for (uint32_t i = 0; i < small->function_count && i < ARRAY_SIZE( small->functions ); i++)
    {
        const struct small_function *function = &small->functions[i];

        pe_put32( edata + 0x40 + i * 4,
                  function->forwarder ? make_text( &next, function->forwarder ) : function->address );
    }
    for (uint32_t i = 0; i < names; i++)
    {
        pe_put32( edata + 0x80 + i * 4, make_text( &next, small->names[i].name ) );
        pe_put16( edata + 0xc0 + i * 2, small->names[i].function );
    }
}

void make( const struct small_image *small )
{
    uint8_t *optional = optional_header();

    memset( image, 0, sizeof( image ) );
    memcpy( image, "MZ", 2 );
    pe_put32( image + 0x3c, NEW_HEADER );
    memcpy( image + NEW_HEADER, "PE\0", 4 );
    pe_put16( image + NEW_HEADER + 4, small->narrow ? PE_MACHINE_I386 : PE_MACHINE_X86_64 );
    pe_put16( image + NEW_HEADER + 6, 2 );
    pe_put16( image + NEW_HEADER + 20, (uint16_t)optional_size( small ) );
    pe_put16( optional, small->narrow ? 0x10b : 0x20b );
    pe_put32( optional + 32, 0x1000 );
    pe_put32( optional + 36, 0x200 );
    pe_put32( optional + 56, 0x3000 );
    pe_put32( optional + 60, 0x400 );
    pe_put32( optional + ( small->narrow ? 92 : 108 ), 16 );
    pe_put32( directory_entry( small, 0 ), EDATA_ADDRESS );
    pe_put32( directory_entry( small, 0 ) + 4, EDATA_SIZE );
    make_section( section_header( small, 0 ), ".text", TEXT_ADDRESS, 0x400, 0x200 );
    make_section( section_header( small, 1 ), ".edata", EDATA_ADDRESS, EDATA_OFFSET, EDATA_SIZE );
    memset( image + 0x400, 0xc3, 0x200 );
    make_exports( small );
}
