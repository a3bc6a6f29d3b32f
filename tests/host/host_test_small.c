/* SPDX-License-Identifier: MIT */

/* The cases test metadata, and small files that the host half copies by one call. */

#include "host_test.h"

#include <sys/xattr.h>

uint64_t nt_time( const struct timespec *time )
{
    return (uint64_t)( ( time->tv_sec + 11644473600 ) * 10000000 + time->tv_nsec / 100 );
}

void test_metadata( void )
{
    struct timespec times[2] = { { 1234567, 7 }, { 1600000000, 123456789 } };
    struct host_metadata metadata = { .last_write_time = nt_time( &times[1] ),
                                      .source = source,
                                      .destination = destination,
                                      .flags = HOST_METADATA_X_BITS };
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

    /* the source is written to meanwhile, and the copy has the time with which it was opened */
    times[1].tv_nsec = 5;
    ok( !futimens( source, times ) );
    host_metadata( &metadata );
    ok( !fstat( destination, &copy ) && copy.st_mtim.tv_sec == 1600000000 && copy.st_mtim.tv_nsec == 123456700 );
    umask( mask );
}

void test_x_bits( void )
{
    struct host_metadata metadata = { .source = source, .destination = destination, .flags = HOST_METADATA_X_BITS };
    struct stat copy;
    mode_t mask = umask( 022 );

    /* a class of users may run a new file only when it may read the file, and an old file keeps its mode */
    ok( !fchmod( source, 0755 ) && !fchmod( destination, 0404 ) );
    host_metadata( &metadata );
    ok( !fstat( destination, &copy ) && ( copy.st_mode & 07777 ) == 0505 );
    ok( !fchmod( destination, 0600 ) );
    metadata.flags = 0;
    host_metadata( &metadata );
    ok( !fstat( destination, &copy ) && ( copy.st_mode & 07777 ) == 0600 );
    umask( mask );
}

struct host_small call_small( uint64_t length, uint32_t flags )
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

void test_small( void )
{
    struct host_small small;

    fake_plans[FAKE_CLONE] = ( struct fake_plan ){ .at = 1, .err = EOPNOTSUPP };
    small = call_small( SIZE, 0 );
    ok( small.move.result == HOST_DONE && small.move.moved == SIZE && is_copied( SIZE ) && have_same_time() );
    ok( small.has_metadata == 1 && small.mover == HOST_CALL_READ_WRITE );
    ok( small.clone_err == EOPNOTSUPP && small.range_why == HOST_WHY_LOCAL );
    ok( room_of( destination ) >= SIZE );

    /* a server copies by itself, or refuses to do so */
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

static off_t size_at_write;

static void note_size( void )
{
    size_at_write = size_of( destination );
}

/* Until the write an old file keeps its old length. So a program that is killed before that leaves no old bytes of the
 * new length. */
void test_small_order( void )
{
    static const off_t sizes[] = { 10, SIZE - 1, SIZE + 1, 3 * SIZE };

    fake_file_system = 0xef53;
    for (size_t i = 0; i < 2 * sizeof( sizes ) / sizeof( sizes[0] ); i++)
    {
        struct host_small small = { .move = move_of( 0, SIZE, 0 ), .flags = HOST_SMALL_OLD_CONTENT };

        if (i % 2) small.flags = HOST_SMALL_ROOM_FIRST;
        ok( !ftruncate( destination, sizes[i / 2] ) );
        small.move.source = dup( source );
        small.move.destination = dup( destination );
        fake_plans[FAKE_PWRITE].before = note_size;
        ok( !__wine_unix_call_funcs[HOST_CALL_SMALL]( &small ) && small.move.result == HOST_DONE );
        ok( size_at_write == sizes[i / 2] && is_copied( SIZE ) && size_of( destination ) == SIZE );
    }
    fake_file_system = 0;
}

void test_small_failures( void )
{
    static const struct
    {
        enum fake fake;
        int err;
        enum host_result result;
        int32_t status;
    } rows[] = {
        { .fake = FAKE_CLONE, .err = EIO, .result = HOST_SERVER_FAILED, .status = DEVICE },
        { .fake = FAKE_FALLOCATE, .err = ENOSPC, .result = HOST_ROOM_FAILED, .status = DISK_FULL },
        { .fake = FAKE_PREAD, .err = EIO, .result = HOST_READ_FAILED, .status = DEVICE },
        { .fake = FAKE_PWRITE, .err = ENOSPC, .result = HOST_WRITE_FAILED, .status = DISK_FULL },
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
