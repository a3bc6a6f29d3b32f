/* SPDX-License-Identifier: MIT */

/* The program has nothing to tidy up before it copies files, so it may end wherever there is no memory. */

#include "heap.h"

#include <stdio.h>
#include <stdlib.h>

void *heap_get( size_t bytes )
{
    void *memory = malloc( bytes );

    if (!memory)
    {
        fputs( "copyfile2: out of memory\n", stderr );
        exit( 1 );
    }
    return memory;
}
