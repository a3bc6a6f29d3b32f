/* SPDX-License-Identifier: MIT */

/* Memory that is there, or the program ends. */

#ifndef HEAP_H
#define HEAP_H

#include <stddef.h>

/* For free(). A program that copies files has nothing to tidy up before it copies them. */
void *heap_get( size_t bytes );

#endif
