/* SPDX-License-Identifier: MIT */

/* A copy that ends early may leave a fragment. The cases claim when it is deleted, and what it looks like. */

#include "harness/recorder.h"
#include "harness/files.h"
#include "harness/symlinks.h"
#include "harness/test.h"

#define ABORTED hr_from_error( ERROR_REQUEST_ABORTED )

static void close_holder( const COPYFILE2_MESSAGE *message, void *context )
{
    HANDLE *holder = context;

    (void)message;
    if (*holder) CloseHandle( *holder );
    *holder = NULL;
}

/* Cancels a copy to a file that another handle had open, with this share mode, when the copy began. */
static void cancel_over_holder( DWORD share )
{
    struct recorder recorder;
    HANDLE holder;
    HRESULT hr;

    file_write_text( L"src.txt", "new" );
    file_write_text( L"dst.txt", "old content" );
    holder = file_hold( L"dst.txt", GENERIC_WRITE, share );
    recorder_begin( &recorder );
    recorder.answer = COPYFILE2_PROGRESS_CANCEL;
    recorder.answer_to = COPYFILE2_CALLBACK_STREAM_STARTED;
    recorder.answer_at = 1;
    recorder.hook = close_holder;
    recorder.hook_context = &holder;
    hr = copy_recorded( L"src.txt", L"dst.txt", 0, &recorder );
    ok( hr == ABORTED, "got %#lx", hr );
    ok( !holder, "the callback was not called" );
    recorder_end( &recorder );
}

/* Whether the copy may delete is decided when it opens its destination. The old content is lost all the same. */
static void test_cancel_keep( void )
{
    cancel_over_holder( SHARE_R | SHARE_W );
    ok( file_exists( L"dst.txt" ), "the destination was deleted" );
    ok( file_size( L"dst.txt" ) == 0, "it has %lld bytes", (long long)file_size( L"dst.txt" ) );

    cancel_over_holder( SHARE_W );
    ok( file_exists( L"dst.txt" ), "the destination was deleted" );
    ok( file_size( L"dst.txt" ) == 0, "it has %lld bytes", (long long)file_size( L"dst.txt" ) );
}

static void test_cancel_del( void )
{
    cancel_over_holder( SHARE_ALL );
    ok( !file_exists( L"dst.txt" ), "the destination was not deleted" );

    cancel_over_holder( SHARE_W | SHARE_D );
    ok( !file_exists( L"dst.txt" ), "the destination was not deleted" );
}

/* A fragment that may not be deleted is cut to what was copied, so that no zeros pass for data. */
static void test_cancel_keep_cut( void )
{
    struct recorder recorder;
    HANDLE holder;
    HRESULT hr;

    file_fill( L"src.bin", 10240, 1 );
    file_fill( L"expected.bin", 8192, 1 );
    file_fill( L"dst.bin", 20000, 2 );
    holder = file_hold( L"dst.bin", GENERIC_WRITE, SHARE_R | SHARE_W );
    recorder_begin( &recorder );
    recorder.answer = COPYFILE2_PROGRESS_CANCEL;
    recorder.answer_to = COPYFILE2_CALLBACK_CHUNK_FINISHED;
    recorder.answer_at = 2;
    hr = copy_in_chunks( L"src.bin", L"dst.bin", 4096, NULL, &recorder );
    CloseHandle( holder );
    if (recorder.counts[COPYFILE2_CALLBACK_CHUNK_FINISHED] == 2 || !broken( true ))
    {
        ok( hr == ABORTED, "got %#lx", hr );
        ok( recorder.count == 5, "%u messages", recorder.count );
        ok( file_equal( L"dst.bin", L"expected.bin" ), "%lld bytes, or others", (long long)file_size( L"dst.bin" ) );
    }
    recorder_end( &recorder );
}

