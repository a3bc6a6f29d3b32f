/* SPDX-License-Identifier: MIT */

/* This writes the report for people, in Markdown. */

#include "conformance.h"

#include <stdlib.h>
#include <string.h>

/* Answers what the cases say of a row, or OUTCOME_COUNT when no case of this run holds it. One that fails outweighs all
 * others. A row does not hold when one of its cases was skipped, for then nobody has seen all of the claim. */
static enum outcome outcome_of_row( const struct catalogue *catalogue, unsigned int row )
{
    static const enum outcome by_weight[] = { OUTCOME_FAIL, OUTCOME_TODO, OUTCOME_PART, OUTCOME_PASS, OUTCOME_SKIP };
    bool seen[OUTCOME_COUNT] = { false };

    for (size_t i = 0; i < catalogue->count; i++)
        if (case_holds_row( catalogue->entries[i].one, row )) seen[catalogue->entries[i].outcome] = true;
    if (seen[OUTCOME_PASS] && seen[OUTCOME_SKIP]) seen[OUTCOME_PART] = true;
    for (size_t i = 0; i < ARRAY_SIZE( by_weight ); i++)
        if (seen[by_weight[i]]) return by_weight[i];
    return OUTCOME_COUNT;
}

static void put_head( FILE *file, const struct subject *subject )
{
    SYSTEMTIME now;

    GetSystemTime( &now );
    fprintf( file, "# Conformance of CopyFile2 in %s\n\n", subject->dll );
    fprintf( file, "- engine: %s\n",
             !subject->has_it ? "there is no CopyFile2 in this DLL"
             : subject->ours  ? "copyfile2's own"
                              : "another one" );
    if (subject->by_nt) fprintf( file, "- " BY_NT_IN_WORDS "\n" );
    fprintf( file, "- system: %s, %u-bit program, temporary folder on %s\n", subject->system, subject->bits,
             subject->file_system );
    fprintf( file, "- judged by: copyfile2-conformance %s, on %04u-%02u-%02u\n\n", PACKAGE_VERSION, now.wYear,
             now.wMonth, now.wDay );
}

static void put_count( FILE *file, const char *what, const unsigned int *counts )
{
    fprintf( file, "| %s | %u | %u | %u | %u | %u |\n", what, counts[OUTCOME_PASS], counts[OUTCOME_PART],
             counts[OUTCOME_FAIL], counts[OUTCOME_TODO], counts[OUTCOME_SKIP] );
}

/* Counts the rows whose sureness begins with this letter. */
static void put_row_count( FILE *file, const struct catalogue *catalogue, const char *what, char sure )
{
    unsigned int counts[OUTCOME_COUNT + 1] = { 0 };

    for (unsigned int row = 1; row < ROWS_MAX; row++)
    {
        const struct test_case *claim = claim_of_row( row );

        if (claim && claim->sure[0] == sure) counts[outcome_of_row( catalogue, row )]++;
    }
    put_count( file, what, counts );
}

static void put_counts( FILE *file, const struct catalogue *catalogue )
{
    unsigned int counts[OUTCOME_COUNT];

    for (int i = 0; i < OUTCOME_COUNT; i++) counts[i] = count_of( catalogue, i );
    fputs( "| | hold | in part | fail | not yet | skipped |\n|---|---|---|---|---|---|\n", file );
    put_count( file, "all cases", counts );
    put_row_count( file, catalogue, "claims that were observed on Windows (A)", 'A' );
    put_row_count( file, catalogue, "claims that are documented (B)", 'B' );
    put_row_count( file, catalogue, "claims that were inferred (C)", 'C' );
    put_row_count( file, catalogue, "claims that are our choice (R)", 'R' );
}

/* A bar would end the cell, and an asterisk begin slanted text. */
static void put_cell( FILE *file, const char *text )
{
    for (; *text; text++)
    {
        if (strchr( "|*", *text )) fputc( '\\', file );
        fputc( *text, file );
    }
}

static void put_rows( FILE *file, const struct catalogue *catalogue )
{
    static const char *const words[] = { "holds", "**fails**", "not yet", "skipped", "in part" };

    fputs( "\n| row | claim | sure | result |\n|---|---|---|---|\n", file );
    for (unsigned int row = 1; row < ROWS_MAX; row++)
    {
        const struct test_case *claim = claim_of_row( row );
        enum outcome outcome = outcome_of_row( catalogue, row );

        if (!claim || outcome == OUTCOME_COUNT) continue;
        fprintf( file, "| %u | ", row );
        put_cell( file, claim->claim );
        fprintf( file, " | %s | %s |\n", claim->sure, words[outcome] );
    }
}

static void put_failures( FILE *file, const struct catalogue *catalogue )
{
    for (size_t i = 0; i < catalogue->count; i++)
    {
        const struct entry *entry = &catalogue->entries[i];

        if (entry->outcome != OUTCOME_FAIL) continue;
        fprintf( file, "\n### %s.%s (row %s)\n\n```\n%s", entry->program->name, entry->one->name, entry->one->row,
                 entry->said );
        if (entry->reason[0]) fprintf( file, "%s\n", entry->reason );
        fputs( "```\n", file );
    }
}

static void put_skipped( FILE *file, const struct catalogue *catalogue )
{
    for (size_t i = 0; i < catalogue->count; i++)
    {
        const struct entry *entry = &catalogue->entries[i];

        if (entry->outcome == OUTCOME_SKIP)
            fprintf( file, "- %s.%s: %s\n", entry->program->name, entry->one->name, entry->reason );
    }
}

void report_write( FILE *file, const struct catalogue *catalogue, const struct subject *subject )
{
    put_head( file, subject );
    put_counts( file, catalogue );
    put_rows( file, catalogue );
    if (count_of( catalogue, OUTCOME_FAIL ))
    {
        fputs( "\n## Cases that failed\n", file );
        put_failures( file, catalogue );
    }
    if (count_of( catalogue, OUTCOME_SKIP ))
    {
        fputs( "\n## Cases that were skipped\n\n", file );
        put_skipped( file, catalogue );
    }
}
