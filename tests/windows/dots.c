/* SPDX-License-Identifier: MIT */

/* On Windows a name that begins with a dot is a name like any other, but Wine calls such files hidden. */

#include "harness/files.h"
#include "harness/recorder.h"
#include "harness/test.h"

static const char fresh[] = "the quick brown fox";
static const char old[] = "jumps over the lazy dog, who was here first";

/* Claims that the copy succeeds although Wine may call source or destination hidden. */
static void check_dot( PCWSTR source, PCWSTR destination, DWORD flags )
{
    HRESULT hr;

    push_context( "%ls to %ls, flags %#lx", source, destination, flags );
    file_write_text( source, fresh );
    for (int i = 0; i < 2; i++)
    {
        hr = copy( source, destination, flags );
        ok( hr == S_OK, "copy %d: got %#lx", i, hr );
        ok( file_is_text( destination, fresh ), "copy %d: other bytes", i );
        DeleteFileW( destination );
        file_write_text( destination, old );
    }
    hr = copy( source, destination, flags );
    ok( hr == S_OK, "onto an old one: got %#lx", hr );
    ok( file_is_text( destination, fresh ), "onto an old one: other bytes" );
    DeleteFileW( destination );
    DeleteFileW( source );
    pop_context();
}

/* Answers the marks by a handle, because a handle tells only of marks that somebody has set. */
static DWORD marks_by_handle( PCWSTR name )
{
    HANDLE file = file_hold( name, FILE_READ_ATTRIBUTES, SHARE_ALL );
    BY_HANDLE_FILE_INFORMATION information = { 0 };

    GetFileInformationByHandle( file, &information );
    CloseHandle( file );
    return information.dwFileAttributes & ( FILE_ATTRIBUTE_HIDDEN | FILE_ATTRIBUTE_SYSTEM );
}

static void test_ordinary( void )
{
    static const DWORD flags[] = { 0, COPY_FILE_RESTARTABLE, COPY_FILE_NO_BUFFERING, COPY_FILE_OPEN_SOURCE_FOR_WRITE };

    for (size_t i = 0; i < ARRAY_SIZE( flags ); i++)
    {
        check_dot( L"src.txt", L".dst", flags[i] );
        check_dot( L".src", L".dst", flags[i] );
        check_dot( L".src", L"dst.txt", flags[i] );
    }
    file_write_text( L".src", fresh );
    ok( copy( L".src", L"dst.txt", 0 ) == S_OK && copy( L".src", L".dst", COPY_FILE_NO_BUFFERING ) == S_OK, "no copy" );
    ok( !marks_by_handle( L"dst.txt" ) && !marks_by_handle( L".dst" ), "a copy has marks that nobody has set" );
}

/* The mark counts where somebody has set it. */
static void test_hidden( void )
{
    HRESULT hr;

    if (!file_system_keeps_attributes())
    {
        skip( "this file system does not keep HIDDEN" );
        return;
    }
    file_write_text( L"src.txt", fresh );
    file_write_text( L".dst", old );
    file_set_attributes( L".dst", FILE_ATTRIBUTE_HIDDEN );
    hr = copy( L"src.txt", L".dst", 0 );
    ok( hr == hr_from_error( ERROR_ACCESS_DENIED ), "got %#lx", hr );
    ok( file_is_text( L".dst", old ), "the destination has changed" );
    hr = copy( L".dst", L"dst.txt", 0 );
    ok( hr == S_OK && marks_by_handle( L"dst.txt" ) == FILE_ATTRIBUTE_HIDDEN, "got %#lx, marks %#lx", hr,
        marks_by_handle( L"dst.txt" ) );
}

static const struct test_case cases[] = {
    { .name = "ordinary", .row = "-", .run = test_ordinary },
    { .name = "hidden", .row = "45", .run = test_hidden },
};

TEST_MAIN( "dots", cases )
