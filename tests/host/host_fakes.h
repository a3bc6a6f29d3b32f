/* SPDX-License-Identifier: MIT */

/* A native test includes this before every file of the host half, so that its system calls do as the test says. */

#ifndef COPYFILE2_TEST_HOST_FAKES_H
#define COPYFILE2_TEST_HOST_FAKES_H

#include <dlfcn.h>
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/types.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

enum fake
{
    FAKE_PREAD,
    FAKE_PWRITE,
    FAKE_COPY_FILE_RANGE,
    FAKE_FALLOCATE,
    FAKE_CLONE,
    FAKE_INOTIFY_INIT,
    FAKE_INOTIFY_ADD,
    FAKE_OPENDIR,
    FAKE_READDIR,
    FAKE_SETLEASE,
    FAKE_OPENAT,
    FAKE_THREAD,
    FAKE_COUNT
};

/* The nth call from now does this instead; 0: never. */
struct fake_plan
{
    int at;
    int err;                  /* 0: it succeeds ... */
    size_t most;              /* ... with at most that many bytes */
    int calls;                /* counted */
    void ( *before )( void ); /* called once, just before the next call, in which somebody else acts */
};
extern struct fake_plan fake_plans[FAKE_COUNT];
extern int fake_seconds;      /* how much later it is by the monotonic clock */
extern int fake_file_system;  /* what fstatfs says, 0: the truth */
extern bool fake_tells_paths; /* whether ntdll.so has ntdll_get_unix_file_name */

ssize_t fake_pread( int file, void *bytes, size_t size, off_t offset );
ssize_t fake_pwrite( int file, const void *bytes, size_t size, off_t offset );
ssize_t fake_copy_file_range( int in, off_t *from, int out, off_t *to, size_t size, unsigned int flags );
int fake_fallocate( int file, int mode, off_t offset, off_t size );
int fake_ioctl( int file, unsigned long request, ... );
int fake_fcntl( int file, int command, ... );
int fake_openat( int directory, const char *name, int flags, ... );
int fake_fstatfs( int file, struct statfs *system );
int fake_inotify_init1( int flags );
int fake_inotify_add_watch( int file, const char *path, uint32_t mask );
int fake_pthread_create( pthread_t *thread, const pthread_attr_t *attributes, void *( *run )(void *), void *context );
/* These imitate Wine's ntdll.so, with names in UTF-8 and a small alphabet. */
void *fake_dlopen( const char *name, int flags );
void *fake_dlsym( void *library, const char *name );
int fake_dlclose( void *library );
int fake_clock_gettime( clockid_t clock, struct timespec *now );
DIR *fake_opendir( const char *path );
struct dirent *fake_readdir( DIR *directory );

#define pread             fake_pread
#define pwrite            fake_pwrite
#define copy_file_range   fake_copy_file_range
#define fallocate         fake_fallocate
#define ioctl             fake_ioctl
#define fcntl             fake_fcntl
#define fstatfs           fake_fstatfs
#define openat            fake_openat
#define inotify_init1     fake_inotify_init1
#define inotify_add_watch fake_inotify_add_watch
#define pthread_create    fake_pthread_create
#define dlopen            fake_dlopen
#define dlsym             fake_dlsym
#define dlclose           fake_dlclose
#define opendir           fake_opendir
#define readdir           fake_readdir
#define clock_gettime     fake_clock_gettime

#endif
