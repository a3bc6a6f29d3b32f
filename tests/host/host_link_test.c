/* SPDX-License-Identifier: MIT */

/* This tests what the host half does with links, alone, without Wine. The native program speaks the Test Anything
 * Protocol, and works in the current folder. */

#include "host_folders.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>
#include <time.h>

#define COLLISION    (int32_t)0xc0000035
#define NOT_FOUND    (int32_t)0xc0000034
#define NO_PATH      (int32_t)0xc000003a
#define SHARING      (int32_t)0xc0000043
#define IS_DIRECTORY (int32_t)0xc00000ba
#define NO_ACCESS    (int32_t)0xc0000022
#define BAD_NAME     (int32_t)0xc000000d

static uint64_t path_of( char path[8192], const char *name )
{
    snprintf( path, 8192, "%s/%s", here, name );
    return (uintptr_t)path;
}

static struct host_link call( enum host_call which, const char *name, const char *destination, uint32_t flags )
{
    char one[8192], other[8192];
    struct host_link link = { .path = path_of( one, name ), .flags = flags, .kind = 77, .status = 77 };

    if (destination) link.destination = path_of( other, destination );
    ok( !__wine_unix_call_funcs[which]( &link ) );
    return link;
}

static int32_t copy( const char *name, const char *destination, uint32_t flags )
{
    return call( HOST_CALL_LINK_COPY, name, destination, flags ).status;
}

static void write_file( const char *name, const char *text )
{
    FILE *file = fopen( name, "w" );

    if (!file || fputs( text, file ) < 0 || fclose( file )) abort();
}

static bool holds( const char *name, const char *text )
{
    char bytes[64] = "";
    int file = open( name, O_RDONLY | O_NOFOLLOW );
    ssize_t size = read( file, bytes, sizeof( bytes ) - 1 );

    close( file );
    return size == (ssize_t)strlen( text ) && !strcmp( bytes, text );
}

static bool leads_to( const char *name, const char *target )
{
    char bytes[4097] = "";
    ssize_t size = readlink( name, bytes, sizeof( bytes ) - 1 );

    return size == (ssize_t)strlen( target ) && !strcmp( bytes, target );
}

static void link_to( const char *target, const char *name )
{
    if (symlink( target, name )) abort();
}

static void test_kinds( void )
{
    static const struct
    {
        const char *name;
        enum host_kind kind;
    } rows[] = {
        { .name = "file", .kind = HOST_KIND_FILE },
        { .name = "folder", .kind = HOST_KIND_DIRECTORY },
        { .name = "to_file", .kind = HOST_KIND_LINK_TO_FILE },
        { .name = "to_link", .kind = HOST_KIND_LINK_TO_FILE },
        { .name = "to_folder", .kind = HOST_KIND_LINK_TO_DIRECTORY },
        { .name = "to_nothing", .kind = HOST_KIND_LINK_TO_NOTHING },
        { .name = "to_itself", .kind = HOST_KIND_LINK_TO_NOTHING },
        { .name = "pipe", .kind = HOST_KIND_OTHER },
    };

    link_to( "file", "to_file" );
    link_to( "to_file", "to_link" );
    link_to( "folder", "to_folder" );
    link_to( "nothing", "to_nothing" );
    link_to( "to_itself", "to_itself" );
    ok( !mknod( "pipe", S_IFIFO | 0600, 0 ) );
    for (size_t i = 0; i < sizeof( rows ) / sizeof( rows[0] ); i++)
    {
        struct host_link link = call( HOST_CALL_LINK_LOOK, rows[i].name, NULL, 0 );
        if (link.status || link.kind != rows[i].kind) printf( "# %s: %d\n", rows[i].name, (int)link.kind );
        ok( !link.status && link.kind == rows[i].kind );
    }
    ok( call( HOST_CALL_LINK_LOOK, "nothing", NULL, 0 ).status == NOT_FOUND );
    ok( call( HOST_CALL_LINK_LOOK, "file/x", NULL, 0 ).status == NO_PATH );
    ok( call( HOST_CALL_LINK_LOOK, "folder/", NULL, 0 ).status == BAD_NAME );
}

static void test_copy( void )
{
    struct timespec times[2] = { { 1, 2 }, { 1000000000, 123456789 } };
    struct stat stat;
    char longest[4096];

    link_to( "file", "link" );
    utimensat( AT_FDCWD, "link", times, AT_SYMLINK_NOFOLLOW );
    ok( !copy( "link", "new", HOST_LINK_CREATE_ONLY ) && leads_to( "new", "file" ) );
    ok( !lstat( "new", &stat ) && stat.st_mtim.tv_sec == 1000000000 && stat.st_mtim.tv_nsec == 123456789 );
    ok( !copy( "link", "folder/new", 0 ) && leads_to( "folder/new", "file" ) );
    memset( longest, 'x', 4095 );
    for (int i = 200; i < 4095; i += 200) longest[i] = '/';
    longest[4095] = 0;
    link_to( longest, "long" );
    ok( !copy( "long", "new_long", 0 ) && leads_to( "new_long", longest ) );
    ok( copy( "missing", "x", 0 ) == NOT_FOUND );
    ok( copy( "file", "x", 0 ) == BAD_NAME );
    ok( copy( "link", "missing/x", 0 ) == NOT_FOUND );
    ok( holds( "file", "content" ) );
}

