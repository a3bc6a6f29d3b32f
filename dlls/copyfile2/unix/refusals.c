/* SPDX-License-Identifier: MIT */

/* The host's movers share these functions. Two read the cancel flag and the blocks of a file, and the others set the
 * result of a move. */

#include "unix/host.h"

bool host_is_canceled( const struct host_move *move )
{
    return move->cancel && *(const volatile int32_t *)(uintptr_t)move->cancel;
}

bool host_has_holes( const struct stat *file )
{
    return file->st_blocks < ( file->st_size + 511 ) / 512;
}

void host_refuse( struct host_move *move, enum host_why why, int err )
{
    move->result = HOST_NOT_FOR_ME;
    move->why = why;
    move->err = err;
}

#define NT_END_OF_FILE 0xc0000011

void host_fail_at_end( struct host_move *move )
{
    move->result = HOST_READ_FAILED;
    move->err = 0;
    move->status = (int32_t)NT_END_OF_FILE;
}

void host_fail( struct host_move *move, enum host_result result, int err )
{
    move->result = result;
    move->err = err;
    move->status = host_status_from_err( err );
}
