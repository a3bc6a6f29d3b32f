/* SPDX-License-Identifier: MIT */

/* For the directory index this file compares names as Wine does, and keeps sets of names. */

#ifndef COPYFILE2_HOST_NAMES_H
#define COPYFILE2_HOST_NAMES_H

#include "unix/host.h"

#define HOST_NAME_BYTES 255 /* the longest name in Linux; in UTF-16 it has no more units than that */

/* Names are compared as Wine compares them: all spellings of a name have the same fold. Only host_fold_is_known may be
 * called before it has answered true, and two threads must not call it at once. */
bool host_fold_is_known( void );
uint64_t host_fold_of( const uint16_t *name, size_t length );
/* A name that ends with a question mark has the fold of the name without it: Wine may keep a link NAME in a file
 * NAME?. */
uint64_t host_fold_of_bytes( const char *bytes, size_t size );
/* Sets bytes, which has room for HOST_NAME_BYTES + 1, to the name with a 0 behind it. False means that no file can have
 * this name. */
bool host_fold_to_bytes( const uint16_t *name, size_t length, char *bytes );
/* Sets name to the name by which Wine finds these bytes, and answers its length. The answer 0 means that there is none,
 * or no room for it. */
size_t host_fold_from_bytes( const char *bytes, uint16_t *name, size_t room );
/* Frees what host_fold_is_known has found out. */
void host_fold_free( void );

/* This is the set of the names in one directory. To add a name that is in the set, or to remove one that is not,
 * changes nothing. */
struct host_names
{
    struct host_names_entry **buckets;
    size_t bucket_count; /* 0 or a power of two */
    size_t count;
    size_t colons; /* how many names have a colon, as named streams do */
    size_t memory; /* how many bytes the set takes */
};
/* False means that there is no memory. */
bool host_names_add( struct host_names *names, const char *name, size_t size );
void host_names_remove( struct host_names *names, const char *name, size_t size );
/* These two add or remove all names of other. The first answers false when there is no memory. */
bool host_names_add_all( struct host_names *names, const struct host_names *other );
void host_names_remove_all( struct host_names *names, const struct host_names *other );
/* True when some name has this fold. Two different names may have the same fold, which is rare and does no harm. */
bool host_names_have( const struct host_names *names, uint64_t fold );
void host_names_free( struct host_names *names );

#endif
