/* SPDX-License-Identifier: MIT */

/* The contract between copyfile2.dll and its host half, copyfile2.so: which calls there are, and what each takes and
 * gives.
 *
 * Fixed-width integers only, addresses as 64 bits, every 64-bit member at a multiple of 8: one layout serves 64- and
 * 32-bit callers. The two halves greet each other first and serve only when they are of one build (host_build.h,
 * made by make from all their sources), so that nothing here needs to stay compatible but the greeting. */

#ifndef COPYFILE2_UNIXLIB_H
#define COPYFILE2_UNIXLIB_H

#include "host_build.h"

#include <stddef.h>
#include <stdint.h>

enum host_call
{
    HOST_CALL_HELLO, /* always the first, with its build at offset 0 */
    HOST_CALL_CLOSE,
    HOST_CALL_ERRNO_NAME,
    HOST_CALL_CLONE,
    HOST_CALL_COPY_RANGE,
    HOST_CALL_READ_WRITE,
    HOST_CALL_RESERVE,
    HOST_CALL_METADATA,
    HOST_CALL_NAME,
    HOST_CALL_SMALL,
    HOST_CALL_LOOK,
    HOST_CALL_LEASE,
    HOST_CALL_STREAMS,
    HOST_CALL_ATTRIBUTE_COPY,
    HOST_CALL_LINK_LOOK,    /* kind of the path */
    HOST_CALL_LINK_COPY,    /* a link like the path's */
    HOST_CALL_LINK_REMOVE,  /* of the path, if it is one */
    HOST_CALL_LINK_COMPARE, /* kind of the path, if it is the file itself; else it fails */
    HOST_CALL_COUNT
};

/* Descriptors are given away: the host half closes them. */

struct host_hello
{
    uint64_t build;
    uint32_t calls;
    int32_t status; /* out, here and below: an NTSTATUS */
};

struct host_close
{
    int32_t file;
    int32_t status;
};

struct host_errno_name
{
    uint64_t name; /* of char[size] */
    uint32_t size;
    int32_t err;
};

enum host_result
{
    HOST_DONE,       /* less than asked: the source ends here */
    HOST_NOT_FOR_ME, /* the next mover may go on behind what was moved */
    HOST_CANCELED,
    HOST_READ_FAILED,
    HOST_WRITE_FAILED,
    HOST_SERVER_FAILED, /* the file system failed to copy, on whichever side */
    HOST_ROOM_FAILED,   /* no room for the whole, before its first byte */
    HOST_RESULT_COUNT
};

/* Why a mover refuses. */
enum host_why
{
    HOST_WHY_ERRNO,
    HOST_WHY_LOCAL,       /* the file system does not copy by itself */
    HOST_WHY_NOT_FILES,   /* devices, pipes */
    HOST_WHY_HOLES,       /* the copy must not have the source's holes */
    HOST_WHY_ENDED_EARLY, /* it moved nothing, though the source goes on */
    HOST_WHY_COUNT
};

enum
{
    HOST_KEEP_HOLES = 1,      /* where the source has a hole, leave one */
    HOST_UNCACHED = 2,        /* keep little of it in the page cache */
    HOST_HAS_MOVED = 4,       /* this mover moved bytes of this file before: an error is real now */
    HOST_OF_DESTINATION = 8,  /* what it takes is asked for */
    HOST_REMOVE_STREAMS = 16, /* attributes that are streams go, and are not listed */
    HOST_MAY_OFFLOAD = 32,    /* clone, and what a file system does by itself */
    HOST_ROOM_FIRST = 64,
    HOST_METADATA = 128,    /* the host's part is all there is to do */
    HOST_OLD_CONTENT = 256, /* what the destination holds is to go, or to be written over */
    HOST_ERASE = 512        /* of a reserve: instead, zeros from size on, and the file keeps its length */
};

struct host_move
{
    uint64_t offset;
    uint64_t length;
    uint64_t moved;  /* out, also of a failure: all that is certain */
    uint64_t cancel; /* of an int32_t that ends the move when it is set, or 0 */
    uint64_t buffer;
    uint32_t buffer_size;
    uint32_t flags;
    int32_t source;
    int32_t destination;
    uint32_t result; /* out */
    uint32_t why;    /* out, of HOST_NOT_FOR_ME */
    int32_t err;     /* out */
    int32_t status;
};

