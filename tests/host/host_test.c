/* The host half alone, without Wine: what its movers do when all goes well and when the system fails them. A native
 * program that speaks the Test Anything Protocol; it works in the current folder. */

#include "unix/host.h"
#include "host_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/xattr.h>

#undef pread
#undef pwrite

#define PIECE     65536
#define SIZE      1000003 /* bytes of the source: many pieces, the last one short */
#define NFS       0x6969
#define DISK_FULL (int32_t)0xc000007f
#define TOO_LARGE (int32_t)0xc0000904
#define DEVICE    (int32_t)0xc0000185

static int cases, copies = 10000;
static bool failed;

void not_ok( const char *condition, int line )
{
    printf( "# line %d: %s\n", line, condition );
    failed = true;
}

static char source_bytes[SIZE], read_back[SIZE + 1], buffer[PIECE];
int source, destination;

static void begin( void )
{
    memset( fake_plans, 0, sizeof( fake_plans ) );
    fake_file_system = 0;
    source = open( "source", O_RDWR | O_CREAT | O_TRUNC, 0644 );
    destination = open( "destination", O_RDWR | O_CREAT | O_TRUNC, 0644 );
    if (source == -1 || destination == -1 || pwrite( source, source_bytes, SIZE, 0 ) != SIZE) abort();
}

static void end( const char *name )
{
    close( source );
    close( destination );
    unlink( "source" );
    unlink( "destination" );
    printf( "%s %d - %s\n", failed ? "not ok" : "ok", ++cases, name );
    failed = false;
}

static struct host_move move_of( uint64_t offset, uint64_t length, uint32_t flags )
{
    return ( struct host_move ){ .offset = offset,
                                 .length = length,
                                 .buffer = (uintptr_t)buffer,
                                 .buffer_size = PIECE,
                                 .flags = flags,
                                 .source = source,
                                 .destination = destination };
}

/* By the table, with descriptors to give away, as Wine calls. */
static struct host_move call( enum host_call which, uint64_t offset, uint64_t length, uint32_t flags )
{
    struct host_move move = move_of( offset, length, flags );

    move.source = dup( source );
    move.destination = dup( destination );
    move.result = move.moved = 77;
    ok( !__wine_unix_call_funcs[which]( &move ) );
    return move;
}

static void read_write( struct host_move *move )
{
    struct host_pair pair;

    if (host_pair_take( &pair, move )) host_read_write( move, &pair );
}

static off_t size_of( int file )
{
    struct stat stat;

    return fstat( file, &stat ) ? -1 : stat.st_size;
}

static uint64_t room_of( int file )
{
    struct stat stat;

    return fstat( file, &stat ) ? 0 : (uint64_t)stat.st_blocks * 512;
}

static bool is_copied( size_t bytes )
{
    return pread( destination, read_back, sizeof( read_back ), 0 ) == (ssize_t)bytes &&
           !memcmp( read_back, source_bytes, bytes );
}

