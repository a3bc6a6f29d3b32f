/* SPDX-License-Identifier: MIT */

/* Tells whether a file may have named streams, which Wine makes of files beside it: `a.txt:strm`. To ask Wine itself
 * costs a look at every entry of the directory, and another open of it, for each copy; here it costs two system
 * calls, as long as the directory stays as it is.
 *
 * Of each directory looked at lately, all names with a colon are kept. A directory whose time of change is still the
 * same has the same names: Linux moves that time with every entry, and nobody can set it. But it moves in steps (4
 * to 10 ms), so a time that is too young proves nothing yet; and another machine may write where the file system is
 * not a local one. */

#include "unix/host.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#define DIRECTORIES 8
#define NAMES_SIZE  65536 /* bytes of a directory; one with more is looked at each time */
#define YOUNG_NS    ( (int64_t)50000000 )

struct names
{
    char *bytes; /* each name with its 0 */
    size_t size, room;
    bool incomplete;
};

static struct known
{
    dev_t device;
    ino_t inode;
    struct timespec changed;
    struct names names;
} known[DIRECTORIES];
static size_t next_known;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static bool is_ascii( const char *text, size_t length )
{
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] >= 0x80) return false;
    return true;
}

/* What Wine takes for the same letter beyond ASCII is for Wine to say. */
static bool may_be_sibling( const char *name, const char *base )
{
    size_t length = (size_t)( strchr( name, ':' ) - name ), base_length = strlen( base );

    if (!is_ascii( name, length ) || !is_ascii( base, base_length )) return true;
    return length == base_length && !strncasecmp( name, base, length );
}

static bool has_sibling( const struct names *names, const char *base )
{
    for (size_t at = 0; at < names->size; at += strlen( names->bytes + at ) + 1)
        if (may_be_sibling( names->bytes + at, base )) return true;
    return false;
}

static void keep_name( struct names *names, const char *name )
{
    size_t size = strlen( name ) + 1, room = names->room ? names->room : 1024;
    char *bytes = names->bytes;

    while (room < names->size + size) room *= 2;
    if (room > names->room) bytes = room > NAMES_SIZE ? NULL : realloc( names->bytes, room );
    if (!bytes)
    {
        names->incomplete = true;
        return;
    }
    memcpy( bytes + names->size, name, size );
    names->bytes = bytes;
    names->room = room;
    names->size += size;
}

/* Answers whether one may be a sibling; takes down all names with a colon. */
static bool look( DIR *directory, const char *base, struct names *names )
{
    struct dirent *entry;
    bool found = false;

    errno = 0;
    while (( entry = readdir( directory ) ))
    {
        if (!strchr( entry->d_name, ':' )) continue;
        found = found || may_be_sibling( entry->d_name, base );
        if (!names->incomplete) keep_name( names, entry->d_name );
    }
    if (!errno) return found;
    names->incomplete = true;
    return true;
}

static bool is_young( const struct timespec *changed )
{
    struct timespec now;
    int64_t age;

    if (clock_gettime( CLOCK_REALTIME, &now )) return true;
    age = ( (int64_t)now.tv_sec - changed->tv_sec ) * 1000000000 + now.tv_nsec - changed->tv_nsec;
    return age < YOUNG_NS;
}

static bool is_of( const struct known *one, const struct stat *directory )
{
    return one->names.room && one->device == directory->st_dev && one->inode == directory->st_ino &&
           one->changed.tv_sec == directory->st_ctim.tv_sec && one->changed.tv_nsec == directory->st_ctim.tv_nsec;
}

/* One that is known to be as it was: whether a sibling may be there. */
static bool find_known( const struct stat *directory, const char *base, bool *found )
{
    bool is_known = false;

    pthread_mutex_lock( &lock );
    for (size_t i = 0; i < DIRECTORIES && !is_known; i++)
    {
        is_known = is_of( &known[i], directory );
        if (is_known) *found = has_sibling( &known[i].names, base );
    }
    pthread_mutex_unlock( &lock );
    return is_known;
}

static void remember( const struct stat *directory, struct names *names )
{
    struct known *place = NULL;
    char *old;

    pthread_mutex_lock( &lock );
    for (size_t i = 0; i < DIRECTORIES && !place; i++)
        if (known[i].device == directory->st_dev && known[i].inode == directory->st_ino) place = &known[i];
    if (!place) place = &known[next_known++ % DIRECTORIES];
    old = place->names.bytes;
    *place = ( struct known ){ directory->st_dev, directory->st_ino, directory->st_ctim, *names };
    pthread_mutex_unlock( &lock );
    free( old );
}

/* The times are taken before the look: what is new since then moves them. */
static bool look_and_remember( const char *path, const char *base )
{
    struct names names = { .bytes = malloc( 1 ), .room = 1 };
    DIR *directory = opendir( path );
    const struct host_filesystem *filesystem = directory ? host_filesystem_of( dirfd( directory ) ) : NULL;
    struct stat status;
    bool found = true;

    names.incomplete = !directory || !names.bytes || fstat( dirfd( directory ), &status ) || !filesystem ||
                       !filesystem->is_local || is_young( &status.st_ctim );
    if (directory) found = look( directory, base, &names );
    if (names.incomplete) free( names.bytes );
    else remember( &status, &names );
    if (directory) closedir( directory );
    return found;
}

bool host_may_have_siblings( const char *path )
{
    const char *slash = strrchr( path, '/' );
    struct stat status;
    char *directory;
    bool found;

    if (!slash || !( directory = strndup( path, (size_t)( slash - path ) + 1 ) )) return true;
    if (stat( directory, &status )) found = look_and_remember( directory, slash + 1 );
    else if (host_index_knows_no_stream( &status )) found = false;
    else if (!find_known( &status, slash + 1, &found )) found = look_and_remember( directory, slash + 1 );
    free( directory );
    return found;
}

/* When copyfile2.so is unloaded. */
__attribute__( ( destructor ) ) static void forget( void )
{
    if (pthread_mutex_trylock( &lock )) return;
    for (size_t i = 0; i < DIRECTORIES; i++)
    {
        free( known[i].names.bytes );
        known[i].names = ( struct names ){ 0 };
    }
    pthread_mutex_unlock( &lock );
}
