/* SPDX-License-Identifier: MIT */

/* A Wine prefix: where things lie in it, and the lock that makes one process at a time change them. */

#ifndef WINE_COPYFILE2_PREFIX_H
#define WINE_COPYFILE2_PREFIX_H

#include <stdbool.h>

struct prefix
{
    char *root;
    char *folder;   /* ours, in it: the record, the files that were there before, the lock */
    char *record;   /* the record of the files, record.h */
    char *registry; /* the record of the registry's values, registry.h */
    char *lock;
    int lock_fd;
    bool made_root;
    bool all; /* the user wants all functions that copy to be ours; else as the prefix has it */
};

void prefix_open( struct prefix *prefix, const char *root );
void prefix_close( struct prefix *prefix );

bool prefix_exists( const struct prefix *prefix );
bool prefix_is_touched( const struct prefix *prefix );

/* A path below C:\windows, to be freed; name with slashes. */
char *prefix_windows_path( const struct prefix *prefix, const char *name );

/* Waits for other processes. False, with a message, when the prefix cannot be written. */
bool prefix_lock( struct prefix *prefix );

/* A folder of ours that holds nothing goes too. */
void prefix_unlock( struct prefix *prefix );

#endif
