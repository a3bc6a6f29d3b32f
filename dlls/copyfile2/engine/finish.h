/* SPDX-License-Identifier: MIT */

/* The single exit. */

#ifndef COPYFILE2_FINISH_H
#define COPYFILE2_FINISH_H

#include "common/failure.h"
#include "files/files.h"
#include "streams/position.h"
#include "streams/streams.h"

/* Closes everything that was opened. After a failure the destination goes, unless a restart record was left in it,
 * or, when it cannot go or is to be kept, it is cut to the bytes that were copied. */
void finish( struct files *files, struct streams *streams, const struct failure *failure,
             const struct position *position );

#endif
