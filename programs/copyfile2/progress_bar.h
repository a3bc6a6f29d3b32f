/* SPDX-License-Identifier: MIT */

/* The progress bar is one line on the console that is drawn again and again while files are copied. */

#ifndef PROGRESS_BAR_H
#define PROGRESS_BAR_H

#include <copyfile2.h>
#include <stdbool.h>
#include <stdint.h>

struct progress_bar
{
    bool wanted;
    unsigned int count;  /* files that are to be copied */
    unsigned int number; /* of the file under way, from 1 */
    const WCHAR *name;   /* of the file under way */

    /* These are bytes. */
    uint64_t total;      /* of all files, as far as is known */
    uint64_t finished;   /* of the files that are done */
    uint64_t size, done; /* of the file under way */

    /* Times are in seconds. The rate is in bytes a second, an average of the last seconds. */
    double started;
    double drawn;        /* when the bar was drawn last */
    uint64_t drawn_done; /* the bytes that were done then */
    unsigned int draws;
    double rate;
};

void progress_bar_init( struct progress_bar *bar, bool wanted );

/* Several files have one bar, so the size of each is told in advance, and once more when its turn comes. The name has
 * to stay until the file ends. */
void progress_bar_expect( struct progress_bar *bar, uint64_t size );
void progress_bar_next_file( struct progress_bar *bar, const WCHAR *name, uint64_t expected_size );

/* Takes in a message of CopyFile2, and draws the bar when it is time. */
void progress_bar_message( struct progress_bar *bar, const COPYFILE2_MESSAGE *message );
void progress_bar_end_file( struct progress_bar *bar, bool copied );

#endif
