/* SPDX-License-Identifier: MIT */

/* MoveFileWithProgress, MoveFileEx and MoveFile, W and A: within a file system, and to another one. */

#include "move.h"

#include <stdlib.h>

BOOL( WINAPI *move_progress_w )( LPCWSTR, LPCWSTR, LPPROGRESS_ROUTINE, LPVOID, DWORD );
static BOOL( WINAPI *move_progress_a )( LPCSTR, LPCSTR, LPPROGRESS_ROUTINE, LPVOID, DWORD );
BOOL( WINAPI *move_ex_w )( LPCWSTR, LPCWSTR, DWORD );
static BOOL( WINAPI *move_ex_a )( LPCSTR, LPCSTR, DWORD );
static BOOL( WINAPI *move_w )( LPCWSTR, LPCWSTR );
static BOOL( WINAPI *move_a )( LPCSTR, LPCSTR );

static void load( void )
{
    move_progress_w = test_function( "MoveFileWithProgressW" );
    move_progress_a = test_function( "MoveFileWithProgressA" );
    move_ex_w = test_function( "MoveFileExW" );
    move_ex_a = test_function( "MoveFileExA" );
    move_w = test_function( "MoveFileW" );
    move_a = test_function( "MoveFileA" );
}

static void narrow( PCWSTR name, char *bytes )
{
    WideCharToMultiByte( CP_ACP, 0, name, -1, bytes, MAX_PATH, NULL, NULL );
}

/* These give the six functions one form. The functions without flags allow copying. */
static BOOL by_progress_w( PCWSTR source, PCWSTR destination, DWORD flags )
{
    return move_progress_w( source, destination, NULL, NULL, flags );
}

static BOOL by_progress_a( PCWSTR source, PCWSTR destination, DWORD flags )
{
    char names[2][MAX_PATH];

    narrow( source, names[0] );
    narrow( destination, names[1] );
    return move_progress_a( names[0], names[1], NULL, NULL, flags );
}

static BOOL by_ex_w( PCWSTR source, PCWSTR destination, DWORD flags )
{
    return move_ex_w( source, destination, flags );
}

static BOOL by_ex_a( PCWSTR source, PCWSTR destination, DWORD flags )
{
    char names[2][MAX_PATH];

    narrow( source, names[0] );
    narrow( destination, names[1] );
    return move_ex_a( names[0], names[1], flags );
}

static BOOL by_w( PCWSTR source, PCWSTR destination, DWORD flags )
{
    (void)flags;
    return move_w( source, destination );
}

static BOOL by_a( PCWSTR source, PCWSTR destination, DWORD flags )
{
    char names[2][MAX_PATH];

    (void)flags;
    narrow( source, names[0] );
    narrow( destination, names[1] );
    return move_a( names[0], names[1] );
}

typedef BOOL ( *move_function )( PCWSTR, PCWSTR, DWORD );

static const struct
{
    const char *name;
    move_function move;
    bool has_flags;
} functions[] = {
    { .name = "MoveFileWithProgressW", .move = by_progress_w, .has_flags = true },
    { .name = "MoveFileWithProgressA", .move = by_progress_a, .has_flags = true },
    { .name = "MoveFileExW", .move = by_ex_w, .has_flags = true },
    { .name = "MoveFileExA", .move = by_ex_a, .has_flags = true },
    { .name = "MoveFileW", .move = by_w, .has_flags = false },
    { .name = "MoveFileA", .move = by_a, .has_flags = false },
};

static void each( void ( *check )( move_function move, bool has_flags ) )
{
    load();
    for (size_t i = 0; i < ARRAY_SIZE( functions ); i++)
    {
        push_context( "%s", functions[i].name );
        check( functions[i].move, functions[i].has_flags );
        pop_context();
    }
}

WCHAR other_volume[MAX_PATH], there[MAX_PATH], here[MAX_PATH];

/* A process that was killed has left its folder, and a later one may have the same number. */
static bool make_other( const char *volume )
{
    for (DWORD i = 0; i < 100; i++)
    {
        _snwprintf( other_volume, ARRAY_SIZE( other_volume ), L"%hs\\copyfile2-move-%lu-%lu", volume,
                    GetCurrentProcessId(), i );
        if (CreateDirectoryW( other_volume, NULL )) return true;
        if (GetLastError() != ERROR_ALREADY_EXISTS) return false;
    }
    return false;
}

bool find_other( void )
{
    const char *name = getenv( "COPYFILE2_TEST_OTHER_VOLUME" );
    bool may = name || running_under_wine();

    load();
    may = may && make_other( name ? name : "Z:\\dev\\shm" );
    _snwprintf( there, ARRAY_SIZE( there ), L"%ls\\dst.bin", other_volume );
    GetFullPathNameW( L"src.bin", ARRAY_SIZE( here ), here, NULL );
    if (may)
    {
        file_write_text( L"src.bin", "probe" );
        if (!MoveFileExW( L"src.bin", there, 0 ) && GetLastError() == ERROR_NOT_SAME_DEVICE) return true;
        DeleteFileW( there );
        RemoveDirectoryW( other_volume );
    }
    skip( "no second file system" );
    return false;
}

