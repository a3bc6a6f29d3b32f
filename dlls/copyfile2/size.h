/* SPDX-License-Identifier: MIT */

/* The length of an open file. */

#ifndef COPYFILE2_SIZE_H
#define COPYFILE2_SIZE_H

#include "nt.h"

NTSTATUS size_set( HANDLE file, uint64_t bytes );

/* Also takes the room on the disk for what the source is going to fill, where a file system can be asked to. */
NTSTATUS size_reserve( HANDLE source, HANDLE destination, uint64_t bytes, bool keep_holes );

#endif
