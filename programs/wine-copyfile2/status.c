/* SPDX-License-Identifier: MIT */

/* This file tells the user about a prefix. Nothing is changed, and Wine is not started. */

#include "status.h"
#include "message.h"
#include "prepare.h"
#include "registry.h"
#include "record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef PACKAGE_VERSION
#define PACKAGE_VERSION "unknown"
#endif

static void print_files( const struct record *record )
{
    for (size_t i = 0; i < record->count; i++)
    {
        const struct record_entry *entry = &record->entries[i];

        if (entry->role == RECORD_SOURCE || entry->role == RECORD_SHIPPED) printf( "  from  %s\n", entry->path );
        if (entry->role == RECORD_INSTALLED) printf( "  made  %s\n", entry->path );
    }
}

bool status_print_state( const struct prefix *prefix, const struct wine *wine )
{
    char *change = prepare_find_change( prefix, wine, true );
    struct record record;
    bool recorded = record_load( &record, prefix->record );

    printf( "wine-copyfile2: %s\n", PACKAGE_VERSION );
    printf( "wine: %s\n", wine->command );
    printf( "prefix: %s%s\n", prefix->root, prefix_exists( prefix ) ? "" : " (does not exist yet)" );
    if (!recorded) puts( "state: not prepared" );
    else if (change) printf( "state: stale: %s\n", change );
    else puts( "state: ready" );
    if (recorded)
        printf( "functions: %s\n",
                strcmp( record.conditions[RECORD_FUNCTIONS], RECORD_FUNCTIONS_ALL )
                    ? "CopyFile2"
                    : "CopyFile2, CopyFile, CopyFileEx, MoveFile, MoveFileEx, MoveFileWithProgress" );
    printf( "enabled for all programs: %s\n", registry_is_set( prefix ) ? "yes" : "no" );
    record_free( &record );
    free( change );
    return !change;
}

bool status_print( const struct prefix *prefix, const struct wine *wine )
{
    bool is_ready = status_print_state( prefix, wine );
    struct record record;

    if (record_load( &record, prefix->record )) print_files( &record );
    record_free( &record );
    return is_ready;
}
