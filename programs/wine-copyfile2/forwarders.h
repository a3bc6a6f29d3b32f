/* SPDX-License-Identifier: MIT */

/* This file lists the exports of Wine's DLLs that lead to copyfile2.dll in a prefix. */

#ifndef WINE_COPYFILE2_FORWARDERS_H
#define WINE_COPYFILE2_FORWARDERS_H

#include "pe_exports.h"
#include "probe.h"

struct forwarders
{
    const struct pe_forwarder *list;
    size_t count;
};

/* Answers the forwarders for one of Wine's DLLs: CopyFile2 alone or, when all is true, every function that copies. */
struct forwarders forwarders_of( enum probed_file file, bool all );

#endif
