/* SPDX-License-Identifier: MIT */

/* Opens the two ends of a named stream, and what is to be deleted. */

#include "files/ladder.h"
#include "files/open.h"

/* A stream shares what its file shares. On Windows a file that is open for deletion demands that of its streams,
 * too. */
NTSTATUS open_stream_source( HANDLE *source, UNICODE_STRING *path, bool *shares_write )
{
    static const struct ladder_step ladder[] = {
        { GENERIC_READ, LADDER_SHARE_READ_DELETE },
        { GENERIC_READ, LADDER_SHARE_ALL },
    };
    const struct ladder_step *step = ladder;
    struct ladder_opening opening = { path, FILE_OPEN, LADDER_FILE_OPTIONS };
    NTSTATUS status = ladder_open( source, &opening, &step, ARRAYSIZE( ladder ) );

    *shares_write = step->share & FILE_SHARE_WRITE;
    return status;
}

NTSTATUS open_stream_destination( HANDLE *destination, UNICODE_STRING *path, ULONG disposition )
{
    static const struct ladder_step ladder[] = {
        { GENERIC_READ | GENERIC_WRITE | DELETE, FILE_SHARE_READ | FILE_SHARE_WRITE },
        { GENERIC_READ | GENERIC_WRITE | DELETE, LADDER_SHARE_ALL },
        { GENERIC_WRITE | DELETE, LADDER_SHARE_ALL },
        { GENERIC_WRITE, LADDER_SHARE_ALL },
    };
    const struct ladder_step *step = ladder;
    struct ladder_opening opening = { path, disposition, LADDER_FILE_OPTIONS, FILE_ATTRIBUTE_NORMAL };

    return ladder_open( destination, &opening, &step, ARRAYSIZE( ladder ) );
}

NTSTATUS open_to_delete( HANDLE *file, UNICODE_STRING *path, bool shared )
{
    const ULONG share = shared ? LADDER_SHARE_ALL : 0;
    const struct ladder_step ladder[] = { { DELETE | FILE_WRITE_ATTRIBUTES, share }, { DELETE, share } };
    const struct ladder_step *step = ladder;
    struct ladder_opening opening = { path, FILE_OPEN, LADDER_FILE_OPTIONS };

    return ladder_open( file, &opening, &step, ARRAYSIZE( ladder ) );
}
