/* SPDX-License-Identifier: MIT */

/* This is the contract between copyfile2.dll and its host half, copyfile2.so. It lists the calls, and the parameters
 * and results of each.
 *
 * 64- and 32-bit callers need one layout. So all integers have a fixed width, addresses have 64 bits, and every 64-bit
 * member lies at a multiple of 8. In the first call, HOST_CALL_HELLO, the two halves compare their builds, and they
 * work together only when these are the same. host_build.h is made from all their sources. So only HOST_CALL_HELLO
 * and struct host_hello have to stay compatible. */

#ifndef COPYFILE2_UNIXLIB_H
#define COPYFILE2_UNIXLIB_H

#include "host_build.h"

#include <stddef.h>
#include <stdint.h>

/* Each call reads and fills in the struct that is named beside it. */
enum host_call
{
    HOST_CALL_HELLO,          /* struct host_hello: always the first call */
    HOST_CALL_CLOSE,          /* struct host_close */
    HOST_CALL_ERRNO_NAME,     /* struct host_errno_name */
    HOST_CALL_PATH,           /* struct host_path: only where host_hello.has_paths is 1 */
    HOST_CALL_CLONE,          /* struct host_move: the whole file, by sharing its blocks */
    HOST_CALL_COPY_RANGE,     /* struct host_move: a range, by the file system itself */
    HOST_CALL_READ_WRITE,     /* struct host_move: a range, through the buffer */
    HOST_CALL_AHEAD_END,      /* struct host_ahead: stops the helpers that move bytes ahead */
    HOST_CALL_RESERVE,        /* struct host_reserve */
    HOST_CALL_METADATA,       /* struct host_metadata */
    HOST_CALL_NAME,           /* struct host_name */
    HOST_CALL_SMALL,          /* struct host_small */
    HOST_CALL_SMALL_LOOK,     /* struct host_small_look */
    HOST_CALL_SMALL_BY_PATH,  /* struct host_small_by_path */
    HOST_CALL_STREAMS,        /* struct host_streams */
    HOST_CALL_ATTRIBUTE_COPY, /* struct host_attribute_copy */
    HOST_CALL_LINK_LOOK,      /* struct host_link: sets the kind of the file at the path */
    HOST_CALL_LINK_COPY,      /* struct host_link: makes a link like the path's at the destination */
    HOST_CALL_LINK_REMOVE,    /* struct host_link: removes the file at the path, if it is a link */
    HOST_CALL_LINK_COMPARE,   /* struct host_link: sets the kind, or fails where the path is not the open file itself */
    HOST_CALL_COUNT
};

/* In each struct "out" marks the members that the host half sets. It reads all other members. The host half closes the
 * descriptors that it is given. A status is an NTSTATUS, and an err is an errno. */

struct host_hello
{
    uint64_t build; /* stays at offset 0 in every version */
    uint32_t calls;
    int32_t status;     /* out: success where both halves are of one build */
    uint32_t has_paths; /* out: 1 where HOST_CALL_PATH can be asked */
    uint32_t reserved;
};

struct host_close
{
    int32_t file;
    int32_t status; /* out */
};

struct host_errno_name
{
    uint64_t name; /* out: address of char[size] */
    uint32_t size;
    int32_t err;
};

/* This call finds the host's path of a file by its NT path. It ignores that Wine redirects some paths of 32-bit
 * programs. */
struct host_path
{
    uint64_t name; /* address of uint16_t[length] */
    uint64_t path; /* address of char[room]: out */
    uint32_t length;
    uint32_t room;
    uint32_t size;        /* out: of the path with its 0, also where the room is too small */
    uint32_t disposition; /* FILE_OPEN: the file must be there; FILE_OPEN_IF: it need not be */
    int32_t status;       /* out: STATUS_NO_SUCH_FILE for a file that is not there, whose path is set */
    uint32_t reserved;
};

/* ---- moving bytes ---- */

