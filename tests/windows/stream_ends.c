/* SPDX-License-Identifier: MIT */

/* The copy of a named stream is answered, canceled by the flag, or fails, in the middle of the stream. */

#include "harness/streams.h"

#define ABORTED hr_from_error( ERROR_REQUEST_ABORTED )

struct end
{
    COPYFILE2_MESSAGE_TYPE to;
    unsigned int nth;
    const char *said;
    int64_t left[4]; /* bytes of each stream after STOP; -1: it is not there */
};

static const struct end ends[] = {
    { .to = COPYFILE2_CALLBACK_STREAM_FINISHED, .nth = 1, .said = MAIN_SAID, .left = { 9000, -1, -1, -1 } },
    { .to = COPYFILE2_CALLBACK_STREAM_STARTED,
      .nth = 2,
      .said = MAIN_SAID STARTED( 2, 0, 15005 ),
      .left = { 9000, 0, -1, -1 } },
    { .to = COPYFILE2_CALLBACK_STREAM_FINISHED, .nth = 2, .said = MAIN_SAID EMPTY_SAID, .left = { 9000, 0, -1, -1 } },
    { .to = COPYFILE2_CALLBACK_CHUNK_STARTED,
      .nth = 4,
      .said = MAIN_SAID EMPTY_SAID STARTED( 3, 5, 15005 ) CHUNK_STARTED( 3, 0, 5, 5, 15005 ),
      .left = { 9000, 0, 0, -1 } },
    { .to = COPYFILE2_CALLBACK_CHUNK_FINISHED,
      .nth = 5,
      .said = MAIN_SAID EMPTY_SAID ONE_SAID STARTED( 4, 6000, 15005 ) CHUNK( 4, 0, 4096, 6000, 4096, 15005, 13101 ),
      .left = { 9000, 0, 5, 4096 } },
};

/* The last message of STOP tells how far the current stream came. */
static const char *const stop_tails[] = {
    "", FINISHED( 2, 0, 0, 15005, 9000 ), "", FINISHED( 3, 5, 0, 15005, 9000 ), FINISHED( 4, 6000, 4096, 15005, 13101 ),
};

static void end_copy( const struct end *end, COPYFILE2_MESSAGE_ACTION answer, const char *tail )
{
    struct recorder recorder;
    char said[4096];
    HRESULT hr;

    push_context( "answer %d to the message %u of type %u", answer, end->nth, end->to );
    make_source();
    recorder_begin( &recorder );
    recorder.answer = answer;
    recorder.answer_to = end->to;
    recorder.answer_at = end->nth;
    hr = copy_in_chunks( L"src.txt", L"dst.txt", 4096, NULL, &recorder );
    ok( hr == ABORTED, "result %08lx", hr );
    snprintf( said, sizeof( said ), "%s%s", end->said, tail );
    expect_said( &recorder, said );
    recorder_end( &recorder );
    pop_context();
}

static void test_cancel( void )
{
    for (size_t i = 0; i < ARRAY_SIZE( ends ); i++)
    {
        end_copy( &ends[i], COPYFILE2_PROGRESS_CANCEL, "" );
        check_nothing_left();
    }
}

static void test_cancel_overwriting( void )
{
    file_write_text( L"dst.txt", "who was here first" );
    file_write_text( L"dst.txt:one", "old" );
    end_copy( &ends[2], COPYFILE2_PROGRESS_CANCEL, "" );
    ok( !file_exists( L"dst.txt" ), "the destination is there" );
    ok( !file_exists( L"dst.txt:empty" ), "`empty` is there" );
    /* On Windows the old stream went with its file. Under Wine it is a neighbour that the copy had not yet come to. */
    ok( !file_exists( L"dst.txt:one" ) || running_under_wine(), "`one` is there" );
    ok( file_is_text( L"dst.txt:one", "old" ) || !running_under_wine(), "the neighbour has changed" );
}

