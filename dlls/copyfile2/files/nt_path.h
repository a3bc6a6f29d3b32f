/* SPDX-License-Identifier: MIT */

/* The caller's names become NT paths. */

#ifndef COPYFILE2_NT_PATH_H
#define COPYFILE2_NT_PATH_H

#include "platform/nt.h"

/* Sets path to the NT path of this name; RtlFreeUnicodeString frees it. */
NTSTATUS nt_path_of( PCWSTR name, UNICODE_STRING *path );

/* True when both names lead to files, and the host half knows that they lie on different file systems. */
bool nt_path_lie_apart( PCWSTR one, PCWSTR other );

#endif
