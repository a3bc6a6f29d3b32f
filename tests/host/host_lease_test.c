/* SPDX-License-Identifier: MIT */

/* The host half copies under a lease, alone, without Wine. The cases claim what is done, what is left alone, and what
 * is undone. The native program speaks the Test Anything Protocol, and works in the current folder. */

#include "host_folders.h"
#include "host_fakes.h"
#include "host_lease_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/xattr.h>

#undef pread
#undef pwrite

#define SIZE 10007
#define NFS  0x6969

bool is_there( const char *name )
{
    return !access( name, F_OK );
}

static struct host_small_by_path copy_as( const char *from, const char *to, uint32_t create_only )
{
    char source[8192], directory[8192];
    uint16_t name[64];
    struct host_small_by_path lease = { .create_only = create_only, .source.path = (uintptr_t)source };

    snprintf( source, sizeof( source ), "%s/%s", here, from );
    snprintf( directory, sizeof( directory ), "%s/", here );
    for (size_t i = 0; i < strlen( to ); i++) name[i] = (unsigned char)to[i];
    lease.small.flags = HOST_SMALL_OLD_CONTENT | HOST_SMALL_METADATA | HOST_SMALL_MAY_OFFLOAD;
    lease.small.move.flags = HOST_MOVE_KEEP_HOLES;
    ok( !__wine_unix_call_funcs[HOST_CALL_SMALL_LOOK]( &lease.source ) );
    lease.name.directory = (uintptr_t)directory;
    lease.name.name = (uintptr_t)name;
    lease.name.length = (uint32_t)strlen( to );
    lease.result = lease.why = 77;
    ok( !__wine_unix_call_funcs[HOST_CALL_SMALL_BY_PATH]( &lease ) );
    return lease;
}

struct host_small_by_path copy( const char *from, const char *to )
{
    return copy_as( from, to, 0 );
}

bool copies( const char *from, const char *to )
{
    return copy( from, to ).result == HOST_SMALL_DONE;
}

bool refuses( const char *from, const char *to, enum host_small_why why, int err )
{
    struct host_small_by_path lease = copy( from, to );

    if (lease.result == HOST_SMALL_REFUSED && lease.why == why && lease.err == err) return true;
    printf( "# %s to %s: result %u, why %u, errno %d\n", from, to, lease.result, lease.why, lease.err );
    return false;
}

/* Answers whether the file is under no lease, for nobody may open a file that is under one. */
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
    ok( copies( "source", "new" ) && holds( "new", SIZE, 1 ) && is_free( "new" ) );
    ok( !stat( "source", &source ) && !stat( "new", &made ) && ( made.st_mode & 07777 ) == 0750 );
    ok( source.st_mtim.tv_sec == made.st_mtim.tv_sec && source.st_mtim.tv_nsec == made.st_mtim.tv_nsec );
    ok( copy_as( "source", "only", 1 ).result == HOST_SMALL_DONE && holds( "only", SIZE, 1 ) );
    ok( !chmod( "source", 0600 ) && copies( "source", "a.Exe" ) && !stat( "a.Exe", &made ) );
    ok( ( made.st_mode & 07777 ) == 0750 );
    umask( 044 );
    ok( !chmod( "source", 0755 ) && copies( "source", "unread" ) && !stat( "unread", &made ) );
    ok( ( made.st_mode & 07777 ) == 0722 );
    umask( 027 );
    ok( !chmod( "source", 0600 ) && copies( "source", "b.exe.c" ) && !stat( "b.exe.c", &made ) &&
        ( made.st_mode & 07777 ) == 0640 );
    umask( mask );
}

static void test_old( void )
{
    struct stat made;

    write_file( "longer", 3 * SIZE, 2 );
    write_file( "shorter", 10, 2 );
    write_file( "empty", 0, 0 );
    ok( copies( "source", "longer" ) && holds( "longer", SIZE, 1 ) && is_free( "longer" ) );
    ok( copies( "source", "shorter" ) && holds( "shorter", SIZE, 1 ) );
    ok( copies( "empty", "longer" ) && holds( "longer", 0, 0 ) );
    ok( copies( "empty", "new" ) && holds( "new", 0, 0 ) );
    ok( !chmod( "source", 0755 ) && !chmod( "shorter", 0600 ) && copies( "source", "shorter" ) );
    ok( !stat( "shorter", &made ) && ( made.st_mode & 07777 ) == 0600 );
}

