/* SPDX-License-Identifier: MIT */

/* This is the Linux half of the benchmarks, against which our copies are measured. It takes the commands of
 * bench_windows.c, and some of its own. "make" makes the files to copy, "fill" fills directories, and "tree" makes a
 * tree like that of a program's sources. */

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MIB                ( (size_t)1024 * 1024 )
#define LARGEST_NAME       512
#define LONGEST_BATCH_NANO 1000000000ll

extern char **environ;

static int64_t now( void )
{
    struct timespec time;

    clock_gettime( CLOCK_MONOTONIC, &time );
    return time.tv_sec * (int64_t)1000000000 + time.tv_nsec;
}

/* Makes the system calls of cp on one file, in its order, without its start. */
static int copy_as_cp( const char *source, const char *destination )
{
    int from = open( source, O_RDONLY ), to = -1, err = 0;
    struct stat status;
    ssize_t got = 0;

    if (from == -1 || fstat( from, &status )) return errno;
    to = open( destination, O_WRONLY | O_TRUNC );
    if (to == -1) to = open( destination, O_WRONLY | O_CREAT | O_EXCL, 0644 );
    if (to == -1) err = errno;
    else if (fstat( to, &status )) err = errno;
    else if (ioctl( to, FICLONE, from ))
    {
        posix_fadvise( from, 0, 0, POSIX_FADV_SEQUENTIAL );
        while (( got = copy_file_range( from, NULL, to, NULL, 0x7fffffff, 0 ) ) > 0)
        {
        }
        if (got == -1) err = errno;
    }
    close( from );
    if (to != -1 && close( to )) err = errno;
    return err;
}

static int run( char *const argv[] )
{
    pid_t pid;
    int status, err = posix_spawnp( &pid, argv[0], NULL, NULL, argv, environ );

    if (err) return err;
    if (waitpid( pid, &status, 0 ) == -1) return errno;
    return status ? ECANCELED : 0;
}

static int copy_by_cp( const char *source, const char *destination )
{
    char *const argv[] = { "cp", (char *)source, (char *)destination, NULL };

    return run( argv );
}

static int clone_by_cp( const char *source, const char *destination )
{
    char *const argv[] = { "cp", "--reflink=always", (char *)source, (char *)destination, NULL };

    return run( argv );
}

/* This is no copy: memcpy moves as many bytes as the source has into a buffer, and out of it. */
static int copy_in_memory( const char *source, const char *destination )
{
    static char *from, *to, *buffer;
    static size_t size;
    struct stat status;

    (void)destination;
    if (stat( source, &status )) return errno;
    if (size != (size_t)status.st_size)
    {
        free( from );
        free( to );
        size = (size_t)status.st_size;
        from = malloc( size );
        to = malloc( size );
        if (!buffer) buffer = malloc( MIB );
        if (!from || !to || !buffer) return ENOMEM;
        memset( from, 1, size );
        memset( to, 2, size );
    }
    for (size_t at = 0; at + MIB <= size; at += MIB)
    {
        memcpy( buffer, from + at, MIB );
        memcpy( to + at, buffer, MIB );
    }
    return 0;
}

/* Writes bytes in which no file system finds a pattern. */
static int make_data( int file, off_t at, off_t length )
{
    static uint64_t block[MIB / sizeof( uint64_t )];
    static uint64_t state = 88172645463325252ull;

    for (off_t done = 0; done < length;)
    {
        size_t size = length - done < (off_t)MIB ? (size_t)( length - done ) : MIB;
        ssize_t put;

        for (size_t i = 0; i < size / sizeof( *block ) + 1 && i < MIB / sizeof( *block ); i++)
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            block[i] = state;
        }
        put = pwrite( file, block, size, at + done );
        if (put <= 0) return errno;
        done += put;
    }
    return 0;
}

