/* SPDX-License-Identifier: MIT */

/* For a name that is not there, Wine searches the whole directory for another spelling. This file tells without such a
 * search whether a name is new to a directory, under every spelling. */

#include "unix/index.h"
#include "unix/index_directories.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>

#ifndef FS_CASEFOLD_FL
#define FS_CASEFOLD_FL 0x40000000
#endif

#define MOST_WAITS 50 /* each of them lasts a millisecond */

static bool refuse( struct host_name *wanted, enum host_name_why why, int err )
{
    wanted->result = HOST_NAME_UNKNOWN;
    wanted->why = why;
    wanted->err = err;
    return false;
}

/* True for a directory that Wine would search, and of which inotify tells every change. False means that the request is
 * refused. */
static bool is_for_us( int file, struct host_name *wanted )
{
    const struct host_filesystem *filesystem = host_filesystem_of( file );
    int flags = 0;

    if (!filesystem) return refuse( wanted, HOST_NAME_WHY_ERRNO, errno );
    if (!filesystem->is_local) return refuse( wanted, HOST_NAME_WHY_FOREIGN, 0 );
    if (!ioctl( file, FS_IOC_GETFLAGS, &flags ) && ( flags & FS_CASEFOLD_FL ))
        return refuse( wanted, HOST_NAME_WHY_FOLDS, 0 );
    return true;
}

/* This is one reading of a directory. The directory is watched before it is read, so events repeat every change that
 * happens meanwhile. */
struct reading
{
    struct host_names names;
    uint64_t number; /* the directory's in the table; 0: it need not be read */
    bool is_busy;    /* another thread is reading it */
    bool too_large;  /* names are missing */
    int err;
};

static void read_names( int file, struct reading *reading )
{
    int again = openat( file, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC );
    DIR *stream = again == -1 ? NULL : fdopendir( again );
    struct dirent *entry;

    if (!stream)
    {
        reading->err = errno;
        if (again != -1) close( again );
        return;
    }
    while (errno = 0, ( entry = readdir( stream ) ))
        if (!index_add_name( &reading->names, entry->d_name, strlen( entry->d_name ) )) break;
    reading->too_large = entry;
    reading->err = entry ? 0 : errno;
    closedir( stream );
}

static void look_up( struct index_directory *directory, struct host_name *wanted )
{
    uint64_t fold;

    index_use( directory );
    if (directory->too_large) refuse( wanted, HOST_NAME_WHY_LARGE, 0 );
    else if (!directory->is_read) refuse( wanted, HOST_NAME_WHY_UNSTEADY, 0 );
    else
    {
        fold = host_fold_of( (const uint16_t *)(uintptr_t)wanted->name, wanted->length );
        wanted->result = host_names_have( &directory->names, fold ) ? HOST_NAME_SPELLED_OTHERWISE : HOST_NAME_NEW;
    }
}

/* Looks the name up, where the directory is known. An unknown directory is watched from now on, and reading->number is
 * set, because it has to be read. */
static void look_up_known( int file, const struct stat *stat, struct host_name *wanted, struct reading *reading )
{
    struct index_directory *directory;

    index_drain();
    directory = index_find( stat );
    reading->is_busy = directory && !directory->is_read && !directory->too_large;
    if (directory) look_up( directory, wanted );
    else if (is_for_us( file, wanted ))
    {
        directory = index_add( file, stat );
        if (directory) reading->number = directory->number;
        else refuse( wanted, HOST_NAME_WHY_ERRNO, errno );
    }
}

/* Gives the directory the names that were read, and looks the name up. The directory may have been dropped from the
 * table meanwhile. */
static void look_up_read( struct host_name *wanted, struct reading *reading )
{
    struct index_directory *directory;

    index_drain();
    directory = index_find_number( reading->number );
    if (!directory)
    {
        refuse( wanted, HOST_NAME_WHY_UNSTEADY, 0 );
        return;
    }
    if (reading->err)
    {
        index_forget( directory );
        refuse( wanted, HOST_NAME_WHY_ERRNO, reading->err );
        return;
    }
    if (reading->too_large) index_give_up( directory );
    else if (!directory->too_large)
    {
        index_enter( directory, &reading->names );
        reading->names = ( struct host_names ){ 0 };
    }
    look_up( directory, wanted );
}

