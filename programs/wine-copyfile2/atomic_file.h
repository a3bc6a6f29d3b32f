/* SPDX-License-Identifier: MIT */

/* Files that appear, change and go as a whole, whenever we or the machine are stopped. Everything answers false with
 * errno. */

#ifndef WINE_COPYFILE2_ATOMIC_FILE_H
#define WINE_COPYFILE2_ATOMIC_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Puts a new file at path, in the place of an old one. */
bool atomic_file_write( const char *path, const void *data, size_t size, mode_t mode );

/* Puts a second name, or where that cannot be a copy with the same mode and times, at path; links stay links. */
bool atomic_file_duplicate( const char *from, const char *path );

/* Moves a file, also to another file system. */
bool atomic_file_move( const char *from, const char *path );

/* Takes away what a process that was stopped has left beside path. */
void atomic_file_clean( const char *path );

/* A file that is not there is removed already. */
bool atomic_file_remove( const char *path );

#endif
