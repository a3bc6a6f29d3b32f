/* SPDX-License-Identifier: MIT */

/* This file lists the exports of Wine's DLLs that lead to copyfile2.dll in a prefix. */

#include "forwarders.h"

/* Our functions leave to Wine's own functions what is no copy. Those of kernel32.dll lead to kernelbase.dll by name,
 * and these names lead to us. So kernelbase.dll keeps its own functions under a second name, and ours call them by
 * that. */
#define FORWARD( function ) { .name = #function, .target = "copyfile2." #function }
#define FORWARD_AND_KEEP( function )                                                                                   \
    { .name = #function, .target = "copyfile2." #function, .kept = "CopyFile2_Original_" #function }

/* CopyFile2 comes first in both lists, because it is the one that is always forwarded. */
static const struct pe_forwarder kernel32[] = {
    FORWARD( CopyFile2 ),
    FORWARD( CopyFileA ),
    FORWARD( CopyFileExA ),
    FORWARD( CopyFileExW ),
    FORWARD( CopyFileW ),
    FORWARD( MoveFileA ),
    FORWARD( MoveFileExA ),
    FORWARD( MoveFileExW ),
    FORWARD( MoveFileW ),
    FORWARD( MoveFileWithProgressA ),
    FORWARD( MoveFileWithProgressW ),
};
static const struct pe_forwarder kernelbase[] = {
    FORWARD( CopyFile2 ),   FORWARD_AND_KEEP( CopyFileExW ),           FORWARD( CopyFileW ),
    FORWARD( MoveFileExW ), FORWARD_AND_KEEP( MoveFileWithProgressW ),
};

struct forwarders forwarders_of( enum probed_file file, bool all )
{
    static const struct forwarders lists[PROBED_COUNT] = {
        [PROBED_KERNEL32] = { .list = kernel32, .count = sizeof( kernel32 ) / sizeof( kernel32[0] ) },
        [PROBED_KERNELBASE] = { .list = kernelbase, .count = sizeof( kernelbase ) / sizeof( kernelbase[0] ) },
    };
    struct forwarders forwarders = lists[file];

    if (!all) forwarders.count = 1;
    return forwarders;
}
