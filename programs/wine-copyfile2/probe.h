/* SPDX-License-Identifier: MIT */

/* Which files Wine maps: seen in a running process. */

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

/* Starts a cmd.exe of the prefix, by these arguments, and looks at what it maps; Wine makes or updates the prefix if it
 * has to. except: a kernel32.dll that is another program's on the way to it, or NULL. Everything in the answer is to be
 * freed. */
bool probe( const struct wine *wine, const char *const *arguments, const char *except, struct probed *found );
void probed_free( struct probed *found );

#endif
