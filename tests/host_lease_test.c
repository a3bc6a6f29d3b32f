/* SPDX-License-Identifier: MIT */

/* Copies under a lease by the host half alone, without Wine: what is done, what is left alone, and what is undone. A
 * native program that speaks the Test Anything Protocol; it works in the current folder. */

#include "host_folders.h"
#include "host_fakes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/xattr.h>

#undef pread
#undef pwrite

#define SIZE 10007
#define NFS  0x6969

/* Bytes that tell where they are, and whose. */
static void write_file( const char *name, size_t size, char seed )
{
    FILE *file = fopen( name, "w" );

    if (!file) abort();
    for (size_t i = 0; i < size; i++) putc( (char)( i * 7 + i / 256 + (size_t)seed ), file );
    fclose( file );
}

static bool holds( const char *name, size_t size, char seed )
{
    FILE *file = fopen( name, "r" );
    bool same = file;

    for (size_t i = 0; same && i < size; i++) same = (char)getc( file ) == (char)( i * 7 + i / 256 + (size_t)seed );
    same = same && getc( file ) == EOF;
    if (file) fclose( file );
    return same;
}

static bool is_there( const char *name )
{
    return !access( name, F_OK );
}

static struct host_lease copy_as( const char *from, const char *to, uint32_t create_only )
{
    char source[8192], directory[8192];
    uint16_t name[64];
    struct host_lease lease = { .create_only = create_only };

    snprintf( source, sizeof( source ), "%s/%s", here, from );
    snprintf( directory, sizeof( directory ), "%s/", here );
    for (size_t i = 0; i < strlen( to ); i++) name[i] = (unsigned char)to[i];
    lease.small.move.flags = HOST_OLD_CONTENT | HOST_METADATA | HOST_KEEP_HOLES | HOST_MAY_OFFLOAD;
    lease.source = (uintptr_t)source;
    lease.name.directory = (uintptr_t)directory;
    lease.name.name = (uintptr_t)name;
    lease.name.length = (uint32_t)strlen( to );
    lease.is_done = lease.why = 77;
    ok( !__wine_unix_call_funcs[HOST_CALL_LEASE]( &lease ) );
    return lease;
}

static struct host_lease copy( const char *from, const char *to )
{
    return copy_as( from, to, 0 );
}

/* Refused for this reason, with the destination as it was. */
static bool refuses( const char *from, const char *to, enum host_lease_why why, int err )
{
    struct host_lease lease = copy( from, to );

    if (!lease.is_done && lease.why == why && lease.err == err) return true;
    printf( "# %s to %s: done %u, why %u, errno %d\n", from, to, lease.is_done, lease.why, lease.err );
    return false;
}

/* Nobody may open a file that is under one. */
static bool is_free( const char *name )
{
    int file = open( name, O_RDWR | O_NONBLOCK );

    if (file != -1) close( file );
    return file != -1;
}

static void test_new( void )
{
    struct stat source, made;
    mode_t mask = umask( 027 );

    ok( !chmod( "source", 0755 ) );
    ok( copy( "source", "new" ).is_done == 1 && holds( "new", SIZE, 1 ) && is_free( "new" ) );
    ok( !stat( "source", &source ) && !stat( "new", &made ) && ( made.st_mode & 07777 ) == 0750 );
    ok( source.st_mtim.tv_sec == made.st_mtim.tv_sec && source.st_mtim.tv_nsec == made.st_mtim.tv_nsec );
    ok( copy_as( "source", "only", 1 ).is_done == 1 && holds( "only", SIZE, 1 ) );
    ok( !chmod( "source", 0600 ) && copy( "source", "a.Exe" ).is_done == 1 && !stat( "a.Exe", &made ) );
    ok( ( made.st_mode & 07777 ) == 0750 );
    ok( copy( "source", "b.exe.c" ).is_done == 1 && !stat( "b.exe.c", &made ) && ( made.st_mode & 07777 ) == 0640 );
    umask( mask );
}

