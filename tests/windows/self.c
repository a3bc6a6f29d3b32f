/* SPDX-License-Identifier: MIT */

/* A copy of a file onto itself is refused, by any name of the file, and nothing is lost. */

#include "harness/recorder.h"
#include "harness/files.h"
#include "harness/test.h"

static const char fresh[] = "the quick brown fox";

#define READ_WRITE ( GENERIC_READ | GENERIC_WRITE )

/* Copies src.txt onto this name of itself. A writer who was there first makes the copy share writing, and then only the
 * file's identity tells that both are one. */
static void check_self( PCWSTR name, bool writer )
{
    static const DWORD flags[] = { 0, COPY_FILE_OPEN_SOURCE_FOR_WRITE, COPY_FILE_FAIL_IF_EXISTS };
    HANDLE holder = writer ? file_hold( L"src.txt", READ_WRITE, SHARE_ALL ) : NULL;

    for (size_t i = 0; i < ARRAY_SIZE( flags ); i++)
    {
        DWORD error = flags[i] & COPY_FILE_FAIL_IF_EXISTS ? ERROR_FILE_EXISTS : ERROR_SHARING_VIOLATION;
        HRESULT hr = copy( L"src.txt", name, flags[i] );

        push_context( "onto %ls, %s writer, flags %#lx", name, writer ? "a" : "no", flags[i] );
        ok( hr == hr_from_error( error ), "got %#lx, not error %lu", hr, error );
        ok( GetLastError() == error, "last error %lu, not %lu", GetLastError(), error );
        ok( file_is_text( L"src.txt", fresh ), "the file has changed" );
        pop_context();
    }
    if (holder) CloseHandle( holder );
}

static void test_self( void )
{
    file_write_text( L"src.txt", fresh );
    check_self( L"src.txt", false );
}

static void test_self_writer( void )
{
    file_write_text( L"src.txt", fresh );
    check_self( L"src.txt", true );
}

static void test_self_trailing( void )
{
    file_write_text( L"src.txt", fresh );
    check_self( L"src.txt.", false );
    check_self( L"src.txt.", true );
}

static void test_self_spelling( void )
{
    static const PCWSTR spellings[] = { L"SRC.TXT", L"Src.txt", L".\\src.txt", L"folder\\..\\src.txt", L"src.txt. " };
    WCHAR whole[MAX_PATH];

    CreateDirectoryW( L"folder", NULL );
    file_write_text( L"src.txt", fresh );
    for (size_t i = 0; i < ARRAY_SIZE( spellings ); i++)
    {
        check_self( spellings[i], false );
        check_self( spellings[i], true );
    }
    wcscpy( whole, L"\\\\?\\" );
    GetFullPathNameW( L"src.txt", ARRAY_SIZE( whole ) - 4, whole + 4, NULL );
    check_self( whole, false );
    check_self( whole, true );
}

static void test_hardlink_self( void )
{
    file_write_text( L"src.txt", fresh );
    if (!CreateHardLinkW( L"link.txt", L"src.txt", NULL ))
    {
        skip( "no hard links here: error %lu", GetLastError() );
        return;
    }
    check_self( L"link.txt", false );
    check_self( L"link.txt", true );
}

static DWORD CALLBACK keep_writing( void *context )
{
    volatile LONG *stop = context;
    HANDLE file = CreateFileW( L"src.txt", GENERIC_WRITE, SHARE_ALL, NULL, OPEN_EXISTING, 0, NULL );
    DWORD written;

    while (!*stop && SetFilePointer( file, 0, NULL, FILE_BEGIN ) == 0)
        WriteFile( file, fresh, sizeof( fresh ) - 1, &written, NULL );
    CloseHandle( file );
    return 0;
}

/* A writer who does not rest changes the file's times while the copy looks at them. So many rounds meet such a
 * moment. */
static void test_self_busy_writer( void )
{
    volatile LONG stop = FALSE;
    HANDLE thread, holder;

    file_write_text( L"src.txt", fresh );
    holder = file_hold( L"src.txt", READ_WRITE, SHARE_ALL );
    thread = CreateThread( NULL, 0, keep_writing, (void *)&stop, 0, NULL );
    for (int round = 0; round < 200; round++)
    {
        HRESULT hr = copy( L"src.txt", L"SRC.TXT", 0 );

        if (!ok( hr == hr_from_error( ERROR_SHARING_VIOLATION ), "round %d: got %#lx", round, hr )) break;
    }
    stop = TRUE;
    WaitForSingleObject( thread, INFINITE );
    CloseHandle( thread );
    CloseHandle( holder );
    ok( file_is_text( L"src.txt", fresh ), "the file has changed" );
}

static const struct test_case cases[] = {
    { .name = "self",
      .row = "6",
      .claim = "src = dst: hr(32), last error 32, content intact",
      .sure = "A",
      .run = test_self },
    { .name = "self_writer", .row = "-", .run = test_self_writer },
    { .name = "self_busy_writer", .row = "-", .run = test_self_busy_writer },
    { .name = "self_trailing",
      .row = "61",
      .claim = "\"a.txt\" to \"a.txt.\": hr(32), intact",
      .sure = "C",
      .run = test_self_trailing },
    { .name = "self_spelling", .row = "-", .run = test_self_spelling },
    { .name = "hardlink_self",
      .row = "60",
      .claim = "dest = hard link of source: hr(32), intact",
      .sure = "C",
      .run = test_hardlink_self },
};

TEST_MAIN( "self", cases )
