/* SPDX-License-Identifier: MIT */

/* Tells local file systems from those that another machine, or a daemon, may change behind our back. */

#include "unix/host.h"

#include <sys/vfs.h>

bool host_is_local_type( uint32_t type )
{
    switch (type)
    {
    case 0x0000ef53: /* ext2, ext3, ext4 */
    case 0x01021994: /* tmpfs */
    case 0x2fc12fc1: /* ZFS */
    case 0x3153464a: /* JFS */
    case 0x52654973: /* ReiserFS */
    case 0x58465342: /* XFS */
    case 0x794c7630: /* overlayfs */
    case 0x9123683e: /* btrfs */
    case 0xca451a4e: /* bcachefs */
    case 0xf2f52010: /* F2FS */ return true;
    default: return false;
    }
}

bool host_is_local( int file )
{
    struct statfs system;

    return !fstatfs( file, &system ) && host_is_local_type( (uint32_t)system.f_type );
}
