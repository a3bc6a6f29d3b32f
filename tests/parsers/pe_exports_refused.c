/* SPDX-License-Identifier: MIT */

/* The export augmenter has to refuse these images and forwarders. */

#include "pe_exports_test.h"

#include <stdlib.h>
#include <string.h>

void test_forwarder_texts( void )
{
    static const char *const bad[][2] = {
        { "", "a.b" }, { "New", "" }, { "New", "ab" }, { "New", ".b" }, { "New", "a." }
    };
    uint8_t *result;
    size_t size;

    make( &ordinary );
    for (unsigned int i = 0; i < ARRAY_SIZE( bad ); i++)
        expect_text( __LINE__, bad[i][1], forward( bad[i][0], bad[i][1], &result, &size ), "that is not a forwarder" );
    end_case( "refused: what is not a forwarder" );
}

void test_bad_headers( void )
{
    for (size_t size = 0; size < IMAGE_SIZE; size++)
    {
        uint8_t *exact = malloc( size + 1 ), *result = NULL;
        size_t result_size;

        make( &ordinary );
        memcpy( exact + 1, image, size );
        expect( pe_exports_forward( exact + 1, size, &( struct pe_forwarder ){ "New", "a.New", NULL }, 1, &result,
                                    &result_size ) );
        expect( !result );
        free( exact );
    }
    end_case( "refused: cut off at every byte" );

    make( &ordinary );
    pe_put32( directory_entry( &ordinary, 4 ), 0x400 );
    pe_put32( directory_entry( &ordinary, 4 ) + 4, 8 );
    check_refused( "it is signed" );
    make( &ordinary );
    pe_put32( directory_entry( &ordinary, 0 ), 0 );
    check_refused( "it exports nothing" );
    make( &ordinary );
    pe_put32( optional_header() + 108, 0 );
    check_refused( "it exports nothing" );
    make( &ordinary );
    memset( section_header( &ordinary, 2 ), 1, 40 );
    check_refused( "its headers have no room for another section" );
    make( &ordinary );
    pe_put32( optional_header() + 60, (uint32_t)( section_header( &ordinary, 2 ) - image ) );
    check_refused( "its headers have no room for another section" );
    end_case( "refused: what cannot be changed" );
}

void test_bad_layout( void )
{
    make( &ordinary );
    pe_put32( optional_header() + 32, 0x200 );
    check_refused( "it is aligned more finely than to pages" );
    make( &ordinary );
    pe_put32( optional_header() + 32, 0x1800 );
    check_refused( "its alignment makes no sense" );
    make( &ordinary );
    pe_put32( optional_header() + 36, 0x80000000 );
    check_refused( "its alignment makes no sense" );
    make( &ordinary );
    pe_put32( section_header( &ordinary, 1 ) + 12, TEXT_ADDRESS );
    check_refused( "its sections overlap or are out of order" );
    make( &ordinary );
    pe_put32( section_header( &ordinary, 1 ) + 8, 0xfffff000 );
    check_refused( "it is too large" );
    make( &ordinary );
    pe_put32( section_header( &ordinary, 1 ) + 20, EDATA_OFFSET + 0x200 );
    check_refused( "its sections are cut off" );
    make( &ordinary );
    pe_put32( section_header( &ordinary, 1 ) + 20, EDATA_OFFSET - 1 );
    check_refused( "its sections do not start at file sectors" );
    end_case( "refused: sections that loaders differ about" );
}

void test_bad_exports( void )
{
    uint8_t *edata = image + EDATA_OFFSET;

    make( &ordinary );
    pe_put32( edata + 20, 0xffffffff );
    check_refused( "it exports too much" );
    make( &ordinary );
    pe_put32( edata + 20, 0x10000 );
    check_refused( "its table of exports is cut off" );
    make( &ordinary );
    pe_put32( edata + 24, 0x10000 );
    check_refused( "its table of names is cut off" );
    make( &ordinary );
    pe_put16( edata + 0xc0, 5 );
    check_refused( "one of its exported names leads nowhere" );
    make( &ordinary );
    pe_put32( edata + 0x80, EDATA_ADDRESS + EDATA_SIZE );
    check_refused( "one of its exported names has no end" );
    make( &ordinary );
    pe_put32( edata + 0x40 + 12, EDATA_ADDRESS + EDATA_SIZE - 1 );
    image[IMAGE_SIZE - 1] = 'x';
    check_refused( "one of its forwarders has no end" );
    make( &ordinary );
    pe_put32( edata + 0x40, 0x3000 );
    check_refused( "one of its exports lies outside of it" );
    make( &ordinary );
    pe_put32( edata + 16, 0xffff );
    check_refused( "it has no ordinal left" );
    make( &ordinary );
    pe_put32( edata + 12, 0xfffffff0 );
    check_refused( "its name has no end" );
    end_case( "refused: tables that lead astray" );
}
