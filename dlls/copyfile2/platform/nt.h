/* SPDX-License-Identifier: MIT */

/* This file declares the types and status codes of NT that the rooms use, and the few functions that the headers
 * lack. */

#ifndef COPYFILE2_NT_H
#define COPYFILE2_NT_H

/* We define functions that <windows.h> declares as imported from kernel32, so WINBASEAPI must be empty. */
#define WINBASEAPI
#define WIN32_LEAN_AND_MEAN
#define WIN32_NO_STATUS
#include <windows.h>
#undef WIN32_NO_STATUS
#include <ntstatus.h>
#include <winternl.h>
#include <winioctl.h>

#include <stdbool.h>
#include <stdint.h>

NTSTATUS NTAPI NtQueryAttributesFile( const OBJECT_ATTRIBUTES *attributes, FILE_BASIC_INFORMATION *information );
NTSTATUS NTAPI RtlDosPathNameToNtPathName_U_WithStatus( PCWSTR dos_name, UNICODE_STRING *nt_name, PWSTR *file_part,
                                                        void *reserved );

/* In mingw-w64 8.0 to 14.0 only ntddk.h declares these, and that header is for drivers. */
NTSTATUS NTAPI NtFlushBuffersFile( HANDLE file, IO_STATUS_BLOCK *io );
NTSTATUS NTAPI NtLockFile( HANDLE file, HANDLE event, PIO_APC_ROUTINE apc, void *apc_context, IO_STATUS_BLOCK *io,
                           LARGE_INTEGER *offset, LARGE_INTEGER *length, ULONG *key, BOOLEAN fail_immediately,
                           BOOLEAN exclusive );
NTSTATUS NTAPI NtQueryDirectoryFile( HANDLE directory, HANDLE event, PIO_APC_ROUTINE apc, void *apc_context,
                                     IO_STATUS_BLOCK *io, void *information, ULONG size,
                                     FILE_INFORMATION_CLASS information_class, BOOLEAN single_entry,
                                     UNICODE_STRING *mask, BOOLEAN restart );
NTSTATUS NTAPI NtReadFile( HANDLE file, HANDLE event, PIO_APC_ROUTINE apc, void *apc_context, IO_STATUS_BLOCK *io,
                           void *buffer, ULONG length, LARGE_INTEGER *offset, ULONG *key );
NTSTATUS NTAPI NtFsControlFile( HANDLE file, HANDLE event, PIO_APC_ROUTINE apc, void *apc_context, IO_STATUS_BLOCK *io,
                                ULONG code, void *in, ULONG in_size, void *out, ULONG out_size );
NTSTATUS NTAPI NtQueryEaFile( HANDLE file, IO_STATUS_BLOCK *io, void *buffer, ULONG size, BOOLEAN single, void *list,
                              ULONG list_size, ULONG *index, BOOLEAN restart );
NTSTATUS NTAPI NtSetEaFile( HANDLE file, IO_STATUS_BLOCK *io, void *buffer, ULONG size );
NTSTATUS NTAPI NtQueryVirtualMemory( HANDLE process, const void *address, ULONG information_class, void *information,
                                     SIZE_T size, SIZE_T *returned_size );
NTSTATUS NTAPI NtWriteFile( HANDLE file, HANDLE event, PIO_APC_ROUTINE apc, void *apc_context, IO_STATUS_BLOCK *io,
                            const void *buffer, ULONG length, LARGE_INTEGER *offset, ULONG *key );
LONG NTAPI RtlCompareUnicodeString( const UNICODE_STRING *one, const UNICODE_STRING *other, BOOLEAN ignore_case );

/* The ntstatus.h of mingw-w64 10.0 lacks this code. */
#ifndef STATUS_REQUEST_PAUSED
#define STATUS_REQUEST_PAUSED ( (NTSTATUS)0xC0000459 )
#endif

#endif
