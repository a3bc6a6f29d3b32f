/* SPDX-License-Identifier: MIT */

/* Small sources are cut while they are copied, or report a wrong size. */

#include "host_folders.h"
#include "host_fakes.h"
#include "host_lease_test.h"

#include <sys/stat.h>

#define SIZE 10007

#define END_OF_FILE ( (int32_t)0xc0000011 )

static void cut_source( void )
{
    ok( !truncate( "source", 7 ) );
}

/* A source that is cut in the midst of the copy fails it. One that is cut while it is looked at is left to handles. */
void test_shrinking( void )
{
    struct host_small_by_path lease;

    for (int exists = 0; exists < 2; exists++)
    {
        write_file( "source", SIZE, 1 );
        fake_plans[FAKE_CLONE] = ( struct fake_plan ){ .at = 1, .err = EOPNOTSUPP, .before = cut_source };
        lease = copy( "source", "copy" );
        ok( lease.result == HOST_SMALL_FAILED && lease.small.move.result == HOST_READ_FAILED );
        ok( lease.small.move.status == END_OF_FILE && !is_there( "copy" ) );

        write_file( "source", SIZE, 1 );
        write_file( "copy", SIZE + exists, 2 );
        fake_plans[FAKE_PREAD].before = cut_source;
        ok( refuses( "source", "copy", HOST_SMALL_WHY_SIZE, 0 ) && holds( "copy", SIZE + exists, 2 ) );
    }
}

static void grow_source( void )
{
    write_file( "source", SIZE + 1, 1 );
}

/* Two links lead to files of the kernel. One says that it has 0 bytes, the other that it has a whole page. */
void test_sizes( void )
{
    struct stat made;

    ok( !symlink( "/proc/self/comm", "empty" ) && !symlink( "/sys/kernel/mm/transparent_hugepage/enabled", "page" ) );
    write_file( "copy", SIZE, 2 );
    ok( refuses( "empty", "copy", HOST_SMALL_WHY_SIZE, 0 ) && holds( "copy", SIZE, 2 ) );
    ok( refuses( "empty", "new", HOST_SMALL_WHY_SIZE, 0 ) && !is_there( "new" ) );
    ok( access( "page", R_OK ) || ( copies( "page", "copy" ) && !stat( "copy", &made ) ) );
    ok( access( "page", R_OK ) || ( made.st_size && made.st_size < 100 ) );

    write_file( "copy", SIZE, 2 );
    fake_plans[FAKE_PREAD].before = grow_source;
    ok( refuses( "source", "copy", HOST_SMALL_WHY_SIZE, 0 ) && holds( "copy", SIZE, 2 ) );
    fake_plans[FAKE_PREAD] = ( struct fake_plan ){ .at = 1, .err = EIO };
    ok( refuses( "source", "copy", HOST_SMALL_WHY_ERRNO, EIO ) && holds( "copy", SIZE, 2 ) );
}
