/* SPDX-License-Identifier: MIT */

/* This tests the reader of imports on small images that are right, or wrong in one place. */

#include "pe_imports.h"
#include "small_image.h"
#include "tap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* These offsets in .edata are behind what small_image.c puts there. */
#define AT_IMPORTS   0x300u
#define AT_DELAYED   0x340u
#define AT_NAMES     0x3c0u
#define AT_ADDRESSES 0x400u
#define AT_TEXTS     0x480u
#define BASE_32      0x400000u

static const struct small_image wide = { .function_count = 0 }, narrow = { .narrow = true };

/* The functions that were visited, as DLL!NAME with a blank behind each. */
static char seen[4096];

static void see( void *context, const char *dll, const char *function )
{
    size_t length = strlen( seen );

    expect( context == seen );
    snprintf( seen + length, sizeof( seen ) - length, "%s!%s ", dll, function );
}

static const char *visit( const uint8_t *data, size_t size )
{
    struct pe_image opened;
    const char *wrong = pe_open( &opened, data, size );

    *seen = 0;
    return wrong ? wrong : pe_imports_visit( &opened, see, seen );
}

static uint8_t *edata( uint32_t offset )
{
    return image + EDATA_OFFSET + offset;
}

static uint32_t put_text( uint32_t *next, const char *text )
{
    uint32_t at = *next;

    strcpy( (char *)edata( at ), text );
    *next += (uint32_t)strlen( text ) + 1;
    return EDATA_ADDRESS + at;
}

/* Puts two names and a number into a list. */
static void put_list( const struct small_image *small, uint32_t at, uint32_t *next, uint32_t base )
{
    static const char *const names[] = { "CopyFile2", NULL, "CopyFileW" };
    uint32_t size = small->narrow ? 4 : 8;

    for (uint32_t i = 0; i < ARRAY_SIZE( names ); i++)
    {
        uint8_t *entry = edata( at + i * size );

        if (names[i])
        {
            pe_put32( entry, base + EDATA_ADDRESS + *next );
            *next += 2;
            put_text( next, names[i] );
        }
        else
        {
            entry[0] = 7;
            entry[size - 1] = 0x80;
        }
    }
}

/* Makes an image that imports from kernel32.dll and, later, from late.dll. */
static void make_imports( const struct small_image *small, uint32_t base )
{
    uint32_t next = AT_TEXTS;

    make( small );
    pe_put32( directory_entry( small, 1 ), EDATA_ADDRESS + AT_IMPORTS );
    pe_put32( directory_entry( small, 1 ) + 4, 40 );
    pe_put32( directory_entry( small, 13 ), EDATA_ADDRESS + AT_DELAYED );
    pe_put32( directory_entry( small, 13 ) + 4, 64 );
    if (small->narrow) pe_put32( optional_header() + 28, BASE_32 );

    pe_put32( edata( AT_IMPORTS ), EDATA_ADDRESS + AT_NAMES );
    pe_put32( edata( AT_IMPORTS + 12 ), put_text( &next, "KERNEL32.dll" ) );
    pe_put32( edata( AT_IMPORTS + 16 ), EDATA_ADDRESS + AT_NAMES );
    put_list( small, AT_NAMES, &next, 0 );

    pe_put32( edata( AT_DELAYED ), !base );
    pe_put32( edata( AT_DELAYED + 4 ), base + put_text( &next, "late.dll" ) );
    pe_put32( edata( AT_DELAYED + 16 ), base + EDATA_ADDRESS + AT_ADDRESSES );
    put_list( small, AT_ADDRESSES, &next, base );
}

static const char all[] = "KERNEL32.dll!CopyFile2 KERNEL32.dll!CopyFileW late.dll!CopyFile2 late.dll!CopyFileW ";

static void expect_all( int line, const char *what )
{
    expect_text( line, what, visit( image, IMAGE_SIZE ), NULL );
    expect_text( line, what, seen, all );
}

