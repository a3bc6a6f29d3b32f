/* SPDX-License-Identifier: MIT */

/* This tests the directory index alone, without Wine. The index must never call a name new that is there under some
 * spelling, whatever other processes do. The native program speaks the Test Anything Protocol, and works in the current
 * folder. */

#include "host_index_test.h"

#define NFS 0x6969

typedef int32_t ( *unix_function )( void *params );
extern const unix_function __wine_unix_call_funcs[];

static int cases;
bool failed;

void not_ok( const char *condition, int line )
{
    printf( "# line %d: %s\n", line, condition );
    failed = true;
}

void shell( const char *command )
{
    if (system( command )) not_ok( command, __LINE__ );
}

void touch( const char *path )
{
    int file = open( path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644 );

    if (file == -1) not_ok( path, __LINE__ );
    else close( file );
}

/* Asks the index about a name whose letters are Latin-1. */
static struct host_name ask( const char *directory, const char *name )
{
    static __thread uint16_t letters[512], path[1024];
    struct host_name wanted = { .directory = (uintptr_t)directory,
                                .name = (uintptr_t)letters,
                                .path = (uintptr_t)path };

    wanted.length = (uint32_t)strlen( name );
    wanted.path_room = 1024;
    wanted.result = wanted.why = 77;
    for (uint32_t i = 0; i < wanted.length; i++) letters[i] = (unsigned char)name[i];
    ok( !__wine_unix_call_funcs[HOST_CALL_NAME]( &wanted ) );
    return wanted;
}

uint32_t result_of( const char *directory, const char *name )
{
    return ask( directory, name ).result;
}

bool is_refused( const char *directory, const char *name, enum host_name_why why, int err )
{
    struct host_name wanted = ask( directory, name );

    return wanted.result == HOST_NAME_UNKNOWN && wanted.why == why && wanted.err == err;
}

static void begin( void )
{
    memset( fake_plans, 0, sizeof( fake_plans ) );
    fake_file_system = fake_seconds = 0;
    shell( "mkdir d" );
}

static void end( const char *name )
{
    shell( "chmod -R u+rwx . && rm -rf d other many" );
    printf( "%s %d - %s\n", failed ? "not ok" : "ok", ++cases, name );
    failed = false;
}

static void test_new( void )
{
    struct host_name wanted = ask( "d", "New" );
    const uint16_t *path = (const uint16_t *)(uintptr_t)wanted.path;
    static const char says[] = "\\??\\unixd\\New";

    ok( wanted.result == HOST_NAME_NEW && wanted.path_length == sizeof( says ) - 1 );
    for (size_t i = 0; i < sizeof( says ) - 1; i++) ok( path[i] == (unsigned char)says[i] );
    ok( !access( "d", F_OK ) && access( "d/New", F_OK ) );
}

static void test_spellings( void )
{
    touch( "d/Name.TXT" );
    touch( "d/\xc3\x84rger" );
    ok( exists( "d", "Name.TXT" ) && is_spelled_otherwise( "d", "name.txt" ) &&
        is_spelled_otherwise( "d", "NAME.TXT" ) );
    ok( exists( "d", "\xc4rger" ) && is_spelled_otherwise( "d", "\xe4RGER" ) );
    ok( is_new( "d", "Name.TXTx" ) && is_new( "d", "Name.TX" ) && is_new( "d", "Arger" ) );
}

/* Wine's own links have a question mark behind their names. */
static void test_wine_links( void )
{
    touch( "d/link?" );
    touch( "d/two??" );
    touch( "d/?" );
    ok( is_spelled_otherwise( "d", "link" ) && is_spelled_otherwise( "d", "LINK" ) );
    ok( is_new( "d", "lin" ) && is_new( "d", "links" ) && is_new( "d", "two" ) );
    touch( "d/later?" );
    ok( is_spelled_otherwise( "d", "Later" ) );
    touch( "d/later" );
    ok( exists( "d", "later" ) );
    unlink( "d/later" );
    ok( is_spelled_otherwise( "d", "later" ) );
    rename( "d/later?", "d/?later" );
    ok( is_new( "d", "later" ) );
}

/* Linux' names have at most 255 bytes, and Wine's own function cuts what finds no room. */
static void test_long( void )
{
    char name[256] = "", *path = NULL;

    memset( name, 0xe9, 128 );
    ok( is_refused( "d", name, HOST_NAME_WHY_ODD, 0 ) );
    memset( name, 0xe9, 255 );
    ok( is_refused( "d", name, HOST_NAME_WHY_ODD, 0 ) );
    memset( name, 0, sizeof( name ) );
    memset( name, 0xe9, 127 );
    ok( is_new( "d", name ) );
    name[127] = 'a';
    ok( is_new( "d", name ) && asprintf( &path, "d/%0*d", 255, 0 ) == 257 );
    touch( path );
    ok( exists( "d", path + 2 ) );
    free( path );
}

