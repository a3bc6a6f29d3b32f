/* SPDX-License-Identifier: MIT */

/* The record tells what was put into a prefix, and all that this was made from. */

#ifndef WINE_COPYFILE2_RECORD_H
#define WINE_COPYFILE2_RECORD_H

#include "file.h"

enum record_role
{
    RECORD_WINE,      /* the command that starts Wine, and the program that it comes to */
    RECORD_SOURCE,    /* one of Wine's DLLs */
    RECORD_SHIPPED,   /* a file of ours */
    RECORD_INSTALLED, /* what was put into the prefix */
    RECORD_ABSENT,    /* what must not be there, because it would make a difference */
    RECORD_FOLDER,    /* a folder that must not change, because a missing file may appear in it */
    RECORD_ROLES
};

struct record_entry
{
    enum record_role role;
    struct stamp stamp;
    uint64_t hash; /* 0 where the contents do not matter */
    char *path;
};

/* The prefix was prepared under these conditions. When one of them differs, all files have to be made again. */
enum record_condition
{
    RECORD_COMMAND, /* what starts Wine */
    RECORD_LOADER,  /* WINELOADER, which decides what the command comes to; may be empty */
    RECORD_OURS,    /* the folder of our DLLs */
    RECORD_PREFIX,
    RECORD_FUNCTIONS, /* which ones lead to our DLL */
    RECORD_CONDITIONS,

    RECORD_SECTIONS = RECORD_CONDITIONS, /* no condition: whether this Wine has sections of its DLLs; see helper.c */
    RECORD_LINES
};

struct record
{
    char *conditions[RECORD_LINES];
    struct record_entry *entries;
    size_t count;
};

/* Sets record to what the file tells. False means that there is no record that can be read; record is empty then. */
bool record_load( struct record *record, const char *path );
/* Writes the record as a whole. A path with a line break has no place in it: EILSEQ. False comes with errno. */
bool record_save( const struct record *record, const char *path );
void record_free( struct record *record );

#define RECORD_FUNCTIONS_COPYFILE2 "CopyFile2"
#define RECORD_FUNCTIONS_ALL       "all"
#define RECORD_SECTIONS_NO         "no"
#define RECORD_SECTIONS_YES        "yes"

/* Begins a record with these conditions and without files. The program's folder and WINELOADER give the other
 * conditions. */
void record_begin( struct record *record, const char *command, const char *prefix, const char *functions );
/* Notes that this Wine has sections of its DLLs. */
void record_set_sections( struct record *record );
/* Adds a file to the record. The stamp has to be taken before the contents are read, so that a change in between is
 * seen later. */
void record_add( struct record *record, enum record_role role, const char *path, struct stamp stamp, uint64_t hash );

/* Answers what has changed since the record was made, to be freed, or NULL. This costs one stat of each file. Only the
 * conditions of wanted are compared. */
char *record_find_change( const struct record *record, const struct record *wanted );

/* Does the same by the contents of the files. */
char *record_find_damage( const struct record *record );

#endif
