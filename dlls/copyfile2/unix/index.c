/* SPDX-License-Identifier: MIT */

/* Tells whether a name is new to a directory, under every spelling, without a look through the directory: the names
 * of the directories that were asked about last are kept, and kept true by inotify. */

#include "unix/index.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>

#ifndef FS_CASEFOLD_FL
#define FS_CASEFOLD_FL 0x40000000
#endif

/* A name of 20 bytes takes 53, and 8 for its bucket: the largest directory has about 250,000 of those. */
#define MOST_MEMORY      ( (size_t)32 * 1024 * 1024 )
#define LARGEST          ( (size_t)16 * 1024 * 1024 )
#define MOST_DIRECTORIES 64
#define EVENTS           ( IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF )

struct directory
{
    dev_t device;
    ino_t inode;
    bool in_use;
    bool too_large; /* for as long as it stays in the table */
    int watch;      /* -1: not yet */
    uint64_t last_use;
    struct host_names names;
};

static struct
{
    pthread_mutex_t lock;
    bool has_lock;
    int events; /* -1: inotify is not open */
    uint64_t uses;
    struct directory directories[MOST_DIRECTORIES];
} all = { .events = -1 };

static pthread_once_t once = PTHREAD_ONCE_INIT;

/* Windows programs end threads wherever they are; the next one then finds the lock free, and what it guards in
 * disorder. */
static void make_lock( void )
{
    pthread_mutexattr_t attributes;

    if (pthread_mutexattr_init( &attributes )) return;
    all.has_lock = !pthread_mutexattr_setrobust( &attributes, PTHREAD_MUTEX_ROBUST ) &&
                   !pthread_mutex_init( &all.lock, &attributes );
    pthread_mutexattr_destroy( &attributes );
}

static bool take_lock( void )
{
    int err;

    pthread_once( &once, make_lock );
    if (!all.has_lock) return false;
    err = pthread_mutex_lock( &all.lock );
    if (err == EOWNERDEAD)
    {
        if (all.events != -1) close( all.events );
        all.events = -1;
        memset( all.directories, 0, sizeof( all.directories ) ); /* lists that may be half linked are left alone */
        err = pthread_mutex_consistent( &all.lock );
    }
    return !err;
}

static void forget( struct directory *directory )
{
    if (directory->watch != -1) inotify_rm_watch( all.events, directory->watch );
    host_names_free( &directory->names );
    directory->in_use = false;
}

static void forget_all( void )
{
    for (size_t i = 0; i < MOST_DIRECTORIES; i++)
        if (all.directories[i].in_use) forget( &all.directories[i] );
}

/* It stays watched, for its end: another directory may get its inode number. */
static void give_up( struct directory *directory )
{
    host_names_free( &directory->names );
    directory->too_large = true;
}

static struct directory *oldest_but( const struct directory *kept )
{
    struct directory *oldest = NULL;

    for (size_t i = 0; i < MOST_DIRECTORIES; i++)
    {
        struct directory *directory = &all.directories[i];

        if (!directory->in_use || directory == kept) continue;
        if (!oldest || directory->last_use < oldest->last_use) oldest = directory;
    }
    return oldest;
}

static size_t memory_used( void )
{
    size_t memory = 0;

    for (size_t i = 0; i < MOST_DIRECTORIES; i++)
        if (all.directories[i].in_use) memory += all.directories[i].names.memory;
    return memory;
}

/* The ones that were not asked about for the longest time go first. */
static void keep_within_bounds( struct directory *kept )
{
    struct directory *oldest;

    while (memory_used() > MOST_MEMORY && ( oldest = oldest_but( kept ) )) forget( oldest );
}

static bool add_name( struct directory *directory, const char *name, size_t size )
{
    if (directory->names.memory <= LARGEST && host_names_add( &directory->names, name, size )) return true;
    give_up( directory );
    return false;
}

