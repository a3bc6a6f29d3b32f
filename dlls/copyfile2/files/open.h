/* SPDX-License-Identifier: MIT */

/* Opens the two files of a copy: the source first, then the destination. */

#ifndef COPYFILE2_OPEN_H
#define COPYFILE2_OPEN_H

#include "common/failure.h"
#include "common/plan.h"
#include "common/trace.h"
#include "files/files.h"

/* Makes NT paths of the names. */
bool open_names( struct files *files, const struct plan *plan, struct failure *failure );

bool open_source( struct files *files, const struct plan *plan, struct failure *failure );
/* Its size, times and marks. */
bool open_query_source( struct files *files, const struct plan *plan, struct failure *failure );
/* A destination that is to be gone on with, as it is; false: there is none, or it is open_destination's to say why
 * not. */
bool open_partial_destination( struct files *files, const struct plan *plan );

/* Leaves one that is open as it is. */
bool open_destination( struct files *files, const struct plan *plan, struct trace *trace, struct failure *failure );

/* A named stream, by its NT path; and one that is to go. */
NTSTATUS open_stream_source( HANDLE *source, UNICODE_STRING *path, bool *shares_write );
NTSTATUS open_stream_destination( HANDLE *destination, UNICODE_STRING *path, ULONG disposition );
NTSTATUS open_to_delete( HANDLE *file, UNICODE_STRING *path, bool shared );

#endif
