/* SPDX-License-Identifier: MIT */

/* This file tells which of our functions a Windows program asks for, and so how it has to be started. */

#ifndef WINE_COPYFILE2_NEEDS_H
#define WINE_COPYFILE2_NEEDS_H

#include <stdbool.h>

/* Prints a few lines about the program or DLL at path. Neither Wine nor a prefix is needed. False comes with a message:
 * the file cannot be read. */
bool needs_print( const char *path );

#endif