static void heed( const struct inotify_event *event )
{
    struct directory *directory = all.directories, *end = directory + MOST_DIRECTORIES;

    if (event->mask & IN_Q_OVERFLOW)
    {
        forget_all();
        return;
    }
    while (directory < end && !( directory->in_use && directory->watch == event->wd )) directory++;
    if (directory == end) return;

    if (event->mask & ( IN_DELETE_SELF | IN_UNMOUNT | IN_IGNORED )) forget( directory );
    else if (directory->too_large) return;
    else if (event->mask & ( IN_CREATE | IN_MOVED_TO )) add_name( directory, event->name, strlen( event->name ) );
    else if (event->mask & ( IN_DELETE | IN_MOVED_FROM ))
        host_names_remove( &directory->names, event->name, strlen( event->name ) );
}

/* Everything that has happened until now. */
static void drain( void )
{
    char buffer[16384] __attribute__( ( aligned( __alignof__( struct inotify_event ) ) ) );
    const struct inotify_event *event;
    ssize_t got;

    if (all.events == -1) return;
    while (( got = read( all.events, buffer, sizeof( buffer ) ) ) > 0 || ( got == -1 && errno == EINTR ))
    {
        for (ssize_t at = 0; at < got; at += (ssize_t)( sizeof( *event ) + event->len ))
        {
            event = (const struct inotify_event *)( buffer + at );
            heed( event );
        }
    }
    if (got == -1 && errno != EAGAIN) forget_all();
}

static bool refuse( struct host_name *wanted, enum host_name_why why, int err )
{
    wanted->result = HOST_NAME_UNKNOWN;
    wanted->why = why;
    wanted->err = err;
    return false;
}

static bool is_for_us( int file, struct host_name *wanted )
{
    const struct host_filesystem *filesystem = host_filesystem_of( file );
    int flags = 0;

    if (!filesystem) return refuse( wanted, HOST_NAME_WHY_ERRNO, errno );
    /* on a local one every change of a name is told to inotify, whoever makes it */
    if (!filesystem->is_local) return refuse( wanted, HOST_NAME_WHY_FOREIGN, 0 );
    /* Wine does not look through such a directory either */
    if (!ioctl( file, FS_IOC_GETFLAGS, &flags ) && ( flags & FS_CASEFOLD_FL ))
        return refuse( wanted, HOST_NAME_WHY_FOLDS, 0 );
    return true;
}

/* By its descriptor, for a path may lead elsewhere by now. */
static bool watch( struct directory *directory, int file, struct host_name *wanted )
{
    char path[32];

    if (all.events == -1) all.events = inotify_init1( IN_NONBLOCK | IN_CLOEXEC );
    if (all.events == -1) return refuse( wanted, HOST_NAME_WHY_ERRNO, errno );
    snprintf( path, sizeof( path ), "/proc/self/fd/%d", file );
    directory->watch = inotify_add_watch( all.events, path, EVENTS | IN_ONLYDIR );
    if (directory->watch == -1) return refuse( wanted, HOST_NAME_WHY_ERRNO, errno );
    return true;
}

/* Once it is watched: what happens meanwhile is told again by events, in its order. */
static bool read_names( struct directory *directory, int file, struct host_name *wanted )
{
    int again = openat( file, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC );
    DIR *stream = again == -1 ? NULL : fdopendir( again );
    struct dirent *entry;
    int err;

    if (!stream)
    {
        refuse( wanted, HOST_NAME_WHY_ERRNO, errno );
        if (again != -1) close( again );
        return false;
    }
    while (errno = 0, ( entry = readdir( stream ) ))
        if (!add_name( directory, entry->d_name, strlen( entry->d_name ) )) break;
    err = entry ? 0 : errno;
    closedir( stream );
    return err ? refuse( wanted, HOST_NAME_WHY_ERRNO, err ) : true;
}

static struct directory *room_for( const struct stat *stat )
{
    struct directory *directory = NULL;

