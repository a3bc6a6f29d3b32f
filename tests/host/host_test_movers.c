/* SPDX-License-Identifier: MIT */

/* The cases call the movers of the host half: read and write, clone, copy_file_range. */

#include "host_test.h"

#include <sys/resource.h>

void test_read_write( void )
{
    struct host_move move = call( HOST_CALL_READ_WRITE, 0, SIZE, HOST_MOVE_KEEP_HOLES );

    ok( move.result == HOST_DONE && move.moved == SIZE && is_copied( SIZE ) );
}

void test_uncached( void )
{
    struct host_move move = call( HOST_CALL_READ_WRITE, 0, SIZE, HOST_MOVE_UNCACHED );

    ok( move.result == HOST_DONE && move.moved == SIZE && is_copied( SIZE ) );
}

void test_range( void )
{
    struct host_move move = call( HOST_CALL_READ_WRITE, 1000, 100000, 0 );

    ok( move.result == HOST_DONE && move.moved == 100000 && size_of( destination ) == 101000 );
    ok( pread( destination, read_back, 100000, 1000 ) == 100000 && !memcmp( read_back, source_bytes + 1000, 100000 ) );
}

void test_interrupted_and_short( void )
{
    struct host_move move;

    fake_plans[FAKE_PREAD] = ( struct fake_plan ){ .at = 2, .err = EINTR };
    fake_plans[FAKE_PWRITE] = ( struct fake_plan ){ .at = 2, .err = EINTR };
    move = call( HOST_CALL_READ_WRITE, 0, SIZE, 0 );
    ok( move.result == HOST_DONE && move.moved == SIZE && is_copied( SIZE ) );

    ok( !ftruncate( destination, 0 ) );
    fake_plans[FAKE_PREAD] = ( struct fake_plan ){ .at = 3, .most = 100 };
    fake_plans[FAKE_PWRITE] = ( struct fake_plan ){ .at = 3, .most = 7 };
    move = call( HOST_CALL_READ_WRITE, 0, SIZE, 0 );
    ok( move.result == HOST_DONE && move.moved == SIZE && is_copied( SIZE ) );
}

/* The nth call fails, for every n there is. */
void test_failures( void )
{
    for (int at = 1; at <= SIZE / PIECE + 1; at++)
    {
        struct host_move move;

        fake_plans[FAKE_PREAD] = ( struct fake_plan ){ .at = at, .err = EIO };
        move = call( HOST_CALL_READ_WRITE, 0, SIZE, 0 );
        ok( move.result == HOST_READ_FAILED && move.err == EIO && move.status == DEVICE );
        ok( move.moved == (uint64_t)( at - 1 ) * PIECE );

        fake_plans[FAKE_PWRITE] = ( struct fake_plan ){ .at = at, .err = ENOSPC };
        move = call( HOST_CALL_READ_WRITE, 0, SIZE, 0 );
        ok( move.result == HOST_WRITE_FAILED && move.err == ENOSPC && move.status == DISK_FULL );
        ok( move.moved == (uint64_t)( at - 1 ) * PIECE );
        fake_plans[FAKE_PWRITE].at = 0;
    }
    fake_plans[FAKE_PWRITE] = ( struct fake_plan ){ .at = 1, .most = 0 };
    ok( call( HOST_CALL_READ_WRITE, 0, SIZE, 0 ).result == HOST_WRITE_FAILED );
}

void test_shrinking( void )
{
    struct host_move move = call( HOST_CALL_READ_WRITE, 0, SIZE + 100000, HOST_MOVE_KEEP_HOLES );

    ok( move.result == HOST_DONE && move.moved == SIZE && is_copied( SIZE ) );
    move = call( HOST_CALL_READ_WRITE, SIZE + 5, 100, HOST_MOVE_KEEP_HOLES );
    ok( move.result == HOST_DONE && !move.moved );
    ok( !ftruncate( source, 5000000 ) && !ftruncate( destination, 0 ) );
    move = call( HOST_CALL_READ_WRITE, 0, 6000000, HOST_MOVE_KEEP_HOLES );
    ok( move.result == HOST_DONE && move.moved == 5000000 && size_of( destination ) == 5000000 );
}

void test_cancel( void )
{
    int32_t cancel = 1;
    struct host_move move = move_of( 0, SIZE, 0 );

    move.cancel = (uintptr_t)&cancel;
    read_write( &move );
    ok( move.result == HOST_CANCELED && move.moved == PIECE );
}

