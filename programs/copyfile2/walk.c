/* SPDX-License-Identifier: MIT */

/* This file copies a folder with all that is in it. Each folder is made before what is in it, and each thing is one
 * call of CopyFile2. */

#include "walk.h"
#include "copy.h"
#include "heap.h"
#include "listing.h"
#include "paths.h"
#include "reason.h"

#include <stdlib.h>

/* Under Wine, CopyFile2 copies a file of up to this size without a handle of the destination, if it
 * gets no callback. */
#define SMALL_SIZE ( 256 * 1024 )

static void walk_entry( struct run *run, const struct entry *entry, bool is_folder );

static void walk_children( struct run *run, const struct entry *entry )
{
    struct listing listing;

    if (!listing_read( &listing, entry->source_path ))
    {
        copy_refuse( run, entry, HRESULT_FROM_WIN32( GetLastError() ), NULL );
        return;
    }
    for (size_t i = 0; i < listing.count && !copy_is_over( run ); i++)
    {
        const struct listed *item = &listing.items[i];
        WCHAR *source = path_into( entry->source, item->name ),
              *destination = path_into( entry->destination, item->name );
        WCHAR *source_path = path_join( entry->source_path, item->name );
        WCHAR *destination_path = path_join( entry->destination_path, item->name );
        struct entry child = { .source = source,
                               .destination = destination,
                               .source_path = source_path,
                               .destination_path = destination_path,
                               .size = item->size,
                               .in_folder = true };
        bool is_folder = item->attributes & FILE_ATTRIBUTE_DIRECTORY;

        child.marked = item->attributes & FILE_ATTRIBUTE_REPARSE_POINT;
        child.small = item->size <= SMALL_SIZE;
        walk_entry( run, &child, is_folder );
        free( source );
        free( destination );
        free( source_path );
        free( destination_path );
    }
    listing_free( &listing );
}

static void walk_entry( struct run *run, const struct entry *entry, bool is_folder )
{
    if (!is_folder)
    {
        copy_file( run, entry );
        return;
    }
    if (!copy_folder( run, entry )) return;
    /* A junction is followed, and may lead to a folder that is being walked. */
    if (entry->marked && reason_is_loop( entry ))
        copy_refuse( run, entry, HRESULT_FROM_WIN32( ERROR_CANT_RESOLVE_FILENAME ),
                     L"leads back to a folder above it" );
    else walk_children( run, entry );
}

void walk_copy( struct run *run, const struct entry *entry )
{
    if (reason_is_into_itself( entry ))
        copy_refuse( run, entry, HRESULT_FROM_WIN32( ERROR_SHARING_VIOLATION ),
                     L"a folder cannot be copied into itself" );
    else if (copy_folder( run, entry )) walk_children( run, entry );
}

static void measure( struct run *run, const WCHAR *path )
{
    struct listing listing;

    /* The copy tells what is wrong with a folder that cannot be read. */
    if (copy_is_over( run ) || !listing_read( &listing, path )) return;
    for (size_t i = 0; i < listing.count; i++)
    {
        const struct listed *item = &listing.items[i];
        WCHAR *inner;

        if (!( item->attributes & FILE_ATTRIBUTE_DIRECTORY )) progress_bar_expect( &run->bar, item->size );
        else if (!( item->attributes & FILE_ATTRIBUTE_REPARSE_POINT ))
        {
            inner = path_join( path, item->name );
            measure( run, inner );
            free( inner );
        }
    }
    listing_free( &listing );
}

void walk_measure( struct run *run, const WCHAR *source )
{
    WCHAR *path = path_exact( source );

    measure( run, path );
    free( path );
}
