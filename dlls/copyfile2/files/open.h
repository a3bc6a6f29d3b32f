/* SPDX-License-Identifier: MIT */

/* This file opens the two files of a copy: the source first, then the destination. */

#ifndef COPYFILE2_OPEN_H
#define COPYFILE2_OPEN_H

#include "common/failure.h"
#include "common/plan.h"
#include "common/trace.h"
#include "files/files.h"

/* Sets the NT paths of the plan's two names. False means, here and below, that failure is set. */
bool open_names( struct files *files, const struct plan *plan, struct failure *failure );
void open_names_free( struct files *files );

/* Opens the source, and sets whether its handle shares writing. */
bool open_source( struct files *files, const struct plan *plan, struct failure *failure );
/* Sets the size, times and marks of the open source. */
bool open_query_source( struct files *files, const struct plan *plan, struct failure *failure );
/* Opens a destination that an earlier call has left, and changes nothing in it. False means that there is none, or that
 * this call may not go on with it; open_destination then gives the error. */
bool open_partial_destination( struct files *files, const struct plan *plan );

/* Opens the destination. A destination that is open already stays as it is. */
bool open_destination( struct files *files, const struct plan *plan, struct trace *trace, struct failure *failure );

/* Each opens a stream by its NT path. The first one sets *shares_write to whether its handle shares writing. The last
 * one opens a stream that is to be deleted; with shared, others may keep it open. */
NTSTATUS open_stream_source( HANDLE *source, UNICODE_STRING *path, bool *shares_write );
NTSTATUS open_stream_destination( HANDLE *destination, UNICODE_STRING *path, ULONG disposition );
NTSTATUS open_to_delete( HANDLE *file, UNICODE_STRING *path, bool shared );

#endif
