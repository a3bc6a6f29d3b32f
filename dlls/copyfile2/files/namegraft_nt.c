/* SPDX-License-Identifier: MIT */

/* This file reads the data of a reparse point and sets it on a new file. The data is copied as it is, and not
 * interpreted. */

#include "files/namegraft_nt.h"
#include "files/handle.h"
#include "files/identity.h"
#include "files/metadata.h"

#define REPARSE_OPTIONS ( FILE_OPEN_REPARSE_POINT | FILE_OPEN_FOR_BACKUP_INTENT | FILE_SYNCHRONOUS_IO_NONALERT )

#define LARGEST_DATA 16384 /* NT allows no more */

/* This bit of a tag says that one name stands for another. */
#define TAG_NAME_SURROGATE 0x20000000

/* Opens a link itself, and not what the link leads to. */
static NTSTATUS open_itself( HANDLE *handle, const UNICODE_STRING *name, ACCESS_MASK access, ULONG share,
                             ULONG disposition, ULONG options )
{
    OBJECT_ATTRIBUTES object;
    IO_STATUS_BLOCK io;

    InitializeObjectAttributes( &object, (UNICODE_STRING *)name, OBJ_CASE_INSENSITIVE, NULL, NULL );
    return NtCreateFile( handle, access | FILE_READ_ATTRIBUTES | SYNCHRONIZE, &object, &io, NULL, 0, share, disposition,
                         REPARSE_OPTIONS | options, NULL, 0 );
}

/* Answers the attributes of a file and its tag. A file system without tags has no reparse points, so the tag is 0. */
static FILE_ATTRIBUTE_TAG_INFORMATION query_tag( HANDLE file )
{
    FILE_ATTRIBUTE_TAG_INFORMATION tag;
    IO_STATUS_BLOCK io;

    if (!NT_SUCCESS( NtQueryInformationFile( file, &io, &tag, sizeof( tag ), FileAttributeTagInformation ) ))
        tag.FileAttributes = 0;
    if (!( tag.FileAttributes & FILE_ATTRIBUTE_REPARSE_POINT )) tag.ReparseTag = 0;
    return tag;
}

static bool is_wanted( ULONG tag, const struct plan *plan )
{
    if (!tag) return false;
    if (tag == IO_REPARSE_TAG_SYMLINK) return true;
    if (plan->links != PLAN_COPY_REPARSE_POINTS) return false;
    return tag != IO_REPARSE_TAG_MOUNT_POINT || !plan->follow_junctions;
}

/* A link must not be copied onto itself, or onto the file that it leads to. That would leave a link to itself, and no
 * file. A directory that is no link is not replaced. */
static NTSTATUS check_replaced( HANDLE there, HANDLE source, const struct files *files )
{
    const FILE_ATTRIBUTE_TAG_INFORMATION tag = query_tag( there );
    const bool is_link = tag.ReparseTag & TAG_NAME_SURROGATE;
    UNICODE_STRING source_name = files->source_name;

    if (( tag.FileAttributes & FILE_ATTRIBUTE_DIRECTORY ) && !is_link) return STATUS_ACCESS_DENIED;
    if (is_link && identity_is_same_file( there, source )) return STATUS_SHARING_VIOLATION;
    return !is_link && identity_is_same_path( there, &source_name ) ? STATUS_SHARING_VIOLATION : STATUS_SUCCESS;
}

/* A link that is there must not be written through. So the link or file that has the name is deleted, and the name is
 * created again. */
static NTSTATUS make_room( HANDLE source, const struct files *files )
{
    const UNICODE_STRING *name = &files->destination_name;
    HANDLE there;
    NTSTATUS status;

    if (identity_is_protected( name, FILE_ATTRIBUTE_ARCHIVE )) return STATUS_ACCESS_DENIED;
    status = open_itself( &there, name, GENERIC_WRITE | DELETE, FILE_SHARE_READ | FILE_SHARE_WRITE, FILE_OPEN, 0 );
    if (!NT_SUCCESS( status )) return status;
    status = check_replaced( there, source, files );
    if (NT_SUCCESS( status )) status = handle_dispose( there );
    NtClose( there );
    return status;
}

static NTSTATUS make( HANDLE *handle, HANDLE source, const struct files *files, const struct plan *plan, bool replace )
{
    const ACCESS_MASK access = GENERIC_WRITE | DELETE;
    const ULONG options = plan->directory ? FILE_DIRECTORY_FILE : FILE_NON_DIRECTORY_FILE;
    NTSTATUS status = replace ? make_room( source, files ) : STATUS_SUCCESS;

    if (!NT_SUCCESS( status ) && status != STATUS_OBJECT_NAME_NOT_FOUND) return status;
    return open_itself( handle, &files->destination_name, access, 0, FILE_CREATE, options );
}

