/* SPDX-License-Identifier: MIT */

/* The cases claim which files have named streams, and how the streams fare that Samba keeps as attributes. */

#include "host_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>

#define STREAM "user.DosStream.one:$DATA"

static void make( const char *name )
{
    int file = open( name, O_CREAT | O_WRONLY, 0644 );

    ok( file != -1 && !close( file ) );
}

/* Empties the directory, too. */
static void make_directory( const char *name )
{
    char command[600];

    snprintf( command, sizeof( command ), "rm -rf '%s'; mkdir '%s'", name, name );
    ok( !system( command ) );
}

/* Waits until the last change of the directory is old enough for its time to be relied on. */
static void grow_old( void )
{
    usleep( 60000 );
}

static bool is_local( void )
{
    struct host_streams streams = { .path = (uintptr_t)"./local/file", .file = source };
    int before;

    make_directory( "local" );
    grow_old();
    host_streams( &streams );
    before = fake_plans[FAKE_OPENDIR].calls;
    host_streams( &streams );
    return fake_plans[FAKE_OPENDIR].calls == before;
}

void test_siblings( void )
{
    make_directory( "d" );
    make( "d/a.txt" );
    ok( !host_may_have_siblings( "./d/a.txt" ) );
    make( "d/a.txt:strm" );
    make( "d/B:" );
    ok( host_may_have_siblings( "./d/a.txt" ) );
    ok( host_may_have_siblings( "./d/A.Txt" ) );
    ok( !host_may_have_siblings( "./d/a.tx" ) );
    ok( !host_may_have_siblings( "./d/a.txtt" ) );
    ok( !host_may_have_siblings( "./d/strm" ) );
    ok( host_may_have_siblings( "./d/b" ) );
    /* beyond ASCII the host half cannot say which names are one to Wine, so it says that there may be streams */
    ok( host_may_have_siblings( "./d/\xc3\xa4" ) );
    make( "d/\xc3\xa4:strm" );
    ok( host_may_have_siblings( "./d/x" ) );
    ok( host_may_have_siblings( "no slash" ) );
}

void test_siblings_known( void )
{
    if (!is_local()) return;
    make_directory( "d" );
    make( "d/other:strm" );
    grow_old();
    ok( !host_may_have_siblings( "./d/a" ) );
    fake_plans[FAKE_OPENDIR].calls = 0;
    ok( !host_may_have_siblings( "./d/a" ) && !host_may_have_siblings( "./d/b" ) &&
        host_may_have_siblings( "./d/OTHER" ) );
    ok( fake_plans[FAKE_OPENDIR].calls == 0 );

    /* each change is seen, at once and after any time */
    make( "d/a:strm" );
    ok( host_may_have_siblings( "./d/a" ) );
    grow_old();
    ok( host_may_have_siblings( "./d/a" ) );
    ok( !rename( "d/a:strm", "d/b:strm" ) );
    ok( !host_may_have_siblings( "./d/a" ) && host_may_have_siblings( "./d/b" ) );
    ok( !unlink( "d/b:strm" ) );
    ok( !host_may_have_siblings( "./d/b" ) );
    grow_old();
    ok( !host_may_have_siblings( "./d/b" ) );

    /* another directory takes the name */
    ok( !rename( "d", "e" ) );
    make_directory( "d" );
    make( "d/b:strm" );
    ok( host_may_have_siblings( "./d/b" ) && !host_may_have_siblings( "./e/b" ) );
}

/* These directories may not be remembered: one that changes faster than its time of change can tell, one on another
 * machine, one that failed once. */
void test_siblings_unknown( void )
{
    make_directory( "d" );
    for (int i = 0; i < 200; i++)
    {
        ok( !host_may_have_siblings( "./d/a" ) );
        make( "d/a:strm" );
        ok( host_may_have_siblings( "./d/a" ) );
        ok( !unlink( "d/a:strm" ) );
    }

    grow_old();
    fake_file_system = 0x6969;
    ok( !host_may_have_siblings( "./d/a" ) );
    fake_plans[FAKE_OPENDIR].calls = 0;
    ok( !host_may_have_siblings( "./d/a" ) );
    ok( fake_plans[FAKE_OPENDIR].calls == 1 );
    fake_file_system = 0;

    fake_plans[FAKE_READDIR] = ( struct fake_plan ){ .at = 2, .err = EIO };
    ok( host_may_have_siblings( "./d/a" ) );
    ok( !host_may_have_siblings( "./d/a" ) );
}

void test_siblings_many( void )
{
    char name[256];

    for (int i = 0; i < 20; i++)
    {
        snprintf( name, sizeof( name ), "many%d", i );
        make_directory( name );
        snprintf( name, sizeof( name ), "many%d/file%d:strm", i, i );
        make( name );
    }
    make_directory( "d" );
    for (int i = 0; i < 1000; i++)
    {
        snprintf( name, sizeof( name ),
                  "d/a name of quite some length, so that there are soon too many bytes of them, %d:strm", i );
        make( name );
    }
    grow_old();
    for (int round = 0; round < 3; round++)
    {
        for (int i = 0; i < 20; i++)
        {
            snprintf( name, sizeof( name ), "./many%d/file%d", i, i );
            ok( host_may_have_siblings( name ) );
            snprintf( name, sizeof( name ), "./many%d/file%d", i, i + 1 );
            ok( !host_may_have_siblings( name ) );
        }
        ok( !host_may_have_siblings( "./d/none" ) );
        ok( host_may_have_siblings(
            "./d/a name of quite some length, so that there are soon too many bytes of them, 999" ) );
    }
    ok( !system( "rm -rf many* d e local" ) );
}

