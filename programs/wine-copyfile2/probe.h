/* SPDX-License-Identifier: MIT */

/* This file finds out which kernel32.dll and kernelbase.dll Wine maps, by a look at a running process. */

#ifndef WINE_COPYFILE2_PROBE_H
#define WINE_COPYFILE2_PROBE_H

#include "wine.h"

enum probed_file
{
    PROBED_KERNEL32,
    PROBED_KERNELBASE,
    PROBED_COUNT
};

struct probed
{
    char *files[PROBED_COUNT];
    char *loader; /* the Linux program that the process runs */
    char *reason; /* why nothing was found */
};

/* Starts a cmd.exe of the prefix by these arguments, and sets found to what that process maps. Wine makes or updates
 * the prefix when it has to. Another program on the way to cmd.exe may map another kernel32.dll: except names that one,
 * or is NULL. False means that only found.reason is set. The caller gives found to probed_free. */
bool probe( const struct wine *wine, const char *const *arguments, const char *except, struct probed *found );
void probed_free( struct probed *found );

#endif
