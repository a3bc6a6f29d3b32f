/* SPDX-License-Identifier: MIT */

/* This file counts what became of the files, and sums it up. */

#include "tally.h"
#include "amount.h"
#include "output.h"
#include "stopwatch.h"

#define COUNTS_SIZE 256

/* A count of 0 is left out. */
static void add_count( WCHAR counts[COUNTS_SIZE], unsigned int number, const WCHAR *what )
{
    size_t length = wcslen( counts );

    if (number) swprintf( counts + length, COUNTS_SIZE - length, L"%ls%u %ls", length ? L", " : L"", number, what );
}

static unsigned int files( const struct tally *tally )
{
    return tally->cloned + tally->copied + tally->linked;
}

void tally_tell( const struct tally *tally )
{
    double elapsed = stopwatch_seconds() - tally->started;
    WCHAR bytes[AMOUNT_SIZE], rate[AMOUNT_SIZE], counts[COUNTS_SIZE] = L"";

    amount_of_bytes( (double)tally->bytes, bytes );
    amount_of_bytes( (double)tally->bytes / ( elapsed > 0 ? elapsed : 1 ), rate );
    add_count( counts, tally->cloned, L"cloned" );
    add_count( counts, tally->copied, L"copied" );
    add_count( counts, tally->linked, tally->linked == 1 ? L"link" : L"links" );
    add_count( counts, tally->folders, tally->folders == 1 ? L"folder" : L"folders" );
    add_count( counts, tally->skipped, L"skipped" );
    add_count( counts, tally->failed, L"failed" );
    output_note( L"%u %ls, %ls in %.1f s (%ls/s)%ls%ls", files( tally ), files( tally ) == 1 ? L"file" : L"files",
                 bytes, elapsed, rate, counts[0] ? L": " : L"", counts );
}

void tally_tell_failures( const struct tally *tally )
{
    unsigned int all = files( tally ) + tally->skipped + tally->failed + tally->folders;

    if (tally->failed && all > 1) output_error( L"%u of %u failed", tally->failed, all );
}