static void test_stop( void )
{
    static const WCHAR *const names[] = { L"dst.txt", L"dst.txt:empty", L"dst.txt:one", L"dst.txt:two" };

    for (size_t i = 0; i < ARRAY_SIZE( ends ); i++)
    {
        end_copy( &ends[i], COPYFILE2_PROGRESS_STOP, stop_tails[i] );
        for (size_t n = 0; n < ARRAY_SIZE( names ); n++)
        {
            ok( file_size( names[n] ) == ends[i].left[n], "case %u: %ls has %lld bytes", (unsigned int)i, names[n],
                file_size( names[n] ) );
            DeleteFileW( names[n] );
        }
    }
}

static void test_quiet( void )
{
    struct recorder recorder;
    HRESULT hr;

    make_source();
    recorder_begin( &recorder );
    recorder.answer = COPYFILE2_PROGRESS_QUIET;
    recorder.answer_to = COPYFILE2_CALLBACK_STREAM_FINISHED;
    recorder.answer_at = 1;
    hr = copy_in_chunks( L"src.txt", L"dst.txt", 4096, NULL, &recorder );
    ok( hr == S_OK, "result %08lx", hr );
    expect_said( &recorder, MAIN_SAID );
    recorder_end( &recorder );
    check_copied();
}

struct flag_setting
{
    COPYFILE2_MESSAGE_TYPE at;
    unsigned int nth, seen;
    BOOL cancel;
};

static void set_flag( const COPYFILE2_MESSAGE *message, void *context )
{
    struct flag_setting *setting = context;

    if (message->Type == setting->at && ++setting->seen == setting->nth) setting->cancel = TRUE;
}

static const struct
{
    COPYFILE2_MESSAGE_TYPE at;
    unsigned int nth;
    HRESULT hr;
    const char *said;
} flag_cases[] = {
    { .at = COPYFILE2_CALLBACK_CHUNK_FINISHED,
      .nth = 3,
      .hr = hr_from_error( ERROR_REQUEST_ABORTED ),
      .said = STARTED( 1, 9000, 15005 ) CHUNK( 1, 0, 4096, 9000, 4096, 15005, 4096 )
          CHUNK( 1, 1, 4096, 9000, 8192, 15005, 8192 ) CHUNK( 1, 2, 808, 9000, 9000, 15005, 9000 ) },
    { .at = COPYFILE2_CALLBACK_STREAM_FINISHED,
      .nth = 1,
      .hr = hr_from_error( ERROR_REQUEST_ABORTED ),
      .said = MAIN_SAID },
    { .at = COPYFILE2_CALLBACK_STREAM_FINISHED,
      .nth = 3,
      .hr = hr_from_error( ERROR_REQUEST_ABORTED ),
      .said = MAIN_SAID EMPTY_SAID ONE_SAID },
    { .at = COPYFILE2_CALLBACK_CHUNK_FINISHED, .nth = 6, .hr = S_OK, .said = MAIN_SAID EMPTY_SAID ONE_SAID TWO_SAID },
};

/* A flag comes too late only at the end of the last stream. */
static void test_flag( void )
{
    for (size_t i = 0; i < ARRAY_SIZE( flag_cases ); i++)
    {
        struct flag_setting setting = { .at = flag_cases[i].at, .nth = flag_cases[i].nth };
        struct recorder recorder;
        HRESULT hr;

        push_context( "case %u", (unsigned int)i );
        make_source();
        recorder_begin( &recorder );
        recorder.hook = set_flag;
        recorder.hook_context = &setting;
        hr = copy_in_chunks( L"src.txt", L"dst.txt", 4096, &setting.cancel, &recorder );
        ok( hr == flag_cases[i].hr, "result %08lx", hr );
        expect_said( &recorder, flag_cases[i].said );
        recorder_end( &recorder );
        if (flag_cases[i].hr == S_OK) check_copied();
        else check_nothing_left();
        pop_context();
    }
}

