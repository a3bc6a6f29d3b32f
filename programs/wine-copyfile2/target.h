/* SPDX-License-Identifier: MIT */

/* A target is one of the files that we put into a prefix, together with what was in its place before. */

#ifndef WINE_COPYFILE2_TARGET_H
#define WINE_COPYFILE2_TARGET_H

#include "file.h"
#include "prefix.h"

struct target
{
    const char *folder; /* below C:\windows */
    const char *name;
    char *path;
    char *original; /* where the file is kept that was there before */
    char *absent;   /* a file that says that there was none */
};

void target_open( struct target *target, const struct prefix *prefix, const char *folder, const char *name );
void target_close( struct target *target );

/* Puts the bytes in the place. The file that is there is kept first, unless it is ours already. False comes with
 * errno. */
bool target_install( const struct target *target, struct bytes bytes );

/* Puts the file back that was there before. A file that somebody else has put there since stays. False comes with
 * errno. */
bool target_restore( const struct target *target );

#endif
