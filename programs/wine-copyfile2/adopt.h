/* SPDX-License-Identifier: MIT */

/* This file finds originals for a prefix in which our files are in place, but what was there before them is lost. */

#ifndef WINE_COPYFILE2_ADOPT_H
#define WINE_COPYFILE2_ADOPT_H

#include "file.h"
#include "prefix.h"
#include "probe.h"

/* The names of Wine's DLLs that we replace, by enum probed_file. */
extern const char *const adopt_wine_dlls[PROBED_COUNT];

/* True means that one of our files is in a folder below C:\windows and its original is lost. A folder outside the
 * prefix is not asked about. */
bool adopt_is_needed( const struct prefix *prefix );

/* Sets bytes to a DLL that Wine maps; they are to be freed. False comes with a message. */
bool adopt_read( const char *path, struct bytes *bytes );

/* Keeps the DLLs that Wine maps as the originals of those that are lost in this folder. False comes with a message. */
bool adopt_folder( const struct prefix *prefix, const char *folder, const struct probed *found );

#endif
