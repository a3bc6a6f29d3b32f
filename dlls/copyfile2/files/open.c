/* SPDX-License-Identifier: MIT */

/* This file makes NT paths of the two names, and opens the source. */

#include "files/open.h"
#include "common/fault.h"
#include "files/handle.h"
#include "files/ladder.h"

static NTSTATUS nt_path( PCWSTR name, UNICODE_STRING *path )
{
    NTSTATUS status;

    /* CreateFile gives this answer to an empty name (errors.c, empty_name). */
    if (!name[0]) return STATUS_OBJECT_PATH_NOT_FOUND;
    status = RtlDosPathNameToNtPathName_U_WithStatus( name, path, NULL, NULL );
    /* Wine calls invalid what Windows calls too long (errors.c, endless_name). */
    if (status == STATUS_OBJECT_NAME_INVALID && lstrlenW( name ) > MAX_PATH) return STATUS_NAME_TOO_LONG;
    return status;
}

/* On NT "a.txt::$DATA" is another name of a.txt. Wine would take it for a file of that name, so the end is taken off
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

/* While a copy runs, others may read, rename or delete the source, but must not begin to write it (sharing.c,
 * src_writer_during). Writing is shared only with a writer who was there first (sharing.c, src_writer). */
static NTSTATUS open_source_file( struct files *files, const struct plan *plan )
{
    ACCESS_MASK needed = plan->source_needed;
    ACCESS_MASK wished = needed | plan->source_access | ( plan->write_source ? GENERIC_WRITE : 0 );
    const struct ladder_rung ladder[] = {
        { .access = wished, .share = LADDER_SHARE_READ_DELETE },
        { .access = wished, .share = LADDER_SHARE_ALL },
        { .access = needed, .share = LADDER_SHARE_READ_DELETE },
        { .access = needed, .share = LADDER_SHARE_ALL },
    };
    const struct ladder_rung *rung = ladder;
    size_t count = wished == needed ? 2 : ARRAYSIZE( ladder );
    struct ladder_opening opening = { .path = &files->source_name,
                                      .disposition = FILE_OPEN,
                                      .options = ladder_options( plan ) };
    NTSTATUS status = ladder_open( &files->source, &opening, &rung, count );

    files->source_shares_write = rung->share & FILE_SHARE_WRITE;
    return status;
}

static NTSTATUS query_source( struct files *files )
{
    FILE_STANDARD_INFORMATION standard;
    IO_STATUS_BLOCK io;
    NTSTATUS status;

    status = NtQueryInformationFile( files->source, &io, &standard, sizeof( standard ), FileStandardInformation );
    if (!NT_SUCCESS( status )) return status;
    /* Wine gives a directory a size, but a directory has no unnamed stream */
    files->source_size = standard.Directory ? 0 : standard.EndOfFile.QuadPart;
    return handle_basic( files->source, &files->source_information );
}

bool open_names( struct files *files, const struct plan *plan, struct failure *failure )
{
    NTSTATUS status;

    if (fault_strikes( plan->faults, FAULT_NAMES, failure )) return false;
    status = nt_path( plan->source_name, &files->source_name );
    if (NT_SUCCESS( status )) status = nt_path( plan->destination_name, &files->destination_name );
    if (!NT_SUCCESS( status )) return failure_set( failure, FAILURE_NAMES, status );
    strip_main_stream( &files->source_name );
    strip_main_stream( &files->destination_name );
    return true;
}

bool open_source( struct files *files, const struct plan *plan, struct failure *failure )
{
    NTSTATUS status;

    if (fault_strikes( plan->faults, FAULT_OPEN_SOURCE, failure )) return false;
    status = open_source_file( files, plan );
    return NT_SUCCESS( status ) || failure_set( failure, FAILURE_SOURCE, status );
}

bool open_query_source( struct files *files, const struct plan *plan, struct failure *failure )
{
    NTSTATUS status;

    if (fault_strikes( plan->faults, FAULT_QUERY_SOURCE, failure )) return false;
    status = query_source( files );
    return NT_SUCCESS( status ) || failure_set( failure, FAILURE_SOURCE, status );
}