static void test_old( void )
{
    struct stat made;

    write_file( "longer", 3 * SIZE, 2 );
    write_file( "shorter", 10, 2 );
    write_file( "empty", 0, 0 );
    ok( copy( "source", "longer" ).is_done == 1 && holds( "longer", SIZE, 1 ) && is_free( "longer" ) );
    ok( copy( "source", "shorter" ).is_done == 1 && holds( "shorter", SIZE, 1 ) );
    ok( copy( "empty", "longer" ).is_done == 1 && holds( "longer", 0, 0 ) );
    ok( copy( "empty", "new" ).is_done == 1 && holds( "new", 0, 0 ) );
    ok( !chmod( "source", 0700 ) && !chmod( "shorter", 0640 ) && copy( "source", "shorter" ).is_done == 1 );
    ok( !stat( "shorter", &made ) && ( made.st_mode & S_IXUSR ) );
}

/* One who has it open, and one who has not, but sees its bytes. */
static void test_others( void )
{
    int other;
    void *bytes;

    write_file( "old", SIZE, 2 );
    other = open( "old", O_RDONLY );
    ok( refuses( "source", "old", HOST_LEASE_WHY_ERRNO, EAGAIN ) && holds( "old", SIZE, 2 ) );
    bytes = mmap( NULL, 4096, PROT_READ, MAP_SHARED, other, 0 );
    close( other );
    ok( refuses( "source", "old", HOST_LEASE_WHY_ERRNO, EAGAIN ) && holds( "old", SIZE, 2 ) );
    munmap( bytes, 4096 );
    ok( copy( "source", "old" ).is_done == 1 && holds( "old", SIZE, 1 ) );

    /* the source is open in every call; that of another does not matter */
    other = open( "source", O_RDWR );
    ok( copy( "source", "old" ).is_done == 1 );
    close( other );
    ok( refuses( "source", "source", HOST_LEASE_WHY_ERRNO, EAGAIN ) && holds( "source", SIZE, 1 ) );
}

static void test_not_plain( void )
{
    write_file( "old", 10, 2 );
    ok( !chmod( "old", 0444 ) && refuses( "source", "old", HOST_LEASE_WHY_MARKED, 0 ) && !chmod( "old", 0644 ) );
    ok( !chmod( "source", 0444 ) && refuses( "source", "old", HOST_LEASE_WHY_MARKED, 0 ) && !chmod( "source", 0644 ) );
    ok( refuses( "source", ".new", HOST_LEASE_WHY_MARKED, 0 ) && !is_there( ".new" ) );
    write_file( ".hidden", 10, 2 );
    ok( refuses( ".hidden", "old", HOST_LEASE_WHY_MARKED, 0 ) );
    ok( !symlink( "old", "link" ) && refuses( "source", "link", HOST_LEASE_WHY_ERRNO, ELOOP ) );
    ok( !symlink( "gone", "dangling" ) && refuses( "source", "dangling", HOST_LEASE_WHY_NAME, 0 ) && !is_there( "gone" ) );
    ok( !mkfifo( "pipe", 0666 ) && refuses( "source", "pipe", HOST_LEASE_WHY_NOT_FILES, 0 ) );
    ok( refuses( "pipe", "old", HOST_LEASE_WHY_NOT_FILES, 0 ) );
    ok( refuses( "missing", "old", HOST_LEASE_WHY_ERRNO, ENOENT ) );
    write_file( "large", HOST_SMALL_SIZE + 1, 3 );
    ok( refuses( "large", "old", HOST_LEASE_WHY_LARGE, 0 ) && refuses( "source", "large", HOST_LEASE_WHY_LARGE, 0 ) );
    ok( !truncate( "large", HOST_SMALL_SIZE ) && copy( "large", "new" ).is_done == 1 && holds( "new", HOST_SMALL_SIZE, 3 ) );
    ok( holds( "old", 10, 2 ) );
}

static void test_streams( void )
{
    write_file( "old", 10, 2 );
    write_file( "old:stream", 10, 2 );
    ok( refuses( "source", "old", HOST_LEASE_WHY_STREAMS, 0 ) && refuses( "old", "new", HOST_LEASE_WHY_STREAMS, 0 ) );
    ok( refuses( "old:stream", "new", HOST_LEASE_WHY_STREAMS, 0 ) && !is_there( "new" ) );
    ok( refuses( "source", "new:stream", HOST_LEASE_WHY_NAME, 0 ) && !is_there( "new:stream" ) );
    ok( !unlink( "old:stream" ) && copy( "source", "old" ).is_done == 1 );

    write_file( "old", 10, 2 );
    if (setxattr( "old", "user.DOSATTRIB", "0x2", 3, 0 )) return;
    ok( refuses( "source", "old", HOST_LEASE_WHY_ATTRIBUTES, 0 ) && refuses( "old", "new", HOST_LEASE_WHY_ATTRIBUTES, 0 ) );
    ok( holds( "old", 10, 2 ) && !is_there( "new" ) );
}

