/* SPDX-License-Identifier: MIT */

/* This file keeps the set of the names in one directory. A name is found by its fold, which all its spellings have in
 * common. The set holds the names' bytes, so that an event can be repeated without harm. */

#include "unix/names.h"

#include <stdlib.h>
#include <string.h>

struct host_names_entry
{
    struct host_names_entry *next;
    uint64_t fold;
    uint8_t size;
    char name[];
};

#define ALLOCATION_COST ( 2 * sizeof( size_t ) )

static size_t cost_of( size_t size )
{
    return offsetof( struct host_names_entry, name ) + size + ALLOCATION_COST;
}

static struct host_names_entry **bucket_of( const struct host_names *names, uint64_t fold )
{
    return &names->buckets[fold & ( names->bucket_count - 1 )];
}

static bool grow( struct host_names *names )
{
    struct host_names bigger = *names;

    bigger.bucket_count = names->bucket_count ? names->bucket_count * 2 : 64;
    bigger.buckets = calloc( bigger.bucket_count, sizeof( *bigger.buckets ) );
    if (!bigger.buckets) return false;
    bigger.memory += ( bigger.bucket_count - names->bucket_count ) * sizeof( *bigger.buckets );

    for (size_t i = 0; i < names->bucket_count; i++)
    {
        struct host_names_entry *entry = names->buckets[i];

        while (entry)
        {
            struct host_names_entry *next = entry->next, **bucket = bucket_of( &bigger, entry->fold );

            entry->next = *bucket;
            *bucket = entry;
            entry = next;
        }
    }
    free( names->buckets );
    *names = bigger;
    return true;
}

static size_t has_colon( const struct host_names_entry *entry )
{
    return memchr( entry->name, ':', entry->size ) != NULL;
}

/* Answers the pointer that points to the name's entry, or the NULL pointer at which the entry would be added. */
static struct host_names_entry **find( const struct host_names *names, uint64_t fold, const char *name, size_t size )
{
    struct host_names_entry **link = bucket_of( names, fold );

    while (*link && ( ( *link )->fold != fold || ( *link )->size != size || memcmp( ( *link )->name, name, size ) ))
        link = &( *link )->next;
    return link;
}

bool host_names_add( struct host_names *names, const char *name, size_t size )
{
    uint64_t fold = host_fold_of_bytes( name, size );
    struct host_names_entry **link, *entry;

    if (size > HOST_NAME_BYTES) return false;
    if (names->count >= names->bucket_count && !grow( names )) return false;
    link = find( names, fold, name, size );
    if (*link) return true;

    entry = malloc( offsetof( struct host_names_entry, name ) + size );
    if (!entry) return false;
    entry->next = NULL;
    entry->fold = fold;
    entry->size = (uint8_t)size;
    memcpy( entry->name, name, size );
    *link = entry;
    names->count++;
    names->colons += has_colon( entry );
    names->memory += cost_of( size );
    return true;
}

void host_names_remove( struct host_names *names, const char *name, size_t size )
{
    struct host_names_entry **link, *entry;

    if (!names->count) return;
    link = find( names, host_fold_of_bytes( name, size ), name, size );
    entry = *link;
    if (!entry) return;
    *link = entry->next;
    names->count--;
    names->colons -= has_colon( entry );
    names->memory -= cost_of( entry->size );
    free( entry );
}

bool host_names_add_all( struct host_names *names, const struct host_names *other )
{
    for (size_t i = 0; i < other->bucket_count; i++)
        for (const struct host_names_entry *entry = other->buckets[i]; entry; entry = entry->next)
            if (!host_names_add( names, entry->name, entry->size )) return false;
    return true;
}

void host_names_remove_all( struct host_names *names, const struct host_names *other )
{
    for (size_t i = 0; i < other->bucket_count; i++)
        for (const struct host_names_entry *entry = other->buckets[i]; entry; entry = entry->next)
            host_names_remove( names, entry->name, entry->size );
}

bool host_names_have( const struct host_names *names, uint64_t fold )
{
    if (!names->count) return false;
    for (const struct host_names_entry *entry = *bucket_of( names, fold ); entry; entry = entry->next)
        if (entry->fold == fold) return true;
    return false;
}

void host_names_free( struct host_names *names )
{
    for (size_t i = 0; i < names->bucket_count; i++)
    {
        while (names->buckets[i])
        {
            struct host_names_entry *entry = names->buckets[i];

            names->buckets[i] = entry->next;
            free( entry );
        }
    }
    free( names->buckets );
    *names = ( struct host_names ){ 0 };
}
