/* SPDX-License-Identifier: MIT */

/* Opens the source and the destination: which access, which sharing, and what must not be overwritten. */

#include "open.h"
#include "metadata.h"
#include "new_name.h"

#define SHARE_READ_DELETE ( FILE_SHARE_READ | FILE_SHARE_DELETE )
#define SHARE_ALL         ( FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE )

/* One way to open a file; a ladder of them is tried from the best to the least. */
struct attempt
{
    ACCESS_MASK access;
    ULONG share;
};

static NTSTATUS nt_path( PCWSTR name, UNICODE_STRING *path )
{
    NTSTATUS status;

    /* CreateFile's answer to an empty name (errors.c, empty_name) */
    if (!name[0]) return STATUS_OBJECT_PATH_NOT_FOUND;
    status = RtlDosPathNameToNtPathName_U_WithStatus( name, path, NULL, NULL );
    /* Wine calls invalid what Windows calls too long (errors.c, endless_name). */
    if (status == STATUS_OBJECT_NAME_INVALID && lstrlenW( name ) > MAX_PATH) return STATUS_NAME_TOO_LONG;
    return status;
}

/* What is opened, and how, whichever attempt succeeds. */
struct target
{
    UNICODE_STRING *path;
    ULONG disposition;
    ULONG attributes;
};

static NTSTATUS open_once( HANDLE *handle, const struct target *target, const struct attempt *attempt )
{
    OBJECT_ATTRIBUTES object;
    IO_STATUS_BLOCK io;

    InitializeObjectAttributes( &object, target->path, OBJ_CASE_INSENSITIVE, NULL, NULL );
    return NtCreateFile( handle, attempt->access | SYNCHRONIZE | FILE_READ_ATTRIBUTES, &object, &io, NULL,
                         target->attributes, attempt->share, target->disposition,
                         FILE_SYNCHRONOUS_IO_NONALERT | FILE_NON_DIRECTORY_FILE | FILE_SEQUENTIAL_ONLY, NULL, 0 );
}

/* A lower step can only help when this one asked for too much. NT and Wine check that before they truncate, so a refused
 * step has changed nothing. */
static bool asked_too_much( NTSTATUS status )
{
    return status == STATUS_SHARING_VIOLATION || status == STATUS_ACCESS_DENIED || status == STATUS_PRIVILEGE_NOT_HELD;
}

/* Answers the step that succeeded by *attempts, or the status of the last one tried. */
static NTSTATUS open_by_ladder( HANDLE *handle, const struct target *target, const struct attempt **attempts, size_t count )
{
    const struct attempt *last = *attempts + count - 1;
    NTSTATUS status;

    for (;; ( *attempts )++)
    {
        status = open_once( handle, target, *attempts );
        if (NT_SUCCESS( status )) return status;
        *handle = NULL;
        if (!asked_too_much( status ) || *attempts == last) return status;
    }
}

/* While a copy runs, others may read, rename or delete the source, but not begin to write it (sharing.c, src_writer_during);
 * only a writer who was there first is put up with (sharing.c, src_writer). */
static NTSTATUS open_source_file( struct files *files, const struct plan *plan )
{
    ACCESS_MASK wished = GENERIC_READ | plan->source_access | ( plan->write_source ? GENERIC_WRITE : 0 );
    const struct attempt ladder[] = {
        { wished, SHARE_READ_DELETE },
        { wished, SHARE_ALL },
        { GENERIC_READ, SHARE_READ_DELETE },
        { GENERIC_READ, SHARE_ALL },
    };
    const struct target target = { .path = &files->source_name, .disposition = FILE_OPEN };
    const struct attempt *attempt = ladder;
    size_t count = wished == GENERIC_READ ? 2 : ARRAYSIZE( ladder );
    NTSTATUS status = open_by_ladder( &files->source, &target, &attempt, count );

    files->source_shares_write = attempt->share & FILE_SHARE_WRITE;
    return status;
}

static NTSTATUS query_source( struct files *files )
{
    FILE_STANDARD_INFORMATION standard;
    IO_STATUS_BLOCK io;
    NTSTATUS status;

    status = NtQueryInformationFile( files->source, &io, &standard, sizeof( standard ), FileStandardInformation );
    if (!NT_SUCCESS( status )) return status;
    files->source_size = standard.EndOfFile.QuadPart;
    return NtQueryInformationFile( files->source, &io, &files->source_information, sizeof( files->source_information ),
                                   FileBasicInformation );
}

bool open_source( struct files *files, const struct plan *plan, struct failure *failure )
{
    NTSTATUS status = nt_path( plan->source_name, &files->source_name );

    if (NT_SUCCESS( status )) status = nt_path( plan->destination_name, &files->destination_name );
    if (!NT_SUCCESS( status )) return failure_set( failure, FAILURE_NAMES, status );

    status = open_source_file( files, plan );
    if (NT_SUCCESS( status )) status = query_source( files );
    if (!NT_SUCCESS( status )) return failure_set( failure, FAILURE_SOURCE, status );
    return true;
}

/* NT refuses to overwrite a read-only file, and one whose hidden or system mark the caller does not ask for again
 * (attributes.c, dst_readonly, dst_hidden, hidden_over_hidden). Wine up to 11 does so for nobody's hidden files and, as
 * root, for no read-only ones. */