/* Somebody has the file open, or has closed it and still maps its bytes. */
static void test_others( void )
{
    int other;
    void *bytes;

    write_file( "old", SIZE, 2 );
    other = open( "old", O_RDONLY );
    ok( refuses( "source", "old", HOST_SMALL_WHY_ERRNO, EAGAIN ) && holds( "old", SIZE, 2 ) );
    bytes = mmap( NULL, 4096, PROT_READ, MAP_SHARED, other, 0 );
    close( other );
    ok( refuses( "source", "old", HOST_SMALL_WHY_ERRNO, EAGAIN ) && holds( "old", SIZE, 2 ) );
    munmap( bytes, 4096 );
    ok( copies( "source", "old" ) && holds( "old", SIZE, 1 ) );

    /* every call opens the source, and it does not matter who else has it open */
    other = open( "source", O_RDWR );
    ok( copies( "source", "old" ) );
    close( other );
    ok( refuses( "source", "source", HOST_SMALL_WHY_ERRNO, EAGAIN ) && holds( "source", SIZE, 1 ) );
}

static void test_not_plain( void )
{
    write_file( "old", 10, 2 );
    ok( !chmod( "old", 0444 ) && refuses( "source", "old", HOST_SMALL_WHY_READ_ONLY, 0 ) && !chmod( "old", 0644 ) );
    ok( !chmod( "source", 0444 ) && refuses( "source", "old", HOST_SMALL_WHY_READ_ONLY, 0 ) &&
        !chmod( "source", 0644 ) );
    ok( !symlink( "old", "link" ) && refuses( "source", "link", HOST_SMALL_WHY_ERRNO, ELOOP ) );
    ok( !symlink( "gone", "dangling" ) && refuses( "source", "dangling", HOST_SMALL_WHY_NAME, 0 ) &&
        !is_there( "gone" ) );
    ok( !mkfifo( "pipe", 0666 ) && refuses( "source", "pipe", HOST_SMALL_WHY_NOT_FILES, 0 ) );
    ok( refuses( "pipe", "old", HOST_SMALL_WHY_NOT_FILES, 0 ) );
    ok( refuses( "missing", "old", HOST_SMALL_WHY_ERRNO, ENOENT ) );
    write_file( "large", HOST_SMALL_SIZE + 1, 3 );
    ok( refuses( "large", "old", HOST_SMALL_WHY_LARGE, 0 ) && refuses( "source", "large", HOST_SMALL_WHY_LARGE, 0 ) );
    ok( !truncate( "large", HOST_SMALL_SIZE ) && copies( "large", "new" ) && holds( "new", HOST_SMALL_SIZE, 3 ) );
    ok( holds( "old", 10, 2 ) );
}

/* Wine calls such files hidden, and nobody has marked them so. */
static void test_dots( void )
{
    write_file( ".old", 10, 2 );
    ok( copies( "source", ".new" ) && holds( ".new", SIZE, 1 ) && copies( "source", ".old" ) );
    ok( holds( ".old", SIZE, 1 ) && copies( ".old", "new" ) && holds( "new", SIZE, 1 ) && copies( ".new", ".old" ) );
}

static void test_streams( void )
{
    write_file( "old", 10, 2 );
    write_file( "old:stream", 10, 2 );
    ok( refuses( "source", "old", HOST_SMALL_WHY_STREAMS, 0 ) && refuses( "old", "new", HOST_SMALL_WHY_STREAMS, 0 ) );
    ok( refuses( "old:stream", "new", HOST_SMALL_WHY_STREAMS, 0 ) && !is_there( "new" ) );
    ok( refuses( "source", "new:stream", HOST_SMALL_WHY_NAME, 0 ) && !is_there( "new:stream" ) );
    ok( !unlink( "old:stream" ) && copies( "source", "old" ) );

    write_file( "old", 10, 2 );
    if (setxattr( "old", "user.DOSATTRIB", "0x2", 3, 0 )) return;
    ok( refuses( "source", "old", HOST_SMALL_WHY_ATTRIBUTES, 0 ) &&
        refuses( "old", "new", HOST_SMALL_WHY_ATTRIBUTES, 0 ) );
    ok( holds( "old", 10, 2 ) && !is_there( "new" ) );
}

static void test_names( void )
{
    struct host_small_by_path lease;

    write_file( "Old", 10, 2 );
    lease = copy( "source", "old" );
    ok( lease.result == HOST_SMALL_REFUSED && lease.why == HOST_SMALL_WHY_NAME &&
        lease.name.result == HOST_NAME_SPELLED_OTHERWISE );
    ok( !is_there( "old" ) && holds( "Old", 10, 2 ) );
    lease = copy_as( "source", "Old", 1 );
    ok( lease.result == HOST_SMALL_REFUSED && lease.why == HOST_SMALL_WHY_NAME &&
        lease.name.result == HOST_NAME_EXISTS );
    ok( holds( "Old", 10, 2 ) );
}

