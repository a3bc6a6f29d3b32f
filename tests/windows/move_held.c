/* SPDX-License-Identifier: MIT */

/* Moves of files that are protected, held open, or changed meanwhile, to another file system. */

#include "move.h"

static void check_protected( DWORD attributes )
{
    make( 5 );
    file_write_text( there, "old" );
    file_set_attributes( there, attributes );
    expect_stayed( move_ex_w( here, there, MOVEFILE_COPY_ALLOWED | MOVEFILE_REPLACE_EXISTING ), ERROR_ACCESS_DENIED );
    ok( file_is_text( there, "old" ), "the destination has changed" );
}

void test_protected( void )
{
    if (!find_other()) return;
    check_protected( FILE_ATTRIBUTE_READONLY );
    leave_other();
}

/* A move replaces a file whose name begins with a dot, even though Wine calls such a file hidden. */
void test_dot( void )
{
    WCHAR dot[MAX_PATH];

    if (!find_other()) return;
    _snwprintf( dot, ARRAY_SIZE( dot ), L"%ls\\.dst", other_volume );
    make( 5 );
    file_write_text( dot, "old" );
    ok( move_ex_w( here, dot, MOVEFILE_COPY_ALLOWED | MOVEFILE_REPLACE_EXISTING ), "error %lu", GetLastError() );
    ok( file_equal( L"same.bin", dot ), "other bytes" );
    ok( !file_exists( here ), "the source is still there" );
    DeleteFileW( dot );
    leave_other();
}

static void check_held( PCWSTR name, DWORD access, DWORD share, DWORD error )
{
    HANDLE holder;
    BOOL done;

    push_context( "%ls access %#lx sharing %#lx", name, access, share );
    make( 5 );
    file_write_text( there, "old" );
    holder = file_hold( name, access, share );
    done = move_ex_w( here, there, MOVEFILE_COPY_ALLOWED | MOVEFILE_REPLACE_EXISTING );
    ok( GetLastError() == error || ( !error && done ), "last error %lu, not %lu", GetLastError(), error );
    CloseHandle( holder );
    if (error)
    {
        expect_stayed( done, GetLastError() );
        ok( file_is_text( there, "old" ), "the destination has changed" );
    }
    else expect_moved( done );
    pop_context();
}

void test_sharing( void )
{
    if (!find_other()) return;
    check_held( here, GENERIC_READ, SHARE_R, ERROR_SHARING_VIOLATION );
    check_held( here, GENERIC_READ, SHARE_R | SHARE_D, 0 );
    check_held( here, GENERIC_READ | GENERIC_WRITE, SHARE_ALL, 0 );
    check_held( here, GENERIC_WRITE, SHARE_W | SHARE_D, ERROR_SHARING_VIOLATION );
    leave_other();
}

/* Within a file system Wine refuses to replace a file that is open. A move to another file system is a copy, so a
 * holder who shares the file lets it be overwritten. Without host paths the engine cannot tell that it is another file
 * system. */
void test_held_elsewhere( void )
{
    bool is_unknown = without_host_paths();

    if (!find_other()) return;
    check_held( there, GENERIC_READ, SHARE_R | SHARE_W, is_unknown ? ERROR_ACCESS_DENIED : 0 );
    check_held( there, GENERIC_READ, SHARE_ALL, is_unknown ? ERROR_ACCESS_DENIED : 0 );
    check_held( there, GENERIC_READ, SHARE_R, is_unknown ? ERROR_ACCESS_DENIED : ERROR_SHARING_VIOLATION );
    leave_other();
}

static HANDLE writer;

static void write_source( HANDLE source, HANDLE destination )
{
    DWORD written;

    (void)source, (void)destination;
    if (writer) ok( WriteFile( writer, "late", 4, &written, NULL ), "error %lu", GetLastError() );
    if (writer) CloseHandle( writer );
    writer = NULL;
}

/* The bytes that came meanwhile are not in the copy, and must not go with the source. */
void test_source_written( void )
{
    struct family_recorder recorder;

    if (!find_other()) return;
    make( 5 );
    family_begin( &recorder );
    recorder.hook = write_source;
    writer = file_hold( L"src.bin", GENERIC_WRITE, SHARE_ALL );
    SetFilePointer( writer, 0, NULL, FILE_END );
    ok( !move_progress_w( here, there, family_callback, &recorder, MOVEFILE_COPY_ALLOWED ), "moved" );
    ok( GetLastError() == ERROR_SHARING_VIOLATION, "last error %lu", GetLastError() );
    ok( file_size( L"src.bin" ) == 9, "%lld bytes in the source", file_size( L"src.bin" ) );
    ok( !file_exists( there ), "the destination is there" );
    leave_other();
}

/* The move deletes the file that was copied, even when another file has its name by then. */
static void swap_source( HANDLE source, HANDLE destination )
{
    (void)source, (void)destination;
    if (file_exists( L"aside.bin" )) return;
    ok( MoveFileW( L"src.bin", L"aside.bin" ), "error %lu", GetLastError() );
    file_write_text( L"src.bin", "another" );
}

void test_source_swapped( void )
{
    struct family_recorder recorder;

    if (!find_other()) return;
    make( 5 );
    family_begin( &recorder );
    recorder.hook = swap_source;
    ok( move_progress_w( here, there, family_callback, &recorder, MOVEFILE_COPY_ALLOWED ), "error %lu",
        GetLastError() );
    ok( file_equal( L"same.bin", there ), "other bytes" );
    ok( file_is_text( L"src.bin", "another" ), "a file that was not moved is gone" );
    leave_other();
}
