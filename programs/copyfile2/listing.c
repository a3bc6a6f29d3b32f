/* SPDX-License-Identifier: MIT */

/* This file lists what a folder has in it. All names are read before the first file is copied, because a copy may
 * change the folder. */

#include "listing.h"
#include "heap.h"
#include "paths.h"

#include <stdlib.h>
#include <wchar.h>

static void add( struct listing *listing, const WIN32_FIND_DATAW *found )
{
    struct listed *item;

    if (!( listing->count & ( listing->count - 1 ) ))
        listing->items = heap_grow( listing->items, ( listing->count ? 2 * listing->count : 1 ) * sizeof( *item ) );
    item = &listing->items[listing->count++];
    item->name = heap_text( found->cFileName );
    item->attributes = found->dwFileAttributes;
    item->size = (uint64_t)found->nFileSizeHigh << 32 | found->nFileSizeLow;
}

static int compare( const void *one, const void *other )
{
    return wcscmp( ( (const struct listed *)one )->name, ( (const struct listed *)other )->name );
}

static const struct listed *find( const struct listing *listing, const WCHAR *name )
{
    struct listed key = { .name = (WCHAR *)name };

    return bsearch( &key, listing->items, listing->count, sizeof( key ), compare );
}

/* Under Wine, a stream of a.txt is a file a.txt:name beside it. CopyFile2 copies that with a.txt. A file such as
 * 12:30.log is no stream unless there is a file 12. Windows allows no colon in a name. */
static bool is_stream( const struct listing *listing, const struct listed *item )
{
    WCHAR *base = heap_text( item->name ), *colon = wcschr( base + 1, ':' );
    const struct listed *owner;

    if (colon) *colon = 0;
    owner = colon ? find( listing, base ) : NULL;
    free( base );
    return owner && !( item->attributes & FILE_ATTRIBUTE_DIRECTORY );
}

static void drop_streams( struct listing *listing )
{
    struct listing kept = { .items = heap_get( ( listing->count + 1 ) * sizeof( *kept.items ) ) };
    struct listing streams = { .items = heap_get( ( listing->count + 1 ) * sizeof( *streams.items ) ) };

    for (size_t i = 0; i < listing->count; i++)
    {
        struct listing *taker = is_stream( listing, &listing->items[i] ) ? &streams : &kept;

        taker->items[taker->count++] = listing->items[i];
    }
    free( listing->items );
    listing_free( &streams );
    *listing = kept;
}

bool listing_read( struct listing *listing, const WCHAR *path )
{
    WCHAR *pattern = path_join( path, L"*" );
    WIN32_FIND_DATAW found;
    HANDLE search = FindFirstFileW( pattern, &found );
    DWORD error;

    free( pattern );
    *listing = ( struct listing ){ 0 };
    if (search == INVALID_HANDLE_VALUE) return GetLastError() == ERROR_FILE_NOT_FOUND;
    do
        if (wcscmp( found.cFileName, L"." ) != 0 && wcscmp( found.cFileName, L".." ) != 0) add( listing, &found );
    while (FindNextFileW( search, &found ));
    error = GetLastError();
    FindClose( search );
    if (error != ERROR_NO_MORE_FILES)
    {
        listing_free( listing );
        SetLastError( error );
        return false;
    }
    if (!listing->count) return true;
    qsort( listing->items, listing->count, sizeof( *listing->items ), compare );
    drop_streams( listing );
    return true;
}

void listing_free( struct listing *listing )
{
    for (size_t i = 0; i < listing->count; i++) free( listing->items[i].name );
    free( listing->items );
    *listing = ( struct listing ){ 0 };
}
