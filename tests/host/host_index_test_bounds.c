/* SPDX-License-Identifier: MIT */

/* The directory index with more directories, and more names, than it keeps. */

#include "host_index_test.h"

/* More directories than are kept: the ones before are read again, and nothing is lost. */
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

/* The bound of a directory, and of all: names of 250 bytes. */
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
