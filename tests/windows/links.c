/* SPDX-License-Identifier: MIT */

/* Symbolic links: followed, or copied as what they are, and replaced where the rules say so. */

#include "links.h"
#include "harness/recorder.h"

const char fresh[] = "fresh content", old[] = "content of old", other[] = "somebody else's";

/* Copies a link. Claims that no message came, or that the copy failed with this error and one message of it. */
void copy_link( PCWSTR source, PCWSTR destination, DWORD flags, DWORD error )
{
    struct recorder recorder;
    HRESULT hr;

    recorder_begin( &recorder );
    hr = copy_recorded( source, destination, flags, &recorder );
    ok( hr == ( error ? hr_from_error( error ) : S_OK ), "%ls to %ls, flags %#lx: got %#lx, not error %lu", source,
        destination, flags, hr, error );
    ok( recorder.count == ( error ? 1 : 0 ), "%u messages", recorder.count );
    if (error && recorder.count)
    {
        ok( recorder.last.Type == COPYFILE2_CALLBACK_ERROR, "message %u", recorder.last.Type );
        ok( recorder.last.Info.Error.CopyPhase == COPYFILE2_PHASE_NAMEGRAFT_COPY, "phase %d",
            recorder.last.Info.Error.CopyPhase );
        ok( recorder.last.Info.Error.hrFailure == hr, "told of %#lx", recorder.last.Info.Error.hrFailure );
    }
    recorder_end( &recorder );
}

void make_link( void )
{
    file_write_text( L"target.txt", fresh );
    symlink_make( "link", "target.txt", false );
}

/* Without the flag a link stands for its target. */
static void test_symlink_follow( void )
{
    struct recorder recorder;
    HRESULT hr;

    make_link();
    recorder_begin( &recorder );
    hr = copy_recorded( L"link", L"dst.txt", 0, &recorder );
    ok( hr == S_OK, "got %#lx", hr );
    ok( recorder.counts[COPYFILE2_CALLBACK_STREAM_STARTED] == 1, "not told of the stream" );
    recorder_end( &recorder );
    ok( file_is_text( L"dst.txt", fresh ), "other content" );
    ok( !symlink_exists( "dst.txt" ), "a link was made" );
    ok( symlink_is( "link", "target.txt" ), "the source has changed" );
}

static void test_dangling_follow( void )
{
    HRESULT hr;

    symlink_make( "link", "nothing", false );
    hr = copy( L"link", L"dst.txt", 0 );
    ok( hr == hr_from_error( ERROR_FILE_NOT_FOUND ), "got %#lx", hr );
    ok( !file_exists( L"dst.txt" ), "a destination was made" );
}

static void test_loop_follow( void )
{
    HRESULT hr;

    symlink_make( "link", "back", false );
    symlink_make( "back", "link", false );
    hr = copy( L"link", L"dst.txt", 0 );
    /* Wine looks for another spelling of a name that it cannot stat, and may find none */
    ok( hr == hr_from_error( ERROR_CANT_RESOLVE_FILENAME ) || ( running_under_wine() && FAILED( hr ) ), "got %#lx",
        hr );
    ok( !file_exists( L"dst.txt" ), "a destination was made" );
}

static void test_symlink_copy( void )
{
    make_link();
    if (symlinks_are_refused( L"link", L"dst", AS_LINK )) return;
    copy_link( L"link", L"dst", AS_LINK, 0 );
    ok( symlink_is( "dst", "target.txt" ), "no link to the same" );
    ok( file_is_text( L"dst", fresh ), "it leads elsewhere" );
    ok( symlink_is( "link", "target.txt" ), "the source has changed" );
    ok( file_is_text( L"target.txt", fresh ), "the target has changed" );
    copy_link( L"LINK", L"again", COPY_FILE_OPEN_AND_COPY_REPARSE_POINT, 0 );
    ok( symlink_is( "again", "target.txt" ), "no link to the same" );
    copy_link( L"link", L"both", AS_LINK | COPY_FILE_OPEN_AND_COPY_REPARSE_POINT | COPY_FILE_FAIL_IF_EXISTS, 0 );
    ok( symlink_is( "both", "target.txt" ), "no link to the same" );
}

