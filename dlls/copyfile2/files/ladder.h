/* SPDX-License-Identifier: MIT */

/* Opens a file by a ladder of attempts, from the best access and sharing to the least that will do. */

#ifndef COPYFILE2_LADDER_H
#define COPYFILE2_LADDER_H

#include "common/plan.h"

#define LADDER_SHARE_READ_DELETE ( FILE_SHARE_READ | FILE_SHARE_DELETE )
#define LADDER_SHARE_ALL         ( FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE )

/* One way to open a file; a ladder of them is tried from the best to the least. */
struct ladder_step
{
    ACCESS_MASK access;
    ULONG share;
};

/* What is the same for every step. */
struct ladder_opening
{
    UNICODE_STRING *path;
    ULONG disposition;
    ULONG options; /* besides what suits every file */
    ULONG attributes;
    ULONG_PTR result; /* out: FILE_CREATED and the like */
};

#define LADDER_FILE_OPTIONS ( FILE_NON_DIRECTORY_FILE | FILE_SEQUENTIAL_ONLY )

ULONG ladder_options( const struct plan *plan );

NTSTATUS ladder_try( HANDLE *handle, struct ladder_opening *opening, const struct ladder_step *step );

/* Answers the step that succeeded by *steps, or the status of the last one tried. */
NTSTATUS ladder_open( HANDLE *handle, struct ladder_opening *opening, const struct ladder_step **steps, size_t count );

#endif
