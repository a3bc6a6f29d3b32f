/* SPDX-License-Identifier: MIT */

/* This file copies reparse points by NT's calls, on Windows and on a Wine that has them. */

#ifndef COPYFILE2_NAMEGRAFT_NT_H
#define COPYFILE2_NAMEGRAFT_NT_H

#include "common/plan.h"
#include "files/files.h"

enum namegraft_nt
{
    NAMEGRAFT_NT_IS_MISSING, /* the source cannot be opened, and the ordinary open says why */
    NAMEGRAFT_NT_IS_NONE,    /* the source is no reparse point, or none that the plan wants to copy as one */
    NAMEGRAFT_NT_DONE        /* the copy has ended, and *status tells whether it failed */
};

/* Copies the source if it is a reparse point that the plan wants to copy as one. Sets *status. */
enum namegraft_nt namegraft_nt_copy( const struct files *files, const struct plan *plan, NTSTATUS *status );

/* True when the file, which was opened by FILE_OPEN_REPARSE_POINT, is a link. The link is then marked for deletion, and
 * goes when the handle is closed. */
bool namegraft_nt_remove( HANDLE file );

#endif
