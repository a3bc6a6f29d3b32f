/* SPDX-License-Identifier: MIT */

/* Memory that is there, or the program ends. */

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
