/* SPDX-License-Identifier: MIT */

/* The end of a move: the source goes. */

#ifndef COPYFILE2_REMOVE_SOURCE_H
#define COPYFILE2_REMOVE_SOURCE_H

#include "streams/streams.h"

/* After all data: where the plan says so, checks that the copy is whole, and flushes it. */
bool remove_source_prepare( const struct files *files, const struct plan *plan, struct failure *failure );

/* After everything else: deletes the source. */
void remove_source( const struct files *files, const struct streams *streams, const struct plan *plan );

#endif
