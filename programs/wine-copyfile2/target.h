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

/* True means that our file is in the place. */
bool target_is_ours( const struct target *target );

/* True means that nothing tells what was in the place before. One of Wine's DLLs counts as lost only while our file is
 * in its place, because ours cannot go without the original. When nothing was kept for a shipped file, only the caller
 * can tell whose the file in its place is. */
bool target_is_lost( const struct target *target );

/* Keeps these bytes as what was in the place before. For a shipped file it notes that there was none. False comes with
 * errno. */
bool target_adopt( const struct target *target, struct bytes original );

/* Puts the bytes in the place. The file that is there is kept first, unless it is ours already. When no whole
 * original of one of Wine's DLLs is there or was kept before, wines is kept. False comes with errno. */
bool target_install( const struct target *target, struct bytes bytes, struct bytes wines );

/* Puts the file back that was there before. A file that somebody else has put there since stays, unless it is one of
 * Wine's DLLs and broken. False comes with errno; ENODATA means that ours stays, because nothing could take its place.
 */
bool target_restore( const struct target *target );

#endif
