/* SPDX-License-Identifier: MIT */

/* This file counts what became of the files, and sums it up. */

#ifndef TALLY_H
#define TALLY_H

#include <stdbool.h>
#include <stdint.h>

struct tally
{
    double started;
    uint64_t bytes;
    unsigned int cloned, copied, linked; /* linked are links that were copied as links */
    unsigned int skipped, failed;
    unsigned int folders; /* not counted as files, unless they fail */
};

/* Writes the summary as one line, to standard error. */
void tally_tell( const struct tally *tally );

/* Writes how many failed, when there was more than one thing to copy. */
void tally_tell_failures( const struct tally *tally );

#endif