void leave_other( void )
{
    SetFileAttributesW( there, FILE_ATTRIBUTE_NORMAL );
    DeleteFileW( there );
    ok( RemoveDirectoryW( other_volume ), "something is left: error %lu", GetLastError() );
}

void make( uint64_t size )
{
    file_fill( L"src.bin", size, 5 );
    file_fill( L"same.bin", size, 5 );
    SetFileAttributesW( there, FILE_ATTRIBUTE_NORMAL );
    DeleteFileW( there );
}

void expect_moved( BOOL done )
{
    ok( done, "error %lu", GetLastError() );
    ok( !file_exists( L"src.bin" ), "the source is there" );
    ok( file_equal( L"same.bin", there ), "other bytes" );
}

void expect_stayed( BOOL done, DWORD error )
{
    DWORD last = GetLastError();

    ok( !done, "it moved" );
    ok( last == error, "last error %lu, not %lu", last, error );
    ok( file_equal( L"same.bin", L"src.bin" ), "the source is not what it was" );
}

static void check_rename( move_function move, bool has_flags )
{
    file_write_text( L"a.txt", "text" );
    ok( move( L"a.txt", L"b.txt", 0 ), "error %lu", GetLastError() );
    ok( !file_exists( L"a.txt" ) && file_is_text( L"b.txt", "text" ), "not moved" );
    file_write_text( L"a.txt", "new" );
    ok( !move( L"a.txt", L"b.txt", 0 ), "replaced" );
    ok( GetLastError() == ERROR_ALREADY_EXISTS, "last error %lu", GetLastError() );
    ok( !move( L"none.txt", L"c.txt", 0 ), "moved nothing" );
    ok( GetLastError() == ERROR_FILE_NOT_FOUND, "last error %lu", GetLastError() );
    if (has_flags)
    {
        ok( move( L"a.txt", L"b.txt", MOVEFILE_REPLACE_EXISTING | MOVEFILE_COPY_ALLOWED ), "error %lu",
            GetLastError() );
        ok( !file_exists( L"a.txt" ) && file_is_text( L"b.txt", "new" ), "not replaced" );
    }
    DeleteFileW( L"a.txt" );
    DeleteFileW( L"b.txt" );
    ok( CreateDirectoryW( L"folder", NULL ) && move( L"folder", L"renamed", 0 ), "error %lu", GetLastError() );
    ok( RemoveDirectoryW( L"renamed" ), "no folder there" );
}

static void test_rename( void )
{
    each( check_rename );
}

static void test_null_names( void )
{
    load();
    ok( !move_a( NULL, "b.txt" ), "moved nothing" );
    ok( GetLastError() == ERROR_PATH_NOT_FOUND, "last error %lu", GetLastError() );
    ok( !move_ex_a( NULL, "b.txt", 0 ), "moved nothing" );
    ok( GetLastError() == ERROR_PATH_NOT_FOUND, "last error %lu", GetLastError() );
    ok( !move_progress_a( NULL, "b.txt", NULL, NULL, 0 ), "moved nothing" );
    ok( GetLastError() == ERROR_PATH_NOT_FOUND, "last error %lu", GetLastError() );
}

static void check_across( move_function move, bool has_flags )
{
    FILETIME past = file_time( 1999 );
    WIN32_FILE_ATTRIBUTE_DATA data;

    make( 300000 );
    file_set_times( L"src.bin", NULL, &past );
    expect_moved( move( here, there, MOVEFILE_COPY_ALLOWED ) );
    data = file_information( there );
    ok( !CompareFileTime( &data.ftLastWriteTime, &past ), "another last-write time" );
    if (!has_flags) return;

    make( 5 );
    expect_stayed( move( here, there, 0 ), ERROR_NOT_SAME_DEVICE );
    expect_stayed( move( here, there, MOVEFILE_REPLACE_EXISTING ), ERROR_NOT_SAME_DEVICE );
    file_write_text( there, "an older and longer text" );
    expect_moved( move( here, there, MOVEFILE_COPY_ALLOWED | MOVEFILE_REPLACE_EXISTING ) );
    make( 1500000 );
    expect_moved( move( here, there, MOVEFILE_COPY_ALLOWED | MOVEFILE_WRITE_THROUGH ) );
}

static void test_across( void )
{
    if (!find_other()) return;
    each( check_across );
    leave_other();
}

