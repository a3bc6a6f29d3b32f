/* SPDX-License-Identifier: MIT */

/* This file asks the directory index about a name, and makes Wine's path of the name. */

#ifndef COPYFILE2_HOST_INDEX_H
#define COPYFILE2_HOST_INDEX_H

#include "unix/names.h"

/* This is the entry that a name has in its directory. */
struct index_entry
{
    char name[HOST_NAME_BYTES + 1]; /* the name's bytes, with HOST_NAME_NEW and HOST_NAME_EXISTS */
    struct stat there;              /* the file that has the name, with HOST_NAME_EXISTS */
};

/* Sets wanted->result to whether the name is new to the directory, which is open for reading. Sets place. Reads
 * wanted->directory only to make wanted->path. */
void host_index_in( int directory, struct host_name *wanted, struct index_entry *place );

/* Sets wanted->path and its length, when wanted->path is not 0. False means that the name has no such path, or that
 * there is no room for it. */
bool index_path( struct host_name *wanted );

#endif
