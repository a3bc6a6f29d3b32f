/* SPDX-License-Identifier: MIT */

/* This writes the lines that come as the run goes on, and the list of the cases, and has what all reports share. */

#include "conformance.h"

#include <fcntl.h>
#include <io.h>
#include <string.h>

const char *outcome_name( enum outcome outcome )
{
    static const char *const names[] = { "pass", "fail", "todo", "skip", "part" };

    return names[outcome];
}

unsigned int count_of( const struct catalogue *catalogue, enum outcome outcome )
{
    unsigned int count = 0;

    for (size_t i = 0; i < catalogue->count; i++) count += catalogue->entries[i].outcome == outcome;
    return count;
}

FILE *output_open( const char *name )
{
    FILE *file = strcmp( name, "-" ) ? fopen( name, "wb" ) : stdout;

    if (!file) fprintf( stderr, "copyfile2-conformance: cannot write %s\n", name );
    return file;
}

void output_close( FILE *file )
{
    if (file == stdout) fflush( file );
    else fclose( file );
}

/* The output of a case may be in any code page. A byte beyond ASCII becomes the character of that number. */
void put_json_text( FILE *file, const char *text )
{
    fputc( '"', file );
    for (const unsigned char *next = (const unsigned char *)text; *next; next++)
    {
        if (*next == '"' || *next == '\\') fprintf( file, "\\%c", *next );
        else if (*next == '\n') fputs( "\\n", file );
        else if (*next < 0x20 || *next >= 0x7f) fprintf( file, "\\u%04x", *next );
        else fputc( *next, file );
    }
    fputc( '"', file );
}

void put_xml_text( FILE *file, const char *text )
{
    for (const unsigned char *next = (const unsigned char *)text; *next; next++)
    {
        if (strchr( "<>&\"", *next ) || *next >= 0x7f) fprintf( file, "&#%u;", *next );
        else if (*next >= 0x20 || *next == '\n') fputc( *next, file );
        else fputc( '?', file );
    }
}

/* Prints a line for each case: its name, its rows, how sure these are, its profile, and the claim of the first row. */
void list_write( const struct catalogue *catalogue )
{
    for (size_t i = 0; i < catalogue->count; i++)
    {
        const struct entry *entry = &catalogue->entries[i];
        const struct test_case *claim = claim_of_case( entry->one );

        printf( "%s.%s\t%s\t%s\t%s\t%s\n", entry->program->name, entry->one->name, entry->one->row,
                claim ? claim->sure : "-", entry->one->own ? "own" : "windows", claim ? claim->claim : "-" );
    }
}

void tap_begin( const struct catalogue *catalogue, const struct subject *subject )
{
    printf( "1..%u\n", (unsigned int)catalogue->count );
    if (subject->by_nt) printf( "# " BY_NT_IN_WORDS "\n" );
    fflush( stdout );
}

void tap_case( const struct entry *entry, unsigned int number )
{
    const bool good = entry->outcome == OUTCOME_PASS || entry->outcome == OUTCOME_SKIP;
    const char *directive = "";

    if (entry->outcome == OUTCOME_TODO) directive = " # TODO under Wine";
    if (entry->outcome == OUTCOME_SKIP) directive = " # SKIP ";
    fputs( entry->said, stdout );
    if (entry->outcome == OUTCOME_FAIL && entry->reason[0]) printf( "# %s\n", entry->reason );
    printf( "%s %u - %s.%s (row %s)%s%s\n", good ? "ok" : "not ok", number, entry->program->name, entry->one->name,
            entry->one->row, directive, entry->outcome == OUTCOME_SKIP ? entry->reason : "" );
    fflush( stdout );
}

void tap_end( const struct catalogue *catalogue )
{
    printf( "# %u passed, %u failed, %u not yet, %u skipped\n", count_of( catalogue, OUTCOME_PASS ),
            count_of( catalogue, OUTCOME_FAIL ), count_of( catalogue, OUTCOME_TODO ),
            count_of( catalogue, OUTCOME_SKIP ) );
    fflush( stdout );
}

/* Prints what was observed, without the marks of a comment. */
void probe_write( const struct entry *entry )
{
    printf( "## %s: %s\n\n", entry->one->name, entry->one->claim );
    for (const char *line = entry->said; *line;)
    {
        size_t length = strcspn( line, "\n" ), mark = strncmp( line, "# ", 2 ) ? 0 : 2;

        printf( "    %.*s\n", (int)( length - mark ), line + mark );
        line += length + ( line[length] == '\n' );
    }
    if (entry->reason[0]) printf( "    %s\n", entry->reason );
    printf( "\n" );
    fflush( stdout );
}
