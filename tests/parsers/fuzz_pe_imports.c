/* SPDX-License-Identifier: MIT */

/* This libFuzzer target gives any bytes to the reader of imports. Each name that is visited has to be a whole text. */

#include "pe_imports.h"

#include <stdlib.h>
#include <string.h>

static void check_text( const struct pe_image *image, const char *text )
{
    const uint8_t *at = (const uint8_t *)text;

    if (at < image->data || at >= image->data + image->size) abort();
    if (strlen( text ) >= (size_t)( image->data + image->size - at )) abort();
}

static void visit( void *context, const char *dll, const char *function )
{
    check_text( context, dll );
    check_text( context, function );
}

int LLVMFuzzerTestOneInput( const uint8_t *data, size_t size );

int LLVMFuzzerTestOneInput( const uint8_t *data, size_t size )
{
    struct pe_image image;

    if (!pe_open( &image, data, size )) pe_imports_visit( &image, visit, &image );
    return 0;
}
