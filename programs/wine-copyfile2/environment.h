/* SPDX-License-Identifier: MIT */

/* The two variables through which Wine learns where to take its DLLs from. */

#ifndef WINE_COPYFILE2_ENVIRONMENT_H
#define WINE_COPYFILE2_ENVIRONMENT_H

#define OVERRIDES_NATIVE  "kernel32,kernelbase=n,b" /* the prefix' own, which lead to copyfile2.dll */
#define OVERRIDES_BUILTIN "kernel32,kernelbase=b"   /* Wine's, as if there were no wine-copyfile2 */

/* The values, with what the user has set behind ours; to be freed. */
char *environment_overrides( const char *ours );
char *environment_dll_path( void );

/* For the programs that this process starts. */
void environment_set_native( void );
void environment_set_builtin( void );

/* Both settings as commands for a shell, on standard output. */
void environment_print( void );

#endif
