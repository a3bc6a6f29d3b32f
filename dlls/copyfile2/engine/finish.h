/* SPDX-License-Identifier: MIT */

/* Every copy ends here, after success and after a failure. */

#ifndef COPYFILE2_FINISH_H
#define COPYFILE2_FINISH_H

#include "common/failure.h"
#include "files/files.h"
#include "streams/position.h"
#include "streams/streams.h"

/* Closes everything that was opened. After a failure it also deletes the destination, unless a restart record was left
 * there. A destination that cannot be deleted, or is to be kept, is cut to the bytes that were copied. */
void finish( struct files *files, struct streams *streams, const struct failure *failure,
             const struct position *position );

#endif
