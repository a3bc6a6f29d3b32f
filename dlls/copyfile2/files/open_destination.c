/* SPDX-License-Identifier: MIT */

/* This file opens the destination. Some files must not be overwritten, some are taken over, and some are created. */

#include "common/fault.h"
#include "files/handle.h"
#include "files/identity.h"
#include "files/ladder.h"
#include "files/metadata.h"
#include "files/namegraft.h"
#include "files/new_name.h"
#include "files/nt_path.h"
#include "files/open.h"
#include "platform/backend.h"
#include "platform/unix_call.h"

/* When both are one file and the source does not share writing, the open of the destination fails anyway. So the files
 * are compared only where the source shares writing. */
static bool is_copy_onto_itself( struct files *files )
{
    return files->source_shares_write && identity_is_same_path( files->source, &files->destination_name );
}

/* A callback may want to read the destination, and after a failure we need DELETE. Deleting is never shared. */
static NTSTATUS open_sharing( struct files *files, const struct plan *plan, struct ladder_opening *opening,
                              ULONG share )
{
    const struct ladder_rung ladder[] = {
        { .access = GENERIC_READ | GENERIC_WRITE | DELETE | plan->destination_access, .share = share },
        { .access = GENERIC_READ | GENERIC_WRITE | DELETE | ( plan->destination_access & ~ACCESS_SYSTEM_SECURITY ),
          .share = share },
        { .access = GENERIC_READ | GENERIC_WRITE | DELETE, .share = share },
        { .access = GENERIC_WRITE | DELETE, .share = share },
        { .access = GENERIC_WRITE, .share = share },
    };
    const struct ladder_rung *rung = ladder;
    NTSTATUS status = ladder_open( &files->destination, opening, &rung, ARRAYSIZE( ladder ) );

    files->destination_is_new = NT_SUCCESS( status ) && opening->result == FILE_CREATED;
    files->destination_deletable = rung->access & DELETE;
    files->destination_overwritten = NT_SUCCESS( status ) && opening->result == FILE_OVERWRITTEN;
    if (NT_SUCCESS( status )) files->destination_is_file = identity_is_disk_file( files->destination );
    return status;
}

/* Two copies that both share the file with its holder would share it with each other too. So the first one locks a byte
 * at an offset that no file reaches. The lock ends with the handle. Wine's NtLockFile refuses an IO_STATUS_BLOCK. */
static NTSTATUS lock_out_other_copies( HANDLE destination )
{
    LARGE_INTEGER place = { .QuadPart = MAXLONGLONG - 1 }, length = { .QuadPart = 1 };
    IO_STATUS_BLOCK io = { 0 };
    NTSTATUS status =
        NtLockFile( destination, NULL, NULL, NULL, backend_is_wine() ? NULL : &io, &place, &length, NULL, TRUE, TRUE );
    bool is_locked = status == STATUS_LOCK_NOT_GRANTED || status == STATUS_FILE_LOCK_CONFLICT;

    return is_locked ? STATUS_SHARING_VIOLATION : STATUS_SUCCESS;
}

static NTSTATUS empty( struct files *files )
{
    files->destination_overwritten = true;
    return handle_set_size( files->destination, 0 );
}

/* A holder who was there first and shares writing lets us open the file (sharing.c, dst_rw_sharew, dst_reader_rw;
 * fragments.c, cancel_keep). Another copy may be writing at the same time, so the file is emptied only once the lock is
 * ours. On Windows the open itself has to empty it, because nothing else removes the old streams. */
static NTSTATUS open_beside_holder( struct files *files, const struct plan *plan, struct ladder_opening *opening )
{
    bool empties = opening->disposition == FILE_OVERWRITE_IF && backend_is_wine();
    NTSTATUS status;

    if (empties) opening->disposition = FILE_OPEN_IF;
    status = open_sharing( files, plan, opening, FILE_SHARE_READ | FILE_SHARE_WRITE );
    if (empties) opening->disposition = FILE_OVERWRITE_IF;
    if (!NT_SUCCESS( status ) || plan->directory || !files->destination_is_file) return status;

    status = lock_out_other_copies( files->destination );
    if (NT_SUCCESS( status ) && empties && opening->result == FILE_OPENED) status = empty( files );
    if (NT_SUCCESS( status )) return status;
    NtClose( files->destination );
    files->destination = NULL;
    return status;
}

/* True for \??\NUL and its like, which everybody shares. */
static bool is_device_name( const UNICODE_STRING *path )
{
    return nt_path_last_name( path ) <= ARRAYSIZE( L"\\??\\" ) - 1;
}

/* When several copies go to one name, only one may write it. So the first try shares nothing, as on Windows, and the
 * other copies get STATUS_SHARING_VIOLATION (threads.c, threads_race). */