/* When a directory cannot be read, Wine is asked, which has its own rules for that. */
void test_siblings_unreadable( void )
{
    make_directory( "d" );
    fake_plans[FAKE_OPENDIR] = ( struct fake_plan ){ .at = 1, .err = EACCES };
    ok( host_may_have_siblings( "./d/a" ) );
    ok( host_may_have_siblings( "./no such directory/a" ) );
    ok( !host_may_have_siblings( "./d/a" ) );
}

static struct host_attribute_copy copy_attribute( const char *name, uint64_t length )
{
    struct host_attribute_copy copy = { .name = (uintptr_t)name,
                                        .length = length,
                                        .moved = 77,
                                        .source = dup( source ),
                                        .destination = dup( destination ) };

    ok( !__wine_unix_call_funcs[HOST_CALL_ATTRIBUTE_COPY]( &copy ) );
    return copy;
}

static struct host_streams list( int file, uint32_t flags, struct host_attribute *entries, uint32_t room )
{
    struct host_streams streams = {
        .attributes = (uintptr_t)entries, .room = room, .file = dup( file ), .flags = flags
    };

    ok( !__wine_unix_call_funcs[HOST_CALL_STREAMS]( &streams ) );
    return streams;
}

static bool has_attributes( void )
{
    return !fsetxattr( source, STREAM, "first", 5, 0 );
}

void test_attributes( void )
{
    struct host_attribute entries[2] = { 0 };
    struct host_streams streams;
    struct host_attribute_copy copy;
    char value[16];

    if (!has_attributes()) return;
    ok( !fsetxattr( source, "user.DosStream.two:$DATA", "", 0, 0 ) && !fsetxattr( source, "user.note", "x", 1, 0 ) );
    streams = list( source, 0, NULL, 0 );
    ok( streams.count == 2 && streams.siblings == 1 && !streams.takes );
    streams = list( source, 0, entries, 2 );
    ok( streams.count == 2 && entries[0].size + entries[1].size == 5 );
    ok( !strcmp( entries[entries[0].size ? 0 : 1].name, STREAM ) );
    entries[1].size = 77;
    streams = list( source, 0, entries, 1 );
    ok( streams.count == 2 && entries[1].size == 77 );

    copy = copy_attribute( STREAM, 5 );
    ok( copy.result == HOST_DONE && copy.moved == 5 && !copy.status );
    ok( fgetxattr( destination, STREAM, value, 16 ) == 5 && !memcmp( value, "first", 5 ) );
    ok( !fchmod( destination, 0444 ) );
    copy = copy_attribute( STREAM, 0 );
    ok( copy.result == HOST_DONE && !copy.moved && fgetxattr( destination, STREAM, value, 16 ) == 0 );

    streams = list( destination, HOST_STREAMS_OF_DESTINATION, NULL, 0 );
    ok( streams.count == 1 && streams.takes == ( HOST_STREAMS_TAKES_SIBLINGS | HOST_STREAMS_TAKES_ATTRIBUTES ) );
    ok( !fsetxattr( destination, "user.note", "x", 1, 0 ) );
    list( destination, HOST_STREAMS_OF_DESTINATION | HOST_STREAMS_REMOVE, NULL, 0 );
    ok( fgetxattr( destination, STREAM, value, 16 ) == -1 && fgetxattr( destination, "user.note", value, 16 ) == 1 );

    fake_file_system = 0x4d44;
    streams = list( destination, HOST_STREAMS_OF_DESTINATION, NULL, 0 );
    ok( streams.takes == HOST_STREAMS_TAKES_ATTRIBUTES );
}

void test_attribute_failures( void )
{
    struct host_attribute_copy copy;
    char value[16], *large = calloc( 1, 60000 );

    if (!has_attributes()) return;
    /* it has grown, or shrunk, since it was listed */
    copy = copy_attribute( STREAM, 3 );
    ok( copy.result == HOST_DONE && copy.moved == 3 && fgetxattr( destination, STREAM, value, 16 ) == 3 );
    copy = copy_attribute( STREAM, 9 );
    ok( copy.result == HOST_DONE && copy.moved == 5 && fgetxattr( destination, STREAM, value, 16 ) == 5 );
    copy = copy_attribute( "user.DosStream.none:$DATA", 9 );
    ok( copy.result == HOST_READ_FAILED && copy.err == ENODATA && copy.status && !copy.moved );

    /* no room for it: on ext4 a block is all the room there is */
    copy = copy_attribute( "trusted.", 0 );
    ok( copy.result == HOST_WRITE_FAILED && copy.err && copy.status && !copy.moved );
    if (!fsetxattr( source, STREAM, large, 60000, 0 ))
    {
        int null = open( "/dev/null", O_RDWR ), kept = destination;

        destination = null;
        copy = copy_attribute( STREAM, 60000 );
        destination = kept;
        ok( copy.result == HOST_WRITE_FAILED && copy.err && copy.status );
        close( null );
    }
    free( large );
}
