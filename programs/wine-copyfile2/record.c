/* SPDX-License-Identifier: MIT */

/* The record tells what was put into a prefix, and all that this was made from. The file is a text: a first line, one
 * line for each condition, and one for each file. */

#include "record.h"
#include "atomic_file.h"
#include "message.h"
#include "shipped.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The number changes when the form of the record changes, or what is put into a prefix. So an older record is not read,
 * and the prefix is prepared again. */
#define FIRST_LINE "wine-copyfile2 prefix 3"

static const char *const role_names[RECORD_ROLES] = {
    [RECORD_WINE] = "wine",           [RECORD_SOURCE] = "source", [RECORD_SHIPPED] = "shipped",
    [RECORD_INSTALLED] = "installed", [RECORD_ABSENT] = "absent", [RECORD_FOLDER] = "folder",
};

static const char *const condition_names[RECORD_LINES] = {
    [RECORD_COMMAND] = "command", [RECORD_LOADER] = "loader",       [RECORD_OURS] = "ours",
    [RECORD_PREFIX] = "prefix",   [RECORD_FUNCTIONS] = "functions", [RECORD_SECTIONS] = "sections",
};

static void append( struct record *record, const struct record_entry *entry )
{
    record->entries = realloc( record->entries, ( record->count + 1 ) * sizeof( *entry ) );
    if (!record->entries) abort();
    record->entries[record->count++] = *entry;
}

void record_begin( struct record *record, const char *command, const char *prefix, const char *functions )
{
    const char *loader = getenv( "WINELOADER" );

    memset( record, 0, sizeof( *record ) );
    record->conditions[RECORD_COMMAND] = text_copy( command );
    record->conditions[RECORD_LOADER] = text_copy( loader ? loader : "" );
    record->conditions[RECORD_OURS] = shipped_folder();
    record->conditions[RECORD_PREFIX] = text_copy( prefix );
    record->conditions[RECORD_FUNCTIONS] = text_copy( functions );
    record->conditions[RECORD_SECTIONS] = text_copy( RECORD_SECTIONS_NO );
}

void record_set_sections( struct record *record )
{
    free( record->conditions[RECORD_SECTIONS] );
    record->conditions[RECORD_SECTIONS] = text_copy( RECORD_SECTIONS_YES );
}

void record_add( struct record *record, enum record_role role, const char *path, struct stamp stamp, uint64_t hash )
{
    append( record, &( struct record_entry ){ .role = role, .stamp = stamp, .hash = hash, .path = text_copy( path ) } );
}

void record_free( struct record *record )
{
    for (size_t i = 0; i < record->count; i++) free( record->entries[i].path );
    for (unsigned int i = 0; i < RECORD_LINES; i++) free( record->conditions[i] );
    free( record->entries );
    memset( record, 0, sizeof( *record ) );
}

/* ---- the file ---------------------------------------------------------------------------------------------------- */

static bool read_entry( struct record *record, const char *line )
{
    struct record_entry entry;
    char role[16];
    int at = 0;

    if (sscanf( line, "%15s %" SCNd64 " %" SCNd64 " %" SCNx64 " %n", role, &entry.stamp.size, &entry.stamp.time,
                &entry.hash, &at ) != 4 ||
        !line[at])
        return false;
    for (entry.role = 0; entry.role < RECORD_ROLES; entry.role++)
    {
        if (strcmp( role, role_names[entry.role] )) continue;
        entry.path = text_copy( line + at );
        append( record, &entry );
        return true;
    }
    return false;
}

static bool read_lines( struct record *record, char *text )
{
    char *rest, *line = strtok_r( text, "\n", &rest );

    if (!line || strcmp( line, FIRST_LINE )) return false;
    for (unsigned int i = 0; i < RECORD_LINES; i++)
    {
        size_t length = strlen( condition_names[i] );

        line = strtok_r( NULL, "\n", &rest );
        if (!line || strncmp( line, condition_names[i], length ) || line[length] != ' ') return false;
        record->conditions[i] = text_copy( line + length + 1 );
    }
    while (( line = strtok_r( NULL, "\n", &rest ) ))
        if (!read_entry( record, line )) return false;
    return record->count > 0;
}

bool record_load( struct record *record, const char *path )
{
    struct bytes bytes;
    bool done;

    memset( record, 0, sizeof( *record ) );
    if (!file_read( path, &bytes )) return false;
    bytes.data[bytes.size] = 0;
    done = read_lines( record, (char *)bytes.data );
    free( bytes.data );
    if (!done) record_free( record );
    return done;
}

/* True means that each value fits into its line. */
static bool is_writable( const struct record *record )
{
    for (unsigned int i = 0; i < RECORD_LINES; i++)
        if (strchr( record->conditions[i], '\n' )) return false;
    for (size_t i = 0; i < record->count; i++)
        if (strchr( record->entries[i].path, '\n' )) return false;
    return true;
}

bool record_save( const struct record *record, const char *path )
{
    char *text;
    size_t size;
    FILE *file;
    bool done;

    errno = EILSEQ;
    if (!is_writable( record ) || !( file = open_memstream( &text, &size ) )) return false;
    fprintf( file, FIRST_LINE "\n" );
    for (unsigned int i = 0; i < RECORD_LINES; i++)
        fprintf( file, "%s %s\n", condition_names[i], record->conditions[i] );
    for (size_t i = 0; i < record->count; i++)
    {
        const struct record_entry *entry = &record->entries[i];

        fprintf( file, "%s %" PRId64 " %" PRId64 " %" PRIx64 " %s\n", role_names[entry->role], entry->stamp.size,
                 entry->stamp.time, entry->hash, entry->path );
    }
    if (fclose( file )) return false;
    done = atomic_file_write( path, text, size, 0644 );
    free( text );
    return done;
}

/* ---- comparing --------------------------------------------------------------------------------------------------- */

static char *find_change( const struct record_entry *entry )
{
    struct stamp stamp = file_stamp( entry->path );

    if (entry->role == RECORD_ABSENT) return stamp.size < 0 ? NULL : text_format( "%s has appeared", entry->path );
    if (stamp_equal( stamp, entry->stamp )) return NULL;
    return text_format( stamp.size < 0 ? "%s is gone" : "%s has changed", entry->path );
}

char *record_find_change( const struct record *record, const struct record *wanted )
{
    char *change;

    for (unsigned int i = 0; i < RECORD_CONDITIONS; i++)
        if (strcmp( record->conditions[i], wanted->conditions[i] ))
            return text_format( "it was prepared with %s %s: %s", i == RECORD_FUNCTIONS ? "other" : "another",
                                condition_names[i], record->conditions[i] );
    for (size_t i = 0; i < record->count; i++)
        if (( change = find_change( &record->entries[i] ) )) return change;
    return NULL;
}

char *record_find_damage( const struct record *record )
{
    for (size_t i = 0; i < record->count; i++)
    {
        const struct record_entry *entry = &record->entries[i];
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