static NTSTATUS open_destination_as( struct files *files, const struct plan *plan, struct ladder_opening *opening )
{
    NTSTATUS status;

    if (plan->directory || is_device_name( opening->path )) return open_beside_holder( files, plan, opening );
    status = open_sharing( files, plan, opening, 0 );
    if (status == STATUS_SHARING_VIOLATION) return open_beside_holder( files, plan, opening );
    if (!NT_SUCCESS( status ) || files->destination_is_file || files->destination_is_new) return status;
    /* This is a device by another name, such as a path of the host. */
    NtClose( files->destination );
    return open_beside_holder( files, plan, opening );
}

/* Where a link is to be replaced, no file may be emptied that was reached through a link. So the name is created new,
 * or the opened file is compared with the file of that name before it is emptied. Somebody who puts links there
 * meanwhile can make the copy fail, but cannot redirect it to another file. */
static NTSTATUS open_destination_itself( struct files *files, const struct plan *plan, struct ladder_opening *opening )
{
    NTSTATUS status = STATUS_SUCCESS;

    opening->options |= FILE_OPEN_REPARSE_POINT;
    for (int tries = 0; tries < 8; tries++)
    {
        if (!plan->create_only) status = namegraft_clear( &files->destination_name );
        files->link_stays = !NT_SUCCESS( status );
        if (files->link_stays) return status;
        if (!plan->create_only && identity_is_protected( opening->path, opening->attributes ))
            return STATUS_ACCESS_DENIED;
        opening->disposition = FILE_CREATE;
        status = open_destination_as( files, plan, opening );
        if (status != STATUS_OBJECT_NAME_COLLISION || plan->create_only) return status;

        opening->disposition = FILE_OPEN;
        status = open_destination_as( files, plan, opening );
        if (NT_SUCCESS( status ) && !namegraft_remove_if_link( files->destination, &files->destination_name ))
        {
            if (plan->directory || !files->destination_is_file) return status;
            return empty( files );
        }
        if (NT_SUCCESS( status )) NtClose( files->destination );
        files->destination = NULL;
        if (!NT_SUCCESS( status ) && status != STATUS_OBJECT_NAME_NOT_FOUND) return status;
    }
    return STATUS_SHARING_VIOLATION;
}

/* Windows empties a file that it overwrites. Under Wine the host half writes over the old content where that is faster
 * (on ext4 in a third of the time). Elsewhere handle_reserve empties the file, so this is only for copies that set
 * the size first. */
static bool may_write_over( const struct files *files, const struct plan *plan )
{
    return unix_is_there() && plan->set_size_first && !plan->restartable && !plan->directory && files->source_size &&
           !files->source_is_open_ended;
}

/* Wine refuses to cut a file while a section of it is mapped. So the file is cut by one byte at least, which detects a
 * mapping before anything is lost (sharing.c, mapped_rw). The file also becomes shorter than the source. Otherwise a
 * program that looks at the size alone could take old bytes of the new length for the copy. From here on the file
 * belongs to the copy, as if it had been emptied. Sets *untouched to whether the file is still as it was. */
static NTSTATUS cut_old_content( struct files *files, bool *untouched )
{
    uint64_t old_size = 0, size;
    NTSTATUS status = handle_size( files->destination, &old_size );

    *untouched = true;
    if (!NT_SUCCESS( status ) || !old_size) return status;
    files->destination_has_old_content = true;
    status =
        handle_set_size( files->destination, ( old_size > files->source_size ? files->source_size : old_size ) - 1 );
    if (!NT_SUCCESS( status )) *untouched = NT_SUCCESS( handle_size( files->destination, &size ) ) && size == old_size;
    return status;
}

/* Takes over an existing file that the open has found. When this fails and the file is still as it was, it is closed
 * again. */
static NTSTATUS take_over( struct files *files, const struct ladder_opening *opening )
{
    bool untouched;
    NTSTATUS status;

    if (opening->result == FILE_CREATED || !files->destination_is_file) return STATUS_SUCCESS;
    status = cut_old_content( files, &untouched );
    files->destination_overwritten = true;
    if (NT_SUCCESS( status ) || !untouched) return status;
    NtClose( files->destination );
    files->destination = NULL;
    return status;
}

static NTSTATUS open_destination_file( struct files *files, const struct plan *plan, ULONG attributes )
{
    struct ladder_opening opening = { .path = &files->destination_name,
                                      .disposition = FILE_CREATE,
                                      .options = ladder_options( plan ),
                                      .attributes = attributes };
    NTSTATUS status;

    if (plan->links != PLAN_FOLLOW_LINKS) return open_destination_itself( files, plan, &opening );
    if (plan->create_only) return open_destination_as( files, plan, &opening );
    opening.disposition = plan->directory || may_write_over( files, plan ) ? FILE_OPEN_IF : FILE_OVERWRITE_IF;
    status = open_destination_as( files, plan, &opening );
    if (!NT_SUCCESS( status ) || plan->directory || opening.disposition != FILE_OPEN_IF) return status;
    return take_over( files, &opening );
}

