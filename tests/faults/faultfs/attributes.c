/* SPDX-License-Identifier: MIT */

/* The calls of extended attributes have no *at form, so they go by /proc. */

#include "faultfs.h"

#include <stdio.h>
#include <sys/xattr.h>

static const char *in_proc( char *buffer, size_t size, const char *path )
{
    snprintf( buffer, size, "/proc/self/fd/%d/%s", root, below( path ) );
    return buffer;
}

int fs_setxattr( const char *path, const char *name, const char *value, size_t size, int flags )
{
    char name_in_proc[4200];

    ASK( OP_SETXATTR, path, 0, NULL );
    return result( lsetxattr( in_proc( name_in_proc, sizeof( name_in_proc ), path ), name, value, size, flags ) );
}

int fs_getxattr( const char *path, const char *name, char *value, size_t size )
{
    char name_in_proc[4200];

    ASK( OP_GETXATTR, path, 0, NULL );
    return result( lgetxattr( in_proc( name_in_proc, sizeof( name_in_proc ), path ), name, value, size ) );
}

int fs_listxattr( const char *path, char *list, size_t size )
{
    char name_in_proc[4200];

    return result( llistxattr( in_proc( name_in_proc, sizeof( name_in_proc ), path ), list, size ) );
}

int fs_removexattr( const char *path, const char *name )
{
    char name_in_proc[4200];

    return result( lremovexattr( in_proc( name_in_proc, sizeof( name_in_proc ), path ), name ) );
}
