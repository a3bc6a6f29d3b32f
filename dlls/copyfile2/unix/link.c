/* SPDX-License-Identifier: MIT */

/* Wine up to 10.0 only follows symbolic links. This file reads a link, makes another like it, and removes one. A path
 * that is resolved twice may lead to two places. So each folder is opened once, and names are looked up in it. A link
 * is followed only to learn of what kind its target is, and whether that is the destination. */

#include "unix/host.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

/* A place is the opened folder of a path, and the last name of the path. */
struct place
{
    int folder;
    const char *name;
};

static bool place_open( struct place *place, uint64_t address )
{
    const char *path = (const char *)(uintptr_t)address, *slash = strrchr( path, '/' );
    char *folder;

    if (!slash || !slash[1])
    {
        errno = EINVAL;
        return false;
    }
    place->name = slash + 1;
    folder = strndup( path, slash == path ? 1 : (size_t)( slash - path ) );
    if (!folder) return false;
    place->folder = open( folder, O_PATH | O_DIRECTORY | O_CLOEXEC );
    free( folder );
    return place->folder != -1;
}

static bool place_look( const struct place *place, struct stat *stat )
{
    return !fstatat( place->folder, place->name, stat, AT_SYMLINK_NOFOLLOW );
}

static bool is_same( const struct stat *one, const struct stat *other )
{
    return one->st_dev == other->st_dev && one->st_ino == other->st_ino;
}

static enum host_kind kind_of( const struct place *place, const struct stat *itself )
{
    struct stat target;

    if (S_ISDIR( itself->st_mode )) return HOST_KIND_DIRECTORY;
    if (S_ISREG( itself->st_mode )) return HOST_KIND_FILE;
    if (!S_ISLNK( itself->st_mode )) return HOST_KIND_OTHER;
    if (fstatat( place->folder, place->name, &target, 0 )) return HOST_KIND_LINK_TO_NOTHING;
    return S_ISDIR( target.st_mode ) ? HOST_KIND_LINK_TO_DIRECTORY : HOST_KIND_LINK_TO_FILE;
}

static bool look( struct host_link *link )
{
    struct place place;
    struct stat itself;
    bool seen;

    if (!place_open( &place, link->path )) return false;
    seen = place_look( &place, &itself );
    if (seen) link->kind = kind_of( &place, &itself );
    close( place.folder );
    return seen;
}

/* Makes a name that no other copy uses. */
static void make_temporary_name( char name[32] )
{
    static uint32_t count;
    uint64_t number = 0;

    /* Where there is no random number, the process's id is used. EEXIST then tells that the name is taken. */
    if (getrandom( &number, sizeof( number ), GRND_NONBLOCK ) != sizeof( number )) number = (uint64_t)getpid() << 32;
    number += __atomic_fetch_add( &count, 1, __ATOMIC_RELAXED );
    snprintf( name, 32, ".copyfile2-%016llx", (unsigned long long)number );
}

#define TEMPORARY_NAMES 100

/* The name must not vanish meanwhile, and nobody may follow a link that was there. So the new link is made under
 * another name, and a rename puts it in place in one step. False means that errno tells why not. */
static bool replace( const struct place *place, const char *target, const struct timespec times[2] )
{
    char name[32];
    int tries = TEMPORARY_NAMES, err;

    do
    {
        make_temporary_name( name );
        err = symlinkat( target, place->folder, name ) ? errno : 0;
    } while (err == EEXIST && --tries);
    errno = err;
    if (err) return false;

    utimensat( place->folder, name, times, AT_SYMLINK_NOFOLLOW );
    if (!renameat( place->folder, name, place->folder, place->name )) return true;
    err = errno;
    unlinkat( place->folder, name, 0 );
    errno = err;
    return false;
}

/* True when the destination may be replaced. False means that errno tells why not. A link must not be copied onto
 * itself, or onto the file that it leads to. The result would be a link to itself, and no file. */