/* Looks the name up under the lock, unless the directory has to be read. When another thread is reading it, this waits
 * as long as the reading of a folder of usual size takes. False means that there is no lock. */
static bool ask_known( int file, const struct stat *stat, struct host_name *wanted, struct reading *reading )
{
    const struct timespec pause = { .tv_nsec = 1000000 };

    for (int tries = 0; tries < MOST_WAITS; tries++)
    {
        if (tries) nanosleep( &pause, NULL );
        if (!index_take()) return refuse( wanted, HOST_NAME_WHY_ERRNO, ENOMEM );
        look_up_known( file, stat, wanted, reading );
        index_give();
        if (!reading->is_busy) break;
    }
    return true;
}

/* To read a large folder from a slow disk takes long, so it is read without the lock. */
static void ask_directory( int file, const struct stat *stat, struct host_name *wanted )
{
    struct reading reading = { .number = 0 };

    if (!ask_known( file, stat, wanted, &reading ) || !reading.number) return;
    read_names( file, &reading );
    if (index_take())
    {
        look_up_read( wanted, &reading );
        index_give();
    }
    else refuse( wanted, HOST_NAME_WHY_ERRNO, ENOMEM );
    host_names_free( &reading.names );
}

/* True for a name that Windows and Wine take as it is. Short names, patterns, streams, and names with a dot or a blank
 * at the end mean other files to them. */
static bool is_plain( const uint16_t *name, size_t length )
{
    if (!length || length > HOST_NAME_BYTES) return false;
    if (name[length - 1] == '.' || name[length - 1] == ' ') return false;
    for (size_t i = 0; i < length; i++)
        if (name[i] < 32 || ( name[i] < 127 && strchr( "~\"*<>?|:/\\", name[i] ) )) return false;
    return true;
}

/* True when no file has the name in exactly this spelling, so that the index has to be asked. Sets place. */
static bool is_not_there( int file, struct host_name *wanted, struct index_entry *place )
{
    if (!host_fold_to_bytes( (const uint16_t *)(uintptr_t)wanted->name, wanted->length, place->name ))
        return refuse( wanted, HOST_NAME_WHY_ODD, 0 );
    if (!fstatat( file, place->name, &place->there, 0 ))
    {
        wanted->result = HOST_NAME_EXISTS;
        return false;
    }
    return errno == ENOENT || refuse( wanted, HOST_NAME_WHY_ERRNO, errno );
}

/* The table of letters is filled once, under the lock. */
static bool is_fold_known( void )
{
    bool is_known;

    if (!index_take()) return false;
    is_known = host_fold_is_known();
    index_give();
    return is_known;
}

void host_index_in( int directory, struct host_name *wanted, struct index_entry *place )
{
    struct stat stat;

    wanted->why = HOST_NAME_WHY_ERRNO;
    wanted->err = 0;
    if (!is_plain( (const uint16_t *)(uintptr_t)wanted->name, wanted->length )) refuse( wanted, HOST_NAME_WHY_ODD, 0 );
    else if (!is_fold_known()) refuse( wanted, HOST_NAME_WHY_WINE, 0 );
    else if (!index_path( wanted )) refuse( wanted, HOST_NAME_WHY_ODD, 0 );
    else if (!is_not_there( directory, wanted, place )) return;
    else if (fstat( directory, &stat )) refuse( wanted, HOST_NAME_WHY_ERRNO, errno );
    else ask_directory( directory, &stat, wanted );
}

bool host_index_knows_no_stream( const struct stat *stat )
{
    const struct index_directory *directory;
    bool known;

    if (!index_take()) return false;
    index_drain();
    directory = index_find( stat );
    known = directory && directory->is_read && !directory->too_large && !directory->names.colons;
    index_give();
    return known;
}

/* The directory is opened for reading, so a user who may not list it is refused here, as by Wine. */
void host_index( struct host_name *wanted )
{
    int directory = open( (const char *)(uintptr_t)wanted->directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC );
    struct index_entry place;

    if (directory == -1)
    {
        refuse( wanted, HOST_NAME_WHY_ERRNO, errno );
        return;
    }
    host_index_in( directory, wanted, &place );
    close( directory );
}
