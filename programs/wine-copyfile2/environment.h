/* SPDX-License-Identifier: MIT */

/* Wine learns from two variables where to take its DLLs from. This file makes their values. */

#ifndef WINE_COPYFILE2_ENVIRONMENT_H
#define WINE_COPYFILE2_ENVIRONMENT_H

#define OVERRIDES_NATIVE  "kernel32,kernelbase=n,b" /* the prefix's own, which lead to copyfile2.dll */
#define OVERRIDES_BUILTIN "kernel32,kernelbase=b"   /* Wine's, as if there were no wine-copyfile2 */

/* Each answers the value of one variable, with what the user has set behind ours; to be freed. */
char *environment_overrides( const char *ours );
char *environment_dll_path( void );

/* Both set variables of this process, for the programs that it starts. With the first one they use the DLLs of the
 * prefix and find ours; with the second one they use Wine's own. */
void environment_set_native( void );
void environment_set_builtin( void );

/* Prints both settings on standard output, as commands for a shell. */
void environment_print( void );

#endif
