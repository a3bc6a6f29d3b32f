/* SPDX-License-Identifier: MIT */

/* The progress bar is one line on the console that is drawn again and again while files are copied. */

#include "progress_bar.h"
#include "amount.h"
#include "columns.h"
#include "heap.h"
#include "output.h"
#include "paths.h"
#include "stopwatch.h"

#include <stdlib.h>
#include <wchar.h>

/* A copy that is over at once needs no bar, and nobody reads more than ten lines a second. Both are in seconds. */
#define FIRST_DRAW 0.25
#define NEXT_DRAW  0.1

/* The rate is an average over about so many seconds. Such a rate is calm enough to read, and soon tells when a full
 * cache begins to be written out. */
#define RATE_SPAN 3.0

/* Wine 8 does not hear of a window that is made narrower. So even in a wide window the line goes beyond this only where
 * the name of the file needs it. */
#define LINE_MAX 77
#define BAR_MIN  8
#define BAR_MAX  24

/* The bar has a blank before it, and two brackets. */
#define BAR_EDGES 3

/* A shorter piece of a name tells nothing. The blank before it is counted. */
#define NAME_MIN 9

/* A narrower line has no room for the bytes and their total, nor for the word "left". */
#define WIDE_MIN 62

#define LINE_SIZE 512

void progress_bar_init( struct progress_bar *bar, bool wanted )
{
    *bar = ( struct progress_bar ){ .wanted = wanted, .started = stopwatch_seconds() };
    bar->drawn = bar->started;
}

void progress_bar_expect( struct progress_bar *bar, uint64_t size )
{
    bar->total += size;
    bar->count++;
}

void progress_bar_next_file( struct progress_bar *bar, const WCHAR *name, uint64_t expected_size )
{
    bar->number++;
    bar->name = name;
    bar->size = expected_size;
    bar->done = 0;
}

/* At first the rate is the average since the start; with time it becomes the average of the last seconds. */
static void measure_rate( struct progress_bar *bar, double now )
{
    double elapsed = now - bar->drawn, span = now - bar->started, rate = 0;
    uint64_t done = bar->finished + bar->done;

    /* After a failure there are fewer bytes than before, because those of the failed file do not count. */
    if (done > bar->drawn_done) rate = (double)( done - bar->drawn_done ) / elapsed;
    if (span > RATE_SPAN) span = RATE_SPAN;
    bar->rate += ( rate - bar->rate ) * ( elapsed < span ? elapsed / span : 1 );
    bar->drawn = now;
    bar->drawn_done = done;
    bar->draws++;
}

/* The numbers have fixed widths, so that the eye finds each where it was. */
static void format_numbers( const struct progress_bar *bar, uint64_t all_done, bool wide, WCHAR text[LINE_SIZE] )
{
    WCHAR done[AMOUNT_SIZE], total[AMOUNT_SIZE], rate[AMOUNT_SIZE], left[AMOUNT_SIZE] = L"-:--";

    amount_of_bytes( (double)all_done, done );
    amount_of_bytes( (double)bar->total, total );
    amount_of_bytes( bar->rate, rate );
    /* At the first draw too little is known to foretell the end. */
    if (bar->rate && bar->draws > 1) amount_of_time( (double)( bar->total - all_done ) / bar->rate, left );
    if (wide) swprintf( text, LINE_SIZE, L" %8ls of %ls %8ls/s %5ls left", done, total, rate, left );
    else swprintf( text, LINE_SIZE, L" %8ls/s %5ls", rate, left );
}

static void format_bar( double share, int width, WCHAR text[LINE_SIZE] )
{
    int filled = (int)( share * width ), at = 0;

    text[at++] = ' ';
    text[at++] = '[';
    for (int i = 0; i < width; i++) text[at++] = i < filled ? '=' : i == filled ? '>' : ' ';
    text[at++] = ']';
    text[at] = 0;
}

/* Answers how wide the bar is to be, or 0. A long name makes the bar narrower, down to BAR_MIN. Where there is no room
 * for both, the name stays, because the number of percent tells as much as the bar. */
static int bar_width( int rest, int name_columns )
{
    int width = rest - BAR_EDGES - name_columns;

    if (width > BAR_MAX) return BAR_MAX;
    if (width >= BAR_MIN) return width;
    return rest - BAR_EDGES - BAR_MIN >= NAME_MIN ? BAR_MIN : 0;
}

/* Sets text to a blank and the name, in so many columns, or to nothing when these are too few. */
static void format_name( const WCHAR *name, int columns, WCHAR text[LINE_SIZE] )
{
    text[0] = 0;
    if (columns < NAME_MIN && columns <= columns_of( name )) return;
    wcscpy( text, L" " );
    columns_cut( name, columns - 1, text + 1, LINE_SIZE - 1 );
}

static void draw( const struct progress_bar *bar )
{
    uint64_t done = bar->finished + bar->done;
    double share = (double)done / (double)bar->total;
    int room = output_room(), used, width;
    WCHAR head[2 * AMOUNT_SIZE] = L"", numbers[LINE_SIZE], middle[LINE_SIZE] = L"", text[LINE_SIZE] = L"";
    WCHAR line[4 * LINE_SIZE], *name = heap_text( bar->name + path_head( bar->name ) );

    output_mask( name );
    if (bar->count > 1) swprintf( head, AMOUNT_SIZE, L"%u/%u ", bar->number, bar->count );
    swprintf( head + wcslen( head ), AMOUNT_SIZE, L"%3u%%", (unsigned int)( share * 100 ) );
    format_numbers( bar, done, room >= WIDE_MIN, numbers );
    used = columns_of( head ) + columns_of( numbers );
    if (used > room) numbers[0] = 0;
    else
    {
        width = bar_width( ( room < LINE_MAX ? room : LINE_MAX ) - used, columns_of( name ) + 1 );
        if (width) format_bar( share, width, middle );
        format_name( name, room - used - columns_of( middle ), text );
    }
    free( name );
    swprintf( line, ARRAYSIZE( line ), L"%ls%ls%ls%ls", head, middle, numbers, text );
    if (columns_of( line ) <= room) output_draw( line );
}

/* The size that is known in advance leaves out a file's named streams. The messages tell the whole size. */
static void set_size( struct progress_bar *bar, uint64_t size )
{
    bar->total += size - bar->size;
    bar->size = size;
}

void progress_bar_message( struct progress_bar *bar, const COPYFILE2_MESSAGE *message )
{
    double now;

    switch (message->Type)
    {
    case COPYFILE2_CALLBACK_STREAM_STARTED:
        set_size( bar, message->Info.StreamStarted.uliTotalFileSize.QuadPart );
        return;
    case COPYFILE2_CALLBACK_CHUNK_FINISHED:
        set_size( bar, message->Info.ChunkFinished.uliTotalFileSize.QuadPart );
        bar->done = message->Info.ChunkFinished.uliTotalBytesTransferred.QuadPart;
        break;
    default: return;
    }

    if (!bar->wanted || !bar->total || bar->finished + bar->done > bar->total) return;
    now = stopwatch_seconds();
    if (now - bar->drawn < NEXT_DRAW || now - bar->started < FIRST_DRAW) return;
    measure_rate( bar, now );
    draw( bar );
}

void progress_bar_end_file( struct progress_bar *bar, bool copied )
{
    /* A file that failed does not count as work, and neither do bytes that a source has lost meanwhile. */
    set_size( bar, copied ? bar->done : 0 );
    bar->finished += bar->size;
    bar->size = bar->done = 0;
}