static void test_followed( void )
{
    ok( is_new( "d", "a" ) );
    touch( "d/A" );
    ok( is_spelled_otherwise( "d", "a" ) );
    rename( "d/A", "d/B" );
    ok( is_new( "d", "a" ) && is_spelled_otherwise( "d", "b" ) );
    unlink( "d/B" );
    ok( is_new( "d", "b" ) );
    mkdir( "d/DIR", 0755 );
    ok( is_spelled_otherwise( "d", "dir" ) );
    symlink( "nowhere", "d/LINK" );
    ok( is_spelled_otherwise( "d", "link" ) && is_spelled_otherwise( "d", "LINK" ) );
    link( "d/LINK", "d/hard" );
    ok( is_spelled_otherwise( "d", "HARD" ) );
    rename( "d/DIR", "gone" );
    ok( is_new( "d", "dir" ) );
    rename( "gone", "d/Back" );
    ok( is_spelled_otherwise( "d", "back" ) );
}

static void test_two_spellings( void )
{
    touch( "d/foo" );
    touch( "d/FOO" );
    ok( is_spelled_otherwise( "d", "Foo" ) );
    unlink( "d/FOO" );
    ok( is_spelled_otherwise( "d", "Foo" ) );
    rename( "d/foo", "d/fOO" );
    ok( is_spelled_otherwise( "d", "Foo" ) );
    unlink( "d/fOO" );
    ok( is_new( "d", "Foo" ) );
}

/* Another process changes the directory, also while nobody asks. */
static void test_other_process( void )
{
    ok( is_new( "d", "x" ) );
    shell( "cd d && for i in 1 2 3 4 5 6 7 8 9; do : >N$i; done; mv N1 M1; rm N2; cp N3 K3; ln -s x S; mkdir Q; mkfifo "
           "P" );
    ok( is_spelled_otherwise( "d", "m1" ) && is_new( "d", "n1" ) && is_new( "d", "n2" ) &&
        is_spelled_otherwise( "d", "k3" ) );
    ok( is_spelled_otherwise( "d", "s" ) && is_spelled_otherwise( "d", "q" ) && is_spelled_otherwise( "d", "p" ) );
}

static void test_replaced( void )
{
    ok( is_new( "d", "a" ) );
    rename( "d", "other" );
    mkdir( "d", 0755 );
    touch( "d/A" );
    touch( "other/B" );
    ok( is_spelled_otherwise( "d", "a" ) && is_new( "d", "b" ) );
    ok( is_spelled_otherwise( "other", "b" ) && is_new( "other", "a" ) );
    shell( "rm -r d; mkdir d; touch d/C" );
    ok( is_new( "d", "a" ) && is_spelled_otherwise( "d", "c" ) );
    for (int i = 0; i < 100; i++)
    {
        /* inode numbers come back */
        shell( "rm -r d; mkdir d; touch d/C" );
        ok( is_spelled_otherwise( "d", "c" ) );
        shell( "rm -r d; mkdir d" );
        ok( is_new( "d", "c" ) );
    }
    shell( "rm -r d" );
    ok( is_refused( "d", "a", HOST_NAME_WHY_ERRNO, ENOENT ) );
    touch( "d" );
    ok( is_refused( "d", "a", HOST_NAME_WHY_ERRNO, ENOTDIR ) );
}

static void test_overflow( void )
{
    char name[64];

    ok( is_new( "d", "a" ) );
    for (int i = 0; i < 20000; i++)
    {
        snprintf( name, sizeof( name ), "d/f%d", i );
        touch( name );
        unlink( name );
    }
    touch( "d/A" );
    ok( is_spelled_otherwise( "d", "a" ) && is_new( "d", "F1" ) );
    touch( "d/F1" );
    ok( is_spelled_otherwise( "d", "f1" ) );
}

static void test_limits( void )
{
    fake_plans[FAKE_INOTIFY_INIT] = ( struct fake_plan ){ .at = 1, .err = EMFILE };
    fake_plans[FAKE_INOTIFY_ADD] = ( struct fake_plan ){ .at = 1, .err = ENOSPC };
    if (!fake_plans[FAKE_INOTIFY_INIT].calls) ok( ask( "d", "a" ).result == HOST_NAME_UNKNOWN );
    ok( is_refused( "d", "a", HOST_NAME_WHY_ERRNO, ENOSPC ) || is_new( "d", "a" ) );
    touch( "d/A" );
    ok( is_spelled_otherwise( "d", "a" ) );
}

