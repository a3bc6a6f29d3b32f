/* SPDX-License-Identifier: MIT */

/* This file reads the command line. */

#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <windows.h>

struct options
{
    DWORD copy_flags;    /* COPY_FILE_ */
    DWORD copy_flags_v2; /* COPY_FILE2_V2_ */
    DWORD buffer_size;
    DWORD rate; /* KiB a second */
    bool trace, json;
    bool quiet, verbose;
    bool recursive;
    bool no_clobber, force;
    bool dry_run, verify;
    bool help, version;

    WCHAR **sources; /* these may be patterns */
    unsigned int source_count;
    const WCHAR *destination;
};

enum options_verdict
{
    OPTIONS_COPY,
    OPTIONS_DONE,  /* --help and --version have been answered */
    OPTIONS_WRONG, /* the user has been told why */
};

/* Sets OPTIONS to what ARGV says, and moves the operands to the front of ARGV. */
enum options_verdict options_read( struct options *options, int argc, WCHAR **argv );

#endif