    for (size_t i = 0; i < MOST_DIRECTORIES && !directory; i++)
        if (!all.directories[i].in_use) directory = &all.directories[i];
    if (!directory)
    {
        directory = oldest_but( NULL );
        forget( directory );
    }
    *directory = ( struct directory ){ .device = stat->st_dev, .inode = stat->st_ino, .watch = -1, .in_use = true };
    return directory;
}

static struct directory *make_directory( int file, const struct stat *stat, struct host_name *wanted )
{
    struct directory *directory;

    if (!is_for_us( file, wanted )) return NULL;
    directory = room_for( stat );
    if (!watch( directory, file, wanted ) || !read_names( directory, file, wanted ))
    {
        forget( directory );
        return NULL;
    }
    return directory;
}

/* Until it is gone from the table, which may happen while the events are read. */
static struct directory *find_directory( const struct stat *stat )
{
    for (size_t i = 0; i < MOST_DIRECTORIES; i++)
    {
        struct directory *directory = &all.directories[i];

        if (directory->in_use && directory->device == stat->st_dev && directory->inode == stat->st_ino)
            return directory;
    }
    return NULL;
}

static void look_up( int file, const struct stat *stat, struct host_name *wanted )
{
    struct directory *directory;
    uint64_t fold;

    drain();
    directory = find_directory( stat );
    if (!directory)
    {
        if (!make_directory( file, stat, wanted )) return;
        drain();
        directory = find_directory( stat );
        if (!directory)
        {
            refuse( wanted, HOST_NAME_WHY_UNSTEADY, 0 );
            return;
        }
    }
    directory->last_use = ++all.uses;
    keep_within_bounds( directory );
    if (directory->too_large)
    {
        refuse( wanted, HOST_NAME_WHY_LARGE, 0 );
        return;
    }
    fold = host_fold_of( (const uint16_t *)(uintptr_t)wanted->name, wanted->length );
    wanted->result = host_names_have( &directory->names, fold ) ? HOST_NAME_SPELLED_OTHERWISE : HOST_NAME_NEW;
}

/* Names that Windows or Wine take for something else: short names, patterns, streams, dots and blanks at the end. */
static bool is_plain( const uint16_t *name, size_t length )
{
    if (!length || length > HOST_NAME_BYTES) return false;
    if (name[length - 1] == '.' || name[length - 1] == ' ') return false;
    for (size_t i = 0; i < length; i++)
        if (name[i] < 32 || ( name[i] < 127 && strchr( "~\"*<>?|:/\\", name[i] ) )) return false;
    return true;
}

/* Whether it is to be looked for in the index. */
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

static void ask_index( int file, struct host_name *wanted, struct index_entry *place )
{
    struct stat stat;

    if (!host_fold_is_known()) refuse( wanted, HOST_NAME_WHY_WINE, 0 );
    else if (!index_path( wanted )) refuse( wanted, HOST_NAME_WHY_ODD, 0 );
    else if (!is_not_there( file, wanted, place )) return;
    else if (fstat( file, &stat )) refuse( wanted, HOST_NAME_WHY_ERRNO, errno );
    else look_up( file, &stat, wanted );
}

bool host_index_knows_no_stream( const struct stat *stat )
{
    const struct directory *directory;
    bool known;

    if (!take_lock()) return false;
    drain();
    directory = find_directory( stat );
    known = directory && !directory->too_large && !directory->names.colons;
    pthread_mutex_unlock( &all.lock );
    return known;
}

void host_index_in( int directory, struct host_name *wanted, struct index_entry *place )
{
    wanted->why = HOST_NAME_WHY_ERRNO;
    wanted->err = 0;
    if (!is_plain( (const uint16_t *)(uintptr_t)wanted->name, wanted->length )) refuse( wanted, HOST_NAME_WHY_ODD, 0 );
    else if (!take_lock()) refuse( wanted, HOST_NAME_WHY_ERRNO, ENOMEM );
    else
    {
        ask_index( directory, wanted, place );
        pthread_mutex_unlock( &all.lock );
    }
}

/* Whoever may not list the directory is refused by Wine, too, so it is opened for reading. */
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
