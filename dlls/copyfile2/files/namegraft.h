/* SPDX-License-Identifier: MIT */

/* This file copies a symbolic link or another reparse point as such, and keeps links at the destination from being
 * followed. It is named after the phase in which Windows does this, COPYFILE2_PHASE_NAMEGRAFT_COPY. */

#ifndef COPYFILE2_NAMEGRAFT_H
#define COPYFILE2_NAMEGRAFT_H

#include "common/failure.h"
#include "common/plan.h"
#include "files/files.h"

/* Copies the source if it is a link that the plan wants to copy as a link. True means that the copy has ended, and
 * failure tells whether it failed. */
bool namegraft_ends_copy( struct files *files, const struct plan *plan, struct failure *failure );

/* Removes a link of this name, whatever it leads to, and leaves everything else alone. The answer is success too where
 * the open will open the link itself (FILE_OPEN_REPARSE_POINT), so that nothing has to be done before it. */
NTSTATUS namegraft_clear( const UNICODE_STRING *name );

/* True when the file just opened by this name is a link, or was reached through one. NT's calls have then marked the
 * link for deletion, and a link of the host is left to namegraft_clear. */
bool namegraft_remove_if_link( HANDLE file, const UNICODE_STRING *name );

#endif
