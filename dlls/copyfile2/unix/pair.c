/* SPDX-License-Identifier: MIT */

/* Looks at the two files of a call, once: a look is a system call, and a small copy has many that want to know. */

#include "unix/host.h"

#include <sys/vfs.h>

#define EXT4 0xef53 /* and ext2, ext3 */

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

uint32_t host_pair_type( struct host_pair *pair )
{
    struct statfs system;

    if (!pair->destination_type && !fstatfs( pair->destination, &system ))
        pair->destination_type = (uint32_t)system.f_type;
    return pair->destination_type;
}

/* ext4 writes over the blocks that a file has, and flushes at close what was cut to nothing before. btrfs and xfs
 * may need new blocks to write over shared ones, which would be missing later than when room is taken. */
bool host_pair_writes_over( struct host_pair *pair )
{
    return host_pair_type( pair ) == EXT4;
}
