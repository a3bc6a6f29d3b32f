/* SPDX-License-Identifier: MIT */

/* A large file is moved chunk by chunk, and helpers go ahead of the calls. */

#include "host_test.h"

#include <dirent.h>
#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>

#undef pthread_create

#define LARGE   ( 9 * 1024 * 1024 + 12345 )
#define CHUNK   ( PIECE - 4096 )
#define WINDOW  ( 16 * 1024 * 1024 ) /* as in ahead.c */
#define ENDLESS ( (off_t)1 << 40 )

static char large[LARGE], found[LARGE + 1];

/* The state of the helpers lasts from one call to the next. */
struct copy
{
    uint64_t done, ahead, ahead_end;
    struct host_move last;
};

static bool has_helpers( void )
{
    cpu_set_t allowed;

    return !sched_getaffinity( 0, sizeof( allowed ), &allowed ) && CPU_COUNT( &allowed ) > 1;
}

static struct copy begin( void )
{
    for (size_t i = 0; i < LARGE; i++) large[i] = (char)( i * 7919 >> 5 );
    ok( pwrite( source, large, LARGE, 0 ) == LARGE && !ftruncate( source, LARGE ) && !ftruncate( destination, 0 ) );
    return ( struct copy ){ .ahead_end = LARGE };
}

/* Moves the next chunk, as the engine does. True means that the copy goes on. */
static bool next( struct copy *copy, uint64_t length, uint32_t flags )
{
    struct host_move move = move_of( copy->done, length, flags );

    move.ahead = copy->ahead;
    move.ahead_end = copy->ahead_end;
    move.source = dup( source );
    move.destination = dup( destination );
    ok( !__wine_unix_call_funcs[HOST_CALL_READ_WRITE]( &move ) );
    copy->ahead = move.ahead;
    copy->ahead_end = move.ahead_end;
    copy->done += move.moved;
    copy->last = move;
    return move.result == HOST_DONE && move.moved == length;
}

static void end( struct copy *copy )
{
    struct host_ahead ahead = { .ahead = copy->ahead };

    __wine_unix_call_funcs[HOST_CALL_AHEAD_END]( &ahead );
    copy->ahead = 0;
}

static bool is_there( const struct host_move *move )
{
    return pread( destination, found, move->moved, (off_t)move->offset ) == (ssize_t)move->moved &&
           !memcmp( found, large + move->offset, move->moved );
}

/* Moves the rest. Each chunk has to be there when its call ends. */
static void copy_to_end( struct copy *copy, uint32_t flags )
{
    while (copy->done < LARGE && next( copy, LARGE - copy->done < CHUNK ? LARGE - copy->done : CHUNK, flags ))
        if (!is_there( &copy->last )) not_ok( "the chunk is there", __LINE__ );
}

static bool begins_alike( uint64_t size )
{
    return pread( destination, found, sizeof( found ), 0 ) >= (ssize_t)size && !memcmp( found, large, size );
}

static bool is_whole( const struct copy *copy )
{
    return copy->last.result == HOST_DONE && copy->done == LARGE && size_of( destination ) == LARGE &&
           begins_alike( LARGE );
}

static int count_in( const char *path )
{
    DIR *folder = opendir( path );
    int count = -2;

    while (folder && readdir( folder )) count++;
    closedir( folder );
    return count;
}

static bool waits_for( bool ( *is_so )( off_t ), off_t wanted )
{
    for (int i = 0; i < 2000 && !is_so( wanted ); i++) usleep( 10000 );
    return is_so( wanted );
}

static bool has_size( off_t wanted )
{
    return size_of( destination ) >= wanted;
}

static bool has_threads( off_t wanted )
{
    return count_in( "/proc/self/task" ) == (int)wanted;
}

void test_ahead( void )
{
    int threads = count_in( "/proc/self/task" ), files = count_in( "/proc/self/fd" );
    static const uint32_t flags[] = { 0, HOST_MOVE_KEEP_HOLES, HOST_MOVE_UNCACHED };

    for (size_t i = 0; i < sizeof( flags ) / sizeof( flags[0] ); i++)
    {
        struct copy copy = begin();

        ok( next( &copy, CHUNK, flags[i] ) && begins_alike( CHUNK ) );
        ok( !copy.ahead == !has_helpers() );
        if (copy.ahead) ok( copy.last.threads > 1 && waits_for( has_size, LARGE ) );
        copy_to_end( &copy, flags[i] );
        end( &copy );
        ok( is_whole( &copy ) );
        ok( count_in( "/proc/self/task" ) == threads && count_in( "/proc/self/fd" ) == files );
    }
}

