/* SPDX-License-Identifier: MIT */

/* Names as people type them, and as Windows takes them. */

#ifndef PATHS_H
#define PATHS_H

#include <stdbool.h>
#include <stdint.h>
#include <windows.h>

/* The name to give to Windows functions. For free(). Under Wine, a name that starts with / is a Linux path. */
WCHAR *path_for_windows( const WCHAR *typed );

bool path_is_folder( const WCHAR *typed );

/* 0 when there is no such file. */
uint64_t path_file_size( const WCHAR *typed );

/* FOLDER with SOURCE's last component behind it, as one would have typed it. For free(). */
WCHAR *path_into( const WCHAR *folder, const WCHAR *source );

/* Would both become the same file in FOLDER? */
bool path_collides( const WCHAR *folder, const WCHAR *source, const WCHAR *other );

#endif
