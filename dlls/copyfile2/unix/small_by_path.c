/* SPDX-License-Identifier: MIT */

/* Copies a small plain file without a handle of the destination, which spares most of the requests to Wine's server.
 *
 * What the server is asked for otherwise is whether somebody has the destination open who does not share it. Linux
 * knows that as well: a write lease (fcntl, F_SETLEASE) is granted only on a file that nobody else has open, or has
 * mapped. Until it is given back, the server's own open fails with EWOULDBLOCK, which it calls a sharing violation:
 * the answer of Windows to nearly everybody who comes in the middle of a copy. A new file is seen by nobody until it
 * is whole (O_TMPFILE).
 *
 * Whatever is not plain is left alone, and so is a destination that somebody has open: then all is done by handles,
 * with their checks. */

#include "unix/index.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/xattr.h>

struct errand
{
    struct host_small_by_path *lease;
    int directory;            /* -1, as those of the pair: not open */
    struct host_pair pair;    /* whose looks are taken here */
    struct index_entry place; /* of the destination in its directory */
    bool is_new;
};

static bool refuse( struct errand *errand, enum host_small_why why, int err )
{
    errand->lease->why = why;
    errand->lease->err = err;
    return false;
}

/* Attributes may be marks, streams, and what else is to be taken along, or to go. */
static bool has_user_attributes( int file )
{
    char names[1024];
    ssize_t size = flistxattr( file, names, sizeof( names ) );

    if (size == -1) return errno != EOPNOTSUPP;
    for (const char *name = names; name < names + size; name += strlen( name ) + 1)
        if (!strncmp( name, "user.", 5 )) return true;
    return false;
}

/* Wine calls read-only what nobody may write, and hidden what begins with a dot. */
static bool is_marked( const struct stat *stat, const char *name )
{
    return !( stat->st_mode & ( S_IWUSR | S_IWGRP | S_IWOTH ) ) || name[0] == '.';
}

static bool is_plain( struct errand *errand, int file, const char *path, struct stat *stat )
{
    const char *slash = strrchr( path, '/' ), *name = slash ? slash + 1 : path;

    if (fstat( file, stat )) return refuse( errand, HOST_SMALL_WHY_ERRNO, errno );
    if (!S_ISREG( stat->st_mode )) return refuse( errand, HOST_SMALL_WHY_NOT_FILES, 0 );
    if (stat->st_size > HOST_SMALL_SIZE) return refuse( errand, HOST_SMALL_WHY_LARGE, 0 );
    if (is_marked( stat, name )) return refuse( errand, HOST_SMALL_WHY_MARKED, 0 );
    if (has_user_attributes( file )) return refuse( errand, HOST_SMALL_WHY_ATTRIBUTES, 0 );
    if (strchr( name, ':' ) || host_may_have_siblings( path )) return refuse( errand, HOST_SMALL_WHY_STREAMS, 0 );
    return true;
}

/* Wine's server has opened it since the look: what is still the same file is the one that it keeps writers from. */
static bool open_source( struct errand *errand )
{
    const struct host_small_look *look = &errand->lease->source;
    const char *path = (const char *)(uintptr_t)look->path;
    const struct stat *stat = &errand->pair.source_stat;

    errand->pair.source = open( path, O_RDONLY | O_NONBLOCK | O_CLOEXEC );
    if (errand->pair.source == -1) return refuse( errand, HOST_SMALL_WHY_ERRNO, errno );
    if (!is_plain( errand, errand->pair.source, path, &errand->pair.source_stat )) return false;
    if (stat->st_dev == look->device && stat->st_ino == look->inode) return true;
    return refuse( errand, HOST_SMALL_WHY_REPLACED, 0 );
}

/* Whether the name leads to the destination still. */
static bool is_in_place( const struct errand *errand )
{
    const struct stat *stat = &errand->pair.destination_stat;
    struct stat named;

    return !fstatat( errand->directory, errand->place.name, &named, AT_SYMLINK_NOFOLLOW ) &&
           stat->st_dev == named.st_dev && stat->st_ino == named.st_ino;
}

/* Whoever opens the file meanwhile has a signal sent to us: one that is ignored, for SIGIO ends a process. */
static bool take_lease( struct errand *errand )
{
    if (!host_pair_filesystem( &errand->pair )->is_local) return refuse( errand, HOST_SMALL_WHY_FOREIGN, 0 );
    if (fcntl( errand->pair.destination, F_SETSIG, SIGURG ) || fcntl( errand->pair.destination, F_SETLEASE, F_WRLCK ))
        return refuse( errand, HOST_SMALL_WHY_ERRNO, errno );
    return true;
}

/* As Wine's server makes them, by the looks of a name; and a program stays one. */
static mode_t new_mode( const struct errand *errand )
{
    const mode_t runnable = S_IXUSR | S_IXGRP | S_IXOTH, mode = 0666;
    size_t length = strlen( errand->place.name );
    const char *suffix = length < 4 ? "" : errand->place.name + length - 4;

    if (!strcasecmp( suffix, ".exe" ) || !strcasecmp( suffix, ".com" )) return mode | runnable;
    return mode | ( errand->pair.source_stat.st_mode & runnable );
}

/* Without a name as yet. */
static bool make_new( struct errand *errand )
{
    struct host_pair *pair = &errand->pair;

    pair->destination = openat( errand->directory, ".", O_RDWR | O_TMPFILE | O_CLOEXEC, new_mode( errand ) );
    if (pair->destination == -1 || fstat( pair->destination, &pair->destination_stat ))
        return refuse( errand, HOST_SMALL_WHY_ERRNO, errno );
    errand->is_new = true;
    return true;
}