/* True for a status that says that there is no reparse data. Under Wine 10.0 a mount point of the host has the mark of
 * a reparse point and no data. It counts as a directory. */
static bool has_no_data( NTSTATUS status )
{
    return status == STATUS_NOT_A_REPARSE_POINT || status == STATUS_NOT_SUPPORTED || status == STATUS_NOT_IMPLEMENTED ||
           status == STATUS_INVALID_DEVICE_REQUEST;
}

static NTSTATUS put( HANDLE source, const struct files *files, const struct plan *plan, bool replace, BYTE *data,
                     ULONG size )
{
    FILE_BASIC_INFORMATION basic = { 0 };
    IO_STATUS_BLOCK io;
    HANDLE destination;
    NTSTATUS status = make( &destination, source, files, plan, replace );

    if (!NT_SUCCESS( status )) return status;

    status = NtFsControlFile( destination, NULL, NULL, NULL, &io, FSCTL_SET_REPARSE_POINT, data, size, NULL, 0 );
    if (!NT_SUCCESS( status )) handle_dispose( destination );
    else if (NT_SUCCESS( handle_basic( source, &basic ) ))
    {
        basic.CreationTime.QuadPart = basic.LastAccessTime.QuadPart = 0;
        basic.FileAttributes = metadata_attributes( &basic );
        handle_set_basic( destination, &basic );
    }
    NtClose( destination );
    return status;
}

static enum namegraft_nt copy_data( HANDLE source, const struct files *files, const struct plan *plan, bool replace,
                                    BYTE *data, NTSTATUS *status )
{
    IO_STATUS_BLOCK io;

    *status = NtFsControlFile( source, NULL, NULL, NULL, &io, FSCTL_GET_REPARSE_POINT, NULL, 0, data, LARGEST_DATA );
    if (has_no_data( *status )) return NAMEGRAFT_NT_IS_NONE;
    if (NT_SUCCESS( *status )) *status = put( source, files, plan, replace, data, (ULONG)io.Information );
    return NAMEGRAFT_NT_DONE;
}

enum namegraft_nt namegraft_nt_copy( const struct files *files, const struct plan *plan, bool replace,
                                     NTSTATUS *status )
{
    FILE_ATTRIBUTE_TAG_INFORMATION tag;
    enum namegraft_nt result = NAMEGRAFT_NT_DONE;
    BYTE *data;
    HANDLE source;

    *status = open_itself( &source, &files->source_name, 0, FILE_SHARE_READ | FILE_SHARE_DELETE, FILE_OPEN, 0 );
    if (!NT_SUCCESS( *status )) return NAMEGRAFT_NT_IS_MISSING;
    tag = query_tag( source );
    data = HeapAlloc( GetProcessHeap(), 0, LARGEST_DATA );
    if (!is_wanted( tag.ReparseTag, plan )) result = NAMEGRAFT_NT_IS_NONE;
    else if (!data) *status = STATUS_NO_MEMORY;
    else if (( tag.FileAttributes & FILE_ATTRIBUTE_DIRECTORY ) && !plan->directory) *status = STATUS_ACCESS_DENIED;
    else if (!( tag.FileAttributes & FILE_ATTRIBUTE_DIRECTORY ) && plan->directory) *status = STATUS_NOT_A_DIRECTORY;
    else result = copy_data( source, files, plan, replace, data, status );
    if (data) HeapFree( GetProcessHeap(), 0, data );
    NtClose( source );
    return result;
}

NTSTATUS namegraft_nt_clear( const UNICODE_STRING *name, bool create_only )
{
    const ULONG share_all = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
    HANDLE there;
    NTSTATUS status = open_itself( &there, name, 0, share_all, FILE_OPEN, 0 );
    bool is_link;

    if (!NT_SUCCESS( status )) return STATUS_SUCCESS; /* The open that follows gives the error. */
    is_link = query_tag( there ).ReparseTag & TAG_NAME_SURROGATE;
    NtClose( there );
    if (!is_link) return STATUS_SUCCESS;
    if (create_only) return STATUS_OBJECT_NAME_COLLISION;

    status = open_itself( &there, name, DELETE, share_all, FILE_OPEN, 0 );
    if (!NT_SUCCESS( status )) return status;
    status = handle_dispose( there );
    NtClose( there );
    return status;
}

bool namegraft_nt_remove( HANDLE file )
{
    if (!( query_tag( file ).ReparseTag & TAG_NAME_SURROGATE )) return false;
    handle_dispose( file );
    return true;
}