/* Windows answers one error or the other, by what it tries first. */
static void check_existing( move_function move, bool has_flags )
{
    DWORD error;

    (void)has_flags;
    make( 5 );
    file_write_text( there, "old" );
    ok( !move( here, there, MOVEFILE_COPY_ALLOWED ), "replaced" );
    error = GetLastError();
    ok( error == ERROR_ALREADY_EXISTS || error == ERROR_FILE_EXISTS, "last error %lu", error );
    ok( file_is_text( there, "old" ), "the destination has changed" );
    ok( file_equal( L"same.bin", L"src.bin" ), "the source is not what it was" );
}

/* On Windows streams go with their file. Under Wine a rename leaves them, so a move to another file system does too. */
static void check_streams( move_function move, bool has_flags )
{
    WCHAR named[2][MAX_PATH];

    (void)has_flags;
    make( 70000 );
    _snwprintf( named[0], MAX_PATH, L"%ls:one", here );
    _snwprintf( named[1], MAX_PATH, L"%ls:one", there );
    file_write_text( named[0], "first" );
    ok( move( here, there, MOVEFILE_COPY_ALLOWED ), "last error %lu", GetLastError() );
    ok( file_is_text( named[running_under_wine() ? 0 : 1], "first" ), "the stream has gone" );
    ok( !file_exists( named[running_under_wine() ? 1 : 0] ), "the stream is there as well" );
    ok( !file_exists( here ), "the source is there" );
    DeleteFileW( named[0] );
    DeleteFileW( named[1] );
    DeleteFileW( there );

    file_write_text( L"renamed.bin", "main" );
    file_write_text( L"renamed.bin:one", "first" );
    ok( move( L"renamed.bin", L"other.bin", MOVEFILE_COPY_ALLOWED ), "last error %lu", GetLastError() );
    ok( file_is_text( running_under_wine() ? L"renamed.bin:one" : L"other.bin:one", "first" ), "the stream has gone" );
    DeleteFileW( L"renamed.bin:one" );
    DeleteFileW( L"other.bin" );
}

static void test_streams( void )
{
    if (!find_other()) return;
    each( check_streams );
    leave_other();
}

static void test_existing( void )
{
    if (!find_other()) return;
    each( check_existing );
    leave_other();
}

static BOOL move_across( struct family_recorder *recorder, BOOL *cancel )
{
    DWORD error;
    BOOL done;

    (void)cancel;
    DeleteFileW( there );
    done = move_progress_w( here, there, family_callback, recorder, MOVEFILE_COPY_ALLOWED );
    error = GetLastError();
    /* the model looks for the copy there */
    CopyFileW( there, L"dst.bin", FALSE );
    SetLastError( error );
    return done;
}

static void test_answers( void )
{
    if (!find_other()) return;
    family_check_answers( move_across, true );
    leave_other();
}

static void test_folder( void )
{
    if (!find_other()) return;
    ok( CreateDirectoryW( L"folder", NULL ), "error %lu", GetLastError() );
    ok( !move_ex_w( L"folder", there, MOVEFILE_COPY_ALLOWED ), "moved" );
    ok( GetLastError() == ERROR_ACCESS_DENIED, "last error %lu", GetLastError() );
    ok( !move_ex_w( L"folder", there, 0 ), "moved" );
    ok( GetLastError() == ERROR_NOT_SAME_DEVICE, "last error %lu", GetLastError() );
    ok( RemoveDirectoryW( L"folder" ), "the folder is gone" );
    leave_other();
}

static void test_read_only( void )
{
    if (!find_other()) return;
    make( 5 );
    file_set_attributes( L"src.bin", FILE_ATTRIBUTE_READONLY );
    expect_moved( move_ex_w( here, there, MOVEFILE_COPY_ALLOWED ) );
    ok( file_attributes( there ) & FILE_ATTRIBUTE_READONLY, "not read-only" );
    leave_other();
}

static const struct test_case cases[] = {
    { .name = "rename", .row = "-", .run = test_rename },
    { .name = "null_names", .row = "-", .run = test_null_names },
    { .name = "across", .row = "-", .run = test_across },
    { .name = "streams", .row = "-", .run = test_streams },
    { .name = "existing", .row = "-", .run = test_existing },
    { .name = "answers", .row = "-", .run = test_answers },
    { .name = "folder", .row = "-", .run = test_folder },
    { .name = "read_only", .row = "-", .run = test_read_only },
    { .name = "protected", .row = "-", .run = test_protected },
    { .name = "dot", .row = "-", .run = test_dot },
    { .name = "sharing", .row = "-", .run = test_sharing },
    { .name = "held_elsewhere", .row = "-", .run = test_held_elsewhere },
    { .name = "source_written", .row = "-", .run = test_source_written },
    { .name = "source_swapped", .row = "-", .run = test_source_swapped },
};

TEST_MAIN( "move", cases )
