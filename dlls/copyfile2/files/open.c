/* SPDX-License-Identifier: MIT */

/* This file opens the source. */

#include "files/open.h"
#include "common/fault.h"
#include "files/handle.h"
#include "files/ladder.h"
#include "files/nt_path.h"
#include "files/source_size.h"

/* While a copy runs, others may read, rename or delete the source, but must not begin to write it (sharing.c,
 * src_writer_during). Writing is shared only when a writer has opened the source before (sharing.c, src_writer). */
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
    /* Wine gives a directory a size, but a directory has no unnamed stream. */
    files->source_size = standard.Directory ? 0 : standard.EndOfFile.QuadPart;
    if (!standard.Directory)
        status = source_size_check( files->source, &files->source_size, &files->source_is_open_ended );
    if (!NT_SUCCESS( status )) return status;
    return handle_basic( files->source, &files->source_information );
}

bool open_names( struct files *files, const struct plan *plan, struct failure *failure )
{
    NTSTATUS status;

    if (fault_strikes( plan->faults, FAULT_NAMES, failure )) return false;
    status = nt_path_of( plan->source_name, &files->source_name );
    if (NT_SUCCESS( status )) status = nt_path_of( plan->destination_name, &files->destination_name );
    return NT_SUCCESS( status ) || failure_set( failure, FAILURE_NAMES, status );
}

void open_names_free( struct files *files )
{
    RtlFreeUnicodeString( &files->destination_name );
    RtlFreeUnicodeString( &files->source_name );
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
