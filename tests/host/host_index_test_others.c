/* SPDX-License-Identifier: MIT */

/* Other threads and processes change a directory while the index is asked about it. */

#include "host_index_test.h"
#include "unix/lock.h"

#include <pthread.h>
#include <sys/wait.h>

/* Another process makes and deletes the files FOO and Foo by turns, so that at every moment one of them is there. So
 * the name foo is never new, and the name other always is. */
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

/* Answers whether the name is new, by a look through the directory. After random changes the index has to answer the
 * same. */
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

/* ---- while a directory is read ----------------------------------------------------------------------------------- */

static void *ask_other( void *context )
{
    *(uint32_t *)context = result_of( "other", "a" );
    return NULL;
}

/* While one thread reads a directory, another thread gets its answer about another directory. */
static void ask_meanwhile( void )
{
    pthread_t thread;
    struct timespec end;
    uint32_t result = 77;

    clock_gettime( CLOCK_REALTIME, &end );
    end.tv_sec += 5;
    pthread_create( &thread, NULL, ask_other, &result );
    ok( !pthread_timedjoin_np( thread, NULL, &end ) && result == HOST_NAME_NEW );
}

/* A file goes that the reader has seen, and one comes that it will not see. The thread that asks meanwhile hears of
 * both. */
static void change_meanwhile( void )
{
    static int entries;

    if (++entries < 5) fake_plans[FAKE_READDIR].before = change_meanwhile;
    else
    {
        unlink( "d/Gone" );
        touch( "d/Came" );
        touch( "d/Both" );
        unlink( "d/Both" );
        unlink( "d/Again" );
        touch( "d/AGAIN" );
        ask_meanwhile();
    }
}

void test_reading( void )
{
    mkdir( "other", 0755 );
    touch( "d/Gone" );
    touch( "d/Again" );
    fake_plans[FAKE_READDIR].before = change_meanwhile;
    ok( is_new( "d", "gone" ) );
    ok( is_spelled_otherwise( "d", "came" ) && is_new( "d", "both" ) && is_spelled_otherwise( "d", "again" ) );
    ok( !fake_plans[FAKE_READDIR].before );
}

/* ---- the lock ---------------------------------------------------------------------------------------------------- */

static void *die_with_lock( void *lock )
{
    bool is_in_disorder;

    ok( host_lock_take( lock, &is_in_disorder ) );
    return NULL;
}

/* A thread that ends while it holds the lock does not keep it, and the next owner learns of the disorder. */
void test_lock( void )
{
    static struct host_lock lock;
    bool is_in_disorder = true;
    pthread_t thread;

    ok( !host_lock_take( &lock, &is_in_disorder ) && !is_in_disorder );
    host_lock_make( &lock );
    ok( host_lock_take( &lock, &is_in_disorder ) && !is_in_disorder );
    ok( !host_lock_try( &lock, &is_in_disorder ) && !is_in_disorder );
    host_lock_give( &lock );
    pthread_create( &thread, NULL, die_with_lock, &lock );
    pthread_join( thread, NULL );
    ok( host_lock_take( &lock, &is_in_disorder ) && is_in_disorder );
    host_lock_give( &lock );
    ok( host_lock_try( &lock, &is_in_disorder ) && !is_in_disorder );
    host_lock_give( &lock );
}
