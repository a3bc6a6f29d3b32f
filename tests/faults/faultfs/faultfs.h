/* SPDX-License-Identifier: MIT */

/* The parts of faultfs share this. */

#ifndef FAULTFS_FAULTFS_H
#define FAULTFS_FAULTFS_H

#include "rules.h"

#include <errno.h>

extern int root; /* the folder that is shown */

/* Answers the path relative to the folder, for the *at calls. */
const char *below( const char *path );

/* Answers the result of a system call as FUSE wants it. */
int result( long ret );

/* Leaves the function when a rule says so. */
#define ASK( operation, path, offset, size )                                                                           \
    do                                                                                                                 \
    {                                                                                                                  \
        int asked = rules_ask( operation, path, offset, size );                                                        \
        if (asked) return asked;                                                                                       \
    } while (0)

int fs_setxattr( const char *path, const char *name, const char *value, size_t size, int flags );

int fs_getxattr( const char *path, const char *name, char *value, size_t size );

int fs_listxattr( const char *path, char *list, size_t size );

int fs_removexattr( const char *path, const char *name );

#endif
