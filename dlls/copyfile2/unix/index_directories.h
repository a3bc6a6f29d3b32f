/* SPDX-License-Identifier: MIT */

/* The index keeps a table of directories with their names, and inotify keeps them true. All of it is behind one lock:
 * only index_take may be called without it. */

#ifndef COPYFILE2_HOST_INDEX_DIRECTORIES_H
#define COPYFILE2_HOST_INDEX_DIRECTORIES_H

#include "unix/names.h"

struct index_directory
{
    dev_t device;
    ino_t inode;
    bool in_use;
    bool is_read;    /* names holds all names; until then it holds those that came while the directory is read */
    bool too_large;  /* it has more names than are kept, as long as it stays in the table */
    int watch;       /* -1: not yet */
    uint64_t number; /* no two directories of the table ever have the same */
    uint64_t last_use;
    time_t last_time; /* when it was used last, in seconds of the monotonic clock */
    struct host_names names;
    struct host_names gone; /* the names that went while the directory is read */
};

/* True when the lock is ours. */
bool index_take( void );
void index_give( void );

/* Heeds everything that has happened until now, and forgets what nobody has asked about for a while. */
void index_drain( void );

/* Both answer the directory, or NULL. It is good until the next call of index_drain or index_add. */
struct index_directory *index_find( const struct stat *stat );
struct index_directory *index_find_number( uint64_t number );

/* Takes the open directory into the table, and watches it from now on. NULL means that errno tells why it cannot be
 * watched. */
struct index_directory *index_add( int file, const struct stat *stat );

/* Notes that somebody asks about the directory. The memory that all names take stays within its bounds. */
void index_use( struct index_directory *directory );

/* Gives the directory, which was added, the names that were read. */
void index_enter( struct index_directory *directory, struct host_names *names );

/* Keeps no names of the directory. It stays watched for its end, because another directory may get its inode number. */
void index_give_up( struct index_directory *directory );

void index_forget( struct index_directory *directory );

/* Adds a name, as far as the bounds of one directory allow it. */
bool index_add_name( struct host_names *names, const char *name, size_t size );

#endif
