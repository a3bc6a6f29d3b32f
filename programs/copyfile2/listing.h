/* SPDX-License-Identifier: MIT */

/* This file lists what a folder has in it. */

#ifndef LISTING_H
#define LISTING_H

#include <stdbool.h>
#include <stdint.h>
#include <windows.h>

struct listed
{
    WCHAR *name;
    DWORD attributes;
    uint64_t size;
};

struct listing
{
    struct listed *items; /* sorted by name */
    size_t count;
};

/* Sets listing to what is in the folder. Left out are . and .., and the files in which Wine keeps the named streams
 * of others. Windows takes path as it is. False means that GetLastError has the reason, and that there is nothing to
 * free. */
bool listing_read( struct listing *listing, const WCHAR *path );
void listing_free( struct listing *listing );

#endif
