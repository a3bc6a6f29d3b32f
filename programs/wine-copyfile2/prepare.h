/* SPDX-License-Identifier: MIT */

/* This file puts into a prefix the files that lead its programs to our CopyFile2. Where originals are lost, it makes
 * the prefix ready for restore_all. */

#ifndef WINE_COPYFILE2_PREPARE_H
#define WINE_COPYFILE2_PREPARE_H

#include "prefix.h"
#include "wine.h"

/* Prepares the prefix. When everything is as it should be, this costs a few stats. An earlier --all that goes on is
 * told. False comes with a message. */
bool prepare( struct prefix *prefix, const struct wine *wine );

/* Does the same for a caller who holds the lock, and tells nothing about --all. */
bool prepare_locked( struct prefix *prefix, const struct wine *wine );

/* Prints one line on standard error when the user did not give --all, but the prefix has it from before. */
void prepare_tell_choice( const struct prefix *prefix );

/* Answers why the prefix is not as it should be, to be freed, or NULL when it is. With thoroughly the files are read as
 * well. */
char *prepare_find_change( const struct prefix *prefix, const struct wine *wine, bool thoroughly );

/* Makes a prefix with losses fit for restore_all and for reg.exe. Where one of Wine's DLLs is missing, its original
 * comes back. Where the original of one of ours is lost, the DLL that Wine maps is kept as the original. The caller
 * holds the lock. False comes with a message. */
bool prepare_adopt( const struct prefix *prefix, const struct wine *wine );

#endif