enum host_result
{
    HOST_DONE,       /* fewer bytes than asked for: the source ends here */
    HOST_NOT_FOR_ME, /* the next mover may go on behind the bytes that were moved */
    HOST_CANCELED,
    HOST_READ_FAILED,
    HOST_WRITE_FAILED,
    HOST_SERVER_FAILED, /* the file system failed to copy by itself, and the failure belongs to neither side */
    HOST_ROOM_FAILED,   /* the disk has no room for the whole, and no byte was written */
    HOST_RESULT_COUNT
};

/* A mover that refuses gives one of these reasons. */
enum host_why
{
    HOST_WHY_ERRNO,       /* err says why */
    HOST_WHY_LOCAL,       /* the file system does not copy by itself */
    HOST_WHY_NOT_FILES,   /* one of the two is a device or a pipe */
    HOST_WHY_HOLES,       /* the copy must not have the source's holes */
    HOST_WHY_ENDED_EARLY, /* the mover moved nothing, though the source goes on */
    HOST_WHY_COUNT
};

enum host_move_flags
{
    HOST_MOVE_KEEP_HOLES = 1, /* where the source has a hole, leave one */
    HOST_MOVE_UNCACHED = 2,   /* keep little of the bytes in the page cache */
    HOST_MOVE_HAS_MOVED = 4   /* this mover has moved bytes of this file before, so an error is real now */
};

struct host_move
{
    uint64_t offset;
    uint64_t length;
    uint64_t moved;     /* out, also where the move failed: the bytes that are certain */
    uint64_t cancel;    /* address of an int32_t that ends the move when it is set, or 0 */
    uint64_t buffer;    /* address */
    uint64_t ahead;     /* in and out: the work that moves bytes ahead of the calls; 0: there is none */
    uint64_t ahead_end; /* in and out: the offset in the file at which it has to stop; 0: nothing may be moved ahead */
    uint32_t buffer_size;
    uint32_t flags; /* enum host_move_flags */
    int32_t source;
    int32_t destination;
    uint32_t result;  /* out: enum host_result */
    uint32_t why;     /* out, with HOST_NOT_FOR_ME: enum host_why */
    int32_t err;      /* out */
    int32_t status;   /* out */
    uint32_t threads; /* out: how many threads moved the bytes; 0: one */
    uint32_t reserved;
};

/* This call stops the helpers that move bytes ahead. They have ended when it returns. */
struct host_ahead
{
    uint64_t ahead; /* as in host_move */
};

/* ---- size and metadata ---- */

enum host_reserve_flags
{
    HOST_RESERVE_KEEP_HOLES = 1,  /* the holes of the source need no room */
    HOST_RESERVE_OLD_CONTENT = 2, /* the old content of the destination has to be removed, or written over */
    HOST_RESERVE_ERASE = 4,       /* only make the bytes from size on zeros; the file keeps its length */
    HOST_RESERVE_SIZE_LATER = 8   /* leave the size to the last bytes that are written */
};

/* This call sets the destination's size, and reserves its room on the disk. */
struct host_reserve
{
    uint64_t size;
    int32_t source;
    int32_t destination;
    uint32_t flags;       /* enum host_reserve_flags */
    int32_t err;          /* out */
    int32_t status;       /* out */
    uint32_t old_content; /* out: 1 where old content is still there, to be written over */
};

enum host_metadata_flags
{
    HOST_METADATA_X_BITS = 1 /* the destination is new, and gets the x bits of its source */
};

/* This call copies the metadata that NT's calls lose: nanoseconds of the last write, x bits, user.* attributes. */
struct host_metadata
{
    uint64_t last_write_time; /* the source's when it was opened, as NT counts: 100 ns since 1601 */
    int32_t source;
    int32_t destination;
    uint32_t flags; /* enum host_metadata_flags */
    int32_t status; /* out */
};

/* ---- named streams ---- */

struct host_attribute
{
    uint64_t size;
    char name[256];
};

enum host_streams_flags
{
    HOST_STREAMS_OF_DESTINATION = 1, /* the file is the destination, so takes is set */
    HOST_STREAMS_REMOVE = 2          /* remove the attributes that are streams, and list none */
};

