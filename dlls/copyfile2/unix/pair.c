/* SPDX-License-Identifier: MIT */

/* fstat is a system call, and many parts of a small copy need its answer. So it is called once for each of the two
 * files of a call. */

#include "unix/host.h"

bool host_pair_look( struct host_pair *pair, int source, int destination )
{
    *pair = ( struct host_pair ){ .source = source, .destination = destination };
    return !fstat( source, &pair->source_stat ) && !fstat( destination, &pair->destination_stat );
}

/* A device or a pipe is refused, because NtReadFile and NtWriteFile know how Wine treats those. */
bool host_pair_take( struct host_pair *pair, struct host_move *move )
{
    if (!host_pair_look( pair, move->source, move->destination )) host_refuse( move, HOST_WHY_ERRNO, errno );
    else if (S_ISREG( pair->source_stat.st_mode ) && S_ISREG( pair->destination_stat.st_mode )) return true;
    else host_refuse( move, HOST_WHY_NOT_FILES, 0 );
    return false;
}

const struct host_filesystem *host_pair_filesystem( struct host_pair *pair )
{
    static const struct host_filesystem unknown;

    if (!pair->filesystem) pair->filesystem = host_filesystem_of( pair->destination );
    if (!pair->filesystem) pair->filesystem = &unknown;
    return pair->filesystem;
}

/* When a file was emptied and written again, ext4 flushes it at its close, so writing over its old blocks is faster. On
 * btrfs and xfs old blocks may be shared, and writing over them needs new ones. Then a full disk would be noticed later
 * than when room is reserved first. */
bool host_pair_writes_over( struct host_pair *pair )
{
    return host_pair_filesystem( pair )->writes_over;
}
