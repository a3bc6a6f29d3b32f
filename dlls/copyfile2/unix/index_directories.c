/* SPDX-License-Identifier: MIT */

/* This file keeps the names of the directories that were asked about last, and keeps them true by inotify. */

#include "unix/index_directories.h"
#include "unix/lock.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <time.h>

/* A name of 20 bytes takes 53 bytes of memory, and 8 for its bucket. So the largest directory has about 250,000 such
 * names. */
#define MOST_MEMORY      ( (size_t)32 * 1024 * 1024 )
#define LARGEST          ( (size_t)16 * 1024 * 1024 )
#define MOST_DIRECTORIES 64
#define MOST_IDLE        60 /* seconds: a watch keeps a deleted subvolume of btrfs alive */
#define EVENTS           ( IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF )

static struct
{
    struct host_lock lock;
    int events; /* the instance of inotify; -1: it is not open */
    uint64_t uses;
    uint64_t numbers;
    struct index_directory directories[MOST_DIRECTORIES];
} all = { .events = -1 };

__attribute__( ( constructor ) ) static void make_lock( void )
{
    host_lock_make( &all.lock );
}

/* Empties the table. A dead thread may have left it half changed, so its memory is not freed. */
static void put_in_order( void )
{
    if (all.events != -1) close( all.events );
    all.events = -1;
    memset( all.directories, 0, sizeof( all.directories ) );
}

bool index_take( void )
{
    bool is_in_disorder;

    if (!host_lock_take( &all.lock, &is_in_disorder )) return false;
    if (is_in_disorder) put_in_order();
    return true;
}

void index_give( void )
{
    host_lock_give( &all.lock );
}

void index_forget( struct index_directory *directory )
{
    if (directory->watch != -1) inotify_rm_watch( all.events, directory->watch );
    host_names_free( &directory->names );
    host_names_free( &directory->gone );
    directory->in_use = false;
}

static void forget_all( void )
{
    for (size_t i = 0; i < MOST_DIRECTORIES; i++)
        if (all.directories[i].in_use) index_forget( &all.directories[i] );
}

void index_give_up( struct index_directory *directory )
{
    host_names_free( &directory->names );
    host_names_free( &directory->gone );
    directory->too_large = true;
}

static time_t seconds_now( void )
{
    struct timespec now;

    return clock_gettime( CLOCK_MONOTONIC_COARSE, &now ) ? 0 : now.tv_sec;
}

static void forget_idle( void )
{
    time_t now = seconds_now();

    for (size_t i = 0; i < MOST_DIRECTORIES; i++)
        if (all.directories[i].in_use && now - all.directories[i].last_time > MOST_IDLE)
            index_forget( &all.directories[i] );
}

/* Answers the directory that was not asked about for the longest time, but never kept. NULL means that there is no
 * other. */
static struct index_directory *oldest_but( const struct index_directory *kept )
{
    struct index_directory *oldest = NULL;