static bool may_replace( const struct place *source, const struct stat *link, const struct stat *there )
{
    struct stat target;

    errno = EBUSY;
    if (is_same( link, there )) return false;
    if (!fstatat( source->folder, source->name, &target, 0 ) && is_same( &target, there )) return false;
    errno = S_ISDIR( there->st_mode ) ? EISDIR : EACCES;
    return S_ISREG( there->st_mode ) || S_ISLNK( there->st_mode );
}

static bool put( const struct place *source, const struct place *destination, uint32_t flags )
{
    char target[PATH_MAX + 1];
    ssize_t length = readlinkat( source->folder, source->name, target, sizeof( target ) - 1 );
    struct stat link, there;
    struct timespec times[2] = { { .tv_nsec = UTIME_OMIT } };

    if (length < 0 || !place_look( source, &link )) return false;
    target[length] = 0;
    times[1] = link.st_mtim;
    if (!symlinkat( target, destination->folder, destination->name ))
    {
        utimensat( destination->folder, destination->name, times, AT_SYMLINK_NOFOLLOW );
        return true;
    }
    if (errno != EEXIST || ( flags & HOST_LINK_CREATE_ONLY )) return false;
    return place_look( destination, &there ) && may_replace( source, &link, &there ) &&
           replace( destination, target, times );
}

static bool copy( const struct host_link *link )
{
    struct place source, destination;
    bool done = false;
    int err;

    if (!place_open( &source, link->path )) return false;
    if (place_open( &destination, link->destination ))
    {
        done = put( &source, &destination, link->flags );
        err = errno;
        close( destination.folder );
        errno = err;
    }
    err = errno;
    close( source.folder );
    errno = err;
    return done;
}

/* Somebody may have put another file in place of the link since the last check. So the file of this name is renamed
 * aside and checked once more, and renamed back if it is no link. False means that errno tells why not. */
static bool take_away( const struct place *place )
{
    char name[32];
    struct stat moved;
    int err;

    make_temporary_name( name );
    if (renameat2( place->folder, place->name, place->folder, name, RENAME_NOREPLACE ))
    {
        if (errno == ENOENT) return true;
        /* On a file system without RENAME_NOREPLACE there is no better way. */
        return errno == EINVAL && !unlinkat( place->folder, place->name, 0 );
    }
    if (fstatat( place->folder, name, &moved, AT_SYMLINK_NOFOLLOW ) || !S_ISLNK( moved.st_mode ))
        return !renameat2( place->folder, name, place->folder, place->name, RENAME_NOREPLACE );
    if (!unlinkat( place->folder, name, 0 )) return true;
    err = errno;
    renameat2( place->folder, name, place->folder, place->name, RENAME_NOREPLACE );
    errno = err;
    return false;
}

static bool take_link_away( const struct host_link *link )
{
    struct place place;
    struct stat itself;
    bool done;
    int err;

    if (!place_open( &place, link->path )) return false;
    done = !place_look( &place, &itself ) ? errno == ENOENT : !S_ISLNK( itself.st_mode ) || take_away( &place );
    err = errno;
    close( place.folder );
    errno = err;
    return done;
}

static bool compare( struct host_link *link )
{
    struct place place;
    struct stat itself, opened;
    bool same;

    if (!place_open( &place, link->path )) return false;
    same = place_look( &place, &itself ) && !fstat( link->file, &opened ) && is_same( &itself, &opened );
    if (same) link->kind = kind_of( &place, &itself );
    close( place.folder );
    errno = ELOOP;
    return same;
}

static void answer( struct host_link *link, bool done )
{
    link->status = done ? 0 : host_status_from_err( errno );
}

void host_link_look( struct host_link *link )
{
    answer( link, look( link ) );
}

void host_link_copy( struct host_link *link )
{
    answer( link, copy( link ) );
}

void host_link_remove( struct host_link *link )
{
    answer( link, take_link_away( link ) );
}

void host_link_compare( struct host_link *link )
{
    answer( link, compare( link ) );
}
