/* SPDX-License-Identifier: MIT */

/* The record of what was put into a prefix and of all that it was made from: a text file, one line a file. */

#include "state.h"
#include "atomic_file.h"
#include "message.h"
#include "shipped.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The number changes when what is put into a prefix changes, or the record itself. */
#define FIRST_LINE "wine-copyfile2 prefix 2"

static const char *const roles[STATE_ROLES] = {
    [STATE_WINE] = "wine",           [STATE_SOURCE] = "source", [STATE_SHIPPED] = "shipped",
    [STATE_INSTALLED] = "installed", [STATE_ABSENT] = "absent", [STATE_FOLDER] = "folder",
};

static const char *const contexts[STATE_CONTEXTS] = {
    [STATE_COMMAND] = "command", [STATE_LOADER] = "loader",       [STATE_OURS] = "ours",
    [STATE_PREFIX] = "prefix",   [STATE_FUNCTIONS] = "functions",
};

static void append( struct state *state, const struct state_entry *entry )
{
    state->entries = realloc( state->entries, ( state->count + 1 ) * sizeof( *entry ) );
    if (!state->entries) abort();
    state->entries[state->count++] = *entry;
}

void state_begin( struct state *state, const char *command, const char *prefix, const char *functions )
{
    const char *loader = getenv( "WINELOADER" );

    memset( state, 0, sizeof( *state ) );
    state->context[STATE_COMMAND] = text_copy( command );
    state->context[STATE_LOADER] = text_copy( loader ? loader : "" );
    state->context[STATE_OURS] = shipped_folder();
    state->context[STATE_PREFIX] = text_copy( prefix );
    state->context[STATE_FUNCTIONS] = text_copy( functions );
}

void state_add( struct state *state, enum state_role role, const char *path, struct stamp stamp, uint64_t hash )
{
    append( state, &( struct state_entry ){ role, stamp, hash, text_copy( path ) } );
}

void state_free( struct state *state )
{
    for (size_t i = 0; i < state->count; i++) free( state->entries[i].path );
    for (unsigned int i = 0; i < STATE_CONTEXTS; i++) free( state->context[i] );
    free( state->entries );
    memset( state, 0, sizeof( *state ) );
}

/* ---- the file ---------------------------------------------------------------------------------------------------- */

static bool read_entry( struct state *state, const char *line )
{
    struct state_entry entry;
    char role[16];
    int at = 0;

    if (sscanf( line, "%15s %" SCNd64 " %" SCNd64 " %" SCNx64 " %n", role, &entry.stamp.size, &entry.stamp.time,
                &entry.hash, &at ) != 4 ||
        !line[at])
        return false;
    for (entry.role = 0; entry.role < STATE_ROLES; entry.role++)
    {
        if (strcmp( role, roles[entry.role] )) continue;
        entry.path = text_copy( line + at );
        append( state, &entry );
        return true;
    }
    return false;
}

static bool read_lines( struct state *state, char *text )
{
    char *rest, *line = strtok_r( text, "\n", &rest );

    if (!line || strcmp( line, FIRST_LINE )) return false;
    for (unsigned int i = 0; i < STATE_CONTEXTS; i++)
    {
        size_t length = strlen( contexts[i] );

        line = strtok_r( NULL, "\n", &rest );
        if (!line || strncmp( line, contexts[i], length ) || line[length] != ' ') return false;
        state->context[i] = text_copy( line + length + 1 );
    }
    while (( line = strtok_r( NULL, "\n", &rest ) ))
        if (!read_entry( state, line )) return false;
    return state->count > 0;
}

bool state_load( struct state *state, const char *path )
{
    struct bytes bytes;
    bool done;

    memset( state, 0, sizeof( *state ) );
    if (!file_read( path, &bytes )) return false;
    bytes.data[bytes.size] = 0;
    done = read_lines( state, (char *)bytes.data );
    free( bytes.data );
    if (!done) state_free( state );
    return done;
}

bool state_save( const struct state *state, const char *path )
{
    char *text;
    size_t size;
    FILE *file = open_memstream( &text, &size );
    bool done;

    if (!file) return false;
    fprintf( file, FIRST_LINE "\n" );
    for (unsigned int i = 0; i < STATE_CONTEXTS; i++) fprintf( file, "%s %s\n", contexts[i], state->context[i] );
    for (size_t i = 0; i < state->count; i++)
    {
        const struct state_entry *entry = &state->entries[i];

        fprintf( file, "%s %" PRId64 " %" PRId64 " %" PRIx64 " %s\n", roles[entry->role], entry->stamp.size,
                 entry->stamp.time, entry->hash, entry->path );
    }
    if (fclose( file )) return false;
    done = atomic_file_write( path, text, size, 0644 );
    free( text );
    return done;
}

/* ---- comparing --------------------------------------------------------------------------------------------------- */

static char *find_change( const struct state_entry *entry )
{
    struct stamp stamp = file_stamp( entry->path );

    if (entry->role == STATE_ABSENT) return stamp.size < 0 ? NULL : text_format( "%s has appeared", entry->path );
    if (stamp_equal( stamp, entry->stamp )) return NULL;
    return text_format( stamp.size < 0 ? "%s is gone" : "%s has changed", entry->path );
}

char *state_find_change( const struct state *state, const struct state *now )
{
    char *change;

    for (unsigned int i = 0; i < STATE_CONTEXTS; i++)
        if (strcmp( state->context[i], now->context[i] ))
            return text_format( "it was prepared with %s %s: %s", i == STATE_FUNCTIONS ? "other" : "another",
                                contexts[i], state->context[i] );
    for (size_t i = 0; i < state->count; i++)
        if (( change = find_change( &state->entries[i] ) )) return change;
    return NULL;
}

char *state_find_damage( const struct state *state )
{
    for (size_t i = 0; i < state->count; i++)
    {
        const struct state_entry *entry = &state->entries[i];
        struct bytes bytes;
        uint64_t hash;

        if (!entry->hash) continue;
        if (!file_read( entry->path, &bytes )) return text_format( "%s cannot be read", entry->path );
        hash = bytes_hash( bytes );
        free( bytes.data );
        if (hash != entry->hash) return text_format( "%s has changed", entry->path );
    }
    return NULL;
}
