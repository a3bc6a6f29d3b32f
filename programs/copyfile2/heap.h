/* SPDX-License-Identifier: MIT */

/* Without memory the program cannot go on, so it ends with a message. Files that were copied before stay whole. */

#ifndef HEAP_H
#define HEAP_H

#include <stddef.h>
#include <wchar.h>

/* Each answers memory for free(). When there is none, the program ends with a message. */
void *heap_get( size_t bytes );
void *heap_grow( void *memory, size_t bytes );
wchar_t *heap_text( const wchar_t *text );

#endif