static void test_replace( void )
{
    struct timespec times[2] = { { 1, 2 }, { 1000000000, 0 } };
    struct stat stat;

    link_to( "file", "link" );
    utimensat( AT_FDCWD, "link", times, AT_SYMLINK_NOFOLLOW );
    write_file( "old", "old" );
    link_to( "old", "there" );
    ok( copy( "link", "there", HOST_LINK_CREATE_ONLY ) == COLLISION && leads_to( "there", "old" ) );
    ok( !copy( "link", "there", 0 ) && leads_to( "there", "file" ) && holds( "old", "old" ) );
    ok( !lstat( "there", &stat ) && stat.st_mtim.tv_sec == 1000000000 );
    ok( copy( "link", "old", HOST_LINK_CREATE_ONLY ) == COLLISION && holds( "old", "old" ) );
    ok( !copy( "link", "old", 0 ) && leads_to( "old", "file" ) );
    ok( copy( "link", "folder", 0 ) == IS_DIRECTORY );
    ok( copy( "link", "link", 0 ) == SHARING && leads_to( "link", "file" ) );
    ok( copy( "link", "file", 0 ) == SHARING && holds( "file", "content" ) );
    ok( !mknod( "pipe", S_IFIFO | 0600, 0 ) && copy( "link", "pipe", 0 ) == NO_ACCESS );
}

static void test_remove( void )
{
    link_to( "file", "link" );
    ok( !call( HOST_CALL_LINK_REMOVE, "link", NULL, 0 ).status && access( "link", F_OK ) &&
        holds( "file", "content" ) );
    ok( !call( HOST_CALL_LINK_REMOVE, "link", NULL, 0 ).status );
    ok( !call( HOST_CALL_LINK_REMOVE, "file", NULL, 0 ).status && holds( "file", "content" ) );
    ok( !call( HOST_CALL_LINK_REMOVE, "folder", NULL, 0 ).status && !access( "folder", F_OK ) );
}

static void test_compare( void )
{
    struct host_link link;
    char path[8192];

    link_to( "file", "link" );
    write_file( "other", "other" );
    for (int i = 0; i < 4; i++)
    {
        static const char *const names[] = { "file", "link", "other", "nothing" };

        link = ( struct host_link ){ .path = path_of( path, names[i] ), .file = open( "file", O_RDONLY ) };
        ok( !__wine_unix_call_funcs[HOST_CALL_LINK_COMPARE]( &link ) );
        ok( i ? link.status != 0 : !link.status && link.kind == HOST_KIND_FILE );
    }
}

static volatile bool over;

/* Puts a link to the victim, nothing, and a file by turns where the copy is to be. */
static void *swap( void *arg )
{
    (void)arg;
    while (!over)
    {
        symlink( "victim", "swapped" );
        rename( "swapped", "there" );
        unlink( "there" );
        close( open( "swapped", O_CREAT | O_WRONLY, 0600 ) );
        rename( "swapped", "there" );
    }
    return NULL;
}

static void test_race( void )
{
    struct stat before, after;
    struct timespec moment = { .tv_nsec = 20000000 };
    pthread_t thread;

    link_to( "file", "link" );
    write_file( "victim", "victim" );
    nanosleep( &moment, NULL );
    ok( !stat( "victim", &before ) );
    over = false;
    if (pthread_create( &thread, NULL, swap, NULL )) abort();
    for (int i = 0; i < 3000; i++)
    {
        copy( "link", "there", i & 1 ? HOST_LINK_CREATE_ONLY : 0 );
        call( HOST_CALL_LINK_REMOVE, "there", NULL, 0 );
    }
    over = true;
    pthread_join( thread, NULL );
    ok( holds( "victim", "victim" ) && holds( "file", "content" ) && leads_to( "link", "file" ) );
    ok( !stat( "victim", &after ) && before.st_mtim.tv_sec == after.st_mtim.tv_sec &&
        before.st_mtim.tv_nsec == after.st_mtim.tv_nsec );
}

static void test_directory_metadata( void )
{
    int source = open( "folder", O_RDONLY ), destination;
    struct host_metadata metadata;
    struct stat stat;
    char value[8];

    ok( !mkdir( "copy", 0755 ) && !fchmod( source, 0777 ) );
    destination = open( "copy", O_RDONLY );
    metadata = ( struct host_metadata ){ .source = source, .destination = destination };
    if (!fsetxattr( source, "user.note", "hello", 5, 0 ))
    {
        host_metadata( &metadata );
        ok( fgetxattr( destination, "user.note", value, sizeof( value ) ) == 5 && !memcmp( value, "hello", 5 ) );
    }
    ok( !fstat( destination, &stat ) && ( stat.st_mode & 0777 ) == 0755 );
    close( source );
    close( destination );
}

static void prepare( void )
{
    if (mkdir( "folder", 0700 )) abort();
    write_file( "file", "content" );
}

int main( void )
{
    static const struct host_case all[] = {
        { .name = "what a link leads to", .run = test_kinds },
        { .name = "a link is copied as it is", .run = test_copy },
        { .name = "what is there is replaced, or not", .run = test_replace },
        { .name = "a link is taken away, nothing else", .run = test_remove },
        { .name = "an open file is told from a link to it", .run = test_compare },
        { .name = "nobody leads a copy astray in between", .run = test_race },
        { .name = "a directory keeps its attributes", .run = test_directory_metadata },
    };

    return run_in_folders( all, sizeof( all ) / sizeof( all[0] ), prepare );
}
