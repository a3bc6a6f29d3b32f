/* SPDX-License-Identifier: MIT */

/* Without memory the program cannot go on, so it ends with a message. Files that were copied before stay whole. */

#include "heap.h"

#include <stdio.h>
#include <stdlib.h>

void *heap_grow( void *memory, size_t bytes )
{
    void *grown = realloc( memory, bytes );

    if (!grown)
    {
        fputs( "copyfile2: out of memory\n", stderr );
        exit( 1 );
    }
    return grown;
}

void *heap_get( size_t bytes )
{
    return heap_grow( NULL, bytes );
}

wchar_t *heap_text( const wchar_t *text )
{
    return wcscpy( heap_get( ( wcslen( text ) + 1 ) * sizeof( *text ) ), text );
}
