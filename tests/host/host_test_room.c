/* SPDX-License-Identifier: MIT */

/* The room that the host half takes in advance, and what it does with old content. */

#include "host_test.h"

void test_reserve( void )
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

/* Old content stays only where writing over it is faster, and every byte of it will be written over. */
void test_old_content( void )
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

    /* bytes that an earlier call has copied are no old content */
    reserve.flags = HOST_RESERVE_KEEP_HOLES;
    ok( pwrite( destination, source_bytes, SIZE, 0 ) == SIZE );
    host_reserve( &reserve );
    ok( !reserve.status && pread( destination, &byte, 1, SIZE - 2 ) == 1 && byte == source_bytes[SIZE - 2] );
}

void test_erase( void )
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
