/* SPDX-License-Identifier: MIT */

/* This file finds our files for a prefix, which were installed together with this program. */

#ifndef WINE_COPYFILE2_SHIPPED_H
#define WINE_COPYFILE2_SHIPPED_H

#include <stdbool.h>
#include <stdint.h>

/* These files are put into a prefix as they are. */
#define SHIPPED_DLL    "copyfile2.dll"
#define SHIPPED_HELPER "copyfile2-check.exe"
#define SHIPPED_HOST   "copyfile2.so"
#define SHIPPED_COUNT  3
extern const char *const shipped_names[SHIPPED_COUNT];

/* True means that the name is one of shipped_names. */
bool shipped_is( const char *name );

/* True means that there may be files for this machine, PE_MACHINE_... */
bool shipped_serves( uint16_t machine );

/* Answers the folder that holds x86_64-windows, i386-windows and the like; to be freed. */
char *shipped_folder( void );

/* True for a file that a build may lack. */
bool shipped_is_optional( const char *name );

/* Answers where the file for this machine is or would be, to be freed. NULL means that none is ever made for it. */
char *shipped_file( uint16_t machine, const char *name );

#endif
