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

/* Copies the source if it is a reparse point that the plan wants to copy as one, and sets *status. With replace, the
 * copy takes the place of an existing destination. Without replace, an existing destination makes *status
 * STATUS_OBJECT_NAME_COLLISION. */
enum namegraft_nt namegraft_nt_copy( const struct files *files, const struct plan *plan, bool replace,
                                     NTSTATUS *status );

/* Removes a link of this name that NT's calls know as a link, and leaves everything else alone. With create_only such a
 * link stays, and the answer is STATUS_OBJECT_NAME_COLLISION. */
NTSTATUS namegraft_nt_clear( const UNICODE_STRING *name, bool create_only );

/* True when the file, which was opened by FILE_OPEN_REPARSE_POINT, is a link. The link is then marked for deletion, and
 * is deleted when the handle is closed. */
bool namegraft_nt_remove( HANDLE file );

#endif