struct host_reserve
{
    uint64_t size;
    int32_t source;
    int32_t destination;
    uint32_t flags;
    int32_t err;
    int32_t status;
    uint32_t old_content; /* out: whether the destination has some still, to be written over */
};

struct host_metadata
{
    uint64_t last_write_time; /* of the source when it was opened, as NT counts: 100 ns since 1601 */
    int32_t source;
    int32_t destination;
    uint32_t reserved;
    int32_t status;
};

struct host_attribute
{
    uint64_t size;
    char name[256];
};

enum
{
    HOST_TAKES_SIBLINGS = 1, /* names with a colon */
    HOST_TAKES_ATTRIBUTES = 2
};

/* The named streams of a file. */
struct host_streams
{
    uint64_t path;       /* of char[], 0: not known */
    uint64_t attributes; /* of struct host_attribute[room] */
    uint32_t room;
    uint32_t count; /* out: also of those that found no room */
    int32_t file;
    uint32_t flags;
    uint32_t
        siblings;   /* out: whether files may be beside it whose names are its own, a colon, and more; 0 is certain */
    uint32_t takes; /* out */
};

/* The first bytes of an attribute; 0: an empty one. */
struct host_attribute_copy
{
    uint64_t name; /* of char[] */
    uint64_t length;
    uint64_t moved; /* out */
    int32_t source;
    int32_t destination;
    uint32_t result; /* out: DONE, READ_FAILED, WRITE_FAILED */
    int32_t err;
    int32_t status;
    uint32_t reserved;
};

enum host_kind
{
    HOST_KIND_OTHER, /* a device, a pipe */
    HOST_KIND_FILE,
    HOST_KIND_DIRECTORY,
    HOST_KIND_LINK_TO_FILE,
    HOST_KIND_LINK_TO_DIRECTORY,
    HOST_KIND_LINK_TO_NOTHING
};

enum
{
    HOST_CREATE_ONLY = 1 /* what exists is not replaced */
};

struct host_link
{
    uint64_t path; /* both: of char[], as Wine resolves the name */
    uint64_t destination;
    uint32_t flags;
    uint32_t kind; /* out */
    int32_t file;
    int32_t status;
};

/* A whole small file, by whichever mover can, with its room and its metadata: what else takes five calls. */
struct host_small
{
    struct host_move move;    /* of the mover that was the last */
    uint64_t last_write_time; /* as in host_metadata */
    uint32_t mover;           /* out, here and below: its HOST_CALL_... */
    uint32_t has_metadata;
    uint32_t clone_why; /* of movers before it */
    int32_t clone_err;
    uint32_t range_why;
    int32_t range_err;
};

/* What counts as small: bytes that one call moves at once. */
#define HOST_SMALL_SIZE ( 256 * 1024 )

enum host_name_result
{
    HOST_NAME_NEW,    /* no file of this name is there, under any spelling */
    HOST_NAME_EXISTS, /* under this very spelling */
    HOST_NAME_SPELLED_OTHERWISE,
    HOST_NAME_UNKNOWN,
    HOST_NAME_RESULT_COUNT
};

/* Why it is unknown. */
enum host_name_why
{
    HOST_NAME_WHY_ERRNO,
    HOST_NAME_WHY_FOREIGN,  /* a file system whose changes are not all told */
    HOST_NAME_WHY_FOLDS,    /* a directory that knows spellings by itself */
    HOST_NAME_WHY_LARGE,    /* too many names for the memory that is allowed */
    HOST_NAME_WHY_ODD,      /* a name that Wine may take for another */
    HOST_NAME_WHY_UNSTEADY, /* changes came faster than they could be followed */
    HOST_NAME_WHY_WINE,     /* Wine does not tell how it compares names */
    HOST_NAME_WHY_COUNT
};

