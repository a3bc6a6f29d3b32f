/* SPDX-License-Identifier: MIT */

/* Opens the source and the destination: which access, which sharing, and what must not be overwritten. */

#include "open.h"
#include "metadata.h"
#include "namegraft.h"
#include "size.h"

#define SHARE_READ_DELETE ( FILE_SHARE_READ | FILE_SHARE_DELETE )
#define SHARE_ALL         ( FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE )

/* One way to open a file; a ladder of them is tried from the best to the least. */
struct attempt
{
    ACCESS_MASK access;
    ULONG share;
};

/* What is the same for every step. */
struct opening
{
    UNICODE_STRING *path;
    ULONG disposition;
    ULONG options; /* besides what suits every file */
    ULONG attributes;
    ULONG_PTR result; /* out: FILE_CREATED and the like */
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

/* "a.txt::$DATA" is another name of a.txt on NT; Wine, which takes it for a file of that name, is spared the question
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

static NTSTATUS open_once( HANDLE *handle, struct opening *opening, const struct attempt *attempt )
{
    OBJECT_ATTRIBUTES object;
    IO_STATUS_BLOCK io;
    NTSTATUS status;

    InitializeObjectAttributes( &object, opening->path, OBJ_CASE_INSENSITIVE, NULL, NULL );
    status = NtCreateFile( handle, attempt->access | SYNCHRONIZE | FILE_READ_ATTRIBUTES, &object, &io, NULL,
                           opening->attributes, attempt->share, opening->disposition,
                           FILE_SYNCHRONOUS_IO_NONALERT | opening->options, NULL, 0 );
    opening->result = io.Information;
    return status;
}

#define STREAM_OPTIONS ( FILE_NON_DIRECTORY_FILE | FILE_SEQUENTIAL_ONLY )

static ULONG options_of( const struct plan *plan )
{
    return plan->directory ? FILE_DIRECTORY_FILE | FILE_OPEN_FOR_BACKUP_INTENT : STREAM_OPTIONS;
}

/* A lower step can only help when this one asked for too much. NT and Wine check that before they truncate, so a refused
 * step has changed nothing. */
static bool asked_too_much( NTSTATUS status )
{
    return status == STATUS_SHARING_VIOLATION || status == STATUS_ACCESS_DENIED || status == STATUS_PRIVILEGE_NOT_HELD;
}

/* Answers the step that succeeded by *attempts, or the status of the last one tried. */
static NTSTATUS open_by_ladder( HANDLE *handle, struct opening *opening, const struct attempt **attempts, size_t count )
{
    const struct attempt *last = *attempts + count - 1;
    NTSTATUS status;

    for (;; ( *attempts )++)
    {
        status = open_once( handle, opening, *attempts );
        if (NT_SUCCESS( status )) return status;
        *handle = NULL;
        if (!asked_too_much( status ) || *attempts == last) return status;
    }
}

/* While a copy runs, others may read, rename or delete the source, but not begin to write it (sharing.c, src_writer_during);
 * only a writer who was there first is put up with (sharing.c, src_writer). */
static NTSTATUS open_source_file( struct files *files, const struct plan *plan )
{
    ACCESS_MASK needed = plan->source_needed;
    ACCESS_MASK wished = needed | plan->source_access | ( plan->write_source ? GENERIC_WRITE : 0 );
    const struct attempt ladder[] = {
        { wished, SHARE_READ_DELETE },
        { wished, SHARE_ALL },
        { needed, SHARE_READ_DELETE },
        { needed, SHARE_ALL },
    };
    const struct attempt *attempt = ladder;
    size_t count = wished == needed ? 2 : ARRAYSIZE( ladder );
    struct opening opening = { &files->source_name, FILE_OPEN, options_of( plan ) };
    NTSTATUS status = open_by_ladder( &files->source, &opening, &attempt, count );

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
    /* what Wine calls the size of a directory is no stream's */
    files->source_size = standard.Directory ? 0 : standard.EndOfFile.QuadPart;
    return NtQueryInformationFile( files->source, &io, &files->source_information, sizeof( files->source_information ),
                                   FileBasicInformation );
}

bool open_names( struct files *files, const struct plan *plan, struct failure *failure )
{
    NTSTATUS status = nt_path( plan->source_name, &files->source_name );

    if (NT_SUCCESS( status )) status = nt_path( plan->destination_name, &files->destination_name );
    if (!NT_SUCCESS( status )) return failure_set( failure, FAILURE_NAMES, status );
    strip_main_stream( &files->source_name );
    strip_main_stream( &files->destination_name );
    return true;
}

bool open_source( struct files *files, const struct plan *plan, struct failure *failure )
{
    NTSTATUS status = open_source_file( files, plan );

    if (NT_SUCCESS( status )) status = query_source( files );
    if (!NT_SUCCESS( status )) return failure_set( failure, FAILURE_SOURCE, status );
    return true;
}

/* NT refuses to overwrite a read-only file, and one whose hidden or system mark the caller does not ask for again
 * (attributes.c, dst_readonly, dst_hidden, hidden_over_hidden). Wine up to 11 does so for nobody's hidden files and, as
 * root, for no read-only ones. */
bool open_is_protected( const UNICODE_STRING *path, ULONG new_attributes )
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
bool open_is_same_file( HANDLE one, HANDLE other )
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

bool open_is_same_path( HANDLE file, UNICODE_STRING *path )
{
    static const struct attempt look = { FILE_READ_ATTRIBUTES, SHARE_ALL };
    struct opening opening = { path, FILE_OPEN, FILE_NON_DIRECTORY_FILE };
    HANDLE other;
    bool same;

    if (!NT_SUCCESS( open_once( &other, &opening, &look ) )) return false;
    same = is_disk_file( other ) && open_is_same_file( file, other );
    NtClose( other );
    return same;
}

/* A source that does not share writing collides with the destination's open by itself when both are one file. */
static bool is_copy_onto_itself( struct files *files )
{
    return files->source_shares_write && open_is_same_path( files->source, &files->destination_name );
}

/* Reading is for a callback that looks at what it got, DELETE for our own failure. Never is deleting shared, and a holder
 * who shares nothing but writing still lets us in (sharing.c, dst_deleter, dst_rw_sharew; fragments.c, cancel_keep). */
static NTSTATUS open_destination_as( struct files *files, const struct plan *plan, struct opening *opening )
{
    const ULONG share = FILE_SHARE_READ | FILE_SHARE_WRITE;
    const struct attempt ladder[] = {
        { GENERIC_READ | GENERIC_WRITE | DELETE | plan->destination_access, share },
        { GENERIC_READ | GENERIC_WRITE | DELETE | ( plan->destination_access & ~ACCESS_SYSTEM_SECURITY ), share },
        { GENERIC_READ | GENERIC_WRITE | DELETE, share },
        { GENERIC_WRITE | DELETE, share },
        { GENERIC_WRITE, share },
    };
    const struct attempt *attempt = ladder;
    NTSTATUS status = open_by_ladder( &files->destination, opening, &attempt, ARRAYSIZE( ladder ) );

    files->destination_is_new = NT_SUCCESS( status ) && opening->result == FILE_CREATED;
    files->destination_deletable = attempt->access & DELETE;
    files->destination_overwritten = NT_SUCCESS( status ) && opening->result == FILE_OVERWRITTEN;
    if (NT_SUCCESS( status )) files->destination_is_file = is_disk_file( files->destination );
    return status;
}

/* Where a link is to be replaced nothing is opened that could be one: the name is made, or what is opened by it is looked at
 * before it is emptied. Whoever puts links there while we look can keep us from copying, but cannot lead us elsewhere. */
static NTSTATUS open_destination_itself( struct files *files, const struct plan *plan, struct opening *opening )
{
    NTSTATUS status = STATUS_SUCCESS;

    opening->options |= FILE_OPEN_REPARSE_POINT;
    for (int tries = 0; tries < 8; tries++)
    {
        if (!plan->create_only) status = namegraft_clear( &files->destination_name );
        files->link_stays = !NT_SUCCESS( status );
        if (files->link_stays) return status;
        if (!plan->create_only && open_is_protected( opening->path, opening->attributes )) return STATUS_ACCESS_DENIED;
        opening->disposition = FILE_CREATE;
        status = open_destination_as( files, plan, opening );
        if (status != STATUS_OBJECT_NAME_COLLISION || plan->create_only) return status;

        opening->disposition = FILE_OPEN;
        status = open_destination_as( files, plan, opening );
        if (NT_SUCCESS( status ) && !namegraft_is_link( files->destination, &files->destination_name ))
        {
            if (plan->directory || !files->destination_is_file) return status;
            files->destination_overwritten = true;
            return size_set( files->destination, 0 );
        }
        if (NT_SUCCESS( status )) NtClose( files->destination );
        files->destination = NULL;
        if (!NT_SUCCESS( status ) && status != STATUS_OBJECT_NAME_NOT_FOUND) return status;
    }
    return STATUS_SHARING_VIOLATION;
}

static NTSTATUS open_destination_file( struct files *files, const struct plan *plan, ULONG attributes )
{
    struct opening opening = { &files->destination_name, FILE_CREATE, options_of( plan ), attributes };

    if (plan->links != PLAN_FOLLOW_LINKS) return open_destination_itself( files, plan, &opening );
    if (!plan->create_only) opening.disposition = plan->directory ? FILE_OPEN_IF : FILE_OVERWRITE_IF;
    return open_destination_as( files, plan, &opening );
}

/* Before its size is set, or the room for it would be taken. A file system that has no sparse files makes a full one. Wine reports no
 * file as sparse; there the host half keeps the holes. */
static void keep_sparse( const struct files *files, const struct plan *plan )
{
    IO_STATUS_BLOCK io;

    if (!plan->keep_holes || !( files->source_information.FileAttributes & FILE_ATTRIBUTE_SPARSE_FILE )) return;
    NtFsControlFile( files->destination, NULL, NULL, NULL, &io, FSCTL_SET_SPARSE, NULL, 0, NULL, 0 );
}

/* What forbids to write over what is there. */
static NTSTATUS check_existing( struct files *files, const struct plan *plan, ULONG attributes )
{
    if (is_copy_onto_itself( files )) return STATUS_SHARING_VIOLATION;
    /* a link that is to go is not asked for its target's marks */
    if (plan->links != PLAN_FOLLOW_LINKS) return STATUS_SUCCESS;
    return open_is_protected( &files->destination_name, attributes ) ? STATUS_ACCESS_DENIED : STATUS_SUCCESS;
}

static NTSTATUS prepare_destination( struct files *files, const struct plan *plan )
{
    ULONG attributes = metadata_attributes( &files->source_information );
    NTSTATUS status = STATUS_SUCCESS;

    /* What Windows says when the copy would not stay encrypted. No file system under Wine encrypts for us. */
    if (( files->source_information.FileAttributes & FILE_ATTRIBUTE_ENCRYPTED ) && !plan->may_decrypt)
        return STATUS_ENCRYPTION_FAILED;

    if (!plan->create_only) status = check_existing( files, plan, attributes );
    if (!NT_SUCCESS( status )) return status;
    /* a fragment that is read-only could not be gone on with */
    if (plan->restartable) attributes &= ~FILE_ATTRIBUTE_READONLY;
    status = open_destination_file( files, plan, attributes );
    if (!NT_SUCCESS( status )) return status;

    files->destination_is_directory = plan->directory;
    keep_sparse( files, plan );
    return STATUS_SUCCESS;
}

bool open_partial_destination( struct files *files, const struct plan *plan )
{
    ULONG attributes = metadata_attributes( &files->source_information );
    struct opening opening = { &files->destination_name, FILE_OPEN, options_of( plan ), attributes };

    if (plan->directory || !NT_SUCCESS( check_existing( files, plan, attributes ) )) return false;
    if (!NT_SUCCESS( open_destination_as( files, plan, &opening ) ) || !files->destination_is_file) return false;
    return plan->links == PLAN_FOLLOW_LINKS || !namegraft_is_link( files->destination, &files->destination_name );
}

/* A stream shares what its file shares. On Windows a file that is open for deletion demands that of its streams, too. */
NTSTATUS open_stream_source( HANDLE *source, UNICODE_STRING *path, bool *shares_write )
{
    static const struct attempt ladder[] = { { GENERIC_READ, SHARE_READ_DELETE }, { GENERIC_READ, SHARE_ALL } };
    const struct attempt *attempt = ladder;
    struct opening opening = { path, FILE_OPEN, STREAM_OPTIONS };
    NTSTATUS status = open_by_ladder( source, &opening, &attempt, ARRAYSIZE( ladder ) );

    *shares_write = attempt->share & FILE_SHARE_WRITE;
    return status;
}

NTSTATUS open_stream_destination( HANDLE *destination, UNICODE_STRING *path, ULONG disposition )
{
    static const struct attempt ladder[] = {
        { GENERIC_READ | GENERIC_WRITE | DELETE, FILE_SHARE_READ | FILE_SHARE_WRITE },
        { GENERIC_READ | GENERIC_WRITE | DELETE, SHARE_ALL },
        { GENERIC_WRITE | DELETE, SHARE_ALL },
        { GENERIC_WRITE, SHARE_ALL },
    };
    const struct attempt *attempt = ladder;
    struct opening opening = { path, disposition, STREAM_OPTIONS, FILE_ATTRIBUTE_NORMAL };

    return open_by_ladder( destination, &opening, &attempt, ARRAYSIZE( ladder ) );
}

NTSTATUS open_to_delete( HANDLE *file, UNICODE_STRING *path, bool shared )
{
    const ULONG share = shared ? SHARE_ALL : 0;
    const struct attempt ladder[] = { { DELETE | FILE_WRITE_ATTRIBUTES, share }, { DELETE, share } };
    const struct attempt *attempt = ladder;
    struct opening opening = { path, FILE_OPEN, STREAM_OPTIONS };

    return open_by_ladder( file, &opening, &attempt, ARRAYSIZE( ladder ) );
}

bool open_destination( struct files *files, const struct plan *plan, struct failure *failure )
{
    NTSTATUS status = files->destination ? STATUS_SUCCESS : prepare_destination( files, plan );

    if (!NT_SUCCESS( status ))
        return failure_set( failure, files->link_stays ? FAILURE_NAMEGRAFT : FAILURE_DESTINATION, status );
    return true;
}