static HRESULT copy_answered( PCWSTR destination, COPYFILE2_MESSAGE_ACTION answer, COPYFILE2_MESSAGE_TYPE type )
{
    struct recorder recorder;
    HRESULT hr;

    recorder_begin( &recorder );
    recorder.answer = answer;
    recorder.answer_to = type;
    recorder.answer_at = 1;
    hr = copy_recorded( L"src.txt", destination, 0, &recorder );
    recorder_end( &recorder );
    return hr;
}

/* A fragment must not look like the finished copy to a program that compares times. */
static void test_stop_mtime( void )
{
    static const COPYFILE2_MESSAGE_TYPE types[] = {
        COPYFILE2_CALLBACK_STREAM_STARTED,
        COPYFILE2_CALLBACK_CHUNK_FINISHED,
        COPYFILE2_CALLBACK_STREAM_FINISHED,
    };
    const FILETIME past = file_time( 2003 );

    file_write_text( L"src.txt", "foo" );
    file_set_times( L"src.txt", NULL, &past );
    for (size_t i = 0; i < ARRAY_SIZE( types ); i++)
    {
        FILETIME written;
        HRESULT hr = copy_answered( L"dst.txt", COPYFILE2_PROGRESS_STOP, types[i] );

        push_context( "at type %u", types[i] );
        ok( hr == ABORTED, "got %#lx", hr );
        written = file_information( L"dst.txt" ).ftLastWriteTime;
        ok( CompareFileTime( &written, &past ), "the fragment has the source's time" );
        pop_context();
    }
}

static void change_places( const COPYFILE2_MESSAGE *message, void *command )
{
    if (message->Type == COPYFILE2_CALLBACK_CHUNK_STARTED) ok( shell( command ), "the host's shell fails" );
}

static void cancel_after( char *command )
{
    struct recorder recorder;

    file_write_text( L"src.txt", "new" );
    file_write_text( L"victim.txt", "untouched" );
    recorder_begin( &recorder );
    recorder.answer = COPYFILE2_PROGRESS_CANCEL;
    recorder.answer_to = COPYFILE2_CALLBACK_CHUNK_STARTED;
    recorder.answer_at = 1;
    recorder.hook = change_places;
    recorder.hook_context = command;
    ok( copy_recorded( L"src.txt", L"dst.txt", 0, &recorder ) == ABORTED, "last error %lu", GetLastError() );
    recorder_end( &recorder );
}

/* A file that has taken the name of the copy meanwhile is somebody else's. On Windows nobody can take the name of an
 * open file. */
static void test_changed_places( void )
{
    if (!running_under_wine())
    {
        skip( "the name of an open copy cannot be taken here" );
        return;
    }
    cancel_after( "mv dst.txt moved.txt && printf another >dst.txt" );
    ok( file_is_text( L"dst.txt", "another" ), "what took its name is gone" );
    DeleteFileW( L"dst.txt" );
    DeleteFileW( L"moved.txt" );

    cancel_after( "mv dst.txt moved.txt && ln -s victim.txt dst.txt" );
    ok( file_is_text( L"victim.txt", "untouched" ), "the victim was touched" );
    ok( symlink_is( "dst.txt", "victim.txt" ), "the link that took its name is gone" );
    symlink_remove( "dst.txt" );
    DeleteFileW( L"moved.txt" );
}

static const struct test_case cases[] = {
    { .name = "cancel_keep",
      .row = "19",
      .claim = "existing dest held share WRITE by handle closed in callback, CANCEL: hr(1235), dest still exists",
      .sure = "A",
      .run = test_cancel_keep },
    { .name = "cancel_del",
      .row = "20",
      .claim = "as row 19 with SHARE_DELETE too: hr(1235), dest deleted",
      .sure = "A",
      .run = test_cancel_del },
    { .name = "cancel_keep_cut", .row = "-", .run = test_cancel_keep_cut },
    { .name = "stop_mtime", .row = "-", .run = test_stop_mtime },
    { .name = "changed_places", .row = "-", .run = test_changed_places },
};

TEST_MAIN( "fragments", cases )
