/* SPDX-License-Identifier: MIT */

/* This file turns the operands into the list of what is to be copied: it expands patterns. */

#ifndef SOURCES_H
#define SOURCES_H

#include <stdbool.h>
#include <windows.h>

struct source
{
    WCHAR *name; /* as the user would have typed it */
    unsigned int hash;
    bool matched;   /* found by a pattern */
    bool unmatched; /* a pattern that nothing fits */
};

struct sources
{
    struct source *items;
    unsigned int count;
    bool expanded; /* one of them was a pattern */
};

/* In the last component, * stands for any letters and ? for one. A name that exists is no pattern, because on Linux a
 * name may hold these letters. Folders fit only when with_folders is true. */
void sources_expand( struct sources *sources, WCHAR **operands, unsigned int count, bool with_folders );
void sources_free( struct sources *sources );

#endif
