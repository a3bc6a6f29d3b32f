/* SPDX-License-Identifier: MIT */

/* What the user wants to know about a prefix. */

#ifndef WINE_COPYFILE2_STATUS_H
#define WINE_COPYFILE2_STATUS_H

#include "prefix.h"
#include "wine.h"

/* Prints it; answers whether programs started by "run" find everything as it should be. */
bool status_print( const struct prefix *prefix, const struct wine *wine );

#endif