static bool is_protected( const UNICODE_STRING *path, ULONG new_attributes )
{
    const ULONG must_match = FILE_ATTRIBUTE_HIDDEN | FILE_ATTRIBUTE_SYSTEM;
    FILE_BASIC_INFORMATION information;
    OBJECT_ATTRIBUTES object;

    InitializeObjectAttributes( &object, (UNICODE_STRING *)path, OBJ_CASE_INSENSITIVE, NULL, NULL );
    if (!NT_SUCCESS( NtQueryAttributesFile( &object, &information ) )) return false;
    if (information.FileAttributes & FILE_ATTRIBUTE_DIRECTORY) return false; /* the open says it better */
    if (information.FileAttributes & FILE_ATTRIBUTE_READONLY) return true;
    return information.FileAttributes & must_match & ~new_attributes;
}

struct identity
{
    LONGLONG index;
    LONGLONG changed;
};

static NTSTATUS query_identity( HANDLE handle, struct identity *identity )
{
    FILE_INTERNAL_INFORMATION internal;
    FILE_BASIC_INFORMATION basic;
    IO_STATUS_BLOCK io;
    NTSTATUS status;

    status = NtQueryInformationFile( handle, &io, &internal, sizeof( internal ), FileInternalInformation );
    if (!NT_SUCCESS( status )) return status;
    status = NtQueryInformationFile( handle, &io, &basic, sizeof( basic ), FileBasicInformation );
    identity->index = internal.IndexNumber.QuadPart;
    identity->changed = basic.ChangeTime.QuadPart;
    return status;
}

/* Wine 8.0 gives files of different file systems the same volume serial number, so that an equal file index alone proves
 * nothing. The time of the last change does: the same file shows the same one, and if it moves between our looks we look
 * again. Whoever cannot be told apart counts as the same, for to be wrong the other way would destroy the source. */
static bool is_same_file( HANDLE one, HANDLE other )
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

static bool is_disk_file( HANDLE handle )
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

/* A source that does not share writing collides with the destination's open by itself when both are one file. */
static bool is_copy_onto_itself( struct files *files )
{
    static const struct attempt look = { FILE_READ_ATTRIBUTES, SHARE_ALL };
    const struct target target = { .path = &files->destination_name, .disposition = FILE_OPEN };
    HANDLE destination;
    bool same;

    if (!files->source_shares_write) return false;
    if (!NT_SUCCESS( open_once( &destination, &target, &look ) )) return false;
    same = is_disk_file( destination ) && is_same_file( files->source, destination );
    NtClose( destination );
    return same;
}

/* Reading is for a callback that looks at what it got, DELETE for our own failure. Never is deleting shared, and a holder
 * who shares nothing but writing still lets us in (sharing.c, dst_deleter, dst_rw_sharew; fragments.c, cancel_keep). */
static NTSTATUS open_destination_file( struct files *files, const struct plan *plan, const struct target *target )
{
    const ULONG share = FILE_SHARE_READ | FILE_SHARE_WRITE;
    const struct attempt ladder[] = {
        { GENERIC_READ | GENERIC_WRITE | DELETE | plan->destination_access, share },
        { GENERIC_READ | GENERIC_WRITE | DELETE, share },
        { GENERIC_WRITE | DELETE, share },
        { GENERIC_WRITE, share },
    };
    const struct attempt *attempt = ladder;
    NTSTATUS status = open_by_ladder( &files->destination, target, &attempt, ARRAYSIZE( ladder ) );

    files->destination_deletable = attempt->access & DELETE;
    return status;
}

/* By the host's path, which means the same file, and for which Wine looks for no other spelling. Answers whether that was the
 * end of it: a name that is there by now, or a folder that is not, is left to the caller's path and all its checks. */
static bool make_new_file( struct files *files, const struct plan *plan, struct target target, struct trace *trace,
                           NTSTATUS *status )
{
    UNICODE_STRING host_path;

    if (!new_name( &files->destination_name, &host_path, trace )) return false;
    target.path = &host_path;
    target.disposition = FILE_CREATE;
    *status = open_destination_file( files, plan, &target );
    new_name_free( &host_path );
    return *status != STATUS_OBJECT_NAME_COLLISION && *status != STATUS_OBJECT_NAME_NOT_FOUND &&
           *status != STATUS_OBJECT_PATH_NOT_FOUND;
}

static NTSTATUS open_unprotected( struct files *files, const struct plan *plan, struct trace *trace )
{
    const struct target target = { .path = &files->destination_name,
                                   .disposition = plan->create_only ? FILE_CREATE : FILE_OVERWRITE_IF,
                                   .attributes = metadata_attributes( &files->source_information ) };
    NTSTATUS status;

    if (make_new_file( files, plan, target, trace, &status )) return status;
    if (!plan->create_only)
    {
        if (is_copy_onto_itself( files )) return STATUS_SHARING_VIOLATION;
        if (is_protected( &files->destination_name, target.attributes )) return STATUS_ACCESS_DENIED;
    }
    return open_destination_file( files, plan, &target );
}

static NTSTATUS prepare_destination( struct files *files, const struct plan *plan, struct trace *trace )
{
    NTSTATUS status;

    /* What Windows says when the copy would not stay encrypted. No file system under Wine encrypts for us. */
    if (( files->source_information.FileAttributes & FILE_ATTRIBUTE_ENCRYPTED ) && !plan->may_decrypt)
        return STATUS_ENCRYPTION_FAILED;

    status = open_unprotected( files, plan, trace );
    if (!NT_SUCCESS( status )) return status;

    files->destination_is_file = is_disk_file( files->destination );
    return STATUS_SUCCESS;
}

bool open_destination( struct files *files, const struct plan *plan, struct trace *trace, struct failure *failure )
{
    NTSTATUS status = prepare_destination( files, plan, trace );

    if (!NT_SUCCESS( status )) return failure_set( failure, FAILURE_DESTINATION, status );
    return true;
}
