/* SPDX-License-Identifier: MIT */

/* One line on the console that is drawn again and again while a file is copied, and the summary when all is done. */

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
    uint64_t copied_bytes;
    double started; /* seconds, as all times here */

    /* the file under way */
    double file_started;
    uint64_t size, done;

    /* the line on the screen */
    double drawn;        /* when */
    uint64_t drawn_done; /* and what was done by then */
    double rate;         /* bytes a second, of late */
    int drawn_length;
};

void progress_bar_init( struct progress_bar *bar, bool wanted, unsigned int count );
void progress_bar_next_file( struct progress_bar *bar );
void progress_bar_message( struct progress_bar *bar, const COPYFILE2_MESSAGE *message );

/* Off the screen: the next line of text starts in the first column. */
void progress_bar_end_file( struct progress_bar *bar, bool copied );

void progress_bar_summary( const struct progress_bar *bar );

#endif