static void test_foreign( void )
{
    write_file( "old", 10, 2 );
    fake_file_system = NFS;
    ok( refuses( "source", "old", HOST_SMALL_WHY_FOREIGN, 0 ) && holds( "old", 10, 2 ) );
    fake_file_system = 0;
}

/* A copy that fails leaves nothing, new or old. */
static void test_failures( void )
{
    static const struct
    {
        enum fake fake;
        int at;
        int err;
        enum host_result result;
    } rows[] = {
        { .fake = FAKE_CLONE, .at = 1, .err = EIO, .result = HOST_SERVER_FAILED },
        /* the first read looks behind the end */
        { .fake = FAKE_PREAD, .at = 2, .err = EIO, .result = HOST_READ_FAILED },
        { .fake = FAKE_PWRITE, .at = 1, .err = ENOSPC, .result = HOST_WRITE_FAILED },
    };
    struct host_small_by_path lease;

    for (size_t i = 0; i < sizeof( rows ) / sizeof( rows[0] ); i++)
    {
        for (int exists = 0; exists < 2; exists++)
        {
            memset( fake_plans, 0, sizeof( fake_plans ) );
            fake_plans[FAKE_CLONE] = ( struct fake_plan ){ .at = 1, .err = EOPNOTSUPP };
            fake_plans[rows[i].fake] = ( struct fake_plan ){ .at = rows[i].at, .err = rows[i].err };
            if (exists) write_file( "copy", 10, 2 );
            if (exists) ok( !link( "copy", "linked" ) );
            lease = copy( "source", "copy" );
            ok( lease.result == HOST_SMALL_FAILED && lease.small.move.result == rows[i].result );
            ok( lease.small.move.err == rows[i].err && lease.small.move.status && !is_there( "copy" ) );
            /* no old byte is left behind the copied ones */
            if (exists) ok( holds( "linked", lease.small.move.moved, 1 ) && !unlink( "linked" ) );
        }
    }
    memset( fake_plans, 0, sizeof( fake_plans ) );
    ok( copies( "source", "copy" ) && holds( "copy", SIZE, 1 ) );
}

static void rename_old( void )
{
    ok( !rename( "old", "renamed" ) );
}

static void replace_source( void )
{
    write_file( "other", SIZE, 3 );
    ok( !rename( "other", "source" ) );
}

static void make_copy( void )
{
    write_file( "new", 10, 4 );
}

static int held;

static void hold_new( void )
{
    held = open( "new", O_RDONLY );
    ok( held != -1 );
}

static void replace_new( void )
{
    ok( !rename( "new", "renamed" ) );
    write_file( "new", 10, 4 );
}

/* Somebody else changes a file at the worst moment. */
static void test_races( void )
{
    char path[8192];
    struct host_small_look look = { .path = (uintptr_t)path };
    struct host_small_by_path lease = { 0 };
    static const uint16_t name[] = { 'n', 'e', 'w' };

    write_file( "old", SIZE, 2 );
    fake_plans[FAKE_SETLEASE].before = rename_old;
    ok( refuses( "source", "old", HOST_SMALL_WHY_REPLACED, 0 ) && !is_there( "old" ) && holds( "renamed", SIZE, 2 ) );

    fake_plans[FAKE_OPENAT].before = make_copy;
    ok( refuses( "source", "new", HOST_SMALL_WHY_NAME, EEXIST ) && holds( "new", 10, 4 ) && !unlink( "new" ) );

    snprintf( path, sizeof( path ), "%s/source", here );
    ok( !__wine_unix_call_funcs[HOST_CALL_SMALL_LOOK]( &look ) && look.is_small && !look.err );
    replace_source();
    lease.source = look;
    snprintf( path, sizeof( path ), "%s/source", here );
    lease.name.directory = (uintptr_t)here;
    lease.name.name = (uintptr_t)name;
    lease.name.length = 3;
    ok( !__wine_unix_call_funcs[HOST_CALL_SMALL_BY_PATH]( &lease ) && lease.result == HOST_SMALL_REFUSED );
    ok( lease.why == HOST_SMALL_WHY_REPLACED && !is_there( "new" ) );
}

