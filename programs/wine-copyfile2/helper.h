/* SPDX-License-Identifier: MIT */

/* Some things only a Windows program can do or see. This file starts ours, copyfile2-check.exe, and reads what it
 * says. */

#ifndef WINE_COPYFILE2_HELPER_H
#define WINE_COPYFILE2_HELPER_H

#include "wine.h"

/* The helper tells from which DLL it has these functions. */
enum helper_origin
{
    HELPER_COPYFILE2,       /* by its own import from kernel32.dll */
    HELPER_COPYFILEEX,      /* the same */
    HELPER_BASE_COPYFILE2,  /* by a look-up in kernelbase.dll */
    HELPER_BASE_COPYFILEEX, /* the same */
    HELPER_ORIGINS
};

struct helper_report
{
    bool complete; /* the helper ran to its end; the rest is set only then */
    unsigned int bits;
    unsigned int sections; /* how many sections of Wine's it dropped */
    bool has_sections;     /* whether this Wine makes some when its server starts */
    char *origins[HELPER_ORIGINS];
    char *output; /* all that it said */
    char *errors;
};

/* These commands start the helper that lies in a prefix. The first one starts it from the folder that the loader takes
 * for system32; the others start a 32-bit and a 64-bit one. */
extern const char *const helper_native[];
extern const char *const helper_32[];
extern const char *const helper_64[];

/* Starts the helper with one more word, and sets the report, which helper_free takes back. Answers whether the report
 * is complete. */
bool helper_run( const struct wine *wine, enum wine_dlls dlls, const char *const *command, const char *word,
                 struct helper_report *report );
void helper_free( struct helper_report *report );

/* Answers what Wine says about its version, to be freed; "" when it says nothing. */
char *helper_wine_version( const struct wine *wine );

/* True means that programs of this kind get our CopyFile2 or, with all, every function. */
bool helper_is_ours( const struct helper_report *report, bool all );

/* Makes programs that start from now on take the files of the prefix. known becomes true when this Wine has sections of
 * its DLLs. True means that a program which was started then has our functions; false comes with a message. */
bool helper_make_ready( const struct wine *wine, const char *const *command, bool all, bool *known );

/* Makes programs that start from now on take the files of the prefix, whatever these are. */
void helper_drop( const struct wine *wine );

#endif
