/* SPDX-License-Identifier: MIT */

/* The source goes at the end of a move. */

#ifndef COPYFILE2_REMOVE_SOURCE_H
#define COPYFILE2_REMOVE_SOURCE_H

#include "common/failure.h"
#include "common/plan.h"
#include "files/files.h"

/* Call this after all data. For a move it checks that the copy is a file and that the source has not changed. It also
 * flushes the copy where the plan says so. True means that the source may go, or that this is no move; otherwise
 * failure is set. */
bool remove_source_prepare( const struct files *files, const struct plan *plan, struct failure *failure );

/* Call this after everything else. For a move it deletes the source. */
void remove_source( const struct files *files, const struct plan *plan );

#endif