/* The target of a link is copied as it is written, wherever it leads, and even if it leads nowhere. */
static void test_targets( void )
{
    static const char *const targets[] = { "nothing", "..",          ".",        "../../../../../../../../../..",
                                           "/",       "/etc/passwd", "a/b/../c", "no such folder/x",
                                           "link" };
    char name[MAX_PATH];

    if (!symlinks_are_unix())
    {
        skip( "these are targets as Unix has them" );
        return;
    }
    for (size_t i = 0; i < ARRAY_SIZE( targets ); i++)
    {
        push_context( "%s", targets[i] );
        symlink_make( "link", targets[i], false );
        if (!symlinks_are_refused( L"link", L"dst", AS_LINK ))
        {
            DWORD folder = file_exists( L"link" ) && ( file_attributes( L"link" ) & FILE_ATTRIBUTE_DIRECTORY )
                               ? COPY_FILE_DIRECTORY
                               : 0;
            copy_link( L"link", L"dst", AS_LINK | folder, 0 );
            ok( symlink_is( "dst", targets[i] ), "no link to the same" );
            symlink_remove( "dst" );
        }
        symlink_remove( "link" );
        pop_context();
    }
    memset( name, 'x', 250 );
    strcpy( name + 250, "/y" );
    symlink_make( "link", name, false );
    if (symlinks_are_refused( L"link", L"dst", AS_LINK )) return;
    copy_link( L"link", L"dst", AS_LINK, 0 );
    ok( symlink_is( "dst", name ), "no link to the same" );
}

/* A relative target is copied as it is into another folder, and so leads elsewhere. */
static void test_other_folder( void )
{
    make_link();
    CreateDirectoryW( L"folder", NULL );
    file_write_text( L"folder\\target.txt", other );
    if (symlinks_are_refused( L"link", L"folder\\dst", AS_LINK )) return;
    copy_link( L"link", L"folder\\dst", AS_LINK, 0 );
    ok( file_is_text( L"folder\\dst", other ), "it leads back" );
    ok( file_is_text( L"target.txt", fresh ) && file_is_text( L"folder\\target.txt", other ), "a target has changed" );
}

/* A copied link has the time of last write of the link, and not of its target. */
static void test_link_time( void )
{
    make_link();
    if (symlinks_are_refused( L"link", L"dst", AS_LINK )) return;
    if (symlinks_are_unix()) ok( shell( "touch -h -d 2001-02-03 link" ), "cannot set the time of the link" );
    copy_link( L"link", L"dst", AS_LINK, 0 );
    if (symlinks_are_unix())
        ok( shell( "[ `stat -c %y link | tr -d ' '` = `stat -c %y dst | tr -d ' '` ]" ), "another time" );
    ok( symlink_is( "dst", "target.txt" ), "no link" );
}

/* When the destination is a link, its target is written to, unless links are copied. */
static void test_dst_symlink_follow( void )
{
    HRESULT hr;

    make_link();
    file_write_text( L"src.txt", other );
    hr = copy( L"src.txt", L"link", COPY_FILE_FAIL_IF_EXISTS );
    ok( hr == hr_from_error( ERROR_FILE_EXISTS ), "FAIL_IF_EXISTS: got %#lx", hr );
    ok( file_is_text( L"target.txt", fresh ), "the target has changed" );
    hr = copy( L"src.txt", L"link", 0 );
    ok( hr == S_OK, "got %#lx", hr );
    ok( symlink_is( "link", "target.txt" ), "the link was replaced" );
    ok( file_is_text( L"target.txt", other ), "the target was not written to" );
}

static void test_dst_symlink( void )
{
    struct recorder recorder;
    HRESULT hr;

    make_link();
    file_write_text( L"src.txt", other );
    if (symlinks_are_refused( L"src.txt", L"link", AS_LINK )) return;

    hr = copy( L"src.txt", L"link", AS_LINK | COPY_FILE_FAIL_IF_EXISTS );
    ok( hr == hr_from_error( ERROR_FILE_EXISTS ), "FAIL_IF_EXISTS: got %#lx", hr );
    ok( symlink_is( "link", "target.txt" ), "the link was replaced" );

    recorder_begin( &recorder );
    hr = copy_recorded( L"src.txt", L"link", AS_LINK, &recorder );
    ok( hr == S_OK, "got %#lx", hr );
    ok( recorder.counts[COPYFILE2_CALLBACK_CHUNK_FINISHED] == 1, "a plain file has other messages" );
    recorder_end( &recorder );
    ok( !symlink_exists( "link" ), "the link is still there" );
    ok( file_is_text( L"link", other ), "other content" );
    ok( file_is_text( L"target.txt", fresh ), "the target was written to" );
}

