/* SPDX-License-Identifier: MIT */

/* This file makes NT paths, and tells whether two names lie on different file systems. */

#include "files/nt_path.h"
#include "platform/unix_call.h"

/* On NT "a.txt::$DATA" is another name of a.txt. Wine would take it for a file of that name, so the end is cut off
 * (streams.c, spelled_out). */
static void strip_main_stream( UNICODE_STRING *path )
{
    static const WCHAR spelling[] = L"::$DATA";
    UNICODE_STRING wanted = { sizeof( spelling ) - sizeof( WCHAR ), sizeof( spelling ), (PWSTR)spelling };
    UNICODE_STRING tail = { wanted.Length, wanted.Length, NULL };

    if (path->Length <= wanted.Length) return;
    tail.Buffer = path->Buffer + ( path->Length - wanted.Length ) / sizeof( WCHAR );
    if (!RtlCompareUnicodeString( &tail, &wanted, TRUE )) path->Length -= wanted.Length;
}

NTSTATUS nt_path_of( PCWSTR name, UNICODE_STRING *path )
{
    NTSTATUS status;

    /* CreateFile gives this answer to an empty name (errors.c, empty_name). */
    if (!name[0]) return STATUS_OBJECT_PATH_NOT_FOUND;
    status = RtlDosPathNameToNtPathName_U_WithStatus( name, path, NULL, NULL );
    /* Where Windows says that a name is too long, Wine says that it is invalid (errors.c, endless_name). */
    if (status == STATUS_OBJECT_NAME_INVALID && lstrlenW( name ) > MAX_PATH) return STATUS_NAME_TOO_LONG;
    if (NT_SUCCESS( status )) strip_main_stream( path );
    return status;
}

size_t nt_path_last_name( const UNICODE_STRING *path )
{
    size_t at = path->Length / sizeof( WCHAR );

    while (at && path->Buffer[at - 1] != '\\') at--;
    return at;
}

/* Wine 8.0 gives every file system the same volume serial number, so the host half is asked for the device. True when
 * it has told one. */
static bool find_device( PCWSTR name, uint64_t *device )
{
    struct host_small_look look = { .err = -1 };
    UNICODE_STRING path;
    char *host_path = NULL;
    NTSTATUS status;

    if (!NT_SUCCESS( nt_path_of( name, &path ) )) return false;
    status = unix_small_look( &path, &host_path, &look );
    if (host_path) HeapFree( GetProcessHeap(), 0, host_path );
    RtlFreeUnicodeString( &path );
    *device = look.device;
    return NT_SUCCESS( status ) && !look.err;
}

bool nt_path_lie_apart( PCWSTR one, PCWSTR other )
{
    uint64_t device, other_device;

    return unix_is_there() && find_device( one, &device ) && find_device( other, &other_device ) &&
           device != other_device;
}
