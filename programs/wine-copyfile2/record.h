/* SPDX-License-Identifier: MIT */

/* The record of what was put into a prefix and of all that it was made from. */

#ifndef WINE_COPYFILE2_RECORD_H
#define WINE_COPYFILE2_RECORD_H

#include "file.h"

enum record_role
{
    RECORD_WINE,      /* the command that starts Wine, and the program that it comes to */
    RECORD_SOURCE,    /* one of Wine's DLLs */
    RECORD_SHIPPED,   /* our copyfile2.dll */
    RECORD_INSTALLED, /* what was put into the prefix */
    RECORD_ABSENT,    /* must not be there: it would make a difference */
    RECORD_FOLDER,    /* must not change, for what is missing may appear in it */
    RECORD_ROLES
};

struct record_entry
{
    enum record_role role;
    struct stamp stamp;
    uint64_t hash; /* 0 where the contents do not matter */
    char *path;
};

/* What it was made for; when any of it differs now, all of it has to be made again. */
enum record_condition
{
    RECORD_COMMAND, /* what starts Wine */
    RECORD_LOADER,  /* WINELOADER, which decides what the command comes to; may be empty */
    RECORD_OURS,    /* the folder of our DLLs */
    RECORD_PREFIX,
    RECORD_FUNCTIONS, /* which ones lead to our DLL */
    RECORD_CONDITIONS
};

struct record
{
    char *conditions[RECORD_CONDITIONS];
    struct record_entry *entries;
    size_t count;
};

/* False when there is no record that can be read; the record is empty then. */
bool record_load( struct record *record, const char *path );
bool record_save( const struct record *record, const char *path );
void record_free( struct record *record );

#define RECORD_FUNCTIONS_COPYFILE2 "CopyFile2"
#define RECORD_FUNCTIONS_ALL       "all"

void record_begin( struct record *record, const char *command, const char *prefix, const char *functions );
/* stamp: taken before the contents were read, so that a change in between is seen later. */
void record_add( struct record *record, enum record_role role, const char *path, struct stamp stamp, uint64_t hash );

/* What has changed since, by stat alone, or NULL; to be freed. wanted: only its conditions count. */
char *record_find_change( const struct record *record, const struct record *wanted );

/* The same by contents. */
char *record_find_damage( const struct record *record );

#endif