/* With FAIL_IF_EXISTS the copy fails even when the link leads nowhere. */
static void test_dst_dangling( void )
{
    HRESULT hr;

    symlink_make( "link", "nothing", false );
    file_write_text( L"src.txt", other );
    if (symlinks_are_refused( L"src.txt", L"link", AS_LINK )) return;
    hr = copy( L"src.txt", L"link", AS_LINK | COPY_FILE_FAIL_IF_EXISTS );
    ok( hr == hr_from_error( ERROR_FILE_EXISTS ), "got %#lx", hr );
    ok( symlink_is( "link", "nothing" ), "the link was replaced" );
    hr = copy( L"src.txt", L"link", AS_LINK );
    ok( hr == S_OK, "got %#lx", hr );
    ok( !symlink_exists( "link" ) && file_is_text( L"link", other ), "the link was not replaced" );
    ok( !file_exists( L"nothing" ), "the target was made" );
}

/* A link can be replaced even when its target is read-only. */
static void test_dst_link_to_readonly( void )
{
    HRESULT hr;

    make_link();
    file_set_attributes( L"target.txt", FILE_ATTRIBUTE_READONLY );
    file_write_text( L"src.txt", other );
    if (symlinks_are_refused( L"src.txt", L"link", AS_LINK )) return;
    hr = copy( L"src.txt", L"link", AS_LINK );
    ok( hr == S_OK, "got %#lx", hr );
    ok( file_is_text( L"link", other ) && file_is_text( L"target.txt", fresh ), "the target was written to" );
    hr = copy( L"src.txt", L"target.txt", AS_LINK );
    ok( hr == hr_from_error( ERROR_ACCESS_DENIED ), "a read-only file: got %#lx", hr );
}

static void test_link_over_link( void )
{
    make_link();
    file_write_text( L"old.txt", old );
    symlink_make( "dst", "old.txt", false );
    if (symlinks_are_refused( L"link", L"dst", AS_LINK )) return;
    copy_link( L"link", L"dst", AS_LINK | COPY_FILE_FAIL_IF_EXISTS, ERROR_FILE_EXISTS );
    ok( symlink_is( "dst", "old.txt" ), "the link was replaced" );
    copy_link( L"link", L"dst", AS_LINK, 0 );
    ok( symlink_is( "dst", "target.txt" ), "the link was not replaced" );
    ok( file_is_text( L"old.txt", old ), "its target has changed" );
}

static void test_link_over_file( void )
{
    HANDLE holder;

    make_link();
    file_write_text( L"dst", old );
    if (symlinks_are_refused( L"link", L"dst", AS_LINK )) return;
    copy_link( L"link", L"dst", AS_LINK | COPY_FILE_FAIL_IF_EXISTS, ERROR_FILE_EXISTS );
    holder = file_hold( L"dst", GENERIC_READ, SHARE_R );
    copy_link( L"link", L"dst", AS_LINK, ERROR_SHARING_VIOLATION );
    CloseHandle( holder );
    file_set_attributes( L"dst", FILE_ATTRIBUTE_READONLY );
    copy_link( L"link", L"dst", AS_LINK, ERROR_ACCESS_DENIED );
    file_set_attributes( L"dst", FILE_ATTRIBUTE_NORMAL );
    ok( file_is_text( L"dst", old ), "the destination has changed" );
    copy_link( L"link", L"dst", AS_LINK, 0 );
    ok( symlink_is( "dst", "target.txt" ), "no link" );
}

static void test_link_errors( void )
{
    make_link();
    CreateDirectoryW( L"folder", NULL );
    if (symlinks_are_refused( L"link", L"folder", AS_LINK )) return;
    copy_link( L"link", L"folder", AS_LINK, ERROR_ACCESS_DENIED );
    copy_link( L"link", L"folder", AS_LINK | COPY_FILE_FAIL_IF_EXISTS, ERROR_FILE_EXISTS );
    copy_link( L"link", L"missing\\dst", AS_LINK, ERROR_PATH_NOT_FOUND );
    copy_link( L"link", L"dst", AS_LINK | COPY_FILE_DIRECTORY, ERROR_DIRECTORY );
    ok( !symlink_exists( "dst" ), "a destination was made" );
    ok( file_attributes( L"folder" ) & FILE_ATTRIBUTE_DIRECTORY, "the folder is gone" );
}

