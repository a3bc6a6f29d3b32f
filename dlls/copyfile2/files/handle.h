/* SPDX-License-Identifier: MIT */

/* A name may lead to another file by now. So these functions read and change an open file by its handle. */

#ifndef COPYFILE2_HANDLE_H
#define COPYFILE2_HANDLE_H

#include "platform/nt.h"

/* These three set their last parameter when they succeed, and leave it alone when they fail. */
NTSTATUS handle_size( HANDLE file, uint64_t *bytes );
NTSTATUS handle_basic( HANDLE file, FILE_BASIC_INFORMATION *basic );
NTSTATUS handle_index( HANDLE file, uint64_t *index );

/* Sets times and attributes. A member that is 0 leaves its value as it is. */
NTSTATUS handle_set_basic( HANDLE file, const FILE_BASIC_INFORMATION *basic );

/* Gives the file this length. */
NTSTATUS handle_set_size( HANDLE file, uint64_t bytes );

struct handle_room
{
    uint64_t bytes;   /* the length that the destination gets */
    bool keep_holes;  /* the source's holes need no room */
    bool size_later;  /* the length may wait until the last bytes are written */
    bool old_content; /* the destination holds old bytes, which must not stay; afterwards: they are still there,
                         because to write over them is faster */
};

/* Gives the destination this length, and reserves the room on the disk that the source will fill, where the file system
 * can do that. */
NTSTATUS handle_reserve( HANDLE source, HANDLE destination, struct handle_room *room );

/* Keeps at most this many bytes of the destination. The rest is cut off, or becomes zeros where somebody has mapped the
 * file. */
void handle_cut( HANDLE source, HANDLE destination, uint64_t bytes );

/* Marks the file to be deleted when its last handle is closed. Fails for a read-only file, which stays read-only. */
NTSTATUS handle_dispose( HANDLE file );

/* Does the same for a file that may be read-only, and takes its attributes off first. They stay off when it fails. */
NTSTATUS handle_remove( HANDLE file );

#endif
