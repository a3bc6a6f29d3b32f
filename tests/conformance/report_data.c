/* SPDX-License-Identifier: MIT */

/* This writes the reports that other programs read: JUnit's XML and JSON. */

#include "conformance.h"

#include <string.h>

static void junit_case( FILE *file, const struct entry *entry )
{
    fprintf( file, "  <testcase classname=\"%s\" name=\"%s\" time=\"%u.%03u\"", entry->program->name, entry->one->name,
             entry->milliseconds / 1000, entry->milliseconds % 1000 );
    switch (entry->outcome)
    {
    case OUTCOME_SKIP:
    case OUTCOME_TODO:
        fputs( "><skipped message=\"", file );
        put_xml_text( file, entry->outcome == OUTCOME_TODO ? "not yet" : entry->reason );
        fputs( "\"/></testcase>\n", file );
        break;
    case OUTCOME_FAIL:
        fputs( "><failure message=\"", file );
        put_xml_text( file, entry->reason[0] ? entry->reason : "a claim does not hold" );
        fputs( "\">", file );
        put_xml_text( file, entry->said );
        fputs( "</failure></testcase>\n", file );
        break;
    default: fputs( "/>\n", file ); break;
    }
}

void junit_write( FILE *file, const struct catalogue *catalogue, const struct subject *subject )
{
    fputs( "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"CopyFile2 of ", file );
    put_xml_text( file, subject->dll );
    fprintf( file, "\" tests=\"%u\" failures=\"%u\" skipped=\"%u\">\n", (unsigned int)catalogue->count,
             count_of( catalogue, OUTCOME_FAIL ),
             count_of( catalogue, OUTCOME_SKIP ) + count_of( catalogue, OUTCOME_TODO ) );
    for (size_t i = 0; i < catalogue->count; i++) junit_case( file, &catalogue->entries[i] );
    fputs( "</testsuite>\n", file );
}

static void json_member( FILE *file, const char *name, const char *text )
{
    fprintf( file, "\"%s\": ", name );
    put_json_text( file, text );
    fputs( ", ", file );
}

static void json_case( FILE *file, const struct entry *entry )
{
    const struct test_case *claim = claim_of_case( entry->one );
    char name[256];

    snprintf( name, sizeof( name ), "%s.%s", entry->program->name, entry->one->name );
    fputs( "  {", file );
    json_member( file, "case", name );
    json_member( file, "row", entry->one->row );
    json_member( file, "sure", claim ? claim->sure : "-" );
    json_member( file, "profile", entry->one->own ? "own" : "windows" );
    json_member( file, "result", outcome_name( entry->outcome ) );
    json_member( file, "reason", entry->reason );
    json_member( file, "said", entry->said );
    fprintf( file, "\"milliseconds\": %u}", entry->milliseconds );
}

/* One case is one line, so that awk can read it as well. */
void json_write( FILE *file, const struct catalogue *catalogue, const struct subject *subject )
{
    fputs( "{", file );
    json_member( file, "version", PACKAGE_VERSION );
    json_member( file, "dll", subject->dll );
    json_member( file, "engine", subject->ours ? "ours" : "other" );
    json_member( file, "system", subject->system );
    json_member( file, "file_system", subject->file_system );
    fprintf( file, "\"bits\": %u, \"passed\": %u, \"failed\": %u, \"not_yet\": %u, \"skipped\": %u, \"cases\": [\n",
             subject->bits, count_of( catalogue, OUTCOME_PASS ), count_of( catalogue, OUTCOME_FAIL ),
             count_of( catalogue, OUTCOME_TODO ), count_of( catalogue, OUTCOME_SKIP ) );
    for (size_t i = 0; i < catalogue->count; i++)
    {
        json_case( file, &catalogue->entries[i] );
        fputs( i + 1 < catalogue->count ? ",\n" : "\n", file );
    }
    fputs( "]}\n", file );
}
