/* SPDX-License-Identifier: MIT */

/* Directories, with COPY_FILE_DIRECTORY and without, and links to them. */

#include "harness/symlinks.h"
#include "harness/files.h"
#include "harness/recorder.h"
#include "harness/test.h"

static const char child[] = "a child";

#define AS_DIRECTORY COPY_FILE_DIRECTORY
#define AS_LINK      COPY_FILE_COPY_SYMLINK

/* A Windows before 10 2004 does not know the flag. */
static bool is_unknown( HRESULT hr )
{
    return broken( hr == hr_from_error( ERROR_INVALID_PARAMETER ) );
}

static void make_source( void )
{
    CreateDirectoryW( L"src", NULL );
    file_write_text( L"src\\child.txt", child );
}

static bool is_directory( PCWSTR name )
{
    DWORD attributes = file_attributes( name );

    return attributes != INVALID_FILE_ATTRIBUTES && ( attributes & FILE_ATTRIBUTE_DIRECTORY );
}

static bool is_empty( PCWSTR name )
{
    if (!RemoveDirectoryW( name )) return false;
    return CreateDirectoryW( name, NULL );
}

/* The directory itself is copied, and none of its children. */
static void test_copy_dir( void )
{
    HRESULT hr;

    make_source();
    hr = copy( L"src", L"dst", AS_DIRECTORY );
    if (is_unknown( hr )) return;
    ok( hr == S_OK, "got %#lx", hr );
    ok( is_directory( L"dst" ) && is_empty( L"dst" ), "no empty directory" );
    ok( file_is_text( L"src\\child.txt", child ), "the source has changed" );
}

static void keep_handles( const COPYFILE2_MESSAGE *message, void *context )
{
    BY_HANDLE_FILE_INFORMATION information;

    (void)context;
    if (message->Type != COPYFILE2_CALLBACK_STREAM_STARTED) return;
    ok( GetFileInformationByHandle( message->Info.StreamStarted.hSourceFile, &information ) &&
            ( information.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY ),
        "the source's handle is no directory's" );
    ok( GetFileInformationByHandle( message->Info.StreamStarted.hDestinationFile, &information ) &&
            ( information.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY ),
        "the destination's handle is no directory's" );
}

/* A directory is told of as an empty file is, so the callback gets the handles that it needs to copy the security. */
static void test_dir_messages( void )
{
    struct recorder recorder;
    HRESULT hr;

    make_source();
    recorder_begin( &recorder );
    recorder.hook = keep_handles;
    hr = copy_recorded( L"src", L"dst", AS_DIRECTORY, &recorder );
    if (!is_unknown( hr ))
    {
        ok( hr == S_OK, "got %#lx", hr );
        if (engine_is_ours()) expect_said( &recorder, SAID_STREAM_STARTED( 0 ) SAID_STREAM_FINISHED( 0, 0 ) );
    }
    recorder_end( &recorder );
}

static void test_dir_existing( void )
{
    HRESULT hr;

    make_source();
    CreateDirectoryW( L"dst", NULL );
    file_write_text( L"dst\\other.txt", child );
    hr = copy( L"src", L"dst", AS_DIRECTORY | COPY_FILE_FAIL_IF_EXISTS );
    if (is_unknown( hr )) return;
    ok( hr == hr_from_error( ERROR_FILE_EXISTS ) || broken( hr == hr_from_error( ERROR_ALREADY_EXISTS ) ),
        "FAIL_IF_EXISTS: got %#lx", hr );
    hr = copy( L"src", L"dst", AS_DIRECTORY );
    ok( hr == S_OK, "got %#lx", hr );
    ok( file_is_text( L"dst\\other.txt", child ), "what was in it is gone" );
    ok( !file_exists( L"dst\\child.txt" ), "a child was copied" );
}

/* A directory that was there stays, whatever happens; one that this call has made goes. */
static void test_dir_cancel( void )
{
    struct recorder recorder;
    HRESULT hr;

    make_source();
    CreateDirectoryW( L"there", NULL );
    for (int i = 0; i < 2; i++)
    {
        recorder_begin( &recorder );
        recorder.answer = COPYFILE2_PROGRESS_CANCEL;
        recorder.answer_to = COPYFILE2_CALLBACK_STREAM_STARTED;
        recorder.answer_at = 1;
        hr = copy_recorded( L"src", i ? L"there" : L"dst", AS_DIRECTORY, &recorder );
        recorder_end( &recorder );
        if (is_unknown( hr )) return;
        ok( hr == hr_from_error( ERROR_REQUEST_ABORTED ), "got %#lx", hr );
    }
    ok( !file_exists( L"dst" ), "the new directory is still there" );
    ok( is_directory( L"there" ), "the old directory is gone" );
}

