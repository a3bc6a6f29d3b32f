/* SPDX-License-Identifier: MIT */

/* A look at a file is a system call, and many parts of a small copy need to know what it says. So the two files of a
 * call are looked at once. */

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

/* ext4 flushes at close what was emptied before, so writing over the blocks that a file has is faster. btrfs and xfs
 * may need new blocks to write over shared ones, and a full disk would be found out later than when room is taken. */
bool host_pair_writes_over( struct host_pair *pair )
{
    return host_pair_filesystem( pair )->writes_over;
}