static bool is_hole( off_t from, off_t to )
{
    off_t data = lseek( destination, from, SEEK_DATA );

    return data == -1 || data >= to;
}

void test_holes( void )
{
    const off_t mib = 1024 * 1024;
    struct host_move move;

    /* hole, data, hole, data, hole */
    ok( !ftruncate( source, 0 ) && !ftruncate( source, 20 * mib ) );
    ok( pwrite( source, source_bytes, 70000, 4 * mib ) == 70000 &&
        pwrite( source, source_bytes, SIZE, 12 * mib ) == SIZE );
    ok( lseek( source, 123, SEEK_SET ) == 123 );
    move = call( HOST_CALL_READ_WRITE, 0, 20 * mib, HOST_MOVE_KEEP_HOLES );
    ok( move.result == HOST_DONE && move.moved == (uint64_t)( 20 * mib ) && size_of( destination ) == 20 * mib );
    ok( lseek( source, 0, SEEK_CUR ) == 123 );
    ok( is_hole( 0, 4 * mib ) && is_hole( 5 * mib, 12 * mib ) && is_hole( 14 * mib, 20 * mib ) );
    ok( pread( destination, read_back, SIZE, 12 * mib ) == SIZE && !memcmp( read_back, source_bytes, SIZE ) );
    ok( pread( destination, read_back, 70000, 4 * mib ) == 70000 && !memcmp( read_back, source_bytes, 70000 ) );

    ok( !ftruncate( destination, 0 ) );
    move = call( HOST_CALL_READ_WRITE, 0, 20 * mib, 0 );
    ok( move.result == HOST_DONE && move.moved == (uint64_t)( 20 * mib ) );
    ok( room_of( destination ) >= (uint64_t)( 20 * mib ) );
}

static void with_size_limit( uint64_t bytes, void ( *run )( void ) )
{
    struct rlimit before, limit;

    getrlimit( RLIMIT_FSIZE, &before );
    limit = before;
    limit.rlim_cur = bytes;
    setrlimit( RLIMIT_FSIZE, &limit );
    run();
    setrlimit( RLIMIT_FSIZE, &before );
}

static void run_into_limit( void )
{
    struct host_reserve reserve = { .size = SIZE, .source = dup( source ), .destination = dup( destination ) };
    struct host_move move = call( HOST_CALL_READ_WRITE, 0, SIZE, 0 );
    sigset_t mask;

    ok( move.result == HOST_WRITE_FAILED && move.err == EFBIG && move.status == TOO_LARGE );
    ok( move.moved == 300000 / PIECE * PIECE );
    ok( !__wine_unix_call_funcs[HOST_CALL_RESERVE]( &reserve ) && reserve.err == EFBIG && reserve.status == TOO_LARGE );
    sigpending( &mask );
    ok( !sigismember( &mask, SIGXFSZ ) );
    pthread_sigmask( SIG_SETMASK, NULL, &mask );
    ok( !sigismember( &mask, SIGXFSZ ) );
}

void test_size_limit( void )
{
    with_size_limit( 300000, run_into_limit );
}

void test_clone( void )
{
    static const int final[] = { EIO, ENOMEM, ENOSPC, EDQUOT },
                     refused[] = { EOPNOTSUPP, EXDEV, EINVAL, ENOTTY, ENOSYS, EPERM };
    struct host_move move;

    for (size_t i = 0; i < sizeof( final ) / sizeof( final[0] ); i++)
    {
        fake_plans[FAKE_CLONE] = ( struct fake_plan ){ .at = 1, .err = final[i] };
        move = call( HOST_CALL_CLONE, 0, SIZE, HOST_MOVE_KEEP_HOLES );
        ok( move.result == HOST_SERVER_FAILED && move.err == final[i] && !move.moved );
    }
    for (size_t i = 0; i < sizeof( refused ) / sizeof( refused[0] ); i++)
    {
        fake_plans[FAKE_CLONE] = ( struct fake_plan ){ .at = 1, .err = refused[i] };
        move = call( HOST_CALL_CLONE, 0, SIZE, HOST_MOVE_KEEP_HOLES );
        ok( move.result == HOST_NOT_FOR_ME && move.err == refused[i] && !move.moved );
    }
    move = call( HOST_CALL_CLONE, 0, SIZE, HOST_MOVE_KEEP_HOLES );
    ok( move.result == HOST_NOT_FOR_ME ? !size_of( destination ) : move.moved == SIZE && is_copied( SIZE ) );

    ok( !ftruncate( source, 50000000 ) );
    move = call( HOST_CALL_CLONE, 0, 50000000, 0 );
    ok( move.result == HOST_NOT_FOR_ME && move.why == HOST_WHY_HOLES );
}