static void test_link_self( void )
{
    make_link();
    if (symlinks_are_refused( L"link", L"link", AS_LINK )) return;
    copy_link( L"link", L"link", AS_LINK, ERROR_SHARING_VIOLATION );
    copy_link( L"link", L"LINK", AS_LINK, ERROR_SHARING_VIOLATION );
    copy_link( L"link", L"link", AS_LINK | COPY_FILE_FAIL_IF_EXISTS, ERROR_FILE_EXISTS );
    ok( symlink_is( "link", "target.txt" ), "the link has changed" );
    /* our choice: Windows may make the file a link to itself */
    if (engine_is_ours()) copy_link( L"link", L"target.txt", AS_LINK, ERROR_SHARING_VIOLATION );
    ok( file_is_text( L"target.txt", fresh ), "the file is gone" );
}

/* A source that is no link is copied as without the flag, with all messages, and with nothing left of the old
 * content. */
static void test_no_link( void )
{
    struct recorder recorder;
    HRESULT hr;

    file_write_text( L"src.txt", fresh );
    file_write_text( L"dst.txt", "a content that is longer than the new one" );
    if (symlinks_are_refused( L"src.txt", L"dst.txt", AS_LINK )) return;
    hr = copy( L"src.txt", L"dst.txt", AS_LINK | COPY_FILE_FAIL_IF_EXISTS );
    ok( hr == hr_from_error( ERROR_FILE_EXISTS ), "FAIL_IF_EXISTS: got %#lx", hr );
    recorder_begin( &recorder );
    hr = copy_recorded( L"src.txt", L"dst.txt", AS_LINK, &recorder );
    ok( hr == S_OK, "got %#lx", hr );
    expect_said( &recorder, SAID_STREAM_STARTED( 13 ) SAID_CHUNK( 0, 13, 13, 13 ) SAID_STREAM_FINISHED( 13, 13 ) );
    recorder_end( &recorder );
    ok( file_is_text( L"dst.txt", fresh ), "other content" );
    hr = copy( L"src.txt", L"new.txt", COPY_FILE_OPEN_AND_COPY_REPARSE_POINT );
    ok( hr == S_OK && file_is_text( L"new.txt", fresh ), "to a new name: got %#lx", hr );
    hr = copy( L"src.txt", L"src.txt", AS_LINK );
    ok( hr == hr_from_error( ERROR_SHARING_VIOLATION ), "onto itself: got %#lx", hr );
    ok( file_is_text( L"src.txt", fresh ), "the source has changed" );
    hr = copy( L"missing", L"dst.txt", AS_LINK );
    ok( hr == hr_from_error( ERROR_FILE_NOT_FOUND ), "no source: got %#lx", hr );
    hr = copy( L"src.txt", L"NUL", AS_LINK );
    ok( hr == S_OK || !engine_is_ours(), "to NUL: got %#lx", hr );
}

static const struct test_case cases[] = {
    { .name = "symlink_follow",
      .row = "66",
      .claim = "file link source, no flag: target content, plain file",
      .sure = "A",
      .run = test_symlink_follow },
    { .name = "dangling_follow", .row = "66", .run = test_dangling_follow },
    { .name = "loop_follow", .row = "-", .run = test_loop_follow },
    { .name = "symlink_copy",
      .row = "67",
      .claim = "COPY_SYMLINK, also dangling: link with same target, no messages",
      .sure = "A",
      .run = test_symlink_copy },
    { .name = "targets", .row = "67", .run = test_targets },
    { .name = "other_folder", .row = "67", .run = test_other_folder },
    { .name = "link_time", .row = "-", .run = test_link_time },
    { .name = "dst_symlink_follow",
      .row = "69",
      .claim = "dest link, no flag: target overwritten; COPY_SYMLINK: link replaced",
      .sure = "B",
      .run = test_dst_symlink_follow },
    { .name = "dst_symlink", .row = "69", .run = test_dst_symlink },
    { .name = "dst_dangling", .row = "69", .run = test_dst_dangling },
    { .name = "dst_link_to_readonly", .row = "69", .run = test_dst_link_to_readonly },
    { .name = "link_over_link", .row = "69", .run = test_link_over_link },
    { .name = "link_over_file", .row = "69", .run = test_link_over_file },
    { .name = "link_errors", .row = "-", .run = test_link_errors },
    { .name = "link_self", .row = "-", .run = test_link_self },
    { .name = "both_kinds", .row = "-", .run = test_both_kinds },
    { .name = "no_link", .row = "-", .run = test_no_link },
    { .name = "race", .row = "-", .run = test_race },
};

TEST_MAIN( "links", cases )
