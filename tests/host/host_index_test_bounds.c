/* SPDX-License-Identifier: MIT */

/* The directory index is asked about more directories, and more names, than it keeps. */

#include "host_index_test.h"

/* When there are more directories than the index keeps, the earlier ones are read again, and nothing is lost. */
void test_many_directories( void )
{
    char path[64];

    mkdir( "many", 0755 );
    for (int i = 0; i < 300; i++)
    {
        snprintf( path, sizeof( path ), "many/%d", i );
        mkdir( path, 0755 );
        ok( is_new( path, "a" ) );
        strcat( path, "/A" );
        touch( path );
    }
    for (int i = 0; i < 300; i++)
    {
        snprintf( path, sizeof( path ), "many/%d", i );
        ok( is_spelled_otherwise( path, "a" ) && is_new( path, "b" ) );
    }
}

/* Names of 250 bytes reach the bound of one directory, and of all. */
void test_memory( void )
{
    char path[300], name[260];

    mkdir( "many", 0755 );
    for (int i = 0; i < 70000; i++)
    {
        memset( name, 'n', sizeof( name ) );
        snprintf( name + 240, 20, "%d", i );
        snprintf( path, sizeof( path ), "many/%s", name );
        touch( path );
    }
    ok( is_refused( "many", "a", HOST_NAME_WHY_LARGE, 0 ) );
    ok( is_new( "d", "a" ) );
    ok( is_refused( "many", "b", HOST_NAME_WHY_LARGE, 0 ) );
}

/* Answers how many directories this process watches. */
static int watches( void )
{
    char path[64], line[256];
    int count = 0;

    for (int file = 0; file < 100; file++)
    {
        FILE *info;

        snprintf( path, sizeof( path ), "/proc/self/fdinfo/%d", file );
        info = fopen( path, "r" );
        while (info && fgets( line, sizeof( line ), info )) count += !strncmp( line, "inotify ", 8 );
        if (info) fclose( info );
    }
    return count;
}

/* A watch keeps a deleted subvolume alive, so the watch of a directory that nobody asks about ends at the next call. */
void test_idle( void )
{
    mkdir( "other", 0755 );
    ok( is_new( "d", "a" ) && is_new( "other", "a" ) );
    fake_seconds = 1000;
    ok( is_new( "d", "a" ) && watches() == 1 );
    ok( is_new( "other", "a" ) && watches() == 2 );
    fake_seconds += 50;
    ok( is_new( "d", "a" ) && watches() == 2 );
    fake_seconds += 50;
    ok( is_new( "d", "a" ) && watches() == 1 );
}
