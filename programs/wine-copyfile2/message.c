/* SPDX-License-Identifier: MIT */

/* This file tells the user what went wrong, and makes the text for it. */

#include "message.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXIT_NO_MEMORY 125

bool message_error( const char *format, ... )
{
    va_list args;

    va_start( args, format );
    fputs( "wine-copyfile2: ", stderr );
    vfprintf( stderr, format, args );
    fputc( '\n', stderr );
    va_end( args );
    return false;
}

char *text_format( const char *format, ... )
{
    va_list args;
    char *text;
    int length;

    va_start( args, format );
    length = vasprintf( &text, format, args );
    va_end( args );
    if (length >= 0) return text;
    message_error( "out of memory" );
    exit( EXIT_NO_MEMORY );
}

char *text_copy( const char *text )
{
    return text_format( "%s", text );
}

bool text_ends_with( const char *text, const char *end )
{
    size_t length = strlen( text ), tail = strlen( end );

    return length >= tail && !strcmp( text + length - tail, end );
}
