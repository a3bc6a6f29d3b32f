/* SPDX-License-Identifier: MIT */

/* This file tells whether two handles are of one file, and which files must not be overwritten. */

#include "files/identity.h"
#include "files/handle.h"
#include "files/ladder.h"
#include "files/nt_path.h"
#include "platform/backend.h"

static bool is_dot_name( const UNICODE_STRING *path )
{
    size_t begin = nt_path_last_name( path );

    return begin < path->Length / sizeof( WCHAR ) && path->Buffer[begin] == '.';
}

/* Wine calls a file hidden when its name begins with a dot, if it is asked by name. To Windows that is a name like any
 * other. Asked by a handle, Wine reports only a mark that somebody has set. True when the file has such a mark. Always
 * true without a dot, and on Windows. */
static bool is_marked_hidden( const UNICODE_STRING *path )
{
    static const struct ladder_rung look = { .share = LADDER_SHARE_ALL };
    struct ladder_opening opening = { .path = (UNICODE_STRING *)path, .disposition = FILE_OPEN };
    FILE_BASIC_INFORMATION information = { .FileAttributes = FILE_ATTRIBUTE_NORMAL };
    HANDLE file;

    if (!backend_is_wine() || !is_dot_name( path )) return true;
    if (!NT_SUCCESS( ladder_try( &file, &opening, &look ) )) return false;
    handle_basic( file, &information );
    NtClose( file );
    return information.FileAttributes & FILE_ATTRIBUTE_HIDDEN;
}

/* NT refuses to overwrite a read-only file. It also refuses when the file has a hidden or system mark that the new one
 * does not have (attributes.c, dst_readonly, dst_hidden, hidden_over_hidden). Wine up to 11 overwrites hidden files,
 * and as root read-only ones too. So the marks are checked before the open. */
bool identity_is_protected( const UNICODE_STRING *path, ULONG new_attributes )
{
    const ULONG must_match = FILE_ATTRIBUTE_HIDDEN | FILE_ATTRIBUTE_SYSTEM;
    FILE_BASIC_INFORMATION information;
    OBJECT_ATTRIBUTES object;
    ULONG missing;

    InitializeObjectAttributes( &object, (UNICODE_STRING *)path, OBJ_CASE_INSENSITIVE, NULL, NULL );
    if (!NT_SUCCESS( NtQueryAttributesFile( &object, &information ) )) return false;
    if (information.FileAttributes & FILE_ATTRIBUTE_DIRECTORY) return false; /* the open has the better error */
    if (information.FileAttributes & FILE_ATTRIBUTE_READONLY) return true;
    missing = information.FileAttributes & must_match & ~new_attributes;
    return missing == FILE_ATTRIBUTE_HIDDEN ? is_marked_hidden( path ) : missing != 0;
}

struct identity
{
    uint64_t index;
    LONGLONG changed;
};

static NTSTATUS query_identity( HANDLE handle, struct identity *identity )
{
    FILE_BASIC_INFORMATION basic;
    NTSTATUS status = handle_index( handle, &identity->index );

    if (NT_SUCCESS( status )) status = handle_basic( handle, &basic );
    if (NT_SUCCESS( status )) identity->changed = basic.ChangeTime.QuadPart;
    return status;
}

/* Wine 8.0 gives files of different file systems the same volume serial number, so an equal file index alone proves
 * nothing. The time of the last change tells more, because one file shows the same time through both handles. When the
 * time has changed between two reads, both are read again. Two files that cannot be told apart count as the same,
 * because the opposite mistake would destroy the source. */
bool identity_is_same_file( HANDLE one, HANDLE other )
{
    struct identity a, b, again;

    for (int looks = 0; looks < 8; looks++)
    {
        if (!NT_SUCCESS( query_identity( one, &a ) )) return true;
        if (!NT_SUCCESS( query_identity( other, &b ) )) return true;
        if (a.index != b.index) return false;
        if (a.changed == b.changed) return true;
        if (!NT_SUCCESS( query_identity( one, &again ) )) return true;
        if (a.changed == again.changed) return false;
    }
    return true;
}

bool identity_is_disk_file( HANDLE handle )
{
    FILE_FS_DEVICE_INFORMATION device;
    IO_STATUS_BLOCK io;

    if (!NT_SUCCESS( NtQueryVolumeInformationFile( handle, &io, &device, sizeof( device ), FileFsDeviceInformation ) ))
        return false;
    switch (device.DeviceType)
    {
    case FILE_DEVICE_CD_ROM:
    case FILE_DEVICE_CD_ROM_FILE_SYSTEM:
    case FILE_DEVICE_DISK:
    case FILE_DEVICE_DISK_FILE_SYSTEM:
    case FILE_DEVICE_NETWORK:
    case FILE_DEVICE_NETWORK_FILE_SYSTEM:
    case FILE_DEVICE_VIRTUAL_DISK: return true;
    default: return false;
    }
}

bool identity_is_same_path( HANDLE file, UNICODE_STRING *path )
{
    static const struct ladder_rung look = { .access = FILE_READ_ATTRIBUTES, .share = LADDER_SHARE_ALL };
    struct ladder_opening opening = { .path = path, .disposition = FILE_OPEN, .options = FILE_NON_DIRECTORY_FILE };
    HANDLE other;
    bool same;

    if (!NT_SUCCESS( ladder_try( &other, &opening, &look ) )) return false;
    same = identity_is_disk_file( other ) && identity_is_same_file( file, other );
    NtClose( other );
    return same;
}
