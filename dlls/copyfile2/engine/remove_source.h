/* SPDX-License-Identifier: MIT */

/* At the end of a move the source is deleted. */

#ifndef COPYFILE2_REMOVE_SOURCE_H
#define COPYFILE2_REMOVE_SOURCE_H

#include "common/failure.h"
#include "common/plan.h"
#include "streams/streams.h"

/* Call this after all data, while the streams are open. For a move it checks that the copy is a file, that the source
 * has not changed, and that it was read to its end. It also flushes the copy where the plan says so. True means that
 * the source may be deleted, or that this is no move; otherwise failure is set. */
bool remove_source_prepare( const struct files *files, const struct streams *streams, const struct plan *plan,
                            struct failure *failure );

/* Call this after everything else. For a move it deletes the source. */
void remove_source( const struct files *files, const struct plan *plan );

#endif
