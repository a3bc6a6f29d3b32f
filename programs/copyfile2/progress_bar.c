/* SPDX-License-Identifier: MIT */

/* The progress bar is one line on the console that is drawn again and again while files are copied. A summary follows
 * when all is done. */

#include "progress_bar.h"
#include "amount.h"
#include "output.h"

#include <wchar.h>

/* A copy that is over at once needs no bar, and nobody reads more than ten lines a second. Both are in seconds. */
#define FIRST_DRAW 0.25
#define NEXT_DRAW  0.1

/* The rate is an average over about so many seconds. Such a rate is calm enough to read, and quick enough to tell when
 * a full cache begins to be written out. */
#define RATE_SPAN 3.0

/* Wine 8 does not hear of a window that is made narrower. So even in a wide window the bar is no longer than 80 columns
 * allow. */
#define BAR_MIN 8
#define BAR_MAX 24

#define LINE_SIZE 256

static double seconds_now( void )
{
    LARGE_INTEGER count, frequency;

    QueryPerformanceCounter( &count );
    QueryPerformanceFrequency( &frequency );
    return (double)count.QuadPart / (double)frequency.QuadPart;
}

void progress_bar_init( struct progress_bar *bar, bool wanted, unsigned int count )
{
    *bar = ( struct progress_bar ){ .wanted = wanted, .count = count, .started = seconds_now() };
    bar->drawn = bar->started;
}

void progress_bar_expect( struct progress_bar *bar, uint64_t size )
{
    bar->total += size;
}

void progress_bar_next_file( struct progress_bar *bar, uint64_t expected_size )
{
    bar->number++;
    bar->size = expected_size;
    bar->done = 0;
}

/* At first the rate is the average since the start; with time it becomes the average of late. */
static void measure_rate( struct progress_bar *bar, double now )
{
    double elapsed = now - bar->drawn, span = now - bar->started, rate = 0;
    uint64_t done = bar->finished + bar->done;

    /* There is less than before when a file failed, for its bytes do not count any more. */
    if (done > bar->drawn_done) rate = (double)( done - bar->drawn_done ) / elapsed;
    if (span > RATE_SPAN) span = RATE_SPAN;
    bar->rate += ( rate - bar->rate ) * ( elapsed < span ? elapsed / span : 1 );
    bar->drawn = now;
    bar->drawn_done = done;
    bar->draws++;
}

/* The numbers have fixed widths, so that the eye finds each where it was. Answers the length of the text. */
static int format_numbers( const struct progress_bar *bar, uint64_t all_done, WCHAR *text, int room )
{
    WCHAR done[AMOUNT_SIZE], total[AMOUNT_SIZE], rate[AMOUNT_SIZE], left[AMOUNT_SIZE] = L"-:--";
    WCHAR parts[3][2 * AMOUNT_SIZE + 8];
    int length = 0;

    amount_of_bytes( (double)all_done, done );
    amount_of_bytes( (double)bar->total, total );
    amount_of_bytes( bar->rate, rate );
    /* The first draw has too little to foretell from. */
    if (bar->rate && bar->draws > 1) amount_of_time( (double)( bar->total - all_done ) / bar->rate, left );
    swprintf( parts[0], ARRAYSIZE( parts[0] ), L"  %8ls of %ls", done, total );
    swprintf( parts[1], ARRAYSIZE( parts[1] ), L"  %8ls/s", rate );
    swprintf( parts[2], ARRAYSIZE( parts[2] ), L"  %5ls left", left );

    /* A narrow console has no room for all parts, so the last ones are left out. */
    text[0] = 0;
    for (int i = 0; i < 3 && length + (int)wcslen( parts[i] ) <= room; i++)
    {
        wcscat( text, parts[i] );
        length = (int)wcslen( text );
    }
    return length;
}

static int format_bar( double share, WCHAR *text, int room )
{
    int width = room - 3 > BAR_MAX ? BAR_MAX : room - 3, filled, at = 0;

    text[0] = 0;
    if (width < BAR_MIN) return 0;
    filled = (int)( share * width );
    text[at++] = ' ';
    text[at++] = '[';
    for (int i = 0; i < width; i++) text[at++] = i < filled ? '=' : i == filled ? '>' : ' ';
    text[at++] = ']';
    text[at] = 0;
    return at;
}

static void draw( const struct progress_bar *bar )
{
    uint64_t done = bar->finished + bar->done;
    double share = (double)done / (double)bar->total;
    int room = output_room(), length;
    WCHAR head[2 * AMOUNT_SIZE], numbers[LINE_SIZE], middle[LINE_SIZE], line[3 * LINE_SIZE];

    head[0] = 0;
    if (bar->count > 1) swprintf( head, AMOUNT_SIZE, L"%u/%u ", bar->number, bar->count );
    swprintf( head + wcslen( head ), AMOUNT_SIZE, L"%3u%%", (unsigned int)( share * 100 ) );
    length = (int)wcslen( head );
    if (length > room) return;
    length += format_numbers( bar, done, numbers, room - length );
    format_bar( share, middle, room - length );
    swprintf( line, ARRAYSIZE( line ), L"%ls%ls%ls", head, middle, numbers );
    output_draw( line );
}

/* The size that is known in advance leaves out a file's named streams. The messages tell the true one. */
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
    now = seconds_now();
    if (now - bar->drawn < NEXT_DRAW || now - bar->started < FIRST_DRAW) return;
    measure_rate( bar, now );
    draw( bar );
}

void progress_bar_end_file( struct progress_bar *bar, bool copied )
{
    /* A file that failed is no part of the work any more, nor is what a source lost meanwhile. */
    set_size( bar, copied ? bar->done : 0 );
    bar->finished += bar->size;
    if (copied) bar->copied++;
    bar->size = bar->done = 0;
}

void progress_bar_summary( const struct progress_bar *bar )
{
    double elapsed = seconds_now() - bar->started;
    WCHAR bytes[AMOUNT_SIZE], rate[AMOUNT_SIZE];

    if (!bar->wanted || !bar->copied) return;
    amount_of_bytes( (double)bar->finished, bytes );
    amount_of_bytes( (double)bar->finished / ( elapsed > 0 ? elapsed : 1 ), rate );
    output_note( L"%u %ls, %ls in %.1f s (%ls/s)", bar->copied, bar->copied == 1 ? L"file" : L"files", bytes, elapsed,
                 rate );
}