/* A helper goes no further ahead than the window. */
void test_ahead_window( void )
{
    struct copy copy = { .ahead_end = ENDLESS };

    ok( !ftruncate( source, ENDLESS ) && next( &copy, CHUNK, 0 ) );
    if (!copy.ahead) return;
    ok( waits_for( has_size, CHUNK + WINDOW ) );
    usleep( 20000 );
    ok( size_of( destination ) <= CHUNK + WINDOW + PIECE );
    for (int i = 0; i < 100; i++) ok( next( &copy, CHUNK, 0 ) );
    ok( waits_for( has_size, 100 * CHUNK + WINDOW / 2 ) );
    end( &copy );
}

static void be_slow( void )
{
    usleep( 200000 );
}

/* When HOST_CALL_AHEAD_END returns, no helper is at work. */
void test_ahead_end( void )
{
    struct copy copy = { .ahead_end = ENDLESS };

    ok( !ftruncate( source, ENDLESS ) && next( &copy, CHUNK, 0 ) );
    fake_plans[FAKE_PWRITE].before = be_slow;
    if (!copy.ahead) return;
    while (__atomic_load_n( &fake_plans[FAKE_PWRITE].before, __ATOMIC_RELAXED )) usleep( 1000 );
    end( &copy );
    ok( !ftruncate( destination, 0 ) );
    usleep( 300000 );
    ok( !size_of( destination ) );
}

/* A call that fails ahead is made again when its chunk is asked for. */
void test_ahead_failures( void )
{
    for (int at = 1; at < LARGE / PIECE; at += 5)
        for (int side = 0; side < 2; side++)
        {
            enum fake fake = side ? FAKE_PWRITE : FAKE_PREAD;
            struct copy copy = begin();

            fake_plans[fake] = ( struct fake_plan ){ .at = at, .err = side ? ENOSPC : EIO };
            next( &copy, CHUNK, 0 );
            usleep( 2000 );
            copy_to_end( &copy, 0 );
            end( &copy );
            ok( copy.ahead_end == 0 || !has_helpers() || fake_plans[fake].at );
            if (has_helpers()) ok( is_whole( &copy ) );
            fake_plans[fake].at = 0;
        }
}

/* Where the failure stays, the chunks before it are moved, and the answers are the same as without helpers. */
void test_ahead_fails_at( void )
{
    struct rlimit before, limit;
    struct copy copy = begin(), alone = { 0 };

    ok( !getrlimit( RLIMIT_FSIZE, &before ) );
    limit = before;
    limit.rlim_cur = 5 * 1024 * 1024 + 1234;
    ok( !setrlimit( RLIMIT_FSIZE, &limit ) );
    next( &copy, CHUNK, 0 );
    if (copy.ahead) ok( waits_for( has_size, (off_t)limit.rlim_cur ) );
    copy_to_end( &copy, 0 );
    ok( !copy.ahead && !copy.ahead_end && begins_alike( copy.done ) );
    copy_to_end( &alone, 0 );
    ok( !setrlimit( RLIMIT_FSIZE, &before ) );
    ok( copy.last.result == HOST_WRITE_FAILED && copy.last.err == EFBIG && copy.last.status == TOO_LARGE );
    ok( copy.done == alone.done && copy.last.moved == alone.last.moved && alone.last.err == EFBIG );
    ok( copy.last.offset == alone.last.offset && copy.done < limit.rlim_cur );
}

void test_ahead_short( void )
{
    struct copy copy = begin();

    copy.ahead_end = LARGE + 5 * PIECE;
    while (next( &copy, CHUNK, 0 )) continue;
    end( &copy );
    ok( is_whole( &copy ) );
}