/* Creates the file by the host's path, which means the same file, and for which Wine searches no other spelling.
 * Without the host half the caller's path is used. Then Wine searches the folder once, and not a second time for the
 * marks of a file that is not there. True means that *status is final. When the name exists by now, or its folder does
 * not, the caller's path is tried next, with all its checks. */
static bool make_new_file( struct files *files, const struct plan *plan, ULONG attributes, struct trace *trace,
                           NTSTATUS *status )
{
    UNICODE_STRING host_path = { .Buffer = NULL };
    struct ladder_opening opening = {
        .path = &host_path, .disposition = FILE_CREATE, .options = ladder_options( plan ), .attributes = attributes
    };

    if (plan->directory || plan->links != PLAN_FOLLOW_LINKS) return false;
    if (!new_name( &files->destination_name, &host_path, trace ))
    {
        if (unix_is_there() || !backend_is_wine() || plan->create_only) return false;
        opening.path = &files->destination_name;
    }
    *status = open_destination_as( files, plan, &opening );
    if (host_path.Buffer) new_name_free( &host_path );
    return *status != STATUS_OBJECT_NAME_COLLISION && *status != STATUS_OBJECT_NAME_NOT_FOUND &&
           *status != STATUS_OBJECT_PATH_NOT_FOUND;
}

/* Answers success when an existing file may be written over, or the error that forbids it. */
static NTSTATUS check_existing( struct files *files, const struct plan *plan, ULONG attributes )
{
    if (is_copy_onto_itself( files )) return STATUS_SHARING_VIOLATION;
    /* The link is replaced, so the marks of its target do not matter. */
    if (plan->links != PLAN_FOLLOW_LINKS) return STATUS_SUCCESS;
    return identity_is_protected( &files->destination_name, attributes ) ? STATUS_ACCESS_DENIED : STATUS_SUCCESS;
}

static NTSTATUS open_unprotected( struct files *files, const struct plan *plan, struct trace *trace )
{
    ULONG attributes = metadata_attributes( &files->source_information );
    NTSTATUS status;

    /* A later call could not go on with a read-only fragment. */
    if (plan->restartable) attributes &= ~FILE_ATTRIBUTE_READONLY;
    if (make_new_file( files, plan, attributes, trace, &status )) return status;

    status = STATUS_SUCCESS;
    if (!plan->create_only) status = check_existing( files, plan, metadata_attributes( &files->source_information ) );
    if (!NT_SUCCESS( status )) return status;
    return open_destination_file( files, plan, attributes );
}

/* Setting the size of a file that is not sparse takes room for its holes too. So the destination is made sparse before
 * that. On a file system without sparse files it stays a full one. Wine reports no file as sparse; there the host half
 * keeps the holes. */
static void keep_sparse( const struct files *files, const struct plan *plan )
{
    IO_STATUS_BLOCK io;

    if (!plan->keep_holes || !( files->source_information.FileAttributes & FILE_ATTRIBUTE_SPARSE_FILE )) return;
    NtFsControlFile( files->destination, NULL, NULL, NULL, &io, FSCTL_SET_SPARSE, NULL, 0, NULL, 0 );
}

static NTSTATUS prepare_destination( struct files *files, const struct plan *plan, struct trace *trace )
{
    NTSTATUS status;

    /* Windows gives this error when the copy would not stay encrypted. Under Wine no file system encrypts for us. */
    if (( files->source_information.FileAttributes & FILE_ATTRIBUTE_ENCRYPTED ) && !plan->may_decrypt)
        return STATUS_ENCRYPTION_FAILED;

    status = open_unprotected( files, plan, trace );
    if (!NT_SUCCESS( status )) return status;

    files->destination_is_directory = plan->directory;
    keep_sparse( files, plan );
    return STATUS_SUCCESS;
}

bool open_partial_destination( struct files *files, const struct plan *plan )
{
    ULONG attributes = metadata_attributes( &files->source_information );
    struct ladder_opening opening = { .path = &files->destination_name,
                                      .disposition = FILE_OPEN,
                                      .options = ladder_options( plan ),
                                      .attributes = attributes };

    if (plan->directory || !NT_SUCCESS( check_existing( files, plan, attributes ) )) return false;
    if (!NT_SUCCESS( open_destination_as( files, plan, &opening ) ) || !files->destination_is_file) return false;
    return plan->links == PLAN_FOLLOW_LINKS ||
           !namegraft_remove_if_link( files->destination, &files->destination_name );
}

bool open_destination( struct files *files, const struct plan *plan, struct trace *trace, struct failure *failure )
{
    NTSTATUS status = STATUS_SUCCESS;

    if (fault_strikes( plan->faults, FAULT_OPEN_DESTINATION, failure )) return false;
    if (!files->destination) status = prepare_destination( files, plan, trace );
    if (!NT_SUCCESS( status ))
        return failure_set( failure, files->link_stays ? FAILURE_NAMEGRAFT : FAILURE_DESTINATION, status );
    return true;
}