/* A new file has a name from the start, so somebody may open or replace it before its lease is set. */
static void test_new_races( void )
{
    struct stat stat;

    fake_plans[FAKE_SETLEASE].before = hold_new;
    ok( refuses( "source", "new", HOST_SMALL_WHY_ERRNO, EAGAIN ) && !is_there( "new" ) );
    ok( !fstat( held, &stat ) && !stat.st_size && !close( held ) );
    ok( copies( "source", "new" ) && holds( "new", SIZE, 1 ) && !unlink( "new" ) );

    /* a file that has taken its name meanwhile is not ours */
    fake_plans[FAKE_SETLEASE] = ( struct fake_plan ){ .at = 1, .err = EAGAIN, .before = replace_new };
    ok( refuses( "source", "new", HOST_SMALL_WHY_ERRNO, EAGAIN ) && holds( "new", 10, 4 ) );
    ok( holds( "renamed", 0, 0 ) && !unlink( "new" ) && !unlink( "renamed" ) );

    fake_plans[FAKE_CLONE] = ( struct fake_plan ){ .at = 1, .err = EOPNOTSUPP, .before = replace_new };
    fake_plans[FAKE_PREAD] = ( struct fake_plan ){ .at = 2, .err = EIO };
    ok( copy( "source", "new" ).result == HOST_SMALL_FAILED && holds( "new", 10, 4 ) );
}

/* A watcher of the folder gets events of the file's own name, and of no other name. */
static void test_watched( void )
{
    int watch = inotify_init1( IN_NONBLOCK | IN_CLOEXEC );
    char text[4096];

    ok( inotify_add_watch( watch, here, IN_ALL_EVENTS & ~( IN_OPEN | IN_ACCESS | IN_CLOSE_NOWRITE ) ) != -1 );
    ok( copies( "source", "new" ) );
    host_lease_hear( watch, "new", text );
    ok( !strcmp( text, "cmaw" ) );
    ok( copies( "source", "new" ) );
    host_lease_hear( watch, "new", text );
    ok( !strcmp( text, "mmaw" ) || !strcmp( text, "maw" ) );
    write_file( "source", 0, 0 );
    host_lease_hear( watch, "source", text );
    ok( copies( "source", "empty" ) );
    host_lease_hear( watch, "empty", text );
    ok( !strcmp( text, "cmaw" ) );
    close( watch );
}

static void test_look( void )
{
    char path[8192];
    struct host_small_look look = { .path = (uintptr_t)path };

    snprintf( path, sizeof( path ), "%s/missing", here );
    ok( !__wine_unix_call_funcs[HOST_CALL_SMALL_LOOK]( &look ) && look.err == ENOENT && !look.is_small );
    snprintf( path, sizeof( path ), "%s", here );
    ok( !__wine_unix_call_funcs[HOST_CALL_SMALL_LOOK]( &look ) && !look.err && !look.is_small );
    write_file( "large", HOST_SMALL_SIZE + 1, 3 );
    snprintf( path, sizeof( path ), "%s/large", here );
    ok( !__wine_unix_call_funcs[HOST_CALL_SMALL_LOOK]( &look ) && !look.err && !look.is_small && look.inode );
}

static void prepare( void )
{
    memset( fake_plans, 0, sizeof( fake_plans ) );
    write_file( "source", SIZE, 1 );
    /* the host half keeps inotify open from the first copy on */
    ok( copies( "source", "first" ) );
}

int main( void )
{
    static const struct host_case all[] = {
        { .name = "a new file, its mode and its time", .run = test_new },
        { .name = "an old file becomes the source, whatever its length", .run = test_old },
        { .name = "what others have open is left to handles", .run = test_others },
        { .name = "what is not plain is left alone", .run = test_not_plain },
        { .name = "names that begin with a dot", .run = test_dots },
        { .name = "streams and attributes", .run = test_streams },
        { .name = "another spelling, and a name that must be new", .run = test_names },
        { .name = "a file system of others", .run = test_foreign },
        { .name = "which file a path leads to", .run = test_look },
        { .name = "nothing is left of a failure", .run = test_failures },
        { .name = "a source that is cut meanwhile", .run = test_shrinking },
        { .name = "a source whose size is not the truth", .run = test_sizes },
        { .name = "what others do at the worst moment", .run = test_races },
        { .name = "... and before a new file has its lease", .run = test_new_races },
        { .name = "what a watcher of the folder hears", .run = test_watched },
    };

    return run_in_folders( all, sizeof( all ) / sizeof( all[0] ), prepare );
}
