/* SPDX-License-Identifier: MIT */

/* The program may end wherever there is no memory, because a file that is whole stays whole, and no copy is under way
 * in this file. */

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
