/* SPDX-License-Identifier: MIT */

/* The length of an open file. */

#ifndef COPYFILE2_SIZE_H
#define COPYFILE2_SIZE_H

#include "platform/nt.h"

NTSTATUS size_set( HANDLE file, uint64_t bytes );

/* Also takes the room on the disk for what the source is going to fill, where a file system can be asked to. What
 * the destination holds goes when *old_content says so, unless to write over it is faster; then that tells whether
 * it stayed. */
NTSTATUS size_reserve( HANDLE source, HANDLE destination, uint64_t bytes, bool keep_holes, bool *old_content );

/* Leaves no more than so many bytes of what the destination holds: cut off, or zeros where somebody has mapped it. */
void size_cut( HANDLE source, HANDLE destination, uint64_t bytes );

#endif
