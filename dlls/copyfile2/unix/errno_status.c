/* SPDX-License-Identifier: MIT */

/* This file turns an errno into an NTSTATUS and into a name, by the rows of errno_rows.h. */

#include "unix/host.h"

struct row
{
    int err;
    const char *name;
    uint32_t status;
};

#define ROW( errno_value, nt_status, error, open_error )                                                               \
    { .err = errno_value, .name = #errno_value, .status = nt_status },
static const struct row rows[] = {
#include "unix/errno_rows.h"
};

static const struct row *row_of( int err )
{
    for (size_t i = 0; i < sizeof( rows ) / sizeof( rows[0] ); i++)
        if (rows[i].err == err) return &rows[i];
    return NULL;
}

int32_t host_status_from_err( int err )
{
    const struct row *row = row_of( err );

    return (int32_t)( row ? row->status : NT_UNSUCCESSFUL );
}

const char *host_name_from_err( int err )
{
    const struct row *row = row_of( err );

    return row ? row->name : NULL;
}
