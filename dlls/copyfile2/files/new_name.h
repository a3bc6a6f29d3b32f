/* SPDX-License-Identifier: MIT */

/* This file tells whether the destination's name is new, without a search through its folder. */

#ifndef COPYFILE2_NEW_NAME_H
#define COPYFILE2_NEW_NAME_H

#include "common/trace.h"
#include "unix/unixlib.h"

/* This is what new_name_place finds out: the folder in which a name lies. */
struct new_name_place
{
    const char *why;      /* why no folder was found that can be relied on */
    char directory[2048]; /* the folder's path on the host */
    ULONG size;           /* the length of directory, with its 0 */
};

/* Finds the folder of the path, and does not ask the index yet. Sets place, and wanted->directory and wanted->name,
 * which point into place and path. False means that place->why tells why not. */
bool new_name_place( const UNICODE_STRING *path, struct new_name_place *place, struct host_name *wanted );

/* Asks the index. True means that a moment ago no file had this name under any spelling. Then *host_path is another
 * path of the same name, which Wine takes exactly as it is spelled, and which new_name_free frees. False means that the
 * file exists, or that nobody can tell; then the trace gets the reason. */
bool new_name( const UNICODE_STRING *path, UNICODE_STRING *host_path, struct trace *trace );
void new_name_free( UNICODE_STRING *host_path );

#endif
