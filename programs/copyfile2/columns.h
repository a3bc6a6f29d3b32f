/* SPDX-License-Identifier: MIT */

/* This file measures text by the columns that a terminal gives it. */

#ifndef COLUMNS_H
#define COLUMNS_H

#include <stddef.h>
#include <wchar.h>

/* Answers how many columns the text takes. */
int columns_of( const wchar_t *text );

/* Sets text, which has room for size characters, to the name in at most so many columns. A longer name loses its
 * middle, because its beginning and its end tell most. */
void columns_cut( const wchar_t *name, int columns, wchar_t *text, size_t size );

#endif
