/* SPDX-License-Identifier: MIT */

/* This file knows where things lie in a Wine prefix, and has the lock by which one process at a time changes them. */

#ifndef WINE_COPYFILE2_PREFIX_H
#define WINE_COPYFILE2_PREFIX_H

#include <stdbool.h>

struct prefix
{
    char *root;
    char *folder;   /* our folder: both records, the lock, and the files that were there before */
    char *record;   /* the path of the record of the files, record.h */
    char *registry; /* the path of the record of the registry's values, registry.h */
    char *lock;
    int lock_fd;
    bool made_root;
    bool all; /* whether the user gave --all; if not, the choice that the record tells stays */
};

void prefix_open( struct prefix *prefix, const char *root );
void prefix_close( struct prefix *prefix );

bool prefix_exists( const struct prefix *prefix );
/* True means that something of ours is in the prefix. */
bool prefix_is_touched( const struct prefix *prefix );

/* Answers the path of a file below C:\windows, to be freed. The name is written with slashes. */
char *prefix_windows_path( const struct prefix *prefix, const char *name );

/* False means that this folder below C:\windows lies outside drive C:, by a symbolic link. Another prefix may have the
 * same folder. */
bool prefix_holds( const struct prefix *prefix, const char *folder );

/* Waits for other processes and takes the lock. False means that the prefix cannot be written, and comes with a
 * message. */
bool prefix_lock( struct prefix *prefix );

/* Gives the lock back. Our folder goes when it holds nothing but the lock, and so does a prefix that is empty and that
 * we made. */
void prefix_unlock( struct prefix *prefix );

#endif
