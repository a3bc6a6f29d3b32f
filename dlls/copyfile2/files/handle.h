/* SPDX-License-Identifier: MIT */

/* What is asked of an open file, and done to it, by its handle. A name may be somebody else's by now. */

#ifndef COPYFILE2_HANDLE_H
#define COPYFILE2_HANDLE_H

#include "platform/nt.h"

/* Each sets what it is named after, and leaves it alone when it fails. */
NTSTATUS handle_size( HANDLE file, uint64_t *bytes );
NTSTATUS handle_basic( HANDLE file, FILE_BASIC_INFORMATION *basic );
NTSTATUS handle_index( HANDLE file, uint64_t *index );

/* Sets times and attributes; what is 0 stays as it is. */
NTSTATUS handle_set_basic( HANDLE file, const FILE_BASIC_INFORMATION *basic );

/* Gives the file this length. */
NTSTATUS handle_set_size( HANDLE file, uint64_t bytes );

/* Gives the destination this length, and takes the room on the disk that the source is going to fill, where a file
 * system can be asked to. What the destination holds goes when *old_content says so, unless to write over it is faster;
 * then *old_content tells whether it stayed. */
NTSTATUS handle_reserve( HANDLE source, HANDLE destination, uint64_t bytes, bool keep_holes, bool *old_content );

/* Leaves no more than so many bytes of what the destination holds: the rest is cut off, or becomes zeros where somebody
 * has mapped it. */
void handle_cut( HANDLE source, HANDLE destination, uint64_t bytes );

/* Both delete the file: it goes when its last handle is closed. The first one fails for a read-only file. */
NTSTATUS handle_dispose( HANDLE file );
NTSTATUS handle_remove( HANDLE file );

#endif