static void test_dir_metadata( void )
{
    FILETIME created = file_time( 1999 ), written = file_time( 2004 );
    WIN32_FILE_ATTRIBUTE_DATA data;
    HRESULT hr;

    make_source();
    file_set_times( L"src", &created, &written );
    /* the attributes come last, for Wine 10.0 forgets them when it sets a time of a directory */
    file_set_attributes( L"src", FILE_ATTRIBUTE_HIDDEN );
    hr = copy( L"src", L"dst", AS_DIRECTORY );
    if (is_unknown( hr )) return;
    ok( hr == S_OK, "got %#lx", hr );
    data = file_information( L"dst" );
    ok( !CompareFileTime( &data.ftLastWriteTime, &written ), "another time" );
    if (file_system_keeps_attributes())
        ok( data.dwFileAttributes & FILE_ATTRIBUTE_HIDDEN, "attributes %#lx", data.dwFileAttributes );
    ok( data.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY, "attributes %#lx", data.dwFileAttributes );
}

static void test_dir_errors( void )
{
    HRESULT hr;

    make_source();
    file_write_text( L"file.txt", child );
    hr = copy( L"file.txt", L"dst", AS_DIRECTORY );
    if (is_unknown( hr )) return;
    ok( hr == hr_from_error( ERROR_DIRECTORY ), "a file: got %#lx", hr );
    hr = copy( L"src", L"file.txt", AS_DIRECTORY );
    ok( hr == hr_from_error( ERROR_DIRECTORY ), "onto a file: got %#lx", hr );
    hr = copy( L"src", L"file.txt", AS_DIRECTORY | COPY_FILE_FAIL_IF_EXISTS );
    ok( hr == hr_from_error( ERROR_FILE_EXISTS ), "onto a file, FAIL_IF_EXISTS: got %#lx", hr );
    hr = copy( L"missing", L"dst", AS_DIRECTORY );
    ok( hr == hr_from_error( ERROR_FILE_NOT_FOUND ), "no source: got %#lx", hr );
    hr = copy( L"src", L"missing\\dst", AS_DIRECTORY );
    ok( hr == hr_from_error( ERROR_PATH_NOT_FOUND ), "no parent: got %#lx", hr );
    hr = copy( L"src", L"src", AS_DIRECTORY );
    ok( hr == hr_from_error( ERROR_SHARING_VIOLATION ), "onto itself: got %#lx", hr );
    hr = copy( L"src", L"dst", 0 );
    ok( hr == hr_from_error( ERROR_ACCESS_DENIED ), "without the flag: got %#lx", hr );
    ok( !file_exists( L"dst" ), "a destination was made" );
    ok( file_is_text( L"file.txt", child ) && file_is_text( L"src\\child.txt", child ), "a file has changed" );
    hr = copy( L"src", L"src\\inside", AS_DIRECTORY );
    ok( hr == S_OK && is_directory( L"src\\inside" ), "into itself: got %#lx", hr );
}

static void test_dirlink( void )
{
    HRESULT hr;

    make_source();
    symlink_make( "link", "src", true );
    hr = copy( L"link", L"dst", 0 );
    ok( hr == hr_from_error( ERROR_ACCESS_DENIED ), "followed: got %#lx", hr );
    if (symlinks_are_refused( L"link", L"dst", AS_LINK )) return;
    hr = copy( L"link", L"dst", AS_LINK );
    ok( hr == hr_from_error( ERROR_ACCESS_DENIED ), "without DIRECTORY: got %#lx", hr );
    hr = copy( L"link", L"dst", COPY_FILE_OPEN_AND_COPY_REPARSE_POINT );
    ok( hr == hr_from_error( ERROR_ACCESS_DENIED ) || !engine_is_ours(), "without DIRECTORY: got %#lx", hr );
    ok( !file_exists( L"dst" ), "a destination was made" );
    hr = copy( L"link", L"dst", AS_LINK | AS_DIRECTORY );
    if (is_unknown( hr )) return;
    ok( hr == S_OK, "got %#lx", hr );
    ok( symlink_is( "dst", "src" ), "no link to the same" );
    ok( file_is_text( L"dst\\child.txt", child ), "it leads elsewhere" );
}

