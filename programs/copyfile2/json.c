/* SPDX-License-Identifier: MIT */

/* This file prints what happens as lines of JSON on standard output. */

#include "json.h"
#include "error_text.h"
#include "fields.h"
#include "heap.h"
#include "output.h"
#include "stopwatch.h"

#include <stdlib.h>
#include <wchar.h>

/* True means that this is half of a surrogate pair, without the other half beside it. */
static bool is_lone( const WCHAR *text, size_t at )
{
    bool first = text[at] >= 0xd800 && text[at] < 0xdc00, second = text[at] >= 0xdc00 && text[at] < 0xe000;

    if (first) return text[at + 1] < 0xdc00 || text[at + 1] >= 0xe000;
    return second && ( !at || text[at - 1] < 0xd800 || text[at - 1] >= 0xdc00 );
}

/* Answers the text as a JSON string, with its quotes; for free(). Half a surrogate pair cannot be written in UTF-8, so
 * its number is written. */
static WCHAR *quoted( const WCHAR *text )
{
    WCHAR *string = heap_get( ( 6 * wcslen( text ) + 3 ) * sizeof( *string ) ), *end = string;

    *end++ = '"';
    for (size_t i = 0; text[i]; i++)
    {
        if (text[i] < 0x20 || text[i] == 0x7f || is_lone( text, i ))
        {
            swprintf( end, 7, L"\\u%04x", (unsigned int)text[i] );
            end += 6;
            continue;
        }
        if (text[i] == '"' || text[i] == '\\') *end++ = '\\';
        *end++ = text[i];
    }
    wcscpy( end, L"\"" );
    return string;
}

/* Other programs may write to the same pipe, so each line is put together here and is one write. */
struct line
{
    WCHAR *text;
    size_t length;
};

static void add( struct line *line, const WCHAR *text )
{
    size_t length = wcslen( text );

    line->text = heap_grow( line->text, ( line->length + length + 1 ) * sizeof( *text ) );
    wcscpy( line->text + line->length, text );
    line->length += length;
}

static void add_pair( struct line *line, const WCHAR *name, const WCHAR *text )
{
    WCHAR *string = quoted( text );

    add( line, L",\"" );
    add( line, name );
    add( line, L"\":" );
    add( line, string );
    free( string );
}

static struct line begin( const WCHAR *type )
{
    struct line line = { 0 };

    add( &line, L"{\"type\":\"" );
    add( &line, type );
    add( &line, L"\"" );
    return line;
}

static void print( struct line *line )
{
    add( line, L"}\n" );
    output_print( L"%ls", line->text );
    free( line->text );
}

static void add_names( struct line *line, const struct entry *entry )
{
    add_pair( line, L"source", entry->source );
    add_pair( line, L"destination", entry->destination );
}

void json_begin( const struct entry *entry )
{
    struct line line = begin( L"begin" );

    add_names( &line, entry );
    print( &line );
}

/* Many readers lose digits of a JSON number above 2^53, so a handle is a string. */
static void add_field( struct line *line, const struct field *field )
{
    add( line, L",\"" );
    add( line, field->name );
    add( line, field->plain ? L"\":" : L"\":\"" );
    add( line, field->value );
    if (!field->plain) add( line, L"\"" );
}

void json_message( const COPYFILE2_MESSAGE *message )
{
    struct field fields[FIELDS_MAX];
    unsigned int count = fields_of( message, fields );
    struct line line = begin( fields_type_name( message ) );

    for (unsigned int i = 0; i < count; i++) add_field( &line, &fields[i] );
    print( &line );
}

void json_result( const struct entry *entry, const struct json_result *result )
{
    struct line line = begin( L"end" );
    WCHAR text[ERROR_TEXT_SIZE];

    add_names( &line, entry );
    add_pair( &line, L"result", result->word );
    swprintf( text, ARRAYSIZE( text ), L",\"bytes\":%llu,\"hresult\":\"0x%08lx\"", (unsigned long long)result->bytes,
              (unsigned long)result->hr );
    add( &line, text );
    if (result->phase) add_pair( &line, L"phase", result->phase );
    if (FAILED( result->hr ))
    {
        error_system_text( result->hr, text );
        add_pair( &line, L"error", result->why ? result->why : text );
    }
    print( &line );
}

void json_summary( const struct tally *tally )
{
    output_print( L"{\"type\":\"summary\",\"bytes\":%llu,\"seconds\":%.3f,\"cloned\":%u,\"copied\":%u,\"links\":%u,"
                  L"\"folders\":%u,\"skipped\":%u,\"failed\":%u}\n",
                  (unsigned long long)tally->bytes, stopwatch_seconds() - tally->started, tally->cloned, tally->copied,
                  tally->linked, tally->folders, tally->skipped, tally->failed );
}
