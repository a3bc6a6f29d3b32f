/* SPDX-License-Identifier: MIT */

/* Wine loses some metadata of a file: the nanoseconds of its last write, its x bits, its user.* attributes. This file
 * copies them, and cannot fail a copy. */

#include "unix/host.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>

#define SECONDS_1601_TO_1970 ( (int64_t)11644473600 )

/* True for an attribute that a copy keeps. It does not keep user.wine.sd, a security descriptor, because a copy has its
 * own. It does not keep user.WINEREPARSE, which belongs to links, nor streams, which are copied as streams. */
static bool is_carried( const char *name )
{
    if (strncmp( name, "user.", 5 )) return false;
    if (!strcmp( name, "user.wine.sd" ) || !strcmp( name, "user.WINEREPARSE" )) return false;
    return !host_attribute_is_stream( name );
}

/* ENOSPC, E2BIG and EOPNOTSUPP mean that the destination can hold fewer attributes, and not that its disk is full. So
 * errors are ignored here. */
static void carry_attribute( int source, int destination, const char *name )
{
    ssize_t size = fgetxattr( source, name, NULL, 0 );
    char *value = size < 0 ? NULL : malloc( (size_t)size + 1 );

    if (!value) return;
    size = fgetxattr( source, name, value, (size_t)size );
    if (size >= 0) fsetxattr( destination, name, value, (size_t)size, 0 );
    free( value );
}

struct attributes
{
    char *names;
    ssize_t size;
};

static const char *next_name( const struct attributes *all, const char *name )
{
    const char *next = name ? name + strlen( name ) + 1 : all->names;

    return next && next < all->names + all->size ? next : NULL;
}

static bool are_there( const struct attributes *all )
{
    for (const char *name = NULL; ( name = next_name( all, name ) );)
        if (is_carried( name )) return true;
    return false;
}

static bool has( const struct attributes *all, const char *wanted )
{
    for (const char *name = NULL; ( name = next_name( all, name ) );)
        if (!strcmp( name, wanted )) return true;
    return false;
}

/* The old attributes of an overwritten file are removed, as on Windows. The attribute user.DOSATTRIB stays, because
 * Wine has set it for the copy by now. */
static void drop_old( int destination, const struct attributes *source, const struct attributes *old )
{
    for (const char *name = NULL; ( name = next_name( old, name ) );)
        if (is_carried( name ) && strcmp( name, "user.DOSATTRIB" ) && !has( source, name ))
            fremovexattr( destination, name );
}

static void carry_all( const struct host_pair *pair, const struct attributes *source )
{
    for (const char *name = NULL; ( name = next_name( source, name ) );)
        if (is_carried( name )) carry_attribute( pair->source, pair->destination, name );
}

/* Removes old attributes, and copies those of the source. Not even the owner of a read-only file may set its
 * attributes, so the file is made writable for that moment. */
static void carry_attributes( const struct host_pair *pair, mode_t mode )
{
    struct attributes source, old;
    bool unlocked = false;

    if (pair->has_no_attributes) return;
    source.names = host_attribute_names( pair->source, &source.size );
    old.names = host_attribute_names( pair->destination, &old.size );
    if (are_there( &source ) || are_there( &old ))
    {
        if (!( mode & S_IWUSR )) unlocked = !fchmod( pair->destination, mode | S_IWUSR );
        drop_old( pair->destination, &source, &old );
        carry_all( pair, &source );
        if (unlocked) fchmod( pair->destination, mode );
    }
    free( source.names );
    free( old.names );
}

/* umask() can only read the mask by changing it, which would affect other threads. So the mask is read from /proc.
 * False means that /proc does not tell it. */
static bool read_umask( mode_t *mask )
{
    FILE *file = fopen( "/proc/self/status", "re" );
    char line[256];
    unsigned int value;
    bool found = false;

    if (!file) return false;
    while (!found && fgets( line, sizeof( line ), file )) found = sscanf( line, "Umask: %o", &value ) == 1;
    fclose( file );
    if (found) *mask = (mode_t)value;
    return found;
}

/* Wine gives x bits by the suffix of a name, so a copied program may lose its x bits. A new file gets those of its
 * source that the umask allows, for those who may read it. Answers the mode that the copy has then. */
static mode_t keep_x_bits( int file, mode_t source, mode_t mode )
{
    mode_t readers = mode & ( S_IRUSR | S_IRGRP | S_IROTH ), missing = source & ~mode & ( readers >> 2 ), mask;

    if (!missing) return mode;
    if (read_umask( &mask )) missing &= ~mask;
    if (!missing || fchmod( file, mode | missing )) return mode;
    return mode | missing;
}

uint64_t host_nt_time( const struct timespec *time )
{
    return (uint64_t)( ( (int64_t)time->tv_sec + SECONDS_1601_TO_1970 ) * 10000000 + time->tv_nsec / 100 );
}

static struct timespec from_nt_time( uint64_t time )
{
    return ( struct timespec ){ .tv_sec = (time_t)( (int64_t)( time / 10000000 ) - SECONDS_1601_TO_1970 ),
                                .tv_nsec = (long)( time % 10000000 * 100 ) };
}

/* The copy gets the last-write time that the source had when it was opened. NT counts in steps of 100 ns, so the exact
 * time is taken from the source, as long as that still has the same time.
 *
 * When only the last-write time is set, inotify reports MODIFY. When the time of the last access is set as well, it
 * reports ATTRIB. A copy by Wine makes both events. So the time of the last access is set to the present time. A file
 * of no bytes first gets the last-write time alone, because no write makes a MODIFY for it. */
static void keep_time( const struct host_pair *pair, uint64_t last_write_time )
{
    struct timespec times[2] = { { .tv_nsec = UTIME_OMIT }, pair->source_stat.st_mtim };

    if (!last_write_time) return;
    if (host_nt_time( &times[1] ) != last_write_time) times[1] = from_nt_time( last_write_time );
    if (!pair->source_stat.st_size) futimens( pair->destination, times );
    times[0].tv_nsec = UTIME_NOW;
    futimens( pair->destination, times );
}

/* Writing clears the set-id bits, and a chmod must not bring them back. So the mode of such a file is read again. */
static mode_t mode_now( struct host_pair *pair )
{
    if (pair->destination_stat.st_mode & ( S_ISUID | S_ISGID )) fstat( pair->destination, &pair->destination_stat );
    return pair->destination_stat.st_mode & 07777;
}

void host_metadata_keep( struct host_pair *pair, uint64_t last_write_time )
{
    mode_t mode = mode_now( pair );

    /* For a directory x bits mean access and not programs, so only a file gets them. An old file keeps its mode. */
    if (pair->gives_x_bits && S_ISREG( pair->destination_stat.st_mode ))
        mode = keep_x_bits( pair->destination, pair->source_stat.st_mode & 0777, mode );
    carry_attributes( pair, mode );
    keep_time( pair, last_write_time );
}

void host_metadata( struct host_metadata *metadata )
{
    struct host_pair pair;

    metadata->status = 0;
    if (!host_pair_look( &pair, metadata->source, metadata->destination )) return;
    pair.gives_x_bits = metadata->flags & HOST_METADATA_X_BITS;
    if (S_ISREG( pair.destination_stat.st_mode ) || S_ISDIR( pair.destination_stat.st_mode ))
        host_metadata_keep( &pair, metadata->last_write_time );
}
