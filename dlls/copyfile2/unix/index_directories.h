/* SPDX-License-Identifier: MIT */

/* The index keeps a table of directories with their names, and inotify keeps them true. One lock guards all of it: only
 * index_take may be called without the lock. */

#ifndef COPYFILE2_HOST_INDEX_DIRECTORIES_H
#define COPYFILE2_HOST_INDEX_DIRECTORIES_H

#include "unix/names.h"

struct index_directory
{
    dev_t device;
    ino_t inode;
    bool in_use;
    bool is_read;    /* names holds all names; until then it holds those that came while the directory is read */
    bool too_large;  /* it has too many names, so none are kept while it stays in the table */
    int watch;       /* -1: not yet */
    uint64_t number; /* no two directories ever have the same number */
    uint64_t last_use;
    time_t last_time; /* when it was used last, in seconds of the monotonic clock */
    struct host_names names;
    struct host_names gone; /* the names that were removed while the directory is read */
};

/* True when the lock is ours. */
bool index_take( void );
void index_give( void );

/* Reads all events that have come until now, and drops directories that nobody has asked about for a minute. */
void index_drain( void );

/* Both answer the directory, or NULL. The pointer is valid until the next call of index_drain or index_add. */
struct index_directory *index_find( const struct stat *stat );
struct index_directory *index_find_number( uint64_t number );

/* Takes the open directory into the table, and watches it from now on. NULL means that errno tells why it cannot be
 * watched. */
struct index_directory *index_add( int file, const struct stat *stat );

/* Notes that somebody asks about the directory. Drops other directories when all names together take too much
 * memory. */
void index_use( struct index_directory *directory );

/* Gives an added directory the names that were read. */
void index_enter( struct index_directory *directory, struct host_names *names );

/* Frees the names of the directory, and keeps no more of them. The directory stays watched until it is deleted, because
 * another directory may then get its inode number. */
void index_give_up( struct index_directory *directory );

void index_forget( struct index_directory *directory );

/* Adds a name. False means that the names of one directory would take too much memory, or that there is none. */
bool index_add_name( struct host_names *names, const char *name, size_t size );

#endif
