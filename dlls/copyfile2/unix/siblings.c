/* SPDX-License-Identifier: MIT */

/* Wine keeps a named stream as a file beside its file: `a.txt:strm`. Whether there is one, Wine finds out by opening
 * the directory and reading every entry, for each copy. This file finds it out by two system calls, as long as the
 * directory does not change.
 *
 * It keeps all names with a colon of the directories that were read lately. Linux moves a directory's time of change
 * with every change of its entries, and nobody can set that time. So a directory with the same time has the same names.
 * But the time moves in steps of 4 to 10 ms, so a time that is too young proves nothing yet. On a file system that is
 * not local, another machine may write without moving the time here. */

#include "unix/host.h"
#include "unix/lock.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#define DIRECTORIES 8
#define NAMES_SIZE  65536 /* a directory whose names have more bytes is looked at each time */
#define YOUNG_NS    ( (int64_t)50000000 )

struct names
{
    char *bytes; /* all names, each with its 0 */
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
static struct host_lock lock;

__attribute__( ( constructor ) ) static void make_lock( void )
{
    host_lock_make( &lock );
}

/* True when the lock is ours. A dead thread may have left the table half changed. Then it is emptied, and its memory is
 * not freed. */
static bool take_lock( void )
{
    bool is_in_disorder;

    if (!host_lock_take( &lock, &is_in_disorder )) return false;
    if (is_in_disorder) memset( known, 0, sizeof( known ) );
    return true;
}

static bool is_ascii( const char *text, size_t length )
{
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] >= 0x80) return false;
    return true;
}

/* Only Wine knows which letters beyond ASCII are alike, so a name with such letters may be a sibling of any file. */
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

/* Adds all names with a colon to names. True when one of them may be a sibling, or when not all could be read. */
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

/* True when the directory is known, and has not changed. Then *found is set to whether a sibling may be there. */
static bool find_known( const struct stat *directory, const char *base, bool *found )
{
    bool is_known = false;

    if (!take_lock()) return false;
    for (size_t i = 0; i < DIRECTORIES && !is_known; i++)
    {
        is_known = is_of( &known[i], directory );
        if (is_known) *found = has_sibling( &known[i].names, base );
    }
    host_lock_give( &lock );
    return is_known;
}

/* Keeps the names, or frees them. */
static void remember( const struct stat *directory, struct names *names )
{
    struct known *place = NULL;
    char *old = names->bytes;

    if (!take_lock())
    {
        free( old );
        return;
    }
    for (size_t i = 0; i < DIRECTORIES && !place; i++)
        if (known[i].device == directory->st_dev && known[i].inode == directory->st_ino) place = &known[i];
    if (!place) place = &known[next_known++ % DIRECTORIES];
    old = place->names.bytes;
    *place = ( struct known ){
        .device = directory->st_dev, .inode = directory->st_ino, .changed = directory->st_ctim, .names = *names
    };
    host_lock_give( &lock );
    free( old );
}

/* Reads the directory, and answers whether a sibling may be there. The directory's time is taken first, so that every
 * later change moves it. */
static bool look_and_remember( const char *path, const char *base )
{
    struct names names = { .bytes = malloc( 1 ), .room = 1 };
    DIR *directory = opendir( path );
    const struct host_filesystem *filesystem = directory ? host_filesystem_of( dirfd( directory ) ) : NULL;
    struct stat now;
    bool found = true;

    names.incomplete = !directory || !names.bytes || fstat( dirfd( directory ), &now ) || !filesystem ||
                       !filesystem->is_local || is_young( &now.st_ctim );
    if (directory) found = look( directory, base, &names );
    if (names.incomplete) free( names.bytes );
    else remember( &now, &names );
    if (directory) closedir( directory );
    return found;
}

bool host_may_have_siblings( const char *path )
{
    const char *slash = strrchr( path, '/' );
    struct stat now;
    char *directory;
    bool found;

    if (!slash || !( directory = strndup( path, (size_t)( slash - path ) + 1 ) )) return true;
    if (stat( directory, &now )) found = look_and_remember( directory, slash + 1 );
    else if (host_index_knows_no_stream( &now )) found = false;
    else if (!find_known( &now, slash + 1, &found )) found = look_and_remember( directory, slash + 1 );
    free( directory );
    return found;
}

/* Runs when copyfile2.so is unloaded. When a thread still has the lock, it may still use the names, and they are not
 * freed. */
__attribute__( ( destructor ) ) static void forget( void )
{
    bool is_in_disorder;

    if (!host_lock_try( &lock, &is_in_disorder )) return;
    for (size_t i = 0; i < DIRECTORIES && !is_in_disorder; i++) free( known[i].names.bytes );
    memset( known, 0, sizeof( known ) );
    host_lock_give( &lock );
}
