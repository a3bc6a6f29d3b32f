/* SPDX-License-Identifier: MIT */

/* The host's path of a file, where Wine tells it to host halves. */

#include "host_test.h"

#define OPEN         1
#define OPEN_IF      3
#define NOT_HELD     (int32_t)0xc0000061
#define NO_ROOM      (int32_t)0xc0000023
#define NOT_THERE    (int32_t)0xc0000034
#define NO_SUCH_FILE (int32_t)0xc000000f

static bool greets( void )
{
    struct host_hello hello = { HOST_BUILD, HOST_CALL_COUNT, 1, 7, 0 };

    ok( !__wine_unix_call_funcs[HOST_CALL_HELLO]( &hello ) && hello.has_paths <= 1 );
    return hello.has_paths;
}

static struct host_path ask( const char *letters, uint32_t room, uint32_t disposition )
{
    static char path[64];
    uint16_t name[64];
    struct host_path wanted = { .name = (uintptr_t)name,
                                .path = (uintptr_t)path,
                                .length = (uint32_t)strlen( letters ),
                                .room = room,
                                .disposition = disposition,
                                .status = 1 };

    memset( path, 'x', sizeof( path ) );
    memset( name, 'y', sizeof( name ) );
    for (uint32_t i = 0; i < wanted.length; i++) name[i] = (unsigned char)letters[i];
    ok( !__wine_unix_call_funcs[HOST_CALL_PATH]( &wanted ) );
    ok( path[room] == 'x' );
    return wanted;
}

static bool leads_to( struct host_path asked, const char *path )
{
    return asked.size == strlen( path ) + 1 && !strcmp( (const char *)(uintptr_t)asked.path, path );
}

void test_paths( void )
{
    struct host_path asked;

    fake_tells_paths = true;
    ok( greets() );
    asked = ask( "\\??\\Z:\\a\\b", 63, OPEN );
    ok( !asked.status && leads_to( asked, "/a/b" ) );
    asked = ask( "\\??\\Z:\\a\\", 63, OPEN );
    ok( !asked.status && leads_to( asked, "/a/" ) );
    asked = ask( "\\??\\Z:\\missing", 63, OPEN_IF );
    ok( asked.status == NO_SUCH_FILE && leads_to( asked, "/missing" ) );
    asked = ask( "\\??\\Z:\\missing", 63, OPEN );
    ok( asked.status == NOT_THERE );
    asked = ask( "\\??\\Z:\\a\\b", 5, OPEN );
    ok( !asked.status && leads_to( asked, "/a/b" ) );
    asked = ask( "\\??\\Z:\\a\\b", 4, OPEN );
    ok( asked.status == NO_ROOM && asked.size == 5 );
}

/* Wine's function would normalize these paths, and so would answer for another file. */
void test_untidy_paths( void )
{
    static const char *const untidy[] = { "",
                                          "\\??\\Z:\\a/b",
                                          "\\??\\Z:\\a\\\\b",
                                          "\\??\\Z:\\a\\\\",
                                          "\\??\\Z:\\.\\b",
                                          "\\??\\Z:\\..\\b",
                                          "\\??\\Z:\\a\\..",
                                          "\\??\\Z:\\a.\\b",
                                          "\\??\\Z:\\a\\b.",
                                          "\\??\\Z:\\a\\b ",
                                          "\\??\\Z:\\a \\b" };

    fake_tells_paths = true;
    ok( greets() );
    for (size_t i = 0; i < sizeof( untidy ) / sizeof( untidy[0] ); i++)
        ok( ask( untidy[i], 63, OPEN_IF ).status == NOT_HELD );
}

void test_no_paths( void )
{
    fake_tells_paths = false;
    ok( !greets() );
    ok( ask( "\\??\\Z:\\a", 63, OPEN ).status == NOT_HELD );
}
