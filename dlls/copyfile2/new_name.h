/* SPDX-License-Identifier: MIT */

/* Whether the destination's name is new, without a look through its folder. */

#ifndef COPYFILE2_NEW_NAME_H
#define COPYFILE2_NEW_NAME_H

#include "trace.h"

/* True: a moment ago no file had this name under any spelling; host_path is another path to it, that Wine takes as
 * it is spelled, and has to be freed. False: nobody knows, and the trace is told why; or the file exists. */
bool new_name( const UNICODE_STRING *path, UNICODE_STRING *host_path, struct trace *trace );
void new_name_free( UNICODE_STRING *host_path );

#endif
