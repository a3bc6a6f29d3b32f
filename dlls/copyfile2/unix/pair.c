/* SPDX-License-Identifier: MIT */

/* Looks at the two files of a call, once: a look is a system call, and a small copy has many that want to know. */

#include "unix/host.h"

bool host_pair_look( struct host_pair *pair, int source, int destination )
{
    *pair = ( struct host_pair ){ .source = source, .destination = destination };
    return !fstat( source, &pair->source_stat ) && !fstat( destination, &pair->destination_stat );
}

/* Refuses what is no regular file: NtReadFile and NtWriteFile know how Wine treats those. */
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

/* ext4 writes over the blocks that a file has, and flushes at close what was cut to nothing before. btrfs and xfs
 * may need new blocks to write over shared ones, which would be missing later than when room is taken. */
bool host_pair_writes_over( struct host_pair *pair )
{
    return host_pair_filesystem( pair )->writes_over;
}
