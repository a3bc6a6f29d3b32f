/* SPDX-License-Identifier: MIT */

/* Each case claims what an answer does on every Windows, wherever that ends its chunks. model.c has every answer to
 * every message, word by word. */

#include "harness/recorder.h"
#include "harness/files.h"
#include "harness/test.h"

/* The file takes two and a half chunks. */
#define SIZE  10240
#define CHUNK 4096

#define ABORTED hr_from_error( ERROR_REQUEST_ABORTED )

struct action
{
    COPYFILE2_MESSAGE_TYPE to;
    unsigned int nth;
    COPYFILE2_MESSAGE_ACTION answer;
    HRESULT hr;
    COPYFILE2_MESSAGE_TYPE last; /* message */
    unsigned int after;          /* messages behind the one that is answered */
    int64_t least, most;         /* bytes that are left */
};

#define GONE ( -1 )

static void check_outcome( const struct action *action, HRESULT hr, unsigned int answered,
                           const struct recorder *recorder )
{
    int64_t left = file_size( L"dst.bin" );

    ok( hr == action->hr, "got %#lx", hr );
    ok( recorder->last.Type == action->last, "the last message is of type %u", recorder->last.Type );
    ok( recorder->count == answered + action->after, "%u messages, answered was %u", recorder->count, answered );
    ok( left >= action->least && left <= action->most, "%lld bytes are left", left );
    if (left == SIZE) ok( file_equal( L"src.bin", L"dst.bin" ), "other bytes" );
}

/* The hook sets answered to the number of the message that got the answer. */
struct watch
{
    const struct action *action;
    const struct recorder *recorder;
    unsigned int answered;
};

static void watch_messages( const COPYFILE2_MESSAGE *message, void *context )
{
    struct watch *watch = context;

    if (message->Type == watch->action->to && watch->recorder->counts[message->Type] == watch->action->nth)
        watch->answered = watch->recorder->count;
}

static void check_action( const struct action *action )
{
    struct recorder recorder;
    struct watch watch = { action, &recorder, 0 };
    HRESULT hr;

    push_context( "answer %d to message %u of type %u", action->answer, action->nth, action->to );
    file_fill( L"src.bin", SIZE, 1 );
    DeleteFileW( L"dst.bin" );
    recorder_begin( &recorder );
    recorder.answer = action->answer;
    recorder.answer_to = action->to;
    recorder.answer_at = action->nth;
    recorder.hook = watch_messages;
    recorder.hook_context = &watch;
    hr = copy_in_chunks( L"src.bin", L"dst.bin", CHUNK, NULL, &recorder );
    if (watch.answered) check_outcome( action, hr, watch.answered, &recorder );
    else ok( broken( true ), "the message did not come" );
    recorder_end( &recorder );
    pop_context();
}

static void test_cancel_msg( void )
{
    static const struct action actions[] = {
        { .to = COPYFILE2_CALLBACK_STREAM_STARTED,
          .nth = 1,
          .answer = COPYFILE2_PROGRESS_CANCEL,
          .hr = ABORTED,
          .last = COPYFILE2_CALLBACK_STREAM_STARTED,
          .after = 0,
          .least = GONE,
          .most = GONE },
        { .to = COPYFILE2_CALLBACK_CHUNK_FINISHED,
          .nth = 2,
          .answer = COPYFILE2_PROGRESS_CANCEL,
          .hr = ABORTED,
          .last = COPYFILE2_CALLBACK_CHUNK_FINISHED,
          .after = 0,
          .least = GONE,
          .most = GONE },
    };

    for (size_t i = 0; i < ARRAY_SIZE( actions ); i++) check_action( &actions[i] );
}

static void test_stop( void )
{
    static const struct action action = { COPYFILE2_CALLBACK_CHUNK_FINISHED,
                                          2,
                                          COPYFILE2_PROGRESS_STOP,
                                          ABORTED,
                                          COPYFILE2_CALLBACK_STREAM_FINISHED,
                                          1,
                                          0,
                                          SIZE };

    check_action( &action );
}

/* The documentation says that the copy succeeds when nothing remains to be paused. */
static void test_pause_last( void )
{
    static const struct action actions[] = {
        { .to = COPYFILE2_CALLBACK_CHUNK_FINISHED,
          .nth = 3,
          .answer = COPYFILE2_PROGRESS_PAUSE,
          .hr = S_OK,
          .last = COPYFILE2_CALLBACK_STREAM_FINISHED,
          .after = 1,
          .least = SIZE,
          .most = SIZE },
        { .to = COPYFILE2_CALLBACK_STREAM_FINISHED,
          .nth = 1,
          .answer = COPYFILE2_PROGRESS_PAUSE,
          .hr = S_OK,
          .last = COPYFILE2_CALLBACK_STREAM_FINISHED,
          .after = 0,
          .least = SIZE,
          .most = SIZE },
    };

    for (size_t i = 0; i < ARRAY_SIZE( actions ); i++) check_action( &actions[i] );
}

static void test_quiet( void )
{
    static const struct action action = { COPYFILE2_CALLBACK_STREAM_STARTED,
                                          1,
                                          COPYFILE2_PROGRESS_QUIET,
                                          S_OK,
                                          COPYFILE2_CALLBACK_STREAM_STARTED,
                                          0,
                                          SIZE,
                                          SIZE };

    check_action( &action );
}

static const struct test_case cases[] = {
    { .name = "cancel_msg",
      .row = "18",
      .claim = "CANCEL at STREAM_STARTED / mid chunk: hr(1235), dest gone, no more msgs",
      .sure = "A/B",
      .run = test_cancel_msg },
    { .name = "stop",
      .row = "22",
      .claim = "STOP at chunk k: hr(1235), dest exists, length <= source, one STREAM_FINISHED",
      .sure = "B",
      .run = test_stop },
    { .name = "pause_last",
      .row = "29",
      .claim = "PAUSE at last CHUNK_FINISHED / STREAM_FINISHED of only stream: S_OK, complete, no header",
      .sure = "B",
      .run = test_pause_last },
    { .name = "quiet",
      .row = "30",
      .claim = "QUIET at first message: S_OK, callback count 1",
      .sure = "B",
      .run = test_quiet },
};

TEST_MAIN( "actions", cases )
