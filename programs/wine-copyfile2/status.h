/* SPDX-License-Identifier: MIT */

/* This file tells the user about a prefix. */

#ifndef WINE_COPYFILE2_STATUS_H
#define WINE_COPYFILE2_STATUS_H

#include "prefix.h"
#include "wine.h"

/* Prints the state of the prefix. True means that programs started by "run" find everything as it should be. */
bool status_print_state( const struct prefix *prefix, const struct wine *wine );

/* Does the same, and prints which files were made of which. */
bool status_print( const struct prefix *prefix, const struct wine *wine );

#endif