static void test_names( void )
{
    struct host_lease lease;

    write_file( "Old", 10, 2 );
    lease = copy( "source", "old" );
    ok( !lease.is_done && lease.why == HOST_LEASE_WHY_NAME && lease.name.result == HOST_NAME_SPELLED_OTHERWISE );
    ok( !is_there( "old" ) && holds( "Old", 10, 2 ) );
    lease = copy_as( "source", "Old", 1 );
    ok( !lease.is_done && lease.why == HOST_LEASE_WHY_NAME && lease.name.result == HOST_NAME_EXISTS );
    ok( holds( "Old", 10, 2 ) );
}

static void test_foreign( void )
{
    write_file( "old", 10, 2 );
    fake_file_system = NFS;
    ok( refuses( "source", "old", HOST_LEASE_WHY_FOREIGN, 0 ) && holds( "old", 10, 2 ) );
    /* known to the index from before, it is made, and goes again */
    ok( refuses( "source", "new", HOST_LEASE_WHY_FOREIGN, 0 ) || refuses( "source", "new", HOST_LEASE_WHY_NAME, 0 ) );
    ok( !is_there( "new" ) );
    fake_file_system = 0;
}

/* Whatever fails leaves nothing new, and no lease; handles are to do it again. */
static void test_failures( void )
{
    static const struct
    {
        enum fake fake;
        int err;
    } rows[] = { { FAKE_CLONE, EIO }, { FAKE_PREAD, EIO }, { FAKE_PWRITE, ENOSPC } };

    for (size_t i = 0; i < sizeof( rows ) / sizeof( rows[0] ); i++)
    {
        for (int exists = 0; exists < 2; exists++)
        {
            memset( fake_plans, 0, sizeof( fake_plans ) );
            fake_plans[FAKE_CLONE] = ( struct fake_plan ){ .at = 1, .err = EOPNOTSUPP };
            fake_plans[rows[i].fake] = ( struct fake_plan ){ .at = 1, .err = rows[i].err };
            if (exists) write_file( "copy", 10, 2 );
            ok( refuses( "source", "copy", HOST_LEASE_WHY_ERRNO, rows[i].err ) );
            ok( is_there( "copy" ) == exists && ( !exists || is_free( "copy" ) ) );
            unlink( "copy" );
        }
    }
    memset( fake_plans, 0, sizeof( fake_plans ) );
    fake_plans[FAKE_CLONE] = ( struct fake_plan ){ .at = 1, .err = EOPNOTSUPP };
    fake_plans[FAKE_PREAD] = ( struct fake_plan ){ .at = 1, .most = 0 }; /* a source that is cut meanwhile */
    ok( refuses( "source", "copy", HOST_LEASE_WHY_ENDED_EARLY, 0 ) && !is_there( "copy" ) );
    memset( fake_plans, 0, sizeof( fake_plans ) );
    ok( copy( "source", "copy" ).is_done == 1 && holds( "copy", SIZE, 1 ) );
}

static void prepare( void )
{
    memset( fake_plans, 0, sizeof( fake_plans ) );
    write_file( "source", SIZE, 1 );
    /* it keeps inotify open from the first time on */
    ok( copy( "source", "first" ).is_done == 1 );
}

int main( void )
{
    static const struct host_case all[] = {
        { "a new file, its mode and its time", test_new },
        { "an old file becomes the source, whatever its length", test_old },
        { "what others have open is left to handles", test_others },
        { "what is not plain is left alone", test_not_plain },
        { "streams and attributes", test_streams },
        { "another spelling, and a name that must be new", test_names },
        { "a file system of others", test_foreign },
        { "failures are undone", test_failures },
    };

    return run_in_folders( all, sizeof( all ) / sizeof( all[0] ), prepare );
}