/* The first way is for root only before Linux 6.10, and the others' ENOENT. */
static bool put_in_place( struct errand *errand )
{
    const char *name = errand->place.name;
    char path[32];

    if (!errand->is_new || !linkat( errand->pair.destination, "", errand->directory, name, AT_EMPTY_PATH )) return true;
    if (errno == ENOENT)
    {
        snprintf( path, sizeof( path ), "/proc/self/fd/%d", errand->pair.destination );
        if (!linkat( AT_FDCWD, path, errand->directory, name, AT_SYMLINK_FOLLOW )) return true;
    }
    return refuse( errand, errno == EEXIST ? HOST_SMALL_WHY_NAME : HOST_SMALL_WHY_ERRNO, errno );
}

/* It is not the source, which is open. A device may not even be opened, and a link is not followed. */
static bool open_old( struct errand *errand )
{
    const char *directory = (const char *)(uintptr_t)errand->lease->name.directory;
    struct host_pair *pair = &errand->pair;
    char path[PATH_MAX];
    int length;

    if (!S_ISREG( errand->place.there.st_mode )) return refuse( errand, HOST_SMALL_WHY_NOT_FILES, 0 );
    if (errand->lease->create_only) return refuse( errand, HOST_SMALL_WHY_NAME, 0 );
    pair->destination = openat( errand->directory, errand->place.name, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC );
    if (pair->destination == -1) return refuse( errand, HOST_SMALL_WHY_ERRNO, errno );
    if (!take_lease( errand )) return false;
    length = snprintf( path, sizeof( path ), "%s/%s", directory, errand->place.name );
    if (length < 0 || (size_t)length >= sizeof( path )) return refuse( errand, HOST_SMALL_WHY_ERRNO, ENAMETOOLONG );
    if (!is_plain( errand, pair->destination, path, &pair->destination_stat )) return false;
    /* it may have been renamed before the lease was there */
    return is_in_place( errand ) || refuse( errand, HOST_SMALL_WHY_REPLACED, 0 );
}

static bool open_destination( struct errand *errand )
{
    struct host_name *name = &errand->lease->name;

    errand->directory = open( (const char *)(uintptr_t)name->directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC );
    if (errand->directory == -1) return refuse( errand, HOST_SMALL_WHY_ERRNO, errno );
    if (*(const uint16_t *)(uintptr_t)name->name == '.') return refuse( errand, HOST_SMALL_WHY_MARKED, 0 );
    host_index_in( errand->directory, name, &errand->place );
    if (name->result == HOST_NAME_NEW) return make_new( errand );
    return name->result == HOST_NAME_EXISTS ? open_old( errand ) : refuse( errand, HOST_SMALL_WHY_NAME, 0 );
}

/* At the beginning of a line of the cache, as in movers.c. */
static void *take_buffer( uint64_t size )
{
    void *buffer;

    return posix_memalign( &buffer, 64, size + 1 ) ? NULL : buffer;
}

/* The source has become shorter meanwhile. */
static void end_early( struct host_small *small, struct host_pair *pair )
{
    if (ftruncate( pair->destination, (off_t)small->move.moved )) host_fail( &small->move, HOST_WRITE_FAILED, errno );
    else host_metadata_keep( pair, small->last_write_time );
}

/* What fails now has changed the destination. */
static bool copy( struct errand *errand )
{
    struct host_small *small = &errand->lease->small;
    struct host_pair *pair = &errand->pair;
    uint64_t size = (uint64_t)pair->source_stat.st_size;

    small->last_write_time = host_nt_time( &pair->source_stat.st_mtim );
    small->move.source = pair->source;
    small->move.destination = pair->destination;
    small->move.length = size;
    small->move.buffer_size = (uint32_t)size;
    small->move.buffer = (uintptr_t)take_buffer( size );
    if (!small->move.buffer) return refuse( errand, HOST_SMALL_WHY_ERRNO, ENOMEM );
    pair->has_no_attributes = true;
    host_small( small, pair );
    if (small->move.result == HOST_DONE && small->move.moved < size) end_early( small, pair );
    free( (void *)(uintptr_t)small->move.buffer );
    if (small->move.result == HOST_DONE) return true;
    errand->lease->result = HOST_SMALL_FAILED;
    return false;
}

/* The lease is given back before the close, for a child that is about to be another program may still have the
 * descriptor. Of a failed copy nothing stays. */
static void end( struct errand *errand )
{
    if (errand->lease->result == HOST_SMALL_FAILED && !errand->is_new && is_in_place( errand ))
        unlinkat( errand->directory, errand->place.name, 0 );
    if (errand->pair.destination != -1)
    {
        if (!errand->is_new) fcntl( errand->pair.destination, F_SETLEASE, F_UNLCK );
        close( errand->pair.destination );
    }
    if (errand->directory != -1) close( errand->directory );
    if (errand->pair.source != -1) close( errand->pair.source );
}

void host_small_look( struct host_small_look *look )
{
    struct stat found;

    look->err = stat( (const char *)(uintptr_t)look->path, &found ) ? errno : 0;
    look->is_small = !look->err && S_ISREG( found.st_mode ) && found.st_size <= HOST_SMALL_SIZE;
    look->device = look->err ? 0 : found.st_dev;
    look->inode = look->err ? 0 : found.st_ino;
}

void host_small_by_path( struct host_small_by_path *lease )
{
    struct errand errand = { .lease = lease, .directory = -1, .pair = { .source = -1, .destination = -1 } };

    lease->result = HOST_SMALL_REFUSED;
    if (open_source( &errand ) && open_destination( &errand ) && copy( &errand ) && put_in_place( &errand ))
        lease->result = HOST_SMALL_DONE;
    end( &errand );
}
