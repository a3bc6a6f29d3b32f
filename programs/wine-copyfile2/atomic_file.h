/* SPDX-License-Identifier: MIT */

/* A prefix must stay usable when this process or the machine stops at any moment. Here a file appears, changes or goes
 * as a whole. Each function that answers false has set errno. */

#ifndef WINE_COPYFILE2_ATOMIC_FILE_H
#define WINE_COPYFILE2_ATOMIC_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Puts a new file with these bytes and this mode at path, in the place of an old one. */
bool atomic_file_write( const char *path, const void *data, size_t size, mode_t mode );

/* Gives the file a second name, path, by a hard link. Where the file system has none, path becomes a copy with the same
 * mode and times. A symbolic link stays a link. */
bool atomic_file_duplicate( const char *from, const char *path );

/* Moves a file, to another file system too. */
bool atomic_file_move( const char *from, const char *path );

/* Removes what a stopped process may have left beside path. */
void atomic_file_clean( const char *path );

/* Removes the file. One that is not there counts as removed. */
bool atomic_file_remove( const char *path );

#endif
