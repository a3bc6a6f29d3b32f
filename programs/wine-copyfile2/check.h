/* SPDX-License-Identifier: MIT */

/* This file finds out, by a program that copies, whose functions the programs of a prefix get. */

#ifndef WINE_COPYFILE2_CHECK_H
#define WINE_COPYFILE2_CHECK_H

#include "prefix.h"
#include "wine.h"

/* Prints what 64- and 32-bit programs get. True means that every kind of programs that this Wine can run gets our
 * CopyFile2, with its messages. The prefix stays as it is. */
bool check_print( const struct prefix *prefix, const struct wine *wine );

#endif
