/* SPDX-License-Identifier: MIT */

/* This libFuzzer target gives any bytes to the export augmenter. A result has to hold what was asked for, and has to be
 * accepted again. */

#include "pe_exports.h"

#include <stdlib.h>
#include <string.h>

static const struct pe_forwarder forwarders[] = {
    { .name = "CopyFile2", .target = "copyfile2.CopyFile2", .kept = NULL },
    { .name = "Alpha", .target = "a.Beta", .kept = "Kept" },
};
#define COUNT ( sizeof( forwarders ) / sizeof( forwarders[0] ) )

/* Answers whether the directory leads to the target, by the checked functions. */
static int has_forwarder( const struct pe_image *image, const struct pe_forwarder *wanted )
{
    uint32_t start, size, names;
    const uint8_t *directory;

    if (!pe_directory( image, PE_DIRECTORY_EXPORTS, &start, &size ) || !( directory = pe_at( image, start, 40 ) ))
        return 0;
    names = pe_get32( directory + 24 );
    for (uint32_t i = 0; i < names; i++)
    {
        const uint8_t *name = pe_at( image, pe_get32( directory + 32 ) + i * 4, 4 );
        const uint8_t *ordinal = pe_at( image, pe_get32( directory + 36 ) + i * 2, 2 );
        const uint8_t *function = pe_at( image, pe_get32( directory + 28 ) + pe_get16( ordinal ) * 4u, 4 );
        const char *text = pe_string( image, pe_get32( name ), size );

        if (strcmp( text, wanted->name )) continue;
        text = pe_string( image, pe_get32( function ), size );
        return text && !strcmp( text, wanted->target );
    }
    return 0;
}

int LLVMFuzzerTestOneInput( const uint8_t *data, size_t size );

int LLVMFuzzerTestOneInput( const uint8_t *data, size_t size )
{
    uint8_t *result, *again;
    size_t result_size, again_size;
    struct pe_image image;
    const char *wrong;

    pe_exports_is_result( data, size );
    if (pe_exports_forward( data, size, forwarders, COUNT, &result, &result_size )) return 0;

    if (pe_open( &image, result, result_size ) || !pe_exports_is_result( result, result_size )) abort();
    for (size_t i = 0; i < COUNT; i++)
        if (!has_forwarder( &image, &forwarders[i] )) abort();
    wrong = pe_exports_forward( result, result_size, forwarders, COUNT, &again, &again_size );
    /* the room for one more section header may be used up, and so may the ordinals */
    if (wrong && strcmp( wrong, "its headers have no room for another section" ) &&
        strcmp( wrong, "it is too large" ) && strcmp( wrong, "it has no ordinal left" ))
        abort();
    if (!wrong) free( again );
    free( result );
    return 0;
}
