/* SPDX-License-Identifier: MIT */

/* This program loads and unloads the host half again and again, and nothing of it may stay. The program speaks the Test
 * Anything Protocol, and takes the path of a copyfile2.so that is built with host_fakes.c, which stands for Wine. */

#include "unix/unixlib.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#define LOADS 300 /* a user has 128 instances of inotify */

typedef int32_t ( *unix_function )( void *params );

static int open_files( void )
{
    int count = 0;

    for (int file = 0; file < 1000; file++) count += fcntl( file, F_GETFD ) != -1;
    return count;
}

/* True when the library, which is loaded for this call, knows that the name is new. */
static bool asks( const char *path )
{
    uint16_t letters[] = { 'n', 'e', 'w' };
    struct host_name wanted = { .directory = (uintptr_t)".", .name = (uintptr_t)letters, .length = 3 };
    struct host_streams streams = { .path = (uintptr_t)"./none", .file = open( ".", O_RDONLY ) };
    void *library = dlopen( path, RTLD_NOW );
    const unix_function *functions = library ? dlsym( library, "__wine_unix_call_funcs" ) : NULL;

    if (!functions) return false;
    functions[HOST_CALL_NAME]( &wanted );
    functions[HOST_CALL_STREAMS]( &streams );
    return !dlclose( library ) && !dlopen( path, RTLD_NOW | RTLD_NOLOAD ) && wanted.result == HOST_NAME_NEW;
}

int main( int argc, char **argv )
{
    int good = 0, files = 0;
    size_t memory = 0;

    for (int i = 0; i < LOADS && argc == 2; i++)
    {
        good += asks( argv[1] );
        if (i != 9) continue;
        files = open_files();
        memory = mallinfo2().uordblks;
    }
    printf( "%s 1 - the index serves in each of %d loads\n", good == LOADS ? "ok" : "not ok", LOADS );
    printf( "%s 2 - no file stays open\n", open_files() == files ? "ok" : "not ok" );
    printf( "%s 3 - no memory stays\n", mallinfo2().uordblks < memory + 65536 ? "ok" : "not ok" );
    printf( "1..3\n" );
    return 0;
}