static void test_errno_table( void )
{
    static const struct
    {
        int err;
        const char *name;
        uint32_t status;
    } rows[] = {
        { EACCES, "EACCES", 0xc0000022 },
        { EAGAIN, "EAGAIN", 0xc0000054 },
        { EBADF, "EBADF", 0xc0000008 },
        { EBADMSG, "EBADMSG", 0xc000003f },
        { EBUSY, "EBUSY", 0xc0000043 },
        { ECANCELED, "ECANCELED", 0xc0000240 },
        { ECONNRESET, "ECONNRESET", 0xc00000c9 },
        { ECONNABORTED, "ECONNABORTED", 0xc00000c9 },
        { ENOTCONN, "ENOTCONN", 0xc00000c9 },
        { ESHUTDOWN, "ESHUTDOWN", 0xc00000c9 },
        { EDESTADDRREQ, "EDESTADDRREQ", 0xc0000001 },
        { EDQUOT, "EDQUOT", 0xc000007f },
        { EEXIST, "EEXIST", 0xc0000035 },
        { EFAULT, "EFAULT", 0xc0000005 },
        { EFBIG, "EFBIG", 0xc0000904 },
        { EHOSTDOWN, "EHOSTDOWN", 0xc00000c4 },
        { EHOSTUNREACH, "EHOSTUNREACH", 0xc00000c4 },
        { ENETUNREACH, "ENETUNREACH", 0xc00000c4 },
        { ENETDOWN, "ENETDOWN", 0xc00000c4 },
        { EREMOTEIO, "EREMOTEIO", 0xc00000c4 },
        { EINTR, "EINTR", 0xc0000001 },
        { EINVAL, "EINVAL", 0xc000000d },
        { EIO, "EIO", 0xc0000185 },
        { EISDIR, "EISDIR", 0xc00000ba },
        { EKEYREVOKED, "EKEYREVOKED", 0xc0000022 },
        { ENOKEY, "ENOKEY", 0xc0000022 },
        { EKEYEXPIRED, "EKEYEXPIRED", 0xc0000022 },
        { ELOOP, "ELOOP", 0xc0000280 },
        { EMFILE, "EMFILE", 0xc000011f },
        { ENFILE, "ENFILE", 0xc000011f },
        { EMLINK, "EMLINK", 0xc0000265 },
        { ENAMETOOLONG, "ENAMETOOLONG", 0xc0000106 },
        { ENODATA, "ENODATA", 0xc0000001 },
        { ENODEV, "ENODEV", 0xc000000e },
        { ENOENT, "ENOENT", 0xc0000034 },
        { ENOMEDIUM, "ENOMEDIUM", 0xc0000013 },
        { EMEDIUMTYPE, "EMEDIUMTYPE", 0xc0000013 },
        { ENOMEM, "ENOMEM", 0xc0000017 },
        { ENOSPC, "ENOSPC", 0xc000007f },
        { ENOSYS, "ENOSYS", 0xc0000001 },
        { ENOTDIR, "ENOTDIR", 0xc000003a },
        { ENOTEMPTY, "ENOTEMPTY", 0xc0000101 },
        { ENOTTY, "ENOTTY", 0xc0000001 },
        { ENXIO, "ENXIO", 0xc000000e },
        { EOPNOTSUPP, "EOPNOTSUPP", 0xc00000bb },
        { EOVERFLOW, "EOVERFLOW", 0xc000000d },
        { EPERM, "EPERM", 0xc0000022 },
        { EPIPE, "EPIPE", 0xc000014b },
        { ERANGE, "ERANGE", 0xc0000001 },
        { E2BIG, "E2BIG", 0xc0000001 },
        { EROFS, "EROFS", 0xc00000a2 },
        { ESPIPE, "ESPIPE", 0xc00000af },
        { ESTALE, "ESTALE", 0xc00000c4 },
        { ETIME, "ETIME", 0xc00000b5 },
        { ETIMEDOUT, "ETIMEDOUT", 0xc00000b5 },
        { ETXTBSY, "ETXTBSY", 0xc0000043 },
        { EUCLEAN, "EUCLEAN", 0xc0000102 },
        { EXDEV, "EXDEV", 0xc00000d4 },
    };

    for (size_t i = 0; i < sizeof( rows ) / sizeof( rows[0] ); i++)
    {
        if ((uint32_t)host_status_from_err( rows[i].err ) != rows[i].status) not_ok( rows[i].name, __LINE__ );
        if (strcmp( host_name_from_err( rows[i].err ), rows[i].name )) not_ok( rows[i].name, __LINE__ );
    }
    ok( (uint32_t)host_status_from_err( 99999 ) == 0xc0000001 && !host_name_from_err( 99999 ) );
}

static void test_handshake( void )
{
    struct host_hello same = { HOST_BUILD, HOST_CALL_COUNT, 1 }, other = { HOST_BUILD + 1, HOST_CALL_COUNT, 0 },
                      more = { HOST_BUILD, HOST_CALL_COUNT + 1, 0 };

    ok( !__wine_unix_call_funcs[HOST_CALL_HELLO]( &same ) && !same.status );
    ok( __wine_unix_call_funcs[HOST_CALL_HELLO]( &other ) < 0 && other.status < 0 );
    ok( __wine_unix_call_funcs[HOST_CALL_HELLO]( &more ) < 0 && more.status < 0 );
    for (int i = 0; i < HOST_CALL_COUNT; i++)
        ok( __wine_unix_call_funcs[i] && __wine_unix_call_funcs[i] == __wine_unix_call_wow64_funcs[i] );
}

static void test_names( void )
{
    char name[6] = "xxxxx";
    struct host_errno_name wanted = { (uintptr_t)name, sizeof( name ), EOPNOTSUPP };

    __wine_unix_call_funcs[HOST_CALL_ERRNO_NAME]( &wanted );
    ok( !strcmp( name, "EOPNO" ) );
}