/* A stream cannot be made, because a folder of its name is in the way. */
static void test_not_made( void )
{
    struct recorder recorder;
    HRESULT hr;

    if (!running_under_wine())
    {
        skip( "a stream can always be made here" );
        return;
    }
    make_source();
    ok( CreateDirectoryW( L"dst.txt:two", NULL ), "cannot make it: error %lu", GetLastError() );
    recorder_begin( &recorder );
    hr = copy_in_chunks( L"src.txt", L"dst.txt", 4096, NULL, &recorder );
    ok( hr == hr_from_error( ERROR_ACCESS_DENIED ), "result %08lx", hr );
    expect_said( &recorder, MAIN_SAID EMPTY_SAID ONE_SAID ERROR_IN( PREPARE_DEST, 4, 80070005, 6000, 15005, 9005 ) );
    recorder_end( &recorder );
    ok( !file_exists( L"dst.txt" ) && !file_exists( L"dst.txt:empty" ) && !file_exists( L"dst.txt:one" ),
        "what was made is there" );
    ok( file_exists( L"dst.txt:two" ), "the folder has gone" );
}

/* A stream of the source cannot be opened, because its holder shares it with nobody. */
static void test_source_locked( void )
{
    struct recorder recorder;
    HANDLE holder;
    HRESULT hr;

    make_source();
    holder = file_hold( L"src.txt:one", GENERIC_READ, SHARE_NONE );
    recorder_begin( &recorder );
    hr = copy_in_chunks( L"src.txt", L"dst.txt", 4096, NULL, &recorder );
    CloseHandle( holder );
    ok( hr == hr_from_error( ERROR_SHARING_VIOLATION ), "result %08lx", hr );
    expect_said( &recorder, MAIN_SAID EMPTY_SAID ERROR_IN( PREPARE_SOURCE, 3, 80070020, 5, 15005, 9000 ) );
    recorder_end( &recorder );
    check_nothing_left();
}

/* An old mark of the web is deleted once the copy is whole. So the copy succeeds even when somebody holds the mark. */
static void test_old_stream_held( void )
{
    HANDLE holder;
    HRESULT hr;

    if (!running_under_wine())
    {
        skip( "who holds a stream holds its file here" );
        return;
    }
    file_write_text( L"plain", "bytes" );
    file_write_text( L"dst.txt", "who was here first" );
    file_write_text( L"dst.txt:Zone.Identifier", "old" );
    holder = file_hold( L"dst.txt:Zone.Identifier", GENERIC_READ, SHARE_R | SHARE_W );
    hr = copy( L"plain", L"dst.txt", 0 );
    CloseHandle( holder );
    ok( hr == S_OK, "result %08lx", hr );
    ok( file_is_text( L"dst.txt", "bytes" ), "other bytes" );
    ok( file_exists( L"dst.txt:Zone.Identifier" ), "the mark has gone" );

    /* a holder who shares deletion lets it go */
    holder = file_hold( L"dst.txt:Zone.Identifier", GENERIC_READ, SHARE_ALL );
    hr = copy( L"plain", L"dst.txt", 0 );
    ok( hr == S_OK, "result %08lx", hr );
    CloseHandle( holder );
    ok( !file_exists( L"dst.txt:Zone.Identifier" ), "the mark is there" );
}

static const struct test_case cases[] = {
    { .name = "cancel", .row = "-", .run = test_cancel },
    { .name = "cancel_overwriting", .row = "-", .run = test_cancel_overwriting },
    { .name = "stop", .row = "-", .run = test_stop },
    { .name = "quiet", .row = "-", .run = test_quiet },
    { .name = "flag", .row = "-", .run = test_flag },
    { .name = "not_made", .row = "-", .run = test_not_made },
    { .name = "source_locked", .row = "-", .run = test_source_locked },
    { .name = "old_stream_held", .row = "-", .run = test_old_stream_held },
};

TEST_MAIN( "stream_ends", cases )
