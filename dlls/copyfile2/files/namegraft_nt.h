/* SPDX-License-Identifier: MIT */

/* Reparse points by NT's calls: on Windows, and on a Wine that has them. */

#ifndef COPYFILE2_NAMEGRAFT_NT_H
#define COPYFILE2_NAMEGRAFT_NT_H

#include "common/plan.h"
#include "files/files.h"

enum namegraft_nt
{
    NAMEGRAFT_NT_IS_MISSING, /* it cannot be opened: the ordinary open says why */
    NAMEGRAFT_NT_IS_NONE,    /* no reparse point, or none that the plan wants as one */
    NAMEGRAFT_NT_DONE        /* or failed: *status */
};

enum namegraft_nt namegraft_nt_copy( const struct files *files, const struct plan *plan, NTSTATUS *status );

/* Deletes what was opened by FILE_OPEN_REPARSE_POINT if it is a link; the handle is still to be closed. */
bool namegraft_nt_remove( HANDLE file );

#endif
