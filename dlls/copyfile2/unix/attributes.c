/* SPDX-License-Identifier: MIT */

/* Samba keeps named streams as attributes of a file: user.DosStream.NAME:$DATA. This file lists, removes and copies
 * such streams. */

#include "unix/host.h"

#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>

#define STREAM_PREFIX "user.DosStream."

char *host_attribute_names( int file, ssize_t *size )
{
    char *names;

    *size = flistxattr( file, NULL, 0 );
    if (*size <= 0) return NULL;
    names = malloc( (size_t)*size );
    if (!names) return NULL;
    *size = flistxattr( file, names, (size_t)*size );
    if (*size > 0) return names;
    free( names );
    return NULL;
}

bool host_attribute_is_stream( const char *name )
{
    return !strncmp( name, STREAM_PREFIX, sizeof( STREAM_PREFIX ) - 1 );
}

/* Not even the owner of a read-only file may set its attributes. So after EACCES the file is made writable for a
 * moment. True means that it is writable now, and that *mode is its old mode. */
static bool unlock( int file, mode_t *mode )
{
    struct stat now;

    if (errno != EACCES || fstat( file, &now ) || ( now.st_mode & S_IWUSR )) return false;
    *mode = now.st_mode & 07777;
    return !fchmod( file, *mode | S_IWUSR );
}

static int set_attribute( int file, const char *name, const char *value, size_t size )
{
    mode_t mode;
    int err = 0;

    if (!fsetxattr( file, name, value, size, 0 )) return 0;
    if (!unlock( file, &mode )) return errno;
    if (fsetxattr( file, name, value, size, 0 )) err = errno;
    fchmod( file, mode );
    return err;
}

static void remove_attribute( int file, const char *name )
{
    mode_t mode;

    if (!fremovexattr( file, name ) || !unlock( file, &mode )) return;
    fremovexattr( file, name );
    fchmod( file, mode );
}

static void list_one( struct host_streams *streams, const char *name )
{
    struct host_attribute *entry = (struct host_attribute *)(uintptr_t)streams->attributes;
    ssize_t size = fgetxattr( streams->file, name, NULL, 0 );

    if (size < 0) return;
    if (streams->count < streams->room)
    {
        entry += streams->count;
        entry->size = (uint64_t)size;
        strncpy( entry->name, name, sizeof( entry->name ) - 1 );
        entry->name[sizeof( entry->name ) - 1] = 0;
    }
    streams->count++;
}

/* Answers which kinds of streams the file system of a destination takes. Linux's FAT takes no colon in a name, and
 * tmpfs before Linux 6.6 takes no attributes. */
static uint32_t what_it_takes( int file )
{
    uint32_t takes = HOST_STREAMS_TAKES_SIBLINGS | HOST_STREAMS_TAKES_ATTRIBUTES;
    const struct host_filesystem *filesystem = host_filesystem_of( file );

    if (fgetxattr( file, STREAM_PREFIX, NULL, 0 ) == -1 && errno == EOPNOTSUPP) takes &= ~HOST_STREAMS_TAKES_ATTRIBUTES;
    if (filesystem && filesystem->takes_no_colons) takes &= ~HOST_STREAMS_TAKES_SIBLINGS;
    return takes;
}

void host_streams( struct host_streams *streams )
{
    const char *path = (const char *)(uintptr_t)streams->path;
    ssize_t size;
    char *names = host_attribute_names( streams->file, &size );

    streams->count = 0;
    streams->siblings = !path || host_may_have_siblings( path );
    streams->takes = streams->flags & HOST_STREAMS_OF_DESTINATION ? what_it_takes( streams->file ) : 0;
    if (!names) return;
    for (const char *name = names; name < names + size; name += strlen( name ) + 1)
    {
        if (!host_attribute_is_stream( name )) continue;
        if (streams->flags & HOST_STREAMS_REMOVE) remove_attribute( streams->file, name );
        else list_one( streams, name );
    }
    free( names );
}

static int read_attribute( int file, const char *name, char **value, size_t *size )
{
    ssize_t got = fgetxattr( file, name, NULL, 0 );

    *value = got < 0 ? NULL : malloc( (size_t)got + 1 );
    if (got >= 0 && !*value) return ENOMEM;
    if (got >= 0) got = fgetxattr( file, name, *value, (size_t)got );
    if (got < 0) return errno;
    *size = (size_t)got;
    return 0;
}

void host_attribute_copy( struct host_attribute_copy *copy )
{
    const char *name = (const char *)(uintptr_t)copy->name;
    char *value = NULL;
    size_t size = 0;

    copy->moved = 0;
    copy->result = HOST_READ_FAILED;
    copy->err = copy->length ? read_attribute( copy->source, name, &value, &size ) : 0;
    if (!copy->err)
    {
        if (size > copy->length) size = copy->length;
        copy->result = HOST_WRITE_FAILED;
        copy->err = set_attribute( copy->destination, name, value ? value : "", size );
    }
    if (!copy->err)
    {
        copy->result = HOST_DONE;
        copy->moved = size;
    }
    copy->status = copy->err ? host_status_from_err( copy->err ) : 0;
    free( value );
}