static void test_dirlink_followed( void )
{
    HRESULT hr;

    make_source();
    symlink_make( "link", "src", true );
    hr = copy( L"link", L"dst", AS_DIRECTORY );
    if (is_unknown( hr )) return;
    ok( hr == S_OK, "got %#lx", hr );
    ok( is_directory( L"dst" ) && !symlink_exists( "dst" ) && is_empty( L"dst" ), "no empty directory" );
}

/* A destination that is a link to a directory is followed, or replaced when links are copied. The files in its target
 * stay. */
static void test_dst_dirlink( void )
{
    HRESULT hr;

    make_source();
    CreateDirectoryW( L"target", NULL );
    file_write_text( L"target\\old.txt", child );
    file_write_text( L"file.txt", child );
    symlink_make( "link", "target", true );
    hr = copy( L"src", L"link", AS_DIRECTORY );
    if (is_unknown( hr )) return;
    ok( hr == S_OK && symlink_is( "link", "target" ), "followed: got %#lx", hr );
    if (symlinks_are_refused( L"file.txt", L"link", AS_LINK )) return;
    hr = copy( L"src", L"link", AS_DIRECTORY | AS_LINK | COPY_FILE_FAIL_IF_EXISTS );
    ok( hr == hr_from_error( ERROR_FILE_EXISTS ), "FAIL_IF_EXISTS: got %#lx", hr );
    hr = copy( L"src", L"link", AS_DIRECTORY | AS_LINK );
    ok( hr == S_OK, "got %#lx", hr );
    ok( !symlink_exists( "link" ) && is_directory( L"link" ) && is_empty( L"link" ), "the link was not replaced" );
    ok( file_is_text( L"target\\old.txt", child ), "its target has changed" );
}

/* With DONT_COPY_JUNCTIONS a junction counts as the directory that it leads to. A symbolic link is no junction. */
static void test_junction_as_directory( void )
{
    COPYFILE2_EXTENDED_PARAMETERS_V2 params = { sizeof( params ),
                                                COPY_FILE_OPEN_AND_COPY_REPARSE_POINT | AS_DIRECTORY };
    HRESULT hr;

    params.dwCopyFlagsV2 = COPY_FILE2_V2_DONT_COPY_JUNCTIONS;
    make_source();
    symlink_make( "link", "src", true );
    if (symlinks_are_refused( L"link", L"dst", AS_LINK | AS_DIRECTORY )) return;
    hr = copy_with( L"link", L"dst.link", &params );
    if (is_unknown( hr )) return;
    ok( hr == S_OK && symlink_is( "dst.link", "src" ), "a link: got %#lx", hr );
    if (symlinks_are_refused( L"src", L"dst", AS_LINK | AS_DIRECTORY )) return;
    hr = copy_with( L"src", L"dst", &params );
    ok( hr == S_OK && is_directory( L"dst" ), "a directory: got %#lx", hr );
}

static const struct test_case cases[] = {
    { .name = "copy_dir",
      .row = "70",
      .claim = "COPY_FILE_DIRECTORY on a directory with a child: S_OK, empty directory, its metadata",
      .sure = "B",
      .run = test_copy_dir },
    { .name = "dir_messages", .row = "70", .run = test_dir_messages },
    { .name = "dir_existing", .row = "-", .run = test_dir_existing },
    { .name = "dir_cancel", .row = "-", .run = test_dir_cancel },
    { .name = "dir_metadata", .row = "70", .run = test_dir_metadata },
    { .name = "dir_errors", .row = "-", .run = test_dir_errors },
    { .name = "dirlink",
      .row = "68",
      .claim = "dir link + COPY_SYMLINK: hr(5); + COPY_FILE_DIRECTORY: S_OK",
      .sure = "A",
      .run = test_dirlink },
    { .name = "dirlink_followed", .row = "-", .run = test_dirlink_followed },
    { .name = "dst_dirlink", .row = "69", .run = test_dst_dirlink },
    { .name = "junction_as_directory", .row = "-", .run = test_junction_as_directory },
};

TEST_MAIN( "directories", cases )