static void test_read_write( void )
{
    struct host_move move = call( HOST_CALL_READ_WRITE, 0, SIZE, HOST_MOVE_KEEP_HOLES );

    ok( move.result == HOST_DONE && move.moved == SIZE && is_copied( SIZE ) );
}

static void test_uncached( void )
{
    struct host_move move = call( HOST_CALL_READ_WRITE, 0, SIZE, HOST_MOVE_UNCACHED );

    ok( move.result == HOST_DONE && move.moved == SIZE && is_copied( SIZE ) );
}

static void test_range( void )
{
    struct host_move move = call( HOST_CALL_READ_WRITE, 1000, 100000, 0 );

    ok( move.result == HOST_DONE && move.moved == 100000 && size_of( destination ) == 101000 );
    ok( pread( destination, read_back, 100000, 1000 ) == 100000 && !memcmp( read_back, source_bytes + 1000, 100000 ) );
}

static void test_interrupted_and_short( void )
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
static void test_failures( void )
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

static void test_shrinking( void )
{
    struct host_move move = call( HOST_CALL_READ_WRITE, 0, SIZE + 100000, HOST_MOVE_KEEP_HOLES );

    ok( move.result == HOST_DONE && move.moved == SIZE && is_copied( SIZE ) );
    move = call( HOST_CALL_READ_WRITE, SIZE + 5, 100, HOST_MOVE_KEEP_HOLES );
    ok( move.result == HOST_DONE && !move.moved );
    ok( !ftruncate( source, 5000000 ) && !ftruncate( destination, 0 ) );
    move = call( HOST_CALL_READ_WRITE, 0, 6000000, HOST_MOVE_KEEP_HOLES );
    ok( move.result == HOST_DONE && move.moved == 5000000 && size_of( destination ) == 5000000 );
}

static void test_cancel( void )
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

static void test_holes( void )
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

static void test_size_limit( void )
{
    with_size_limit( 300000, run_into_limit );
}

static void test_reserve( void )
{
    struct host_reserve reserve = {
        .size = SIZE, .source = source, .destination = destination, .flags = HOST_RESERVE_KEEP_HOLES
    };

    host_reserve( &reserve );
    ok( !reserve.status && size_of( destination ) == SIZE && room_of( destination ) >= SIZE );

    fake_plans[FAKE_FALLOCATE] = ( struct fake_plan ){ .at = 1, .err = ENOSPC };
    host_reserve( &reserve );
    ok( reserve.status == DISK_FULL );
    fake_plans[FAKE_FALLOCATE] = ( struct fake_plan ){ .at = 1, .err = EOPNOTSUPP };
    host_reserve( &reserve );
    ok( !reserve.status );
    fake_plans[FAKE_FALLOCATE] = ( struct fake_plan ){ .at = 1, .err = EINTR };
    host_reserve( &reserve );
    ok( !reserve.status && fake_plans[FAKE_FALLOCATE].calls == 2 );

    /* holes are not to be filled */
    ok( !ftruncate( source, 50000000 ) && !ftruncate( destination, 0 ) );
    reserve.size = 50000000;
    host_reserve( &reserve );
    ok( !reserve.status && size_of( destination ) == 50000000 && !room_of( destination ) );
}

#define EXT4  0xef53
#define BTRFS 0x9123683e

static bool is_zero( off_t from, off_t to )
{
    char byte = 0;

    for (; from < to; from++)
        if (pread( destination, &byte, 1, from ) != 1 || byte) return false;
    return true;
}

/* Only where writing over it is faster, and every byte of it will be written over. */
static void test_old_content( void )
{
    struct host_reserve reserve = { .size = 2 * SIZE,
                                    .source = source,
                                    .destination = destination,
                                    .flags = HOST_RESERVE_KEEP_HOLES | HOST_RESERVE_OLD_CONTENT };
    char byte;

    fake_file_system = EXT4;
    host_reserve( &reserve );
    ok( !reserve.status && !reserve.old_content && size_of( destination ) == 2 * SIZE );

    ok( pwrite( destination, source_bytes, SIZE, 0 ) == SIZE );
    reserve.size = SIZE - 1;
    host_reserve( &reserve );
    ok( !reserve.status && reserve.old_content && size_of( destination ) == SIZE - 1 );
    ok( pread( destination, &byte, 1, SIZE - 2 ) == 1 && byte == source_bytes[SIZE - 2] );

    fake_file_system = BTRFS;
    host_reserve( &reserve );
    ok( !reserve.status && !reserve.old_content && size_of( destination ) == SIZE - 1 && is_zero( 0, SIZE - 1 ) );

    fake_file_system = EXT4;
    ok( pwrite( destination, source_bytes, SIZE, 0 ) == SIZE && !ftruncate( source, 50000000 ) );
    host_reserve( &reserve );
    ok( !reserve.status && !reserve.old_content && is_zero( 0, SIZE - 1 ) );

    /* what an earlier call has copied is no old content */
    reserve.flags = HOST_RESERVE_KEEP_HOLES;
    ok( pwrite( destination, source_bytes, SIZE, 0 ) == SIZE );
    host_reserve( &reserve );
    ok( !reserve.status && pread( destination, &byte, 1, SIZE - 2 ) == 1 && byte == source_bytes[SIZE - 2] );
}

