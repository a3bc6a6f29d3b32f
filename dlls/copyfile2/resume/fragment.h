/* SPDX-License-Identifier: MIT */

/* The fragment: the destination of a copy that has not ended, with its data and its record. */

#ifndef COPYFILE2_FRAGMENT_H
#define COPYFILE2_FRAGMENT_H

#include "resume/resume.h"

/* Each reads or writes all of the bytes, or fails. */
NTSTATUS fragment_read( HANDLE file, uint64_t offset, void *bytes, ULONG size );
NTSTATUS fragment_write( HANDLE file, uint64_t offset, const void *bytes, ULONG size );

/* Brings to the disk what was written. */
NTSTATUS fragment_flush( HANDLE file );

/* True when the last write was at this time; 0 stands for any. */
bool fragment_is_untouched( HANDLE file, uint64_t since );

/* Writes the record at rest, behind the data that it tells of. */
NTSTATUS fragment_write_at_rest( HANDLE file, struct restart_record *record );

/* Writes the record under way into the older of the two slots. */
NTSTATUS fragment_write_slot( struct resume *resume );

/* Lets the record tell of less, so that so many bytes lie between its data and the end of the source. */
void fragment_make_room( struct restart_record *record, uint64_t room );

/* Flushes the data, and lets the record, which is not yet written, tell of all that is done. */
NTSTATUS fragment_make_safe( struct resume *resume, const struct stream *stream, uint64_t done );

#endif