    for (size_t i = 0; i < MOST_DIRECTORIES; i++)
    {
        struct index_directory *directory = &all.directories[i];

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

void index_use( struct index_directory *directory )
{
    struct index_directory *oldest;

    directory->last_use = ++all.uses;
    directory->last_time = seconds_now();
    while (memory_used() > MOST_MEMORY && ( oldest = oldest_but( directory ) )) index_forget( oldest );
}

bool index_add_name( struct host_names *names, const char *name, size_t size )
{
    return names->memory <= LARGEST && host_names_add( names, name, size );
}

/* An event says that the name is there now, or is gone. While the directory is read, removed names are noted too,
 * because the reader may have seen them before. */
static void heed_name( struct index_directory *directory, const char *name, bool is_there )
{
    size_t size = strlen( name );
    bool done = true;

    if (is_there) done = index_add_name( &directory->names, name, size );
    else host_names_remove( &directory->names, name, size );
    if (!directory->is_read)
    {
        if (is_there) host_names_remove( &directory->gone, name, size );
        else done = index_add_name( &directory->gone, name, size );
    }
    if (!done) index_give_up( directory );
}

static void heed( const struct inotify_event *event )
{
    struct index_directory *directory = all.directories, *end = directory + MOST_DIRECTORIES;

    if (event->mask & IN_Q_OVERFLOW)
    {
        forget_all();
        return;
    }
    while (directory < end && !( directory->in_use && directory->watch == event->wd )) directory++;
    if (directory == end) return;

    if (event->mask & ( IN_DELETE_SELF | IN_UNMOUNT | IN_IGNORED )) index_forget( directory );
    else if (directory->too_large) return;
    else if (event->mask & ( IN_CREATE | IN_MOVED_TO )) heed_name( directory, event->name, true );
    else if (event->mask & ( IN_DELETE | IN_MOVED_FROM )) heed_name( directory, event->name, false );
}

/* A buffer in which one more event would have fitted shows that there was none, so no further read has to show it. */
static void heed_all( void )
{
    char buffer[16384] __attribute__( ( aligned( __alignof__( struct inotify_event ) ) ) );
    const struct inotify_event *event;
    const ssize_t full = sizeof( buffer ) - sizeof( *event ) - NAME_MAX - 1;
    ssize_t got;

    do
    {
        got = read( all.events, buffer, sizeof( buffer ) );
        for (ssize_t at = 0; at < got; at += (ssize_t)( sizeof( *event ) + event->len ))
        {
            event = (const struct inotify_event *)( buffer + at );
            heed( event );
        }
    } while (got > full || ( got == -1 && errno == EINTR ));
    if (got == -1 && errno != EAGAIN) forget_all();
}

void index_drain( void )
{
    if (all.events == -1) return;
    heed_all();
    forget_idle();
}

struct index_directory *index_find( const struct stat *stat )
{
    for (size_t i = 0; i < MOST_DIRECTORIES; i++)
    {
        struct index_directory *directory = &all.directories[i];

        if (directory->in_use && directory->device == stat->st_dev && directory->inode == stat->st_ino)
            return directory;
    }
    return NULL;
}

struct index_directory *index_find_number( uint64_t number )
{
    for (size_t i = 0; i < MOST_DIRECTORIES; i++)
        if (all.directories[i].in_use && all.directories[i].number == number) return &all.directories[i];
    return NULL;
}

/* Watches the directory by its descriptor, because its path may lead elsewhere by now. False means that errno tells why
 * not. */
static bool watch( struct index_directory *directory, int file )
{
    char path[32];

    if (all.events == -1) all.events = inotify_init1( IN_NONBLOCK | IN_CLOEXEC );
    if (all.events == -1) return false;
    snprintf( path, sizeof( path ), "/proc/self/fd/%d", file );
    directory->watch = inotify_add_watch( all.events, path, EVENTS | IN_ONLYDIR );
    return directory->watch != -1;
}

struct index_directory *index_add( int file, const struct stat *stat )
{
    struct index_directory *directory = NULL;
    int err;

    for (size_t i = 0; i < MOST_DIRECTORIES && !directory; i++)
        if (!all.directories[i].in_use) directory = &all.directories[i];
    if (!directory)
    {
        directory = oldest_but( NULL );
        index_forget( directory );
    }
    *directory = ( struct index_directory ){
        .device = stat->st_dev, .inode = stat->st_ino, .watch = -1, .in_use = true, .number = ++all.numbers
    };
    index_use( directory );
    if (watch( directory, file )) return directory;
    err = errno;
    index_forget( directory );
    errno = err;
    return NULL;
}

void index_enter( struct index_directory *directory, struct host_names *names )
{
    struct host_names came = directory->names;

    host_names_remove_all( names, &directory->gone );
    host_names_free( &directory->gone );
    directory->names = *names;
    directory->is_read = true;
    if (!host_names_add_all( &directory->names, &came )) index_give_up( directory );
    host_names_free( &came );
}

/* Runs when copyfile2.so is unloaded. When a thread still has the lock, it may still use the table, and nothing is
 * freed. */
__attribute__( ( destructor ) ) static void unload( void )
{
    bool is_in_disorder;

    if (!host_lock_try( &all.lock, &is_in_disorder )) return;
    if (!is_in_disorder) forget_all();
    put_in_order();
    host_fold_free();
    index_give();
}
