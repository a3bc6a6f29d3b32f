/* SPDX-License-Identifier: MIT */

/* Some file systems tell a wrong size of a file: /proc and many FUSE mounts tell 0. A copy that believes them loses
 * data, so this file reads behind the size that was told. */

#ifndef COPYFILE2_SOURCE_SIZE_H
#define COPYFILE2_SOURCE_SIZE_H

#include "platform/nt.h"

/* Reads one byte at the offset, and leaves the position of the handle as it is. STATUS_SUCCESS means that a byte is
 * there, and STATUS_END_OF_FILE that none is. Every other status means that nobody can tell. */
NTSTATUS source_size_look( HANDLE source, uint64_t offset );

/* Takes the size that the source tells, and corrects it where the source tells another one after the look. Sets
 * *is_open_ended where the size is not the truth, so that the source has to be read to its end. A device or a pipe is
 * not looked at. */
NTSTATUS source_size_check( HANDLE source, uint64_t *size, bool *is_open_ended );

#endif