enum host_streams_takes
{
    HOST_STREAMS_TAKES_SIBLINGS = 1,  /* files whose names have a colon */
    HOST_STREAMS_TAKES_ATTRIBUTES = 2 /* user.* attributes */
};

/* This call lists or removes the streams that are attributes. It also tells whether there may be siblings: files beside
 * the file, whose names are the file's name, a colon, and more. */
struct host_streams
{
    uint64_t path;       /* address of char[], or 0 where the path is not known */
    uint64_t attributes; /* address of struct host_attribute[room]: out */
    uint32_t room;
    uint32_t count; /* out: the number of attributes, with those that found no room */
    int32_t file;
    uint32_t flags;    /* enum host_streams_flags */
    uint32_t siblings; /* out: 0 where it is certain that the file has no sibling */
    uint32_t takes;    /* out: enum host_streams_takes */
};

/* This call copies the first bytes of an attribute to the destination. With length 0 it makes an empty one. */
struct host_attribute_copy
{
    uint64_t name; /* address of char[] */
    uint64_t length;
    uint64_t moved; /* out */
    int32_t source;
    int32_t destination;
    uint32_t result; /* out: HOST_DONE, HOST_READ_FAILED or HOST_WRITE_FAILED */
    int32_t err;     /* out */
    int32_t status;  /* out */
    uint32_t reserved;
};

/* ---- links ---- */

enum host_kind
{
    HOST_KIND_OTHER, /* a device, a pipe */
    HOST_KIND_FILE,
    HOST_KIND_DIRECTORY,
    HOST_KIND_LINK_TO_FILE,
    HOST_KIND_LINK_TO_DIRECTORY,
    HOST_KIND_LINK_TO_NOTHING
};

enum host_link_flags
{
    HOST_LINK_CREATE_ONLY = 1 /* do not replace what exists */
};

struct host_link
{
    uint64_t path;        /* address of char[]: the path to which Wine resolves the name */
    uint64_t destination; /* the same, for a copy */
    uint32_t flags;       /* enum host_link_flags */
    uint32_t kind;        /* out: enum host_kind */
    int32_t file;         /* the open file that the path is compared with */
    int32_t status;       /* out */
};

/* ---- new names ---- */

enum host_name_result
{
    HOST_NAME_NEW,    /* no file has this name, under any spelling */
    HOST_NAME_EXISTS, /* a file has it in this very spelling */
    HOST_NAME_SPELLED_OTHERWISE,
    HOST_NAME_UNKNOWN,
    HOST_NAME_RESULT_COUNT
};

/* HOST_NAME_UNKNOWN has one of these reasons. */
enum host_name_why
{
    HOST_NAME_WHY_ERRNO,    /* err tells */
    HOST_NAME_WHY_FOREIGN,  /* the file system does not tell all of its changes here */
    HOST_NAME_WHY_FOLDS,    /* the directory ignores case by itself */
    HOST_NAME_WHY_LARGE,    /* the names of the directory take more memory than is allowed */
    HOST_NAME_WHY_ODD,      /* Wine may take this name for another */
    HOST_NAME_WHY_UNSTEADY, /* changes came faster than they could be followed */
    HOST_NAME_WHY_WINE,     /* Wine does not tell how it compares names */
    HOST_NAME_WHY_COUNT
};

/* This call asks the index whether a name is new to its directory. */
struct host_name
{
    uint64_t directory; /* address of char[] that ends with 0: a path of the host */
    uint64_t name;      /* address of uint16_t[length] */
    uint64_t path; /* address of uint16_t[path_room], or 0: out, with HOST_NAME_NEW: Wine's name of the host's path */
    uint32_t length;
    uint32_t path_room;
    uint32_t path_length; /* out */
    uint32_t result;      /* out: enum host_name_result */
    uint32_t why;         /* out, with HOST_NAME_UNKNOWN: enum host_name_why */
    int32_t err;          /* out */
};

