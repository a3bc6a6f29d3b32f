/* SPDX-License-Identifier: MIT */

/* Puts into a prefix what leads its programs to our CopyFile2, and takes it away again. */

#ifndef WINE_COPYFILE2_PREPARE_H
#define WINE_COPYFILE2_PREPARE_H

#include "prefix.h"
#include "wine.h"

/* Does nothing but a few stats when everything is as it should be. False with a message. */
bool prepare( struct prefix *prefix, const struct wine *wine );

/* For who holds the lock. */
bool prepare_locked( struct prefix *prefix, const struct wine *wine );

/* Why the prefix is not as it should be, or NULL; to be freed. thoroughly: reads the files as well. */
char *prepare_find_change( const struct prefix *prefix, const struct wine *wine, bool thoroughly );

/* Undoes it; the lock is held. False with messages. */
bool prepare_undo( const struct prefix *prefix );

#endif