/* A callback may cut the source, write to it, or put another file behind its handle. */
void test_ahead_changed( void )
{
    struct copy copy = begin();
    int other;

    usleep( 20000 ); /* so that the time of the file moves */
    ok( next( &copy, CHUNK, 0 ) );
    if (copy.ahead) waits_for( has_size, LARGE );
    ok( pwrite( source, "new bytes", 9, 2 * CHUNK ) == 9 );
    memcpy( large + 2 * CHUNK, "new bytes", 9 );
    copy_to_end( &copy, 0 );
    ok( !copy.ahead && is_whole( &copy ) );

    copy = begin();
    ok( next( &copy, CHUNK, 0 ) && !ftruncate( source, 2 * CHUNK + 5 ) );
    copy_to_end( &copy, 0 );
    ok( !copy.ahead && copy.last.result == HOST_DONE && copy.done == 2 * CHUNK + 5 && copy.last.moved == 5 );

    copy = begin();
    ok( next( &copy, CHUNK, 0 ) );
    other = open( "other", O_RDWR | O_CREAT, 0644 );
    ok( pwrite( other, source_bytes, SIZE, 0 ) == SIZE && dup2( other, source ) != -1 && !close( other ) );
    ok( next( &copy, CHUNK, 0 ) && !copy.ahead && !unlink( "other" ) );
    ok( pread( destination, found, CHUNK, CHUNK ) == CHUNK && !memcmp( found, source_bytes + CHUNK, CHUNK ) );
}

static int32_t cancel;

static void set_cancel( void )
{
    __atomic_store_n( &cancel, 1, __ATOMIC_RELAXED );
}

/* After QUIET the rest is moved by one call, and a cancel ends it. */
void test_ahead_cancel( void )
{
    struct copy copy = { .ahead_end = ENDLESS };
    struct host_move move;

    ok( !ftruncate( source, ENDLESS ) && next( &copy, CHUNK, 0 ) );
    move = move_of( copy.done, ENDLESS - copy.done, 0 );
    cancel = 0;
    move.cancel = (uintptr_t)&cancel;
    move.ahead = copy.ahead;
    move.ahead_end = copy.ahead_end;
    fake_plans[FAKE_PWRITE].before = set_cancel;
    read_write( &move );
    ok( move.result == HOST_CANCELED && (off_t)( copy.done + move.moved ) <= size_of( destination ) && !move.ahead );
    ok( move.moved < (uint64_t)1 << 30 );
}

/* No chunk is moved ahead in a small file, on one processor, without threads, or on a file system that may tell changes
 * late. */
void test_ahead_not( void )
{
    struct copy copy = begin();

    copy.ahead_end = 4000000;
    ok( next( &copy, CHUNK, 0 ) && !copy.ahead && !copy.ahead_end && !copy.last.threads );
    ok( size_of( destination ) == CHUNK );
    fake_file_system = NFS;
    copy = begin();
    ok( next( &copy, CHUNK, 0 ) && !copy.ahead && !copy.ahead_end && size_of( destination ) == CHUNK );
    fake_file_system = 0;
    copy = begin();
    fake_plans[FAKE_THREAD] = ( struct fake_plan ){ .at = 1, .err = EAGAIN };
    ok( next( &copy, CHUNK, 0 ) && !copy.ahead && !copy.ahead_end && size_of( destination ) == CHUNK );
    fake_plans[FAKE_THREAD].at = 0;
    copy = begin();
    ok( !ftruncate( source, 2 * (off_t)LARGE ) ); /* a hole */
    copy.ahead_end = 2 * LARGE;
    ok( next( &copy, CHUNK, HOST_MOVE_KEEP_HOLES ) && !copy.ahead && size_of( destination ) == CHUNK );
}

static void *copy_and_die( void *context )
{
    struct copy copy = { .ahead_end = ENDLESS };

    ok( next( &copy, CHUNK, 0 ) );
    if (context) sleep( 60 );
    return NULL;
}

/* The thread of the caller ends by itself, or is ended in its callback. */
void test_ahead_dead( void )
{
    int threads = count_in( "/proc/self/task" ), files = count_in( "/proc/self/fd" );
    pthread_t caller;

    ok( !ftruncate( source, ENDLESS ) );
    for (int canceled = 0; canceled < 2; canceled++)
    {
        ok( !ftruncate( destination, 0 ) );
        ok( !pthread_create( &caller, NULL, copy_and_die, canceled ? &cancel : NULL ) );
        ok( !canceled || waits_for( has_size, has_helpers() ? CHUNK + WINDOW : CHUNK ) );
        usleep( 20000 ); /* so that the call is over */
        if (canceled) ok( !pthread_cancel( caller ) );
        ok( !pthread_join( caller, NULL ) );
        ok( waits_for( has_threads, threads ) && count_in( "/proc/self/fd" ) == files );
    }
}
