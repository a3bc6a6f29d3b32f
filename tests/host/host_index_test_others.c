/* SPDX-License-Identifier: MIT */

/* The directory index while other threads and processes change the directory. */

#include "host_index_test.h"

#include <pthread.h>
#include <sys/wait.h>

/* Readers of a directory in which another process renames one file all the time, between spellings and away: at
 * every moment it is there as FOO or as bar, so both cannot be new. */
static void *ask_always( void *context )
{
    for (int i = 0; i < 300; i++)
    {
        (void)context;
        ok( !is_new( "d", "foo" ) );
        ok( is_new( "d", "other" ) );
    }
    return NULL;
}

void test_threads( void )
{
    pthread_t threads[8];
    pid_t child;

    touch( "d/FOO" );
    child = fork();
    if (!child)
    {
        for (;;)
        {
            touch( "d/Foo" );
            unlink( "d/FOO" );
            touch( "d/FOO" );
            unlink( "d/Foo" );
        }
    }
    for (int i = 0; i < 8; i++) pthread_create( &threads[i], NULL, ask_always, NULL );
    for (int i = 0; i < 8; i++) pthread_join( threads[i], NULL );
    kill( child, SIGKILL );
    waitpid( child, NULL, 0 );
}

/* Random changes by another process, in lockstep; the truth is what a look through the directory says. */
static bool truth( const char *letters )
{
    DIR *stream = opendir( "d" );
    struct dirent *entry;
    bool found = false;

    while (!found && ( entry = readdir( stream ) )) found = !strcasecmp( entry->d_name, letters );
    closedir( stream );
    return !found;
}

static void random_change( void )
{
    static const char *const names[] = { "aa", "aA", "Aa", "AA", "bb", "Bb", "bB", "BB" };
    char one[8], other[8];

    snprintf( one, sizeof( one ), "d/%s", names[rand() % 8] );
    snprintf( other, sizeof( other ), "d/%s", names[rand() % 8] );
    switch (rand() % 6)
    {
    case 0: close( open( one, O_WRONLY | O_CREAT, 0644 ) ); break; /* what is a directory by now stays one */
    case 1:
    case 2: remove( one ); break;
    case 3: rename( one, other ); break;
    case 4: mkdir( one, 0755 ); break;
    case 5: link( one, other ); break;
    }
}

void test_random( void )
{
    srand( 4711 );
    for (int i = 0; i < 20000; i++)
    {
        for (int changes = rand() % 4; changes; changes--) random_change();
        ok( is_new( "d", "aa" ) == truth( "aa" ) && is_new( "d", "bB" ) == truth( "bb" ) );
        if (failed) break;
        if (i % 5000 == 4999) shell( "rm -r d; mkdir d" );
    }
}