static void test_foreign( void )
{
    fake_file_system = NFS;
    ok( is_refused( "d", "a", HOST_NAME_WHY_FOREIGN, 0 ) );
    touch( "d/a" );
    ok( exists( "d", "a" ) );
    ok( is_refused( "/proc/self", "surely-not-there", HOST_NAME_WHY_FOREIGN, 0 ) );
}

static void test_odd_names( void )
{
    static const char *const odd[] = { "",   "PROGRA~1", "a:b", "a.",  "a ", "a*", "a?",   "a<",
                                       "a>", "a\"",      "a|",  "a/b", ".",  "..", "a\\b", "a\nb" };
    char longest[257];

    for (size_t i = 0; i < sizeof( odd ) / sizeof( odd[0] ); i++) ok( is_refused( "d", odd[i], HOST_NAME_WHY_ODD, 0 ) );
    memset( longest, 'x', 256 );
    longest[256] = 0;
    ok( is_refused( "d", longest, HOST_NAME_WHY_ODD, 0 ) );
    longest[255] = 0;
    ok( is_new( "d", longest ) );
    /* each letter has two bytes on the disk */
    memset( longest, 0xe4, 255 );
    ok( is_refused( "d", longest, HOST_NAME_WHY_ODD, 0 ) );
    mkdir( "d/b\\c", 0755 );
    ok( is_refused( "d/b\\c", "a", HOST_NAME_WHY_ODD, 0 ) );
}

static void test_broken_names( void )
{
    touch( "d/\xff\xfe" );
    touch( "d/\xc3" );
    ok( is_new( "d", "ab" ) && is_new( "d", "\xff\xfe" ) && is_new( "d", "\xc3" ) );
    mkdir( "d/\xff", 0755 );
    ok( is_refused( "d/\xff", "a", HOST_NAME_WHY_ODD, 0 ) );
}

static void test_no_permission( void )
{
    if (!geteuid()) ok( !seteuid( 65534 ) );
    ok( !access( ".", F_OK ) );
    ok( !is_new( "private", "a" ) );
    if (!getuid()) ok( !seteuid( 0 ) );
}

static int descriptors( void )
{
    DIR *stream = opendir( "/proc/self/fd" );
    int count = 0;

    while (readdir( stream )) count++;
    closedir( stream );
    return count;
}

static void test_no_leak( void )
{
    int before = descriptors();

    for (int i = 0; i < 20000; i++)
    {
        ok( is_new( "d", "a" ) );
        if (i % 10 == 0) touch( i % 20 ? "d/B" : "d/b" );
        if (i % 10 == 5) remove( i % 20 == 5 ? "d/b" : "d/B" );
    }
    ok( descriptors() == before );
}

int main( void )
{
    static const struct
    {
        const char *name;
        void ( *run )( void );
    } all[] = {
        { .name = "limits of inotify", .run = test_limits }, /* comes first, while nothing is watched yet */
        { .name = "a new name, and its path", .run = test_new },
        { .name = "other spellings are seen", .run = test_spellings },
        { .name = "links of Wine's own", .run = test_wine_links },
        { .name = "names that are too long", .run = test_long },
        { .name = "changes are followed", .run = test_followed },
        { .name = "two spellings at once", .run = test_two_spellings },
        { .name = "changes of another process", .run = test_other_process },
        { .name = "a directory that is replaced", .run = test_replaced },
        { .name = "more events than are kept", .run = test_overflow },
        { .name = "foreign file systems are refused", .run = test_foreign },
        { .name = "odd names are refused", .run = test_odd_names },
        { .name = "broken names do no harm", .run = test_broken_names },
        { .name = "a directory that may not be listed", .run = test_no_permission },
        { .name = "many directories", .run = test_many_directories },
        { .name = "the bounds of memory", .run = test_memory },
        { .name = "directories that nobody asks about any more", .run = test_idle },
        { .name = "a directory that changes while it is read", .run = test_reading },
        { .name = "a lock that a dead thread does not keep", .run = test_lock },
        { .name = "many threads, and a file that is always there", .run = test_threads },
        { .name = "random changes", .run = test_random },
        { .name = "no descriptor is left open", .run = test_no_leak },
    };

    shell( "mkdir -p -m 700 private" );
    for (size_t i = 0; i < sizeof( all ) / sizeof( all[0] ); i++)
    {
        begin();
        all[i].run();
        end( all[i].name );
    }
    printf( "1..%d\n", cases );
    return 0;
}