struct host_name
{
    uint64_t directory; /* of char[], ends with 0: a path of the host */
    uint64_t name;      /* of uint16_t[length] */
    uint64_t path;      /* of uint16_t[path_room]: out, of HOST_NAME_NEW: Wine's name of the host's path to it; or 0 */
    uint32_t length;
    uint32_t path_room;
    uint32_t path_length; /* out, here and below */
    uint32_t result;
    uint32_t why; /* of HOST_NAME_UNKNOWN */
    int32_t err;
};

/* Which file a path leads to. */
struct host_look
{
    uint64_t path;   /* of char[] */
    uint64_t device; /* out, here and below */
    uint64_t inode;
    uint32_t is_small; /* a regular file that is */
    int32_t err;
};

enum host_lease_result
{
    HOST_LEASE_DONE,
    HOST_LEASE_REFUSED, /* nothing has changed; handles are to do it */
    HOST_LEASE_FAILED,  /* as small.move says; the destination is gone */
    HOST_LEASE_RESULT_COUNT
};

/* Why it is refused. */
enum host_lease_why
{
    HOST_LEASE_WHY_ERRNO,     /* EAGAIN: the destination is open; EACCES: it is another user's */
    HOST_LEASE_WHY_REPLACED,  /* one of the names leads to another file than it did */
    HOST_LEASE_WHY_NAME,      /* the destination's is not known to be new, or not wanted to exist */
    HOST_LEASE_WHY_NOT_FILES, /* devices, pipes, a link in the way */
    HOST_LEASE_WHY_LARGE,
    HOST_LEASE_WHY_MARKED,     /* read-only or hidden */
    HOST_LEASE_WHY_ATTRIBUTES, /* of the host, that may be marks and streams */
    HOST_LEASE_WHY_STREAMS,    /* there may be named ones */
    HOST_LEASE_WHY_FOREIGN,    /* a file system on which other machines may open files */
    HOST_LEASE_WHY_COUNT
};

/* A whole small file without a handle of the destination. */
struct host_lease
{
    struct host_small small; /* no buffer, no length, no descriptors, no time */
    struct host_name name;   /* the destination's; no path is made */
    struct host_look source; /* what it was before Wine opened it */
    uint32_t create_only;
    uint32_t result; /* out, here and below */
    uint32_t why;
    int32_t err;
};

/* What Wine's name of a host's path has in front of it. */
#define HOST_PREFIX        "\\??\\unix"
#define HOST_PREFIX_LENGTH ( sizeof( HOST_PREFIX ) - 1 )

#define HOST_AT( type, member, offset )                                                                                \
    _Static_assert( offsetof( struct type, member ) == ( offset ), #type "." #member )
#define HOST_SIZE( type, bytes ) _Static_assert( sizeof( struct type ) == ( bytes ), #type )
HOST_AT( host_hello, build, 0 );
HOST_AT( host_hello, calls, 8 );
HOST_SIZE( host_hello, 16 );
HOST_SIZE( host_close, 8 );
HOST_AT( host_errno_name, size, 8 );
HOST_SIZE( host_errno_name, 16 );
HOST_AT( host_move, cancel, 24 );
HOST_AT( host_move, buffer_size, 40 );
HOST_AT( host_move, source, 48 );
HOST_AT( host_move, result, 56 );
HOST_AT( host_move, status, 68 );
HOST_SIZE( host_move, 72 );
HOST_AT( host_reserve, source, 8 );
HOST_AT( host_reserve, status, 24 );
HOST_SIZE( host_reserve, 32 );
HOST_AT( host_metadata, source, 8 );
HOST_SIZE( host_metadata, 24 );
HOST_AT( host_small, last_write_time, 72 );
HOST_AT( host_small, clone_why, 88 );
HOST_SIZE( host_small, 104 );
HOST_AT( host_name, length, 24 );
HOST_SIZE( host_name, 48 );
HOST_AT( host_lease, name, 104 );
HOST_AT( host_look, is_small, 24 );
HOST_SIZE( host_look, 32 );
HOST_AT( host_lease, source, 152 );
HOST_AT( host_lease, create_only, 184 );
HOST_SIZE( host_lease, 200 );
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
