/* SPDX-License-Identifier: MIT */

/* The end of a move: the source goes. */

#ifndef COPYFILE2_DEPARTURE_H
#define COPYFILE2_DEPARTURE_H

#include "failure.h"
#include "open.h"
#include "plan.h"
#include "streams.h"

/* After all data: where the plan says so, checks that the copy is whole, and flushes it. */
bool departure_prepare( const struct files *files, const struct plan *plan, struct failure *failure );

/* After everything else: deletes the source. */
void departure( const struct files *files, const struct streams *streams, const struct plan *plan );

#endif
