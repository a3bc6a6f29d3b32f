/* SPDX-License-Identifier: MIT */

/* These system calls do as the test says, and else what they always do. */

#include "host_fakes.h"
#undef pthread_create
#undef pread
#undef pwrite
#undef copy_file_range
#undef fallocate
#undef ioctl
#undef fcntl
#undef fstatfs
#undef openat
#undef inotify_init1
#undef inotify_add_watch
#undef opendir
#undef readdir
#undef clock_gettime

#include <errno.h>
#include <linux/fs.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct fake_plan fake_plans[FAKE_COUNT];
int fake_file_system, fake_seconds;
bool fake_tells_paths;

/* Calls come from several threads. */
static bool is_planned( struct fake_plan *plan )
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    void ( *before )( void );
    bool is_now;

    pthread_mutex_lock( &lock );
    before = plan->before;
    plan->before = NULL;
    plan->calls++;
    is_now = plan->at && !--plan->at;
    pthread_mutex_unlock( &lock );
    if (before) before();
    return is_now;
}

/* Answers whether this call fails; else *size may have become less. */
static bool plays( enum fake fake, size_t *size )
{
    struct fake_plan *plan = &fake_plans[fake];

    if (!is_planned( plan )) return false;
    if (plan->err)
    {
        errno = plan->err;
        return true;
    }
    if (size && *size > plan->most) *size = plan->most;
    return false;
}

ssize_t fake_pread( int file, void *bytes, size_t size, off_t offset )
{
    return plays( FAKE_PREAD, &size ) ? -1 : pread( file, bytes, size, offset );
}

ssize_t fake_pwrite( int file, const void *bytes, size_t size, off_t offset )
{
    return plays( FAKE_PWRITE, &size ) ? -1 : pwrite( file, bytes, size, offset );
}

ssize_t fake_copy_file_range( int in, off_t *from, int out, off_t *to, size_t size, unsigned int flags )
{
    return plays( FAKE_COPY_FILE_RANGE, &size ) ? -1 : copy_file_range( in, from, out, to, size, flags );
}

int fake_fallocate( int file, int mode, off_t offset, off_t size )
{
    return plays( FAKE_FALLOCATE, NULL ) ? -1 : fallocate( file, mode, offset, size );
}

int fake_ioctl( int file, unsigned long request, ... )
{
    va_list more;
    int ret;

    va_start( more, request );
    if (request == FICLONE) ret = plays( FAKE_CLONE, NULL ) ? -1 : ioctl( file, request, va_arg( more, int ) );
    else ret = ioctl( file, request, va_arg( more, void * ) );
    va_end( more );
    return ret;
}

int fake_fcntl( int file, int command, ... )
{
    va_list more;
    long argument;

    va_start( more, command );
    argument = va_arg( more, long );
    va_end( more );
    if (command == F_SETLEASE && argument == F_WRLCK && plays( FAKE_SETLEASE, NULL )) return -1;
    return fcntl( file, command, argument );
}

int fake_openat( int directory, const char *name, int flags, ... )
{
    va_list more;
    mode_t mode;

    va_start( more, flags );
    mode = flags & O_CREAT ? va_arg( more, mode_t ) : 0;
    va_end( more );
    return plays( FAKE_OPENAT, NULL ) ? -1 : openat( directory, name, flags, mode );
}

int fake_inotify_init1( int flags )
{
    return plays( FAKE_INOTIFY_INIT, NULL ) ? -1 : inotify_init1( flags );
}

int fake_inotify_add_watch( int file, const char *path, uint32_t mask )
{
    return plays( FAKE_INOTIFY_ADD, NULL ) ? -1 : inotify_add_watch( file, path, mask );
}

int fake_fstatfs( int file, struct statfs *system )
{
    int ret = fstatfs( file, system );

    if (fake_file_system) system->f_type = fake_file_system;
    return ret;
}

int fake_clock_gettime( clockid_t clock, struct timespec *now )
{
    int ret = clock_gettime( clock, now );

    if (clock == CLOCK_MONOTONIC_COARSE) now->tv_sec += fake_seconds;
    return ret;
}

