/* SPDX-License-Identifier: MIT */

/* This is preloaded into Wine (LD_PRELOAD), and lets system calls fail as a test program says. The program says so in a
 * file that both map or read (FAULT_CALLS names it). The library does not act in the wineserver. */

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <linux/fs.h>

/* host_faults_arm.c has the same struct. */
static volatile struct control
{
    char call[32]; /* "": none */
    int32_t err;
    int32_t at;    /* the Nth fails; 0: every one */
    int32_t calls; /* counted since at was set */
    int32_t hits;
    int32_t descriptors; /* open descriptors, counted at an fsync */
} *control;

__attribute__( ( constructor ) ) static void find_control( void )
{
    const char *name = getenv( "FAULT_CALLS" );
    int file = name ? open( name, O_RDWR ) : -1;
    void *place;

    if (file == -1) return;
    place = mmap( NULL, sizeof( *control ), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0 );
    if (place != MAP_FAILED) control = place;
    close( file );
}

static int fails( const char *call )
{
    int32_t calls;

    if (!control || strcmp( (const char *)control->call, call )) return 0;
    /* a large file is moved by several threads */
    calls = __atomic_add_fetch( &control->calls, 1, __ATOMIC_RELAXED );
    if (control->at && calls != control->at) return 0;
    __atomic_add_fetch( &control->hits, 1, __ATOMIC_RELAXED );
    errno = control->err;
    return 1;
}

/* Defines the call, which returns failure when it has to fail, and else what the system's own call returns. */
#define CALL( type, name, failure, parameters, arguments )                                                             \
    type name parameters                                                                                               \
    {                                                                                                                  \
        static type( *next ) parameters;                                                                               \
        if (!next) next = dlsym( RTLD_NEXT, #name );                                                                   \
        return fails( #name ) ? failure : next arguments;                                                              \
    }

/* The host half makes the calls with 64 in their names, and Wine's ntdll the others. */
CALL( ssize_t, pread, -1, ( int file, void *bytes, size_t size, off_t offset ), ( file, bytes, size, offset ) )
CALL( ssize_t, pwrite, -1, ( int file, const void *bytes, size_t size, off_t offset ), ( file, bytes, size, offset ) )
CALL( int, ftruncate, -1, ( int file, off_t size ), ( file, size ) )
CALL( int, fstat, -1, ( int file, struct stat *stat ), ( file, stat ) )
CALL( void *, mmap, MAP_FAILED, ( void *place, size_t size, int protection, int flags, int file, off_t offset ),
      ( place, size, protection, flags, file, offset ) )
CALL( ssize_t, pread64, -1, ( int file, void *bytes, size_t size, off64_t offset ), ( file, bytes, size, offset ) )
CALL( ssize_t, pwrite64, -1, ( int file, const void *bytes, size_t size, off64_t offset ),
      ( file, bytes, size, offset ) )
CALL( ssize_t, preadv64v2, -1, ( int file, const struct iovec *all, int count, off64_t offset, int flags ),
      ( file, all, count, offset, flags ) )
CALL( ssize_t, pwritev64v2, -1, ( int file, const struct iovec *all, int count, off64_t offset, int flags ),
      ( file, all, count, offset, flags ) )
CALL( ssize_t, copy_file_range, -1, ( int in, off64_t *from, int out, off64_t *to, size_t size, unsigned int flags ),
      ( in, from, out, to, size, flags ) )
CALL( int, fallocate64, -1, ( int file, int mode, off64_t offset, off64_t size ), ( file, mode, offset, size ) )
CALL( int, ftruncate64, -1, ( int file, off64_t size ), ( file, size ) )
CALL( off64_t, lseek64, -1, ( int file, off64_t offset, int whence ), ( file, offset, whence ) )
CALL( int, fstat64, -1, ( int file, struct stat64 *stat ), ( file, stat ) )
CALL( int, fstatfs64, -1, ( int file, struct statfs64 *system ), ( file, system ) )
CALL( int, futimens, -1, ( int file, const struct timespec times[2] ), ( file, times ) )
CALL( int, fchmod, -1, ( int file, mode_t mode ), ( file, mode ) )
CALL( ssize_t, flistxattr, -1, ( int file, char *list, size_t size ), ( file, list, size ) )
CALL( ssize_t, fgetxattr, -1, ( int file, const char *name, void *value, size_t size ), ( file, name, value, size ) )
CALL( int, fsetxattr, -1, ( int file, const char *name, const void *value, size_t size, int flags ),
      ( file, name, value, size, flags ) )
CALL( int, posix_fadvise64, EIO, ( int file, off64_t offset, off64_t size, int advice ),
      ( file, offset, size, advice ) )
CALL( int, mprotect, -1, ( void *place, size_t size, int protection ), ( place, size, protection ) )

CALL( int, pthread_create, control->err,
      ( pthread_t * thread, const pthread_attr_t *attributes, void *( *run )(void *), void *context ),
      ( thread, attributes, run, context ) )

/* The file is closed even when the call fails, as on Linux. */
int close( int file )
{
    static int ( *next )( int );
    int ret;

    if (!next) next = dlsym( RTLD_NEXT, "close" );
    ret = next( file );
    return fails( "close" ) ? -1 : ret;
}

/* Only F_DUPFD_CLOEXEC can fail. */
int fcntl64( int file, int command, ... )
{
    static int ( *next )( int, int, void * );
    va_list args;
    void *argument;

    if (!next) next = dlsym( RTLD_NEXT, "fcntl64" );
    va_start( args, command );
    argument = va_arg( args, void * );
    va_end( args );
    return command == F_DUPFD_CLOEXEC && fails( "fcntl64" ) ? -1 : next( file, command, argument );
}

/* Only FICLONE can fail. */
int ioctl( int file, unsigned long request, ... )
{
    static int ( *next )( int, unsigned long, void * );
    va_list args;
    void *argument;

    if (!next) next = dlsym( RTLD_NEXT, "ioctl" );
    va_start( args, request );
    argument = va_arg( args, void * );
    va_end( args );
    return request == FICLONE && fails( "ioctl" ) ? -1 : next( file, request, argument );
}

/* The test program asks for the count of descriptors by FlushFileBuffers. */
int fsync( int file )
{
    static int ( *next )( int );
    DIR *all = control ? opendir( "/proc/self/fd" ) : NULL;

    if (!next) next = dlsym( RTLD_NEXT, "fsync" );
    if (all)
    {
        control->descriptors = -3; /* ".", ".." and the folder itself */
        while (readdir( all )) control->descriptors++;
        closedir( all );
    }
    return fails( "fsync" ) ? -1 : next( file );
}
