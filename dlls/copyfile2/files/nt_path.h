/* SPDX-License-Identifier: MIT */

/* This file turns the caller's names into NT paths. */

#ifndef COPYFILE2_NT_PATH_H
#define COPYFILE2_NT_PATH_H

#include "platform/nt.h"

/* Sets path to the NT path of this name; RtlFreeUnicodeString frees it. */
NTSTATUS nt_path_of( PCWSTR name, UNICODE_STRING *path );

/* Answers where in the path its last name begins, counted in WCHARs: behind the last backslash, or 0. */
size_t nt_path_last_name( const UNICODE_STRING *path );

/* True when both names lead to files, and the host half knows that they lie on different file systems. */
bool nt_path_lie_apart( PCWSTR one, PCWSTR other );

#endif