/* The NT path by which Wine finds a path of the host begins with this. */
#define HOST_PREFIX        "\\??\\unix"
#define HOST_PREFIX_LENGTH ( sizeof( HOST_PREFIX ) - 1 )

/* ---- small files, whole ---- */

/* A file of at most this many bytes is small, and one call copies it whole. */
#define HOST_SMALL_SIZE ( 256 * 1024 )

enum host_small_flags
{
    HOST_SMALL_MAY_OFFLOAD = 1, /* a clone and copy_file_range are allowed */
    HOST_SMALL_ROOM_FIRST = 2,  /* the destination gets its size and its room before its first byte */
    HOST_SMALL_OLD_CONTENT = 4, /* the old content of the destination has to be removed, or written over */
    HOST_SMALL_METADATA = 8,    /* copy the metadata too, because NT's calls have none to add */
    HOST_SMALL_X_BITS = 16      /* the destination is new, and gets the x bits of its source */
};

/* One call copies a small file by two descriptors. Otherwise that takes five calls: three movers, the room, and the
 * metadata. */
struct host_small
{
    struct host_move move;    /* the range; out: the results of the last mover */
    uint64_t last_write_time; /* as in host_metadata */
    uint32_t flags;           /* enum host_small_flags */
    uint32_t mover;           /* out: HOST_CALL_... of the last mover */
    uint32_t has_metadata;    /* out: 1 where the metadata was copied */
    uint32_t clone_why;       /* out, here and below: why the movers before the last one refused */
    int32_t clone_err;
    uint32_t range_why;
    int32_t range_err;
    uint32_t reserved;
};

/* This call finds out which file a path leads to. */
struct host_small_look
{
    uint64_t path;     /* address of char[] */
    uint64_t device;   /* out */
    uint64_t inode;    /* out */
    uint32_t is_small; /* out: 1 for a regular file of at most HOST_SMALL_SIZE bytes */
    int32_t err;       /* out */
};

enum host_small_result
{
    HOST_SMALL_DONE,
    HOST_SMALL_REFUSED, /* nothing has changed, and the copy is left to handles */
    HOST_SMALL_FAILED,  /* small.move says how, and the destination was deleted */
    HOST_SMALL_RESULT_COUNT
};

/* HOST_SMALL_REFUSED has one of these reasons. */
enum host_small_why
{
    HOST_SMALL_WHY_ERRNO,      /* err says why; EAGAIN: the destination is open; EACCES: it is another user's */
    HOST_SMALL_WHY_REPLACED,   /* one of the names leads to another file than it did */
    HOST_SMALL_WHY_NAME,       /* it is unknown whether the destination's name is new, or it exists and must not */
    HOST_SMALL_WHY_NOT_FILES,  /* a device, a pipe or a link is in the way */
    HOST_SMALL_WHY_LARGE,      /* the source or the destination has more than HOST_SMALL_SIZE bytes */
    HOST_SMALL_WHY_READ_ONLY,  /* one of the files is read-only */
    HOST_SMALL_WHY_ATTRIBUTES, /* attributes of the host may be marks and streams */
    HOST_SMALL_WHY_STREAMS,    /* there may be named streams */
    HOST_SMALL_WHY_FOREIGN,    /* other machines may open files on this file system */
    HOST_SMALL_WHY_SIZE,       /* the source goes on behind the size that it tells */
    HOST_SMALL_WHY_COUNT
};

/* One call copies a small file by two paths, without a handle of the destination. */
struct host_small_by_path
{
    struct host_small small;       /* without buffer, length, descriptors and time, which the host half sets */
    struct host_name name;         /* the destination's; its path is 0 */
    struct host_small_look source; /* the file that lay there before Wine opened it */
    uint32_t create_only;          /* 1: what exists is not overwritten */
    uint32_t result;               /* out: enum host_small_result */
    uint32_t why;                  /* out, with HOST_SMALL_REFUSED: enum host_small_why */
    int32_t err;                   /* out */
};

#include "unix/unixlib_layout.h"

#endif
