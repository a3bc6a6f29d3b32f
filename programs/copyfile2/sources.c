/* SPDX-License-Identifier: MIT */

/* This file turns the operands into the list of what is to be copied: it expands patterns. */

#include "sources.h"
#include "heap.h"
#include "listing.h"
#include "paths.h"

#include <stdlib.h>
#include <wchar.h>

static struct source *add( struct sources *sources, WCHAR *name )
{
    if (!( sources->count & ( sources->count - 1 ) ))
        sources->items =
            heap_grow( sources->items, ( sources->count ? 2 * sources->count : 1 ) * sizeof( struct source ) );
    sources->items[sources->count] = ( struct source ){ .name = name, .hash = path_name_hash( name ) };
    return &sources->items[sources->count++];
}

/* A pattern ignores case, unless it stands in a Linux path. */
static bool fits_letter( WCHAR pattern, WCHAR letter, bool exact )
{
    return pattern == '?' || pattern == letter || ( !exact && towupper( pattern ) == towupper( letter ) );
}

/* Where the letters behind a * do not fit, the * takes one letter more. Only the last * can have to take more. */
static bool fits( const WCHAR *pattern, const WCHAR *name, bool exact )
{
    const WCHAR *star = NULL, *taken = NULL;

    while (*name)
    {
        if (*pattern == '*')
        {
            star = ++pattern;
            taken = name;
        }
        else if (*pattern && fits_letter( *pattern, *name, exact )) pattern++, name++;
        else if (star)
        {
            pattern = star;
            name = ++taken;
        }
        else return false;
    }
    while (*pattern == '*') pattern++;
    return !*pattern;
}

/* Adds the names that fit the pattern, or the pattern itself as unmatched. */
static void expand( struct sources *sources, const WCHAR *operand, bool with_folders )
{
    size_t head = path_head( operand );
    WCHAR *folder = heap_text( operand ), *path;
    struct listing listing = { 0 };
    unsigned int before = sources->count;

    folder[head] = 0;
    path = path_exact( head ? folder : L"." );
    if (listing_read( &listing, path ))
    {
        for (size_t i = 0; i < listing.count; i++)
        {
            const struct listed *item = &listing.items[i];

            if (!fits( operand + head, item->name, operand[0] == '/' )) continue;
            if (item->attributes & FILE_ATTRIBUTE_DIRECTORY && !with_folders) continue;
            add( sources, head ? path_into( folder, item->name ) : heap_text( item->name ) )->matched = true;
        }
        listing_free( &listing );
    }
    if (sources->count == before) add( sources, heap_text( operand ) )->unmatched = true;
    sources->expanded = true;
    free( folder );
    free( path );
}

static bool is_pattern( const WCHAR *operand )
{
    return wcspbrk( operand + path_head( operand ), L"*?" ) && !path_exists( operand );
}

void sources_expand( struct sources *sources, WCHAR **operands, unsigned int count, bool with_folders )
{
    *sources = ( struct sources ){ 0 };
    for (unsigned int i = 0; i < count; i++)
    {
        if (is_pattern( operands[i] )) expand( sources, operands[i], with_folders );
        else add( sources, heap_text( operands[i] ) );
    }
}

void sources_free( struct sources *sources )
{
    for (unsigned int i = 0; i < sources->count; i++) free( sources->items[i].name );
    free( sources->items );
}
