/* SPDX-License-Identifier: MIT */

/* Whether the destination's name is new, without a look through its folder. */

#ifndef COPYFILE2_NEW_NAME_H
#define COPYFILE2_NEW_NAME_H

#include "common/trace.h"
#include "unix/unixlib.h"

/* Where a name on a drive lies. */
struct new_name_place
{
    const char *why;      /* there is none that can be relied on */
    char directory[2048]; /* the host's path */
    ULONG size;           /* of it, with its 0 */
};

/* Asks for nothing yet: fills in the directory and the name of what is wanted, which point into place and path. */
bool new_name_place( const UNICODE_STRING *path, struct new_name_place *place, struct host_name *wanted );

/* True: a moment ago no file had this name under any spelling; host_path is another path to it, that Wine takes as
 * it is spelled, and has to be freed. False: nobody knows, and the trace is told why; or the file exists. */
bool new_name( const UNICODE_STRING *path, UNICODE_STRING *host_path, struct trace *trace );
void new_name_free( UNICODE_STRING *host_path );

#endif
