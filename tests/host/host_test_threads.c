/* SPDX-License-Identifier: MIT */

/* Several threads move one large file. */

#include "host_test.h"

#include <dirent.h>
#include <pthread.h>
#include <sched.h>

#undef pthread_create

#define LARGE   ( 9 * 1024 * 1024 + 12345 )
#define ENDLESS ( (off_t)1 << 40 )
#define PIECES  ( LARGE / PIECE + 1 )

static char large[LARGE], found[LARGE + 1];

static uint32_t expected_threads( void )
{
    cpu_set_t allowed;

    ok( !sched_getaffinity( 0, sizeof( allowed ), &allowed ) );
    if (CPU_COUNT( &allowed ) < 2) return 0;
    return CPU_COUNT( &allowed ) < 4 ? (uint32_t)CPU_COUNT( &allowed ) : 4;
}

static void make_large( void )
{
    for (size_t i = 0; i < LARGE; i++) large[i] = (char)( i * 7919 >> 5 );
    ok( pwrite( source, large, LARGE, 0 ) == LARGE && !ftruncate( destination, 0 ) );
}

static bool begins_alike( uint64_t size )
{
    return pread( destination, found, sizeof( found ), 0 ) >= (ssize_t)size && !memcmp( found, large, size );
}

static struct host_move copy( uint64_t offset, uint64_t length )
{
    return call( HOST_CALL_READ_WRITE, offset, length, HOST_MOVE_KEEP_HOLES );
}

void test_threads( void )
{
    struct host_move move;

    make_large();
    move = copy( 0, LARGE );
    ok( move.result == HOST_DONE && move.moved == LARGE && move.threads == expected_threads() );
    ok( begins_alike( LARGE ) && size_of( destination ) == LARGE );
    ok( !ftruncate( destination, 1000000 ) );
    move = copy( 1000000, LARGE - 1000000 );
    ok( move.result == HOST_DONE && move.moved == LARGE - 1000000 && begins_alike( LARGE ) );
    /* one thread moves a small range */
    ok( !copy( 0, 1000000 ).threads );
}

void test_threads_short( void )
{
    struct host_move move;

    make_large();
    move = copy( 0, LARGE + 3 * PIECE );
    ok( move.result == HOST_DONE && move.moved == LARGE && begins_alike( LARGE ) );
    ok( size_of( destination ) == LARGE );
}

/* The bytes that count as moved are an unbroken beginning, whichever call fails, and whichever thread makes it. */
void test_threads_failures( void )
{
    make_large();
    for (int at = 1; at <= PIECES; at += 7)
    {
        struct host_move move;

        ok( !ftruncate( destination, 0 ) );
        fake_plans[FAKE_PREAD] = ( struct fake_plan ){ .at = at, .err = EIO };
        move = copy( 0, LARGE );
        ok( move.result == HOST_READ_FAILED && move.err == EIO && move.status == DEVICE );
        ok( move.moved < LARGE && move.moved % PIECE == 0 && begins_alike( move.moved ) );
        fake_plans[FAKE_PREAD].at = 0;

        ok( !ftruncate( destination, 0 ) );
        fake_plans[FAKE_PWRITE] = ( struct fake_plan ){ .at = at, .err = ENOSPC };
        move = copy( 0, LARGE );
        ok( move.result == HOST_WRITE_FAILED && move.err == ENOSPC && move.status == DISK_FULL );
        ok( move.moved < LARGE && move.moved % PIECE == 0 && begins_alike( move.moved ) );
        fake_plans[FAKE_PWRITE].at = 0;
    }
}

/* The last page is written last, and until then the file is shorter than its source. */
void test_threads_last( void )
{
    struct host_move move;

    if (!expected_threads()) return;
    make_large();
    fake_plans[FAKE_PWRITE] = ( struct fake_plan ){ .at = PIECES + 1, .err = ENOSPC };
    move = copy( 0, LARGE );
    ok( move.result == HOST_WRITE_FAILED && move.moved == LARGE - LARGE % 4096 && begins_alike( move.moved ) );
    ok( size_of( destination ) == (off_t)move.moved );
    fake_plans[FAKE_PWRITE].at = 0;
    ok( copy( move.moved, LARGE - move.moved ).result == HOST_DONE && begins_alike( LARGE ) );
}

static int32_t cancel;

static void set_cancel( void )
{
    __atomic_store_n( &cancel, 1, __ATOMIC_RELAXED );
}

/* The source is nearly endless, so that only the cancel ends the move, however slow the machine is. */
void test_threads_cancel( void )
{
    struct host_move move = move_of( 0, ENDLESS, 0 );

    ok( !ftruncate( source, ENDLESS ) );
    cancel = 0;
    move.cancel = (uintptr_t)&cancel;
    fake_plans[FAKE_PWRITE].before = set_cancel;
    read_write( &move );
    ok( move.result == HOST_CANCELED && move.moved % PIECE == 0 && (off_t)move.moved <= size_of( destination ) );
}

void test_threads_few( void )
{
    cpu_set_t all, one;
    struct host_move move;

    make_large();
    fake_plans[FAKE_THREAD] = ( struct fake_plan ){ .at = 1, .err = EAGAIN };
    move = copy( 0, LARGE );
    ok( move.result == HOST_DONE && move.moved == LARGE && !move.threads && begins_alike( LARGE ) );

    ok( !sched_getaffinity( 0, sizeof( all ), &all ) );
    CPU_ZERO( &one );
    for (int i = 0; i < CPU_SETSIZE && !CPU_COUNT( &one ); i++)
        if (CPU_ISSET( i, &all )) CPU_SET( i, &one );
    ok( !ftruncate( destination, 0 ) && !sched_setaffinity( 0, sizeof( one ), &one ) );
    move = copy( 0, LARGE );
    ok( move.result == HOST_DONE && move.moved == LARGE && !move.threads && begins_alike( LARGE ) );
    ok( !sched_setaffinity( 0, sizeof( all ), &all ) );
}

static int threads_now( void )
{
    DIR *folder = opendir( "/proc/self/task" );
    int count = -2;

    while (folder && readdir( folder )) count++;
    closedir( folder );
    return count;
}

static void *copy_and_die( void *context )
{
    struct host_move move = move_of( 0, ENDLESS, 0 );

    (void)context;
    read_write( &move );
    not_ok( "the copy has an end", __LINE__ );
    return NULL;
}

/* The caller is ended in the middle of a source that is nearly endless. */
void test_threads_dead( void )
{
    int before = threads_now();
    pthread_t caller;

    ok( !ftruncate( source, ENDLESS ) );
    fake_plans[FAKE_PWRITE].calls = 0;
    ok( !pthread_create( &caller, NULL, copy_and_die, NULL ) );
    for (int i = 0; i < 10000 && __atomic_load_n( &fake_plans[FAKE_PWRITE].calls, __ATOMIC_RELAXED ) < 100; i++)
        usleep( 1000 );
    ok( !pthread_cancel( caller ) && !pthread_join( caller, NULL ) );
    for (int i = 0; i < 1000 && threads_now() > before; i++) usleep( 10000 );
    ok( threads_now() == before );
}
