/* SPDX-License-Identifier: MIT */

/* The program has nothing to tidy up before it copies files, so it may end wherever there is no memory. */

#ifndef HEAP_H
#define HEAP_H

#include <stddef.h>

/* Answers memory for free(). When there is none, the program ends with a message. */
void *heap_get( size_t bytes );

#endif
