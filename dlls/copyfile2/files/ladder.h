/* SPDX-License-Identifier: MIT */

/* A file may refuse the access that we wish for, and allow the access that we need. So it is opened by a ladder: a list
 * of attempts from the best access and sharing down to the least that is enough. */

#ifndef COPYFILE2_LADDER_H
#define COPYFILE2_LADDER_H

#include "common/plan.h"

#define LADDER_SHARE_READ_DELETE ( FILE_SHARE_READ | FILE_SHARE_DELETE )
#define LADDER_SHARE_ALL         ( FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE )

/* A rung is one attempt to open a file. */
struct ladder_rung
{
    ACCESS_MASK access;
    ULONG share;
};

/* All rungs of one opening have these in common. */
struct ladder_opening
{
    UNICODE_STRING *path;
    ULONG disposition;
    ULONG options; /* in addition to those that ladder_try always gives */
    ULONG attributes;
    ULONG_PTR result; /* out: what the open did, FILE_CREATED and the like */
};

#define LADDER_FILE_OPTIONS ( FILE_NON_DIRECTORY_FILE | FILE_SEQUENTIAL_ONLY )

/* Answers the options that open a directory where the plan copies one, and a file otherwise. */
ULONG ladder_options( const struct plan *plan );

/* Opens the file by one rung. Sets *handle, and opening->result. */
NTSTATUS ladder_try( HANDLE *handle, struct ladder_opening *opening, const struct ladder_rung *rung );

/* Tries count rungs, beginning at *rungs. Sets *handle, and *rungs to the rung that succeeded. On failure *handle is
 * NULL, and the status is that of *rungs, the last one tried. */
NTSTATUS ladder_open( HANDLE *handle, struct ladder_opening *opening, const struct ladder_rung **rungs, size_t count );

#endif
