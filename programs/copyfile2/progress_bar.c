/* SPDX-License-Identifier: MIT */

/* One line on the console that is drawn again and again while a file is copied, and the summary when all is done. */

#include "progress_bar.h"
#include "amount.h"
#include "output.h"

#include <wchar.h>

/* A copy that is over at once needs no bar; more than ten lines a second nobody reads. */
#define FIRST_DRAW 0.25
#define NEXT_DRAW  0.1

/* The rate is an average over about so many seconds: calm enough to read, quick enough to tell the truth when a full
 * cache begins to be written out. */
#define RATE_SPAN 3.0

/* The last column stays empty, because a character there may scroll the line away, and so do two for the ^C that a terminal
 * writes behind the line. */
#define LAST_COLUMN  1
#define ECHO_COLUMNS 2

/* Wine 8 does not hear of a window that is made narrower: the line is as short as a line of 80 columns even in a wide one. */
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
}

void progress_bar_next_file( struct progress_bar *bar )
{
    bar->number++;
    bar->size = bar->done = bar->drawn_done = 0;
    bar->rate = 0;
    bar->file_started = bar->drawn = seconds_now();
    bar->drawn_length = 0;
}

static void measure_rate( struct progress_bar *bar, double now )
{
    double elapsed = now - bar->drawn, rate = (double)( bar->done - bar->drawn_done ) / elapsed;

    if (!bar->rate) bar->rate = rate;
    else bar->rate += ( rate - bar->rate ) * ( elapsed / ( elapsed + RATE_SPAN ) );
    bar->drawn = now;
    bar->drawn_done = bar->done;
}

/* Fixed widths, so that the eye finds each number where it was. */
static int format_numbers( const struct progress_bar *bar, WCHAR *text, int room )
{
    WCHAR done[AMOUNT_SIZE], size[AMOUNT_SIZE], rate[AMOUNT_SIZE], left[AMOUNT_SIZE] = L"-:--";
    WCHAR parts[3][2 * AMOUNT_SIZE + 8];
    int length = 0;

    amount_of_bytes( (double)bar->done, done );
    amount_of_bytes( (double)bar->size, size );
    amount_of_bytes( bar->rate, rate );
    if (bar->rate) amount_of_time( (double)( bar->size - bar->done ) / bar->rate, left );
    swprintf( parts[0], ARRAYSIZE( parts[0] ), L"  %8ls of %ls", done, size );
    swprintf( parts[1], ARRAYSIZE( parts[1] ), L"  %8ls/s", rate );
    swprintf( parts[2], ARRAYSIZE( parts[2] ), L"  %5ls left", left );

    /* what a narrow console has no room for is left out */
    text[0] = 0;
    for (int i = 0; i < 3 && length + (int)wcslen( parts[i] ) <= room; i++)
    {
        wcscat( text, parts[i] );
        length = (int)wcslen( text );
    }
    return length;
}

static int format_bar( const struct progress_bar *bar, WCHAR *text, int room )
{
    int width = room - 3 > BAR_MAX ? BAR_MAX : room - 3, filled, at = 0;

    text[0] = 0;
    if (width < BAR_MIN) return 0;
    filled = (int)( (double)bar->done / (double)bar->size * width );
    text[at++] = ' ';
    text[at++] = '[';
    for (int i = 0; i < width; i++) text[at++] = i < filled ? '=' : i == filled ? '>' : ' ';
    text[at++] = ']';
    text[at] = 0;
    return at;
}

static void draw( struct progress_bar *bar )
{
    int room = output_width() - LAST_COLUMN - ECHO_COLUMNS, length;
    WCHAR head[AMOUNT_SIZE], numbers[LINE_SIZE], middle[LINE_SIZE], line[2 * LINE_SIZE];

    head[0] = 0;
    if (bar->count > 1) swprintf( head, ARRAYSIZE( head ), L"%u/%u ", bar->number, bar->count );
    swprintf( head + wcslen( head ), AMOUNT_SIZE - wcslen( head ), L"%3u%%",
              (unsigned int)( bar->done * 100 / bar->size ) );
    length = (int)wcslen( head );
    if (length > room) return;
    length += format_numbers( bar, numbers, room - length );
    length += format_bar( bar, middle, room - length );

    swprintf( line, ARRAYSIZE( line ), L"\r%ls%ls%ls", head, middle, numbers );
    /* the rest of a longer line before it */
    for (; length < bar->drawn_length && length < room; length++) wcscat( line, L" " );
    output_draw( line );
    bar->drawn_length = length;
}

static void erase( struct progress_bar *bar )
{
    int length = bar->drawn_length + ECHO_COLUMNS, room = output_width() - LAST_COLUMN;
    WCHAR line[LINE_SIZE];

    if (!bar->drawn_length) return;
    if (length > room) length = room;
    swprintf( line, ARRAYSIZE( line ), L"\r%*ls\r", length, L"" );
    output_draw( line );
    bar->drawn_length = 0;
}

void progress_bar_message( struct progress_bar *bar, const COPYFILE2_MESSAGE *message )
{
    double now;

    switch (message->Type)
    {
    case COPYFILE2_CALLBACK_STREAM_STARTED:
        bar->size = message->Info.StreamStarted.uliTotalFileSize.QuadPart;
        return;
    case COPYFILE2_CALLBACK_CHUNK_FINISHED:
        bar->size = message->Info.ChunkFinished.uliTotalFileSize.QuadPart;
        bar->done = message->Info.ChunkFinished.uliTotalBytesTransferred.QuadPart;
        break;
    default: return;
    }

    if (!bar->wanted || !bar->size || bar->done > bar->size) return;
    now = seconds_now();
    if (now - bar->drawn < ( bar->drawn_length ? NEXT_DRAW : FIRST_DRAW )) return;
    measure_rate( bar, now );
    draw( bar );
}

void progress_bar_end_file( struct progress_bar *bar, bool copied )
{
    erase( bar );
    if (!copied) return;
    bar->copied++;
    bar->copied_bytes += bar->done;
}

void progress_bar_summary( const struct progress_bar *bar )
{
    double elapsed = seconds_now() - bar->started;
    WCHAR bytes[AMOUNT_SIZE], rate[AMOUNT_SIZE], line[LINE_SIZE];

    if (!bar->wanted || !bar->copied) return;
    amount_of_bytes( (double)bar->copied_bytes, bytes );
    amount_of_bytes( (double)bar->copied_bytes / ( elapsed > 0 ? elapsed : 1 ), rate );
    swprintf( line, ARRAYSIZE( line ), L"%u %ls, %ls in %.1f s (%ls/s)\n", bar->copied,
              bar->copied == 1 ? L"file" : L"files", bytes, elapsed, rate );
    output_draw( line );
}
