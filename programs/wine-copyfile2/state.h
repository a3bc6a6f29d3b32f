/* The record of what was put into a prefix and of all that it was made from. */

#ifndef WINE_COPYFILE2_STATE_H
#define WINE_COPYFILE2_STATE_H

#include "file.h"

enum state_role
{
    STATE_WINE,      /* the command that starts Wine, and the program that it comes to */
    STATE_SOURCE,    /* one of Wine's DLLs */
    STATE_SHIPPED,   /* our copyfile2.dll */
    STATE_INSTALLED, /* what was put into the prefix */
    STATE_ABSENT,    /* must not be there: it would make a difference */
    STATE_FOLDER,    /* must not change, for what is missing may appear in it */
    STATE_ROLES
};

struct state_entry
{
    enum state_role role;
    struct stamp stamp;
    uint64_t hash; /* 0 where the contents do not matter */
    char *path;
};

/* What it was made for; when any of it differs now, all of it has to be made again. */
enum state_context
{
    STATE_COMMAND, /* what starts Wine */
    STATE_LOADER,  /* WINELOADER, which decides what the command comes to; may be empty */
    STATE_OURS,    /* the folder of our DLLs */
    STATE_PREFIX,
    STATE_FUNCTIONS, /* which ones lead to our DLL */
    STATE_CONTEXTS
};

struct state
{
    char *context[STATE_CONTEXTS];
    struct state_entry *entries;
    size_t count;
};

/* False when there is no record that can be read; the state is empty then. */
bool state_load( struct state *state, const char *path );
bool state_save( const struct state *state, const char *path );
void state_free( struct state *state );

#define STATE_FUNCTIONS_COPYFILE2 "CopyFile2"
#define STATE_FUNCTIONS_ALL       "all"

void state_begin( struct state *state, const char *command, const char *prefix, const char *functions );
/* stamp: taken before the contents were read, so that a change in between is seen later. */
void state_add( struct state *state, enum state_role role, const char *path, struct stamp stamp, uint64_t hash );

/* What has changed since, by stat alone, or NULL; to be freed. now: only its context counts. */
char *state_find_change( const struct state *state, const struct state *now );

/* The same by contents. */
char *state_find_damage( const struct state *state );

#endif
