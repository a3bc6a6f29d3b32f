/* SPDX-License-Identifier: MIT */

/* This file turns names as people type them into names as Windows takes them. */

#ifndef PATHS_H
#define PATHS_H

#include <stdbool.h>
#include <stdint.h>
#include <windows.h>

/* Answers the name to give to Windows functions, for free(). Under Wine, a name that starts with / is a Linux path. */
WCHAR *path_for_windows( const WCHAR *typed );

/* Answers a name to which others can be joined, at any length and in their exact case; for free(). */
WCHAR *path_exact( const WCHAR *typed );

/* Answers the exact path of NAME's last component in FOLDER, even when Windows forbids such a name; for free(). */
WCHAR *path_exact_in( const WCHAR *folder, const WCHAR *name );

/* Joins a folder and a name in it, both as Windows takes them. The answer is for free(). */
WCHAR *path_join( const WCHAR *folder, const WCHAR *name );

bool path_ends_with_separator( const WCHAR *typed );
bool path_exists( const WCHAR *typed );
bool path_is_folder( const WCHAR *typed );

/* Answers the size in bytes, or 0 when there is no such file. */
uint64_t path_file_size( const WCHAR *typed );

/* Answers FOLDER with SOURCE's last component behind it, as a user would have typed it; for free(). */
WCHAR *path_into( const WCHAR *folder, const WCHAR *source );

/* Answers how many characters stand before the last component. */
size_t path_head( const WCHAR *typed );

/* Sources that collide have the same hash. */
unsigned int path_name_hash( const WCHAR *source );

/* True means that both sources would become the same file in FOLDER. */
bool path_collides( const WCHAR *folder, const WCHAR *source, const WCHAR *other );

#endif
