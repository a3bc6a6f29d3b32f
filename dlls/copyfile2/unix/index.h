/* SPDX-License-Identifier: MIT */

/* The parts of the directory index. All of it is behind the one lock of host_index.c. */

#ifndef COPYFILE2_HOST_INDEX_H
#define COPYFILE2_HOST_INDEX_H

#include "unix/host.h"

#define HOST_NAME_BYTES 255 /* the longest name that Linux knows; its UTF-16 is no longer */

/* Names as Wine compares them (host_fold.c). Nothing else may be called unless host_fold_is_known. */
bool host_fold_is_known( void );
uint64_t host_fold_of( const uint16_t *name, size_t length );
uint64_t host_fold_of_bytes( const char *bytes, size_t size );
/* Ends it with a 0; bytes has room for HOST_NAME_BYTES + 1. False: Wine cannot, or no file can be called so. */
bool host_fold_to_bytes( const uint16_t *name, size_t length, char *bytes );
/* Answers the length, 0: these bytes have no name that Wine would find them by, or no room. */
size_t host_fold_from_bytes( const char *bytes, uint16_t *name, size_t room );

/* Whether the name is new to the directory that is open for reading: wanted->directory is not looked at. */
struct index_entry
{
    char name[HOST_NAME_BYTES + 1]; /* of NEW and EXISTS */
    struct stat there;              /* of EXISTS */
};
void host_index_in( int directory, struct host_name *wanted, struct index_entry *place );

/* Sets wanted->path and its length. False: the name has no such path, or there is no room for it. */
bool index_path( struct host_name *wanted );

/* The set of the names in one directory (host_names.c). To add what is there, or remove what is not, changes
 * nothing. */
struct host_names
{
    struct host_names_entry **buckets;
    size_t bucket_count; /* 0 or a power of two */
    size_t count;
    size_t colons; /* of them with one: named streams */
    size_t memory; /* bytes */
};
bool host_names_add( struct host_names *names, const char *name, size_t size );
void host_names_remove( struct host_names *names, const char *name, size_t size );
/* Whether some name has this fold. Two names of one fold that are not one name are thinkable, and do no harm. */
bool host_names_have( const struct host_names *names, uint64_t fold );
void host_names_free( struct host_names *names );

#endif
