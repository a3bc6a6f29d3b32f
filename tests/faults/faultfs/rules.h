/* SPDX-License-Identifier: MIT */

/* The rules by which faultfs fails, delays and shortens operations, and the language they are given in. */

#ifndef FAULTFS_RULES_H
#define FAULTFS_RULES_H

#include <stddef.h>
#include <sys/types.h>

enum operation
{
    OP_CHMOD,
    OP_COPY_FILE_RANGE,
    OP_CREATE,
    OP_FALLOCATE,
    OP_FLUSH,
    OP_FSYNC,
    OP_GETATTR,
    OP_GETXATTR,
    OP_LSEEK,
    OP_OPEN,
    OP_READ,
    OP_READLINK,
    OP_RELEASE,
    OP_RENAME,
    OP_SETXATTR,
    OP_SYMLINK,
    OP_TRUNCATE,
    OP_UNLINK,
    OP_UTIMENS,
    OP_WRITE,
    OP_COUNT
};

/* Counts the call, waits when a rule says so, and answers 0 or -errno. When size is given, *size may become less, or
 * become the size that a file is to tell. offset is that of the operation, or 0. */
int rules_ask( enum operation operation, const char *path, off_t offset, size_t *size );

/* Takes the lines that were written to the control file. Answers 0, or -EINVAL when one of them is no rule; those
 * before it hold. */
int rules_take( const char *text, size_t size );

/* Writes one line an operation: its name, the calls, the calls that a rule failed or shortened, since the last clear.
 * Answers the length. */
size_t rules_tell( char *text, size_t size );

#endif
