/* SPDX-License-Identifier: MIT */

/* The environment says which Wine and which prefix are meant: by WINE, WINELOADER, WINEPREFIX and PATH. */

#ifndef WINE_COPYFILE2_WINE_H
#define WINE_COPYFILE2_WINE_H

#include <stdbool.h>
#include <sys/types.h>

struct wine
{
    char *command; /* how it is started, an absolute path where it can be one */
    char *prefix;  /* the folder, which need not exist yet */
};

/* The first one sets the command, the second one the prefix. Neither needs the other. False comes with a message. */
bool wine_find( struct wine *wine );
bool wine_find_prefix( struct wine *wine );

/* A program may get these kernel32.dll and kernelbase.dll. */
enum wine_dlls
{
    WINE_DLLS_BUILTIN, /* Wine's own */
    WINE_DLLS_PREFIX,  /* those of the prefix, as run has it */
    WINE_DLLS_ANY      /* those that every program of the prefix gets */
};

/* Starts a program with these three standard files. Answers the process, or -1 with errno. */
pid_t wine_start( const struct wine *wine, enum wine_dlls dlls, const char *const *arguments, int input, int output,
                  int errors );

#endif
