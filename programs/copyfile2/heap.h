/* SPDX-License-Identifier: MIT */

/* The program may end wherever there is no memory, because a file that is whole stays whole, and no copy is under way
 * in this file. */

#ifndef HEAP_H
#define HEAP_H

#include <stddef.h>
#include <wchar.h>

/* Each answers memory for free(). When there is none, the program ends with a message. */
void *heap_get( size_t bytes );
void *heap_grow( void *memory, size_t bytes );
wchar_t *heap_text( const wchar_t *text );

#endif