static void test_erase( void )
{
    struct host_reserve reserve = {
        .size = 100, .source = source, .destination = destination, .flags = HOST_RESERVE_ERASE
    };

    ok( pwrite( destination, source_bytes, SIZE, 0 ) == SIZE );
    host_reserve( &reserve );
    ok( !reserve.status && size_of( destination ) == SIZE && is_zero( 100, SIZE ) );
    ok( pread( destination, read_back, 100, 0 ) == 100 && !memcmp( read_back, source_bytes, 100 ) );
    reserve.size = SIZE;
    host_reserve( &reserve );
    ok( !reserve.status && !memcmp( read_back, source_bytes, 100 ) );
    fake_plans[FAKE_FALLOCATE] = ( struct fake_plan ){ .at = 1, .err = EIO };
    reserve.size = 0;
    host_reserve( &reserve );
    ok( reserve.status == DEVICE );
}

static void test_clone( void )
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

static void test_copy_range( void )
{
    struct host_move move = call( HOST_CALL_COPY_RANGE, 0, SIZE, 0 );

    ok( move.result == HOST_NOT_FOR_ME && move.why == HOST_WHY_LOCAL && !fake_plans[FAKE_COPY_FILE_RANGE].calls );
    fake_file_system = NFS;
    move = call( HOST_CALL_COPY_RANGE, 0, SIZE, 0 );
    ok( move.result == HOST_DONE && move.moved == SIZE && is_copied( SIZE ) );

    /* 0 bytes though the source goes on: after some, and at once */
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

/* Before the first byte an error is a refusal; later the piece is read and written to learn whose it was. */
static void test_copy_range_redone( void )
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

static void test_no_files( void )
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

static uint64_t nt_time( const struct timespec *time )
{
    return (uint64_t)( ( time->tv_sec + 11644473600 ) * 10000000 + time->tv_nsec / 100 );
}

static void test_metadata( void )
{
    struct timespec times[2] = { { 1234567, 7 }, { 1600000000, 123456789 } };
    struct host_metadata metadata = { .last_write_time = nt_time( &times[1] ),
                                      .source = source,
                                      .destination = destination };
    struct stat copy;
    char value[16];
    mode_t mask = umask( 027 );

    ok( !futimens( source, times ) && !fchmod( source, 04755 ) && !fchmod( destination, 0440 ) );
    if (!fsetxattr( source, "user.DOSATTRIB", "0x6", 3, 0 ))
    {
        fsetxattr( source, "user.note", "", 0, 0 );
        fsetxattr( source, "user.wine.sd", "x", 1, 0 );
        fsetxattr( source, "user.DosStream.a:$DATA", "x", 1, 0 );
        fsetxattr( destination, "user.old", "x", 1, 0 );
        fsetxattr( destination, "user.wine.sd", "own", 3, 0 );
        host_metadata( &metadata );
        ok( fgetxattr( destination, "user.old", value, 16 ) == -1 );
        ok( fgetxattr( destination, "user.wine.sd", value, 16 ) == 3 && !fremovexattr( destination, "user.wine.sd" ) );
        ok( fgetxattr( destination, "user.DOSATTRIB", value, 16 ) == 3 && !memcmp( value, "0x6", 3 ) );
        ok( fgetxattr( destination, "user.note", value, 16 ) == 0 );
        ok( fgetxattr( destination, "user.wine.sd", value, 16 ) == -1 );
        ok( fgetxattr( destination, "user.DosStream.a:$DATA", value, 16 ) == -1 );
    }
    else host_metadata( &metadata );
    ok( !fstat( destination, &copy ) && ( copy.st_mode & 07777 ) == 0550 );
    ok( copy.st_mtim.tv_sec == 1600000000 && copy.st_mtim.tv_nsec == 123456789 && copy.st_atim.tv_sec != 1234567 );

    /* written to meanwhile: the copy has the time that the source was opened with */
    times[1].tv_nsec = 5;
    ok( !futimens( source, times ) );
    host_metadata( &metadata );
    ok( !fstat( destination, &copy ) && copy.st_mtim.tv_sec == 1600000000 && copy.st_mtim.tv_nsec == 123456700 );
    umask( mask );
}

static struct host_small call_small( uint64_t length, uint32_t flags )
{
    struct host_small small = { .move = move_of( 0, length, flags ),
                                .flags = HOST_SMALL_MAY_OFFLOAD | HOST_SMALL_ROOM_FIRST | HOST_SMALL_METADATA };
    struct stat stat;

    if (!fstat( source, &stat )) small.last_write_time = nt_time( &stat.st_mtim );
    small.move.source = dup( source );
    small.move.destination = dup( destination );
    small.has_metadata = small.mover = 77;
    ok( !__wine_unix_call_funcs[HOST_CALL_SMALL]( &small ) );
    return small;
}

static bool have_same_time( void )
{
    struct stat one, other;

    return !fstat( source, &one ) && !fstat( destination, &other ) && one.st_mtim.tv_sec == other.st_mtim.tv_sec &&
           one.st_mtim.tv_nsec == other.st_mtim.tv_nsec;
}

static void test_small( void )
{
    struct host_small small;

    fake_plans[FAKE_CLONE] = ( struct fake_plan ){ .at = 1, .err = EOPNOTSUPP };
    small = call_small( SIZE, 0 );
    ok( small.move.result == HOST_DONE && small.move.moved == SIZE && is_copied( SIZE ) && have_same_time() );
    ok( small.has_metadata == 1 && small.mover == HOST_CALL_READ_WRITE );
    ok( small.clone_err == EOPNOTSUPP && small.range_why == HOST_WHY_LOCAL );
    ok( room_of( destination ) >= SIZE );

    /* a server copies by itself, and one that does not like to */
    fake_file_system = NFS;
    fake_plans[FAKE_CLONE] = ( struct fake_plan ){ .at = 1, .err = EXDEV };
    small = call_small( SIZE, 0 );
    ok( small.move.result == HOST_DONE && is_copied( SIZE ) && small.mover == HOST_CALL_COPY_RANGE );
    fake_plans[FAKE_CLONE] = ( struct fake_plan ){ .at = 1, .err = EXDEV };
    fake_plans[FAKE_COPY_FILE_RANGE] = ( struct fake_plan ){ .at = 1, .err = EXDEV };
    small = call_small( SIZE, 0 );
    ok( small.move.result == HOST_DONE && is_copied( SIZE ) && small.mover == HOST_CALL_READ_WRITE );
    ok( small.clone_err == EXDEV && small.range_err == EXDEV );
}

static void test_small_failures( void )
{
    static const struct
    {
        enum fake fake;
        int err;
        enum host_result result;
        int32_t status;
    } rows[] = {
        { FAKE_CLONE, EIO, HOST_SERVER_FAILED, DEVICE },
        { FAKE_FALLOCATE, ENOSPC, HOST_ROOM_FAILED, DISK_FULL },
        { FAKE_PREAD, EIO, HOST_READ_FAILED, DEVICE },
        { FAKE_PWRITE, ENOSPC, HOST_WRITE_FAILED, DISK_FULL },
    };
    struct host_small small;

    for (size_t i = 0; i < sizeof( rows ) / sizeof( rows[0] ); i++)
    {
        memset( fake_plans, 0, sizeof( fake_plans ) );
        fake_plans[FAKE_CLONE] = ( struct fake_plan ){ .at = 1, .err = EOPNOTSUPP };
        fake_plans[rows[i].fake] = ( struct fake_plan ){ .at = 1, .err = rows[i].err };
        small = call_small( SIZE, 0 );
        ok( small.move.result == rows[i].result && small.move.status == rows[i].status && !small.has_metadata );
    }
    memset( fake_plans, 0, sizeof( fake_plans ) );
    fake_plans[FAKE_CLONE] = ( struct fake_plan ){ .at = 1, .err = EOPNOTSUPP };
    ok( !ftruncate( source, 1000 ) );
    small = call_small( SIZE, 0 );
    ok( small.move.result == HOST_DONE && small.move.moved == 1000 && !small.has_metadata );
}

static int open_files( void )
{
    DIR *folder = opendir( "/proc/self/fd" );
    int count = 0;

    while (folder && readdir( folder )) count++;
    closedir( folder );
    return count;
}

static long memory_used( void )
{
    FILE *file = fopen( "/proc/self/statm", "r" );
    long size, resident = 0;

    if (!file || fscanf( file, "%ld %ld", &size, &resident ) != 2) not_ok( "statm", __LINE__ );
    fclose( file );
    return resident;
}

static void test_no_leak( void )
{
    int before = open_files();
    long memory __attribute__( ( unused ) ) = memory_used();

    ok( !ftruncate( source, 4096 ) );
    for (int i = 0; i < copies; i++)
    {
        struct host_reserve reserve = { .size = 4096, .source = dup( source ), .destination = dup( destination ) };
        struct host_metadata metadata = { .source = dup( source ), .destination = dup( destination ) };
        struct host_streams streams = { .path = (uintptr_t)"./source", .file = dup( source ) };

        call( HOST_CALL_CLONE, 0, 4096, HOST_MOVE_KEEP_HOLES );
        call( HOST_CALL_COPY_RANGE, 0, 4096, 0 );
        __wine_unix_call_funcs[HOST_CALL_RESERVE]( &reserve );
        fake_plans[FAKE_PREAD] = ( struct fake_plan ){ .at = i % 3, .err = EIO };
        call( HOST_CALL_READ_WRITE, 0, 4096, 0 );
        __wine_unix_call_funcs[HOST_CALL_METADATA]( &metadata );
        fake_plans[FAKE_PWRITE] = ( struct fake_plan ){ .at = i % 5, .err = EIO };
        call_small( 4096, 0 );
        if (i == copies / 10) memory = memory_used();
        __wine_unix_call_funcs[HOST_CALL_STREAMS]( &streams );
    }
    ok( open_files() == before );
    /* pages of 4 KiB; it is some tens of bytes a copy that would show. ASan keeps books of its own, and finds leaks
     * by itself. */
#ifndef __SANITIZE_ADDRESS__
    ok( memory_used() - memory < 256 );
#endif
}

int main( int argc, char **argv )
{
    static const struct
    {
        const char *name;
        void ( *run )( void );
    } all[] = {
        { "every errno has its status and its name", test_errno_table },
        { "another build is refused", test_handshake },
        { "a name is cut to its room", test_names },
        { "read and write", test_read_write },
        { "read and write without the page cache", test_uncached },
        { "a range in the middle", test_range },
        { "interrupted and short calls go on", test_interrupted_and_short },
        { "each failing read and write names its side", test_failures },
        { "a source that is shorter than it was", test_shrinking },
        { "the cancel flag is seen after a piece", test_cancel },
        { "holes stay holes, or are filled", test_holes },
        { "the limit of file sizes does not kill", test_size_limit },
        { "room is taken in advance", test_reserve },
        { "old content stays to be written over, or goes", test_old_content },
        { "old content is erased", test_erase },
        { "clone: what is final and what is refused", test_clone },
        { "copy_file_range: only where it is carried out", test_copy_range },
        { "copy_file_range: a failing piece is redone", test_copy_range_redone },
        { "devices are refused", test_no_files },
        { "metadata", test_metadata },
        { "a small file by one call", test_small },
        { "a small file that fails", test_small_failures },
        { "siblings: whose name goes on with a colon", test_siblings },
        { "siblings: a directory is read again only when it has changed", test_siblings_known },
        { "siblings: what may not be remembered is read each time", test_siblings_unknown },
        { "siblings: more directories, and more names, than are remembered", test_siblings_many },
        { "siblings: a directory that cannot be read", test_siblings_unreadable },
        { "streams that are attributes: listed, copied, removed", test_attributes },
        { "streams that are attributes: too large, gone, in part", test_attribute_failures },
        { "thousands of copies leave no descriptor open", test_no_leak },
    };

    if (argc > 1) copies = atoi( argv[1] );
    for (size_t i = 0; i < SIZE; i++) source_bytes[i] = (char)( i * 7 + i / 256 );
    for (size_t i = 0; i < sizeof( all ) / sizeof( all[0] ); i++)
    {
        begin();
        all[i].run();
        end( all[i].name );
    }
    printf( "1..%d\n", cases );
    return 0;
}
