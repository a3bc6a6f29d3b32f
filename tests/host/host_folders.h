/* SPDX-License-Identifier: MIT */

/* A native test of the host half runs each case in a folder of its own. The program speaks the Test Anything
 * Protocol. */

#ifndef COPYFILE2_TEST_HOST_FOLDERS_H
#define COPYFILE2_TEST_HOST_FOLDERS_H

#include "unix/host.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

typedef int32_t ( *unix_function )( void *params );
extern const unix_function __wine_unix_call_funcs[];

struct host_case
{
    const char *name;
    void ( *run )( void );
};

static bool failed;
static char here[4096];

#define ok( condition ) ( ( condition ) ? (void)0 : not_ok( #condition, __LINE__ ) )
static void not_ok( const char *condition, int line )
{
    printf( "# line %d: %s\n", line, condition );
    failed = true;
}

static int open_files( void )
{
    int count = 0;

    for (int file = 0; file < 1000; file++) count += fcntl( file, F_GETFD ) != -1;
    return count;
}

static void run_in_folder( const struct host_case *one, int number, void ( *prepare )( void ) )
{
    char command[64], *folder = command + sizeof( "rm -rf" );
    int files;

    snprintf( command, sizeof( command ), "rm -rf %d", number );
    if (system( command ) || mkdir( folder, 0700 ) || chdir( folder ) || !getcwd( here, sizeof( here ) )) abort();
    prepare();
    files = open_files();
    one->run();
    ok( open_files() == files );
    if (chdir( ".." )) abort();
    printf( "%s %d - %s\n", failed ? "not ok" : "ok", number, one->name );
    failed = false;
}

static inline int run_in_folders( const struct host_case *all, int count, void ( *prepare )( void ) )
{
    for (int i = 0; i < count; i++) run_in_folder( all + i, i + 1, prepare );
    printf( "1..%d\n", count );
    return 0;
}

#endif
