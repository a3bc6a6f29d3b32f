/* SPDX-License-Identifier: MIT */

/* This file makes the path by which Wine opens a file of the host. */

#include "unix/index.h"

#include <string.h>

/* Under \??\unix Wine searches no other spelling of a name. So the path is made of this prefix, the directory, and the
 * name. */
bool index_path( struct host_name *wanted )
{
    uint16_t *path = (uint16_t *)(uintptr_t)wanted->path;
    const char *directory = (const char *)(uintptr_t)wanted->directory;
    size_t length = HOST_PREFIX_LENGTH, rest = wanted->length + 1, more;

    /* Wine would take a backslash in the host's path for a separator. */
    if (!path) return true;
    if (wanted->path_room < length + rest || strchr( directory, '\\' )) return false;
    for (size_t i = 0; i < length; i++) path[i] = (unsigned char)HOST_PREFIX[i];
    more = host_fold_from_bytes( directory, path + length, wanted->path_room - length - rest );
    if (!more) return false;
    length += more;
    for (size_t i = 0; i < length; i++)
        if (path[i] == '/') path[i] = '\\';
    if (path[length - 1] != '\\') path[length++] = '\\';
    memcpy( path + length, (const uint16_t *)(uintptr_t)wanted->name, wanted->length * sizeof( *path ) );
    wanted->path_length = (uint32_t)( length + wanted->length );
    return true;
}
