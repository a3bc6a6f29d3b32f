/* SPDX-License-Identifier: MIT */

/* The progress bar is one line on the console that is drawn again and again while files are copied. A summary follows
 * when all is done. */

#ifndef PROGRESS_BAR_H
#define PROGRESS_BAR_H

#include <copyfile2.h>
#include <stdbool.h>
#include <stdint.h>

struct progress_bar
{
    bool wanted;
    unsigned int count;  /* files that the user asked for */
    unsigned int number; /* of the file under way, from 1 */
    unsigned int copied; /* files that are done */

    /* These are bytes. */
    uint64_t total;      /* of all files, as far as is known */
    uint64_t finished;   /* of the files that are done */
    uint64_t size, done; /* of the file under way */

    /* Times are in seconds; the rate is bytes a second, of late. */
    double started;
    double drawn;        /* when the bar was drawn last */
    uint64_t drawn_done; /* the bytes that were done then */
    unsigned int draws;
    double rate;
};

void progress_bar_init( struct progress_bar *bar, bool wanted, unsigned int count );

/* Several files have one bar, so the size of each is told in advance, and once more when its turn comes. */
void progress_bar_expect( struct progress_bar *bar, uint64_t size );
void progress_bar_next_file( struct progress_bar *bar, uint64_t expected_size );

void progress_bar_message( struct progress_bar *bar, const COPYFILE2_MESSAGE *message );
void progress_bar_end_file( struct progress_bar *bar, bool copied );
void progress_bar_summary( const struct progress_bar *bar );

#endif