DIR *fake_opendir( const char *path )
{
    return plays( FAKE_OPENDIR, NULL ) ? NULL : opendir( path );
}

struct dirent *fake_readdir( DIR *directory )
{
    return plays( FAKE_READDIR, NULL ) ? NULL : readdir( directory );
}

/* A letter has two bytes at most. Broken bytes become U+FFFD, and letters that find no room are cut, as in Wine. */
static uint32_t fake_umbstowcs( const char *from, uint32_t size, uint16_t *to, uint32_t room )
{
    const unsigned char *bytes = (const unsigned char *)from, *end = bytes + size;
    uint32_t length = 0;

    while (bytes < end && length < room)
    {
        unsigned char lead = *bytes++;

        if (lead < 0x80) to[length++] = lead;
        else if (lead >= 0xc2 && lead < 0xe0 && bytes < end && ( *bytes & 0xc0 ) == 0x80)
            to[length++] = (uint16_t)( ( lead & 0x1f ) << 6 | ( *bytes++ & 0x3f ) );
        else to[length++] = 0xfffd;
    }
    return length;
}

static int fake_wcstoumbs( const uint16_t *from, uint32_t length, char *to, uint32_t room, int strict )
{
    uint32_t size = 0;

    for (uint32_t i = 0; i < length; i++)
    {
        if (from[i] >= 0x800 && strict) return -1;
        if (size + ( from[i] < 0x80 ? 1 : 2 ) > room) break;
        if (from[i] >= 0x80) to[size++] = (char)( 0xc0 | from[i] >> 6 );
        to[size++] = (char)( from[i] < 0x80 ? from[i] : 0x80 | ( from[i] & 0x3f ) );
    }
    return (int)size;
}

static uint16_t fake_upper( uint16_t letter )
{
    if (( letter >= 'a' && letter <= 'z' ) || ( letter >= 0xe0 && letter <= 0xfe && letter != 0xf7 ))
        return letter - 32;
    return letter;
}

static int fake_wcsnicmp( const uint16_t *one, const uint16_t *other, int length )
{
    int ret = 0;

    for (; length > 0 && !ret; length--, one++, other++)
        if (( ret = fake_upper( *one ) - fake_upper( *other ) ) || !*one) break;
    return ret;
}

/* Drive Z: is the root, and only files called missing are not there. */
static int32_t fake_get_unix_file_name( const uint16_t *name, char **path, uint32_t disposition )
{
    const size_t drive = strlen( "\\??\\Z:" );
    size_t length = 0;
    bool missing;

    while (name[drive + length]) length++;
    *path = calloc( length + 1, 1 );
    for (size_t i = 0; i < length; i++) ( *path )[i] = name[drive + i] == '\\' ? '/' : (char)name[drive + i];
    missing = !strcmp( *path, "/missing" );
    if (!missing) return 0;
    if (disposition != 1) return (int32_t)0xc000000f;
    free( *path );
    *path = NULL;
    return (int32_t)0xc0000034;
}

int fake_pthread_create( pthread_t *thread, const pthread_attr_t *attributes, void *( *run )(void *), void *context )
{
    return plays( FAKE_THREAD, NULL ) ? errno : pthread_create( thread, attributes, run, context );
}

void *fake_dlopen( const char *name, int flags )
{
    (void)flags;
    return strcmp( name, "ntdll.so" ) ? NULL : &fake_file_system;
}

void *fake_dlsym( void *library, const char *name )
{
    (void)library;
    if (!strcmp( name, "ntdll_umbstowcs" )) return (void *)fake_umbstowcs;
    if (!strcmp( name, "ntdll_wcstoumbs" )) return (void *)fake_wcstoumbs;
    if (!strcmp( name, "ntdll_wcsnicmp" )) return (void *)fake_wcsnicmp;
    if (!strcmp( name, "ntdll_get_unix_file_name" ) && fake_tells_paths) return (void *)fake_get_unix_file_name;
    return NULL;
}

int fake_dlclose( void *library )
{
    (void)library;
    return 0;
}