/* Makes a file of size bytes in all, of which data bytes are data, in so many equal islands. */
static int make_file( const char *name, off_t size, off_t data, int islands )
{
    int file = open( name, O_WRONLY | O_CREAT | O_TRUNC, 0644 ), err = 0;

    if (file == -1) return errno;
    for (int i = 0; !err && data && i < islands; i++) err = make_data( file, size / islands * i, data / islands );
    if (!err && ftruncate( file, size )) err = errno;
    if (close( file ) && !err) err = errno;
    return err;
}

static int fill_directory( const char *name, int files )
{
    char path[LARGEST_NAME + 32];
    int file;

    for (int i = 0; i < files; i++)
    {
        snprintf( path, sizeof( path ), "%s/an older file %d", name, i );
        file = open( path, O_WRONLY | O_CREAT, 0644 );
        if (file == -1) return errno;
        close( file );
    }
    return 0;
}

/* Makes a hundred folders of files of 0.2 to 60 KB, as in the tree of a program: most are small. */
static int make_tree( const char *name, int files )
{
    char path[LARGEST_NAME + 64];
    int err = mkdir( name, 0755 ) ? errno : 0;

    for (int i = 0; !err && i < files; i++)
    {
        off_t size = 200 << i % 9;

        snprintf( path, sizeof( path ), "%s/folder %d", name, i % 100 );
        if (mkdir( path, 0755 ) && errno != EEXIST) return errno;
        snprintf( path, sizeof( path ), "%s/folder %d/file %d.c", name, i % 100, i );
        size += size * ( i % 7 ) / 40;
        err = make_file( path, size, size, 1 );
    }
    return err;
}

static const struct method
{
    const char *name;
    int ( *copy )( const char *source, const char *destination );
} methods[] = {
    { .name = "loop", .copy = copy_as_cp },
    { .name = "cp", .copy = copy_by_cp },
    { .name = "cp-reflink", .copy = clone_by_cp },
    { .name = "memcpy", .copy = copy_in_memory },
};

static int copy_batch( const struct method *method, int wanted, const char *source, const char *destination, int *made )
{
    int64_t end = now() + LONGEST_BATCH_NANO;
    char name[LARGEST_NAME + 16];
    int err = 0;

    for (*made = 0; !err && *made < wanted && now() < end; ( *made )++)
    {
        snprintf( name, sizeof( name ), "%s%d", destination, *made );
        err = method->copy( source, name );
    }
    return err;
}

static void answer( int err, int64_t nanoseconds, int files )
{
    if (err) printf( "failed %d\n", err );
    else printf( "%lld %d\n", (long long)nanoseconds, files );
}

static void carry_out( const struct method *method, int wanted, const char *source, const char *destination )
{
    int64_t begin;
    int made = 1, err;

    if (method->copy == copy_in_memory) copy_in_memory( source, NULL );
    begin = now();
    if (wanted) err = copy_batch( method, wanted, source, destination, &made );
    else err = method->copy( source, destination );
    answer( err, now() - begin, made );
}

static void obey( const char *line )
{
    char name[16], source[LARGEST_NAME], destination[LARGEST_NAME];
    long long size, data;
    int number, err;

    if (sscanf( line, "make %511s %lld %lld %d", source, &size, &data, &number ) == 4)
    {
        err = make_file( source, size, data, number );
        sync();
        answer( err, 0, 1 );
        return;
    }
    if (sscanf( line, "fill %511s %d", source, &number ) == 2)
    {
        answer( fill_directory( source, number ), 0, number );
        return;
    }
    if (sscanf( line, "tree %511s %d", source, &number ) == 2)
    {
        err = make_tree( source, number );
        sync();
        answer( err, 0, number );
        return;
    }
    if (sscanf( line, "%15s %d %511s %511s", name, &number, source, destination ) == 4)
        for (size_t i = 0; i < sizeof( methods ) / sizeof( *methods ); i++)
            if (!strcmp( methods[i].name, name ))
            {
                carry_out( methods + i, number, source, destination );
                return;
            }
    answer( EINVAL, 0, 0 );
}

int main( void )
{
    char line[4 * LARGEST_NAME];

    while (fgets( line, sizeof( line ), stdin ))
    {
        obey( line );
        fflush( stdout );
    }
    return 0;
}
