/* SPDX-License-Identifier: MIT */

/* Symbolic links and other reparse points: copies one as what it is, and keeps others from being followed. */

#ifndef COPYFILE2_NAMEGRAFT_H
#define COPYFILE2_NAMEGRAFT_H

#include "common/failure.h"
#include "common/plan.h"
#include "files/files.h"

/* Copies the source if it is a link that the plan wants as one. True: that was the copy, or its failure. */
bool namegraft_ends_copy( struct files *files, const struct plan *plan, struct failure *failure );

/* Takes away a link of this name, whatever it leads to. Where links are opened themselves (FILE_OPEN_REPARSE_POINT)
 * there is nothing to do before the open. */
NTSTATUS namegraft_clear( const UNICODE_STRING *name );

/* Whether the file just opened by this name was reached through a link, or is one; then it is taken away. */
bool namegraft_remove_if_link( HANDLE file, const UNICODE_STRING *name );

#endif
