/* SPDX-License-Identifier: MIT */

/* This file copies one file or folder by one call of CopyFile2. */

#ifndef COPY_H
#define COPY_H

#include "run.h"

/* Copies the file, checks it if that is wanted, counts it, and tells the user what there is to tell. */
void copy_file( struct run *run, const struct entry *entry );

/* Makes the folder, without what is in it. True means that there is a folder to be filled; a link is none. A failure
 * has been told and counted. */
bool copy_folder( struct run *run, const struct entry *entry );

/* Tells and counts a failure that was met before CopyFile2 was called. */
void copy_refuse( struct run *run, const struct entry *entry, HRESULT hr, const WCHAR *why );

/* Counts such a failure when the user has been told of it already. */
void copy_count_failure( struct run *run, const struct entry *entry, HRESULT hr, const WCHAR *why );

/* True means that the user has asked for an end, so that no other copy may begin. Then run->stopped is set. */
bool copy_is_over( struct run *run );

#endif