static void test_visiting( void )
{
    make_imports( &wide, 0 );
    expect_all( __LINE__, "64-bit" );
    make_imports( &narrow, 0 );
    expect_all( __LINE__, "32-bit" );
    end_case( "ordinary and delayed imports, by name and by number" );

    make_imports( &narrow, BASE_32 );
    expect_all( __LINE__, "with addresses" );
    make_imports( &wide, 0 );
    pe_put32( edata( AT_IMPORTS ), 0 );
    expect_all( __LINE__, "without a list of names" );
    end_case( "what old linkers made" );

    make( &wide );
    expect_text( __LINE__, "no imports", visit( image, IMAGE_SIZE ), NULL );
    expect_text( __LINE__, "no imports", seen, "" );
    make_imports( &wide, 0 );
    pe_put32( optional_header() + 108, 2 );
    expect_text( __LINE__, "no delayed imports", visit( image, IMAGE_SIZE ), NULL );
    expect_text( __LINE__, "no delayed imports", seen, "KERNEL32.dll!CopyFile2 KERNEL32.dll!CopyFileW " );
    end_case( "no imports, and none that are delayed" );
}

static void expect_wrong( int line, uint32_t offset, uint32_t value, const char *wrong )
{
    make_imports( &wide, 0 );
    pe_put32( edata( offset ), value );
    expect_text( line, "what is wrong", visit( image, IMAGE_SIZE ), wrong );
}

static void test_damage( void )
{
    make_imports( &wide, 0 );
    pe_put32( directory_entry( &wide, 1 ), EDATA_ADDRESS + EDATA_SIZE - 19 );
    expect_text( __LINE__, "a list behind the end", visit( image, IMAGE_SIZE ),
                 "the list of imported DLLs is cut off" );
    expect_wrong( __LINE__, AT_IMPORTS + 12, 0xfffffff0, "the name of an imported DLL is cut off" );
    expect_wrong( __LINE__, AT_IMPORTS, 0x7ffffff0, "a list of imported functions is cut off" );
    expect_wrong( __LINE__, AT_NAMES, 0x7ffffff0, "the name of an imported function is cut off" );
    expect_wrong( __LINE__, AT_NAMES, 0xffffffff, "the name of an imported function is cut off" );
    expect_wrong( __LINE__, AT_NAMES + 4, 1, "the name of an imported function is cut off" );
    expect_wrong( __LINE__, AT_DELAYED + 4, 0xfffffff0, "the name of an imported DLL is cut off" );
    expect_wrong( __LINE__, AT_DELAYED + 16, 0x7ffffff0, "a list of imported functions is cut off" );
    make_imports( &narrow, 0 );
    pe_put32( edata( AT_DELAYED ), 0 );
    expect_text( __LINE__, "a wrong base", visit( image, IMAGE_SIZE ), "the name of an imported DLL is cut off" );
    end_case( "lists and names that lead nowhere" );
}

/* The bytes behind the end belong to nobody, as the sanitizer sees. */
static void test_cut_off( void )
{
    for (size_t size = 0; size < IMAGE_SIZE; size++)
    {
        uint8_t *exact = malloc( size + 1 );

        make_imports( &wide, 0 );
        memcpy( exact + 1, image, size );
        expect( visit( exact + 1, size ) );
        free( exact );
    }
    end_case( "cut off at every byte" );
}

static void test_any_byte( void )
{
    static const uint8_t values[] = { 0x00, 0x01, 0x7f, 0x80, 0xff };
    unsigned int read = 0;

    for (size_t at = 0; at < IMAGE_SIZE; at++)
        for (unsigned int i = 0; i < ARRAY_SIZE( values ); i++)
        {
            make_imports( at & 1 ? &wide : &narrow, 0 );
            image[at] = values[i];
            read += !visit( image, IMAGE_SIZE );
        }
    expect( read > 100 );
    end_case( "any byte is another one" );
}

/* A file of a few megabytes may name one list again and again. */
static void test_too_many( void )
{
    const uint32_t size = 0x400000;
    uint8_t *large = calloc( 1, EDATA_OFFSET + size );

    make_imports( &wide, 0 );
    pe_put32( edata( AT_IMPORTS ), EDATA_ADDRESS + 0x1000 );
    pe_put32( section_header( &wide, 1 ) + 8, size );
    pe_put32( section_header( &wide, 1 ) + 16, size );
    memcpy( large, image, IMAGE_SIZE );
    for (uint32_t at = 0x1000; at < size; at += 8) large[EDATA_OFFSET + at + 7] = 0x80;
    expect_text( __LINE__, "too many", visit( large, EDATA_OFFSET + size ), "it has more imports than any program" );
    free( large );
    end_case( "more imports than any program has" );
}

int main( void )
{
    test_visiting();
    test_damage();
    test_cut_off();
    test_any_byte();
    test_too_many();
    return end_cases();
}
