/* SPDX-License-Identifier: MIT */

/* The directory index is asked about a name, and Wine's path of the name is made. */

#ifndef COPYFILE2_HOST_INDEX_H
#define COPYFILE2_HOST_INDEX_H

#include "unix/names.h"

/* A name has its entry in a directory. */
struct index_entry
{
    char name[HOST_NAME_BYTES + 1]; /* the name's bytes, with HOST_NAME_NEW and HOST_NAME_EXISTS */
    struct stat there;              /* the file that has the name, with HOST_NAME_EXISTS */
};
/* Tells in wanted whether the name is new to the directory that is open for reading. wanted->directory is not looked
 * at. Sets place. */
void host_index_in( int directory, struct host_name *wanted, struct index_entry *place );

/* Sets wanted->path and its length. False means that the name has no such path, or that there is no room for it. */
bool index_path( struct host_name *wanted );

#endif
