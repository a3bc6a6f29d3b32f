/* SPDX-License-Identifier: MIT */

/* Which Wine, and which prefix: as WINE, WINELOADER, WINEPREFIX and PATH say. */

#ifndef WINE_COPYFILE2_WINE_H
#define WINE_COPYFILE2_WINE_H

#include <stdbool.h>
#include <sys/types.h>

struct wine
{
    char *command; /* how it is started, an absolute path where it can be one */
    char *prefix;  /* the folder, which need not exist yet */
};

/* False, with a message, when there is no Wine; the prefix is known all the same. */
bool wine_find( struct wine *wine );
bool wine_find_prefix( struct wine *wine );

/* Starts a program of Wine's own, with Wine's own DLLs; the three are its standard files. Answers -1, with errno, or
 * the process. */
pid_t wine_start( const struct wine *wine, const char *const *arguments, int input, int output, int errors );

#endif