void test_copy_range( void )
{
    struct host_move move = call( HOST_CALL_COPY_RANGE, 0, SIZE, 0 );

    ok( move.result == HOST_NOT_FOR_ME && move.why == HOST_WHY_LOCAL && !fake_plans[FAKE_COPY_FILE_RANGE].calls );
    fake_file_system = NFS;
    move = call( HOST_CALL_COPY_RANGE, 0, SIZE, 0 );
    ok( move.result == HOST_DONE && move.moved == SIZE && is_copied( SIZE ) );

    /* a short call is gone on with; 0 bytes at once, though the source has more, are a refusal */
    fake_plans[FAKE_COPY_FILE_RANGE] = ( struct fake_plan ){ .at = 1, .most = 5000 };
    move = call( HOST_CALL_COPY_RANGE, 0, SIZE, 0 );
    ok( move.result == HOST_DONE && move.moved == SIZE && is_copied( SIZE ) );
    fake_plans[FAKE_COPY_FILE_RANGE] = ( struct fake_plan ){ .at = 1, .most = 0 };
    move = call( HOST_CALL_COPY_RANGE, 0, SIZE, 0 );
    ok( move.result == HOST_NOT_FOR_ME && move.why == HOST_WHY_ENDED_EARLY && !move.moved );
    fake_plans[FAKE_COPY_FILE_RANGE] = ( struct fake_plan ){ .at = 1, .err = EINTR };
    move = call( HOST_CALL_COPY_RANGE, 0, SIZE, 0 );
    ok( move.result == HOST_DONE && move.moved == SIZE );
}

/* An error before the first byte is a refusal; later the piece is read and written to learn whose error it was. */
void test_copy_range_redone( void )
{
    struct host_move move;

    fake_file_system = NFS;
    fake_plans[FAKE_COPY_FILE_RANGE] = ( struct fake_plan ){ .at = 1, .err = EIO };
    move = call( HOST_CALL_COPY_RANGE, 0, SIZE, 0 );
    ok( move.result == HOST_NOT_FOR_ME && move.err == EIO && !move.moved && !fake_plans[FAKE_PREAD].calls );

    fake_plans[FAKE_COPY_FILE_RANGE] = ( struct fake_plan ){ .at = 1, .err = EIO };
    move = call( HOST_CALL_COPY_RANGE, 0, SIZE, HOST_MOVE_HAS_MOVED );
    ok( move.result == HOST_DONE && move.moved == SIZE && is_copied( SIZE ) && fake_plans[FAKE_PREAD].calls );

    fake_plans[FAKE_COPY_FILE_RANGE] = ( struct fake_plan ){ .at = 1, .err = EIO };
    fake_plans[FAKE_PREAD] = ( struct fake_plan ){ .at = 1, .err = EIO };
    move = call( HOST_CALL_COPY_RANGE, 0, SIZE, HOST_MOVE_HAS_MOVED );
    ok( move.result == HOST_READ_FAILED && move.status == DEVICE && !move.moved );

    fake_plans[FAKE_COPY_FILE_RANGE] = ( struct fake_plan ){ .at = 1, .err = EIO };
    fake_plans[FAKE_PWRITE] = ( struct fake_plan ){ .at = 1, .err = EDQUOT };
    move = call( HOST_CALL_COPY_RANGE, 0, SIZE, HOST_MOVE_HAS_MOVED );
    ok( move.result == HOST_WRITE_FAILED && move.status == DISK_FULL && !move.moved );
}

void test_no_files( void )
{
    int null = open( "/dev/null", O_RDWR );
    struct host_move move = move_of( 0, SIZE, 0 );

    move.destination = null;
    read_write( &move );
    ok( move.result == HOST_NOT_FOR_ME && move.why == HOST_WHY_NOT_FILES );
    move.source = -1;
    read_write( &move );
    ok( move.result == HOST_NOT_FOR_ME && move.err == EBADF );
    close( null );
}
