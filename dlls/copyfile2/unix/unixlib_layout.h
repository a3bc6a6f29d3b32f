/* SPDX-License-Identifier: MIT */

/* The structs of unixlib.h must have the same layout for 64- and 32-bit callers. This file asserts that in both halves.
 * Only unixlib.h includes it. */

#ifndef COPYFILE2_UNIXLIB_LAYOUT_H
#define COPYFILE2_UNIXLIB_LAYOUT_H

#define HOST_AT( type, member, offset )                                                                                \
    _Static_assert( offsetof( struct type, member ) == ( offset ), #type "." #member )
#define HOST_SIZE( type, bytes ) _Static_assert( sizeof( struct type ) == ( bytes ), #type )
HOST_AT( host_hello, build, 0 );
HOST_AT( host_hello, calls, 8 );
HOST_AT( host_hello, has_paths, 16 );
HOST_SIZE( host_hello, 24 );
HOST_SIZE( host_close, 8 );
HOST_AT( host_errno_name, size, 8 );
HOST_SIZE( host_errno_name, 16 );
HOST_AT( host_path, length, 16 );
HOST_AT( host_path, status, 32 );
HOST_SIZE( host_path, 40 );
HOST_AT( host_move, cancel, 24 );
HOST_AT( host_move, ahead_end, 48 );
HOST_AT( host_move, buffer_size, 56 );
HOST_AT( host_move, source, 64 );
HOST_AT( host_move, result, 72 );
HOST_AT( host_move, status, 84 );
HOST_AT( host_move, threads, 88 );
HOST_SIZE( host_move, 96 );
HOST_SIZE( host_ahead, 8 );
HOST_AT( host_reserve, source, 8 );
HOST_AT( host_reserve, status, 24 );
HOST_SIZE( host_reserve, 32 );
HOST_AT( host_metadata, source, 8 );
HOST_SIZE( host_metadata, 24 );
HOST_AT( host_small, last_write_time, 96 );
HOST_AT( host_small, flags, 104 );
HOST_AT( host_small, clone_why, 116 );
HOST_SIZE( host_small, 136 );
HOST_AT( host_name, length, 24 );
HOST_SIZE( host_name, 48 );
HOST_AT( host_small_by_path, name, 136 );
HOST_AT( host_small_look, is_small, 24 );
HOST_SIZE( host_small_look, 32 );
HOST_AT( host_small_by_path, source, 184 );
HOST_AT( host_small_by_path, create_only, 216 );
HOST_SIZE( host_small_by_path, 232 );
HOST_AT( host_attribute, name, 8 );
HOST_SIZE( host_attribute, 264 );
HOST_AT( host_streams, room, 16 );
HOST_AT( host_streams, takes, 36 );
HOST_SIZE( host_streams, 40 );
HOST_AT( host_attribute_copy, source, 24 );
HOST_AT( host_attribute_copy, status, 40 );
HOST_SIZE( host_attribute_copy, 48 );
HOST_AT( host_link, flags, 16 );
HOST_SIZE( host_link, 32 );

#endif
