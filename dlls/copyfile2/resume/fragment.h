/* SPDX-License-Identifier: MIT */

/* A fragment is the destination of a copy that has not ended. This file reads and writes its data and its record. */

#ifndef COPYFILE2_FRAGMENT_H
#define COPYFILE2_FRAGMENT_H

#include "resume/resume.h"

/* Each reads or writes all of the bytes, or fails. */
NTSTATUS fragment_read( HANDLE file, uint64_t offset, void *bytes, ULONG size );
NTSTATUS fragment_write( HANDLE file, uint64_t offset, const void *bytes, ULONG size );

/* Flushes the file to the disk. A file system that cannot flush is no failure. */
NTSTATUS fragment_flush( HANDLE file );

/* True when the last write to the file was at the time since; 0 stands for any time. */
bool fragment_is_untouched( HANDLE file, uint64_t since );

/* Writes the record at rest, behind the data that it tells of, and sets its kind and place. */
NTSTATUS fragment_write_at_rest( HANDLE file, struct restart_record *record );

/* Writes the record under way into the older of the two slots, and sets its kind, place and sequence. */
NTSTATUS fragment_write_slot( struct resume *resume );

/* Leaves at least so many bytes between the data that the record tells of and the end of the source. Where there are
 * fewer, the record is changed to tell of less data. */
void fragment_make_room( struct restart_record *record, uint64_t room );

/* Flushes the data of a stream of which so many bytes are done. Then changes the record to tell of them, but does not
 * write it. */
NTSTATUS fragment_make_safe( struct resume *resume, const struct stream *stream, uint64_t done );

#endif
