/* SPDX-License-Identifier: MIT */

/* This file turns names as people type them into names as Windows takes them. */

#ifndef PATHS_H
#define PATHS_H

#include <stdbool.h>
#include <stdint.h>
#include <windows.h>

/* Answers the name to give to Windows functions, for free(). Under Wine, a name that starts with / is a Linux path. */
WCHAR *path_for_windows( const WCHAR *typed );

bool path_is_folder( const WCHAR *typed );

/* Answers the size in bytes, or 0 when there is no such file. */
uint64_t path_file_size( const WCHAR *typed );

/* Answers FOLDER with SOURCE's last component behind it, as a user would have typed it; for free(). */
WCHAR *path_into( const WCHAR *folder, const WCHAR *source );

/* True means that both sources would become the same file in FOLDER. */
bool path_collides( const WCHAR *folder, const WCHAR *source, const WCHAR *other );

#endif
