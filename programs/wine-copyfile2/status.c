/* SPDX-License-Identifier: MIT */

/* What the user wants to know about a prefix. Nothing is changed, and Wine is not started. */

#include "status.h"
#include "message.h"
#include "prepare.h"
#include "registry.h"
#include "state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_files( const struct state *state )
{
    for (size_t i = 0; i < state->count; i++)
    {
        const struct state_entry *entry = &state->entries[i];

        if (entry->role == STATE_SOURCE || entry->role == STATE_SHIPPED) printf( "  from  %s\n", entry->path );
        if (entry->role == STATE_INSTALLED) printf( "  made  %s\n", entry->path );
    }
}

bool status_print( const struct prefix *prefix, const struct wine *wine )
{
    char *change = prepare_find_change( prefix, wine, true );
    struct state state;
    bool recorded = state_load( &state, prefix->state );

    printf( "wine: %s\n", wine->command );
    printf( "prefix: %s%s\n", prefix->root, prefix_exists( prefix ) ? "" : " (does not exist yet)" );
    if (!recorded) puts( "state: not prepared" );
    else if (change) printf( "state: stale: %s\n", change );
    else puts( "state: ready" );
    if (recorded)
        printf( "functions: %s\n",
                strcmp( state.context[STATE_FUNCTIONS], STATE_FUNCTIONS_ALL )
                    ? "CopyFile2"
                    : "CopyFile2, CopyFile, CopyFileEx, MoveFile, MoveFileEx, MoveFileWithProgress" );
    printf( "enabled for all programs: %s\n", registry_is_set( prefix ) ? "yes" : "no" );
    if (recorded) print_files( &state );
    state_free( &state );
    free( change );
    return !change;
}
