/* SPDX-License-Identifier: MIT */

/* This file puts back into a prefix what was there before us. */

#ifndef WINE_COPYFILE2_RESTORE_H
#define WINE_COPYFILE2_RESTORE_H

#include "prefix.h"
#include "wine.h"

/* These folders below C:\windows hold DLLs. */
#define RESTORE_FOLDERS 2
extern const char *const restore_folders[RESTORE_FOLDERS];

/* Wine cannot start without its DLLs, so one that somebody removed comes back from what was kept. A lost original is no
 * failure here. */
void restore_missing( const struct prefix *prefix );

/* Takes away what was put into the prefix, and puts back what was there before. A Wine without a command is not
 * started. The caller holds the lock. False comes with messages. */
bool restore_all( const struct prefix *prefix, const struct wine *wine );

/* True means that restore_all would start Wine, if it had Wine's command. */
bool restore_asks_wine( const struct prefix *prefix );

#endif
