/* SPDX-License-Identifier: MIT */

/* This table tells what each file system can do. A file system is known by its f_type in statfs. */

#include "unix/host.h"

#include <sys/vfs.h>

static const struct host_filesystem filesystems[] = {
    { .type = 0x00004d44, .takes_no_colons = true },               /* FAT */
    { .type = 0x2011bab0, .takes_no_colons = true },               /* exFAT */
    { .type = 0x0000ef53, .is_local = true, .writes_over = true }, /* ext2, ext3, ext4 */
    { .type = 0x01021994, .is_local = true },                      /* tmpfs */
    { .type = 0x2fc12fc1, .is_local = true },                      /* ZFS */
    { .type = 0x3153464a, .is_local = true },                      /* JFS */
    { .type = 0x52654973, .is_local = true },                      /* ReiserFS */
    { .type = 0x58465342, .is_local = true },                      /* XFS */
    { .type = 0x794c7630, .is_local = true },                      /* overlayfs */
    { .type = 0x9123683e, .is_local = true },                      /* btrfs */
    { .type = 0xca451a4e, .is_local = true },                      /* bcachefs */
    { .type = 0xf2f52010, .is_local = true },                      /* F2FS */
    { .type = 0x00006969, .copies_by_itself = true },              /* NFS */
    { .type = 0xff534d42, .copies_by_itself = true },              /* CIFS */
    { .type = 0xfe534d42, .copies_by_itself = true },              /* SMB 2 and 3 */
    { .type = 0x00c36400, .copies_by_itself = true },              /* Ceph */
    { .type = 0x65735546, .copies_by_itself = true },              /* FUSE */
    { .type = 0x7461636f, .copies_by_itself = true },              /* OCFS2 */
    { .type = 0x0bd00bd0, .copies_by_itself = true },              /* Lustre */
    { .type = 0x19830326, .copies_by_itself = true },              /* BeeGFS */
    { .type = 0x47504653, .copies_by_itself = true },              /* GPFS */
};

static const struct host_filesystem unknown;

const struct host_filesystem *host_filesystem_of( int file )
{
    struct statfs system;

    if (fstatfs( file, &system )) return NULL;
    for (size_t i = 0; i < sizeof( filesystems ) / sizeof( filesystems[0] ); i++)
        if (filesystems[i].type == (uint32_t)system.f_type) return &filesystems[i];
    return &unknown;
}
