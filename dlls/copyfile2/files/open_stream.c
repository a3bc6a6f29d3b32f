/* SPDX-License-Identifier: MIT */

/* This file opens the two ends of a named stream, and a stream that is to be deleted. */

#include "files/ladder.h"
#include "files/open.h"

/* A stream is opened with the sharing of its file. On Windows, when a file is open for deletion, its streams have to
 * share deletion too. */
NTSTATUS open_stream_source( HANDLE *source, UNICODE_STRING *path, bool *shares_write )
{
    static const struct ladder_rung ladder[] = {
        { .access = GENERIC_READ, .share = LADDER_SHARE_READ_DELETE },
        { .access = GENERIC_READ, .share = LADDER_SHARE_ALL },
    };
    const struct ladder_rung *rung = ladder;
    struct ladder_opening opening = { .path = path, .disposition = FILE_OPEN, .options = LADDER_FILE_OPTIONS };
    NTSTATUS status = ladder_open( source, &opening, &rung, ARRAYSIZE( ladder ) );

    *shares_write = rung->share & FILE_SHARE_WRITE;
    return status;
}

NTSTATUS open_stream_destination( HANDLE *destination, UNICODE_STRING *path, ULONG disposition )
{
    static const struct ladder_rung ladder[] = {
        { .access = GENERIC_READ | GENERIC_WRITE | DELETE, .share = FILE_SHARE_READ | FILE_SHARE_WRITE },
        { .access = GENERIC_READ | GENERIC_WRITE | DELETE, .share = LADDER_SHARE_ALL },
        { .access = GENERIC_WRITE | DELETE, .share = LADDER_SHARE_ALL },
        { .access = GENERIC_WRITE, .share = LADDER_SHARE_ALL },
    };
    const struct ladder_rung *rung = ladder;
    struct ladder_opening opening = {
        .path = path, .disposition = disposition, .options = LADDER_FILE_OPTIONS, .attributes = FILE_ATTRIBUTE_NORMAL
    };

    return ladder_open( destination, &opening, &rung, ARRAYSIZE( ladder ) );
}

NTSTATUS open_to_delete( HANDLE *file, UNICODE_STRING *path, bool shared )
{
    const ULONG share = shared ? LADDER_SHARE_ALL : 0;
    const struct ladder_rung ladder[] = { { .access = DELETE | FILE_WRITE_ATTRIBUTES, .share = share },
                                          { .access = DELETE, .share = share } };
    const struct ladder_rung *rung = ladder;
    struct ladder_opening opening = { .path = path, .disposition = FILE_OPEN, .options = LADDER_FILE_OPTIONS };

    return ladder_open( file, &opening, &rung, ARRAYSIZE( ladder ) );
}
