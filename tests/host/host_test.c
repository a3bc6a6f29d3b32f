/* SPDX-License-Identifier: MIT */

/* This tests the host half alone, without Wine: what its movers do when all goes well, and when a system call fails.
 * The native program speaks the Test Anything Protocol, and works in the current folder. */

#include "host_test.h"

static int cases;
int copies = 10000;
static bool failed;

void not_ok( const char *condition, int line )
{
    printf( "# line %d: %s\n", line, condition );
    failed = true;
}

char source_bytes[SIZE], read_back[SIZE + 1], buffer[PIECE];
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

struct host_move move_of( uint64_t offset, uint64_t length, uint32_t flags )
{
    return ( struct host_move ){ .offset = offset,
                                 .length = length,
                                 .buffer = (uintptr_t)buffer,
                                 .buffer_size = PIECE,
                                 .flags = flags,
                                 .source = source,
                                 .destination = destination };
}

struct host_move call( enum host_call which, uint64_t offset, uint64_t length, uint32_t flags )
{
    struct host_move move = move_of( offset, length, flags );

    move.source = dup( source );
    move.destination = dup( destination );
    move.result = move.moved = 77;
    ok( !__wine_unix_call_funcs[which]( &move ) );
    return move;
}

void read_write( struct host_move *move )
{
    struct host_pair pair;

    if (host_pair_take( &pair, move )) host_read_write( move, &pair );
}

off_t size_of( int file )
{
    struct stat stat;

    return fstat( file, &stat ) ? -1 : stat.st_size;
}

uint64_t room_of( int file )
{
    struct stat stat;

    return fstat( file, &stat ) ? 0 : (uint64_t)stat.st_blocks * 512;
}

bool is_copied( size_t bytes )
{
    return pread( destination, read_back, sizeof( read_back ), 0 ) == (ssize_t)bytes &&
           !memcmp( read_back, source_bytes, bytes );
}

bool is_zero( off_t from, off_t to )
{
    char byte = 0;

    for (; from < to; from++)
        if (pread( destination, &byte, 1, from ) != 1 || byte) return false;
    return true;
}

static void test_handshake( void )
{
    struct host_hello same = { HOST_BUILD, HOST_CALL_COUNT, 1, 0, 0 },
                      other = { HOST_BUILD + 1, HOST_CALL_COUNT, 0, 1, 0 },
                      more = { HOST_BUILD, HOST_CALL_COUNT + 1, 0, 1, 0 };

    ok( !__wine_unix_call_funcs[HOST_CALL_HELLO]( &same ) && !same.status );
    ok( __wine_unix_call_funcs[HOST_CALL_HELLO]( &other ) < 0 && other.status < 0 && !other.has_paths );
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
    /* The numbers are pages of 4 KiB, so a leak of some tens of bytes a copy shows. ASan has records of its own in
     * memory, and finds leaks by itself. */
#ifndef __SANITIZE_ADDRESS__
    ok( memory_used() - memory < 256 );
#endif
}

static const struct
{
    const char *name;
    void ( *run )( void );
} all[] = {
    { .name = "every errno has its status and its name", .run = test_errno_table },
    { .name = "another build is refused", .run = test_handshake },
    { .name = "the host's path of a file", .run = test_paths },
    { .name = "a path that Wine would change", .run = test_untidy_paths },
    { .name = "a Wine that tells no paths", .run = test_no_paths },
    { .name = "a name is cut to its room", .run = test_names },
    { .name = "read and write", .run = test_read_write },
    { .name = "read and write without the page cache", .run = test_uncached },
    { .name = "a range in the middle", .run = test_range },
    { .name = "interrupted and short calls go on", .run = test_interrupted_and_short },
    { .name = "each failing read and write names its side", .run = test_failures },
    { .name = "a source that is shorter than it was", .run = test_shrinking },
    { .name = "the cancel flag is seen after a piece", .run = test_cancel },
    { .name = "holes stay holes, or are filled", .run = test_holes },
    { .name = "a large file by several threads", .run = test_threads },
    { .name = "... whose end comes early", .run = test_threads_short },
    { .name = "... where some call fails", .run = test_threads_failures },
    { .name = "... whose last page comes last", .run = test_threads_last },
    { .name = "... and a cancel", .run = test_threads_cancel },
    { .name = "... where there is no other thread", .run = test_threads_few },
    { .name = "... whose caller dies", .run = test_threads_dead },
    { .name = "chunk by chunk, and helpers go ahead", .run = test_ahead },
    { .name = "... as far as the window", .run = test_ahead_window },
    { .name = "... until it is ended", .run = test_ahead_end },
    { .name = "... where some call fails", .run = test_ahead_failures },
    { .name = "... where each call fails from some place on", .run = test_ahead_fails_at },
    { .name = "... whose end comes early", .run = test_ahead_short },
    { .name = "... whose files change", .run = test_ahead_changed },
    { .name = "... and a cancel in the rest", .run = test_ahead_cancel },
    { .name = "... where nobody goes ahead", .run = test_ahead_not },
    { .name = "... whose caller dies", .run = test_ahead_dead },
    { .name = "the limit of file sizes does not kill", .run = test_size_limit },
    { .name = "room is taken in advance", .run = test_reserve },
    { .name = "old content stays to be written over, or goes", .run = test_old_content },
    { .name = "old content is erased", .run = test_erase },
    { .name = "clone: what is final and what is refused", .run = test_clone },
    { .name = "copy_file_range: only where it is carried out", .run = test_copy_range },
    { .name = "copy_file_range: a failing piece is redone", .run = test_copy_range_redone },
    { .name = "devices are refused", .run = test_no_files },
    { .name = "metadata", .run = test_metadata },
    { .name = "x bits of new files and of old ones", .run = test_x_bits },
    { .name = "a small file by one call", .run = test_small },
    { .name = "a small file written over has its new size with its new bytes", .run = test_small_order },
    { .name = "a small file that fails", .run = test_small_failures },
    { .name = "siblings: whose name goes on with a colon", .run = test_siblings },
    { .name = "siblings: a directory is read again only when it has changed", .run = test_siblings_known },
    { .name = "siblings: what may not be remembered is read each time", .run = test_siblings_unknown },
    { .name = "siblings: more directories, and more names, than are remembered", .run = test_siblings_many },
    { .name = "siblings: a directory that cannot be read", .run = test_siblings_unreadable },
    { .name = "streams that are attributes: listed, copied, removed", .run = test_attributes },
    { .name = "streams that are attributes: too large, gone, in part", .run = test_attribute_failures },
    { .name = "thousands of copies leave no descriptor open", .run = test_no_leak },
};

int main( int argc, char **argv )
{
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
