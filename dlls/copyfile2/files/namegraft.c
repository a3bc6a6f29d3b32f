/* SPDX-License-Identifier: MIT */

/* Wine up to 10.0 only follows links, so the host half copies them. Where Windows or Wine has reparse points, NT's
 * calls copy those. */

#include "files/namegraft.h"
#include "common/fault.h"
#include "files/identity.h"
#include "files/namegraft_nt.h"
#include "platform/backend.h"
#include "platform/unix_call.h"

/* True for a name that ends with a backslash. Such a name asks for the directory behind a link. Or it is C:\ or the
 * like, which Wine itself keeps as a link on the host. */
static bool asks_for_directory( const UNICODE_STRING *name )
{
    return name->Length && name->Buffer[name->Length / sizeof( WCHAR ) - 1] == '\\';
}

/* Sets *kind to the kind of file that has the name. STATUS_PRIVILEGE_NOT_HELD means that nobody can tell, and every
 * other failure that there is no link. */
static NTSTATUS look( const UNICODE_STRING *name, enum host_kind *kind )
{
    *kind = HOST_KIND_OTHER;
    if (!unix_has_paths()) return STATUS_PRIVILEGE_NOT_HELD;
    return asks_for_directory( name ) ? STATUS_FILE_IS_A_DIRECTORY : unix_link_look( name, kind );
}

static bool is_link( enum host_kind kind )
{
    return kind == HOST_KIND_LINK_TO_FILE || kind == HOST_KIND_LINK_TO_DIRECTORY || kind == HOST_KIND_LINK_TO_NOTHING;
}

/* A link of Windows knows whether it leads to a file or to a directory. Only the kind that the plan asks for is copied.
 * A Unix link that leads nowhere may be either. */
static NTSTATUS check_kind( enum host_kind kind, const struct plan *plan )
{
    if (kind == HOST_KIND_LINK_TO_DIRECTORY && !plan->directory) return STATUS_ACCESS_DENIED;
    if (kind == HOST_KIND_LINK_TO_FILE && plan->directory) return STATUS_NOT_A_DIRECTORY;
    return STATUS_SUCCESS;
}

/* A link may replace only a file that could be written to. Sets *guard to a handle that keeps others from that file
 * until the link is in its place. Sets it to NULL where there is no such file. */
static NTSTATUS hold_destination( const UNICODE_STRING *name, HANDLE *guard )
{
    enum host_kind kind;
    OBJECT_ATTRIBUTES object;
    IO_STATUS_BLOCK io;

    *guard = NULL;
    if (!NT_SUCCESS( look( name, &kind ) ) || is_link( kind )) return STATUS_SUCCESS;
    if (kind == HOST_KIND_FILE && identity_is_protected( name, FILE_ATTRIBUTE_ARCHIVE )) return STATUS_ACCESS_DENIED;
    InitializeObjectAttributes( &object, (UNICODE_STRING *)name, OBJ_CASE_INSENSITIVE, NULL, NULL );
    return NtCreateFile( guard, GENERIC_WRITE | SYNCHRONIZE, &object, &io, NULL, 0, FILE_SHARE_READ | FILE_SHARE_WRITE,
                         FILE_OPEN, FILE_NON_DIRECTORY_FILE | FILE_SYNCHRONOUS_IO_NONALERT, NULL, 0 );
}

static NTSTATUS copy_by_host( const struct files *files, const struct plan *plan, enum host_kind kind )
{
    NTSTATUS status = check_kind( kind, plan );
    HANDLE guard = NULL;

    if (!NT_SUCCESS( status )) return status;
    if (asks_for_directory( &files->destination_name )) return STATUS_OBJECT_NAME_INVALID;
    /* For a link of Wine's own, the host's path is that of the link's target. So such a link is removed first. */
    status = namegraft_nt_clear( &files->destination_name, plan->create_only );
    if (!NT_SUCCESS( status )) return status;
    if (!plan->create_only) status = hold_destination( &files->destination_name, &guard );
    if (NT_SUCCESS( status ) || status == STATUS_OBJECT_NAME_NOT_FOUND)
        status = unix_link_copy( &files->source_name, &files->destination_name,
                                 plan->create_only ? HOST_LINK_CREATE_ONLY : 0 );
    if (guard) NtClose( guard );
    return status;
}

/* Wine follows a link of the host that has the destination's name, so that link is removed first. */
static enum namegraft_nt copy_by_nt( const struct files *files, const struct plan *plan, NTSTATUS *status )
{
    enum namegraft_nt result = namegraft_nt_copy( files, plan, false, status );

    if (result != NAMEGRAFT_NT_DONE || *status != STATUS_OBJECT_NAME_COLLISION || plan->create_only) return result;
    *status = namegraft_clear( &files->destination_name );
    return NT_SUCCESS( *status ) ? namegraft_nt_copy( files, plan, true, status ) : result;
}

bool namegraft_ends_copy( struct files *files, const struct plan *plan, struct failure *failure )
{
    enum namegraft_nt result;
    enum host_kind kind;
    NTSTATUS seen, status;

    if (plan->links == PLAN_FOLLOW_LINKS) return false;
    if (fault_strikes( plan->faults, FAULT_LINK, failure )) return true;
    seen = look( &files->source_name, &kind );
    if (is_link( kind )) status = copy_by_host( files, plan, kind );
    else
    {
        result = copy_by_nt( files, plan, &status );
        if (result == NAMEGRAFT_NT_IS_MISSING) return false;
        if (result == NAMEGRAFT_NT_IS_NONE && ( seen != STATUS_PRIVILEGE_NOT_HELD || !backend_is_wine() )) return false;
        /* A link that Wine follows looks like its target, so nothing may be copied. Windows gives this error to
         * programs that may not make links. CPython's shutil, for one, then copies by itself. */
        if (result == NAMEGRAFT_NT_IS_NONE) status = seen;
    }
    if (!NT_SUCCESS( status )) failure_set( failure, FAILURE_NAMEGRAFT, status );
    return true;
}

/* True for the status of NUL and the like, which lie in no folder, and for that of a Wine that tells no path. */
static bool has_no_path( NTSTATUS status )
{
    return status == STATUS_BAD_DEVICE_TYPE || status == STATUS_PRIVILEGE_NOT_HELD;
}

NTSTATUS namegraft_clear( const UNICODE_STRING *name )
{
    enum host_kind kind;

    /* Where nobody can tell what lies there, the open that follows gives the better error. */
    if (!NT_SUCCESS( look( name, &kind ) ) || !is_link( kind )) return STATUS_SUCCESS;
    return unix_link_remove( name );
}

bool namegraft_remove_if_link( HANDLE file, const UNICODE_STRING *name )
{
    NTSTATUS status;

    if (namegraft_nt_remove( file )) return true;
    if (!unix_has_paths() || asks_for_directory( name )) return false;
    status = unix_link_compare( name, file );
    return !NT_SUCCESS( status ) && !has_no_path( status );
}
