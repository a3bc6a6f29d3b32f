/* Every answer to every message: what CopyFile2 returns, what is said after it, and what is left of the destination. */

#include "recorder.h"
#include "files.h"
#include "test.h"

/* In two and a half chunks. */
#define SIZE  10240
#define CHUNK 4096

#define STREAM_STARTED  COPYFILE2_CALLBACK_STREAM_STARTED
#define CHUNK_STARTED   COPYFILE2_CALLBACK_CHUNK_STARTED
#define CHUNK_FINISHED  COPYFILE2_CALLBACK_CHUNK_FINISHED
#define STREAM_FINISHED COPYFILE2_CALLBACK_STREAM_FINISHED

#define CONTINUE COPYFILE2_PROGRESS_CONTINUE
#define CANCEL   COPYFILE2_PROGRESS_CANCEL
#define STOP     COPYFILE2_PROGRESS_STOP
#define QUIET    COPYFILE2_PROGRESS_QUIET
#define PAUSE    COPYFILE2_PROGRESS_PAUSE
#define UNKNOWN  ( (COPYFILE2_MESSAGE_ACTION)5 )
#define NEGATIVE ( (COPYFILE2_MESSAGE_ACTION)-1 )

#define ABORTED  hr_from_error( ERROR_REQUEST_ABORTED )
#define PAUSED   hr_from_error( ERROR_REQUEST_PAUSED )

#define NO_TAIL ( -1 )
#define GONE    ( -1 )
#define PARTIAL ( -2 ) /* longer than nothing, shorter than the source */

/* What is said of a copy that nobody ends. */
static const char *const story[] = {
    SAID_STREAM_STARTED( 10240 ),
    SAID_CHUNK_STARTED( 0, 4096, 10240 ),
    SAID_CHUNK_FINISHED( 0, 4096, 10240, 4096 ),
    SAID_CHUNK_STARTED( 1, 4096, 10240 ),
    SAID_CHUNK_FINISHED( 1, 4096, 10240, 8192 ),
    SAID_CHUNK_STARTED( 2, 2048, 10240 ),
    SAID_CHUNK_FINISHED( 2, 2048, 10240, 10240 ),
    SAID_STREAM_FINISHED( 10240, 10240 ),
};

struct action
{
    COPYFILE2_MESSAGE_TYPE to;
    unsigned int nth;
    COPYFILE2_MESSAGE_ACTION answer;
    HRESULT hr;
    unsigned int heard; /* messages of the story, ... */
    int tail;           /* ... and then a STREAM_FINISHED with so many bytes done */
    int64_t left;       /* bytes of the destination */
};

static const struct action continues[] = {
    { STREAM_STARTED, 1, CONTINUE, S_OK, 8, NO_TAIL, SIZE },
    { CHUNK_STARTED, 1, CONTINUE, S_OK, 8, NO_TAIL, SIZE },
    { CHUNK_STARTED, 2, CONTINUE, S_OK, 8, NO_TAIL, SIZE },
    { CHUNK_STARTED, 3, CONTINUE, S_OK, 8, NO_TAIL, SIZE },
    { CHUNK_FINISHED, 1, CONTINUE, S_OK, 8, NO_TAIL, SIZE },
    { CHUNK_FINISHED, 2, CONTINUE, S_OK, 8, NO_TAIL, SIZE },
    { CHUNK_FINISHED, 3, CONTINUE, S_OK, 8, NO_TAIL, SIZE },
    { STREAM_FINISHED, 1, CONTINUE, S_OK, 8, NO_TAIL, SIZE },
};

/* No STREAM_FINISHED: that is documented for success, STOP and PAUSE only. */
static const struct action cancels[] = {
    { STREAM_STARTED, 1, CANCEL, ABORTED, 1, NO_TAIL, GONE },
    { CHUNK_STARTED, 1, CANCEL, ABORTED, 2, NO_TAIL, GONE },
    { CHUNK_STARTED, 2, CANCEL, ABORTED, 4, NO_TAIL, GONE },
    { CHUNK_STARTED, 3, CANCEL, ABORTED, 6, NO_TAIL, GONE },
    { CHUNK_FINISHED, 1, CANCEL, ABORTED, 3, NO_TAIL, GONE },
    { CHUNK_FINISHED, 2, CANCEL, ABORTED, 5, NO_TAIL, GONE },
    { CHUNK_FINISHED, 3, CANCEL, ABORTED, 7, NO_TAIL, GONE },
    { STREAM_FINISHED, 1, CANCEL, ABORTED, 8, NO_TAIL, GONE },
};

/* The chunk whose beginning is answered is not copied, and the fragment is cut to what was. */
static const struct action stops[] = {
    { STREAM_STARTED, 1, STOP, ABORTED, 1, 0, 0 },
    { CHUNK_STARTED, 1, STOP, ABORTED, 2, 0, 0 },
    { CHUNK_STARTED, 2, STOP, ABORTED, 4, 4096, 4096 },
    { CHUNK_STARTED, 3, STOP, ABORTED, 6, 8192, 8192 },
    { CHUNK_FINISHED, 1, STOP, ABORTED, 3, 4096, 4096 },
    { CHUNK_FINISHED, 2, STOP, ABORTED, 5, 8192, 8192 },
    { CHUNK_FINISHED, 3, STOP, ABORTED, 7, 10240, SIZE },
    { STREAM_FINISHED, 1, STOP, ABORTED, 8, NO_TAIL, SIZE },
};

static const struct action quiets[] = {
    { STREAM_STARTED, 1, QUIET, S_OK, 1, NO_TAIL, SIZE },
    { CHUNK_STARTED, 1, QUIET, S_OK, 2, NO_TAIL, SIZE },
    { CHUNK_STARTED, 2, QUIET, S_OK, 4, NO_TAIL, SIZE },
    { CHUNK_STARTED, 3, QUIET, S_OK, 6, NO_TAIL, SIZE },
    { CHUNK_FINISHED, 1, QUIET, S_OK, 3, NO_TAIL, SIZE },
    { CHUNK_FINISHED, 2, QUIET, S_OK, 5, NO_TAIL, SIZE },
    { CHUNK_FINISHED, 3, QUIET, S_OK, 7, NO_TAIL, SIZE },
    { STREAM_FINISHED, 1, QUIET, S_OK, 8, NO_TAIL, SIZE },
};

/* What is in the fragment, and how it is gone on with: pause.c. */
static const struct action pauses[] = {
    { STREAM_STARTED, 1, PAUSE, PAUSED, 1, 0, PARTIAL },
    { CHUNK_STARTED, 1, PAUSE, PAUSED, 2, 0, PARTIAL },
    { CHUNK_STARTED, 2, PAUSE, PAUSED, 4, 4096, PARTIAL },
    { CHUNK_STARTED, 3, PAUSE, PAUSED, 6, 8192, PARTIAL },
    { CHUNK_FINISHED, 1, PAUSE, PAUSED, 3, 4096, PARTIAL },
    { CHUNK_FINISHED, 2, PAUSE, PAUSED, 5, 8192, PARTIAL },
};

/* When nothing remains there is nothing to pause: documented as success. */
static const struct action late_pauses[] = {
    { CHUNK_FINISHED, 3, PAUSE, S_OK, 8, NO_TAIL, SIZE },
    { STREAM_FINISHED, 1, PAUSE, S_OK, 8, NO_TAIL, SIZE },
};

/* Nobody knows what Windows makes of other values; to go on does the least harm. */
static const struct action unknowns[] = {
    { STREAM_STARTED, 1, UNKNOWN, S_OK, 8, NO_TAIL, SIZE },
    { CHUNK_STARTED, 1, UNKNOWN, S_OK, 8, NO_TAIL, SIZE },
    { CHUNK_STARTED, 2, UNKNOWN, S_OK, 8, NO_TAIL, SIZE },
    { CHUNK_STARTED, 3, UNKNOWN, S_OK, 8, NO_TAIL, SIZE },
    { CHUNK_FINISHED, 1, UNKNOWN, S_OK, 8, NO_TAIL, SIZE },
    { CHUNK_FINISHED, 2, NEGATIVE, S_OK, 8, NO_TAIL, SIZE },
    { CHUNK_FINISHED, 3, UNKNOWN, S_OK, 8, NO_TAIL, SIZE },
    { STREAM_FINISHED, 1, NEGATIVE, S_OK, 8, NO_TAIL, SIZE },
};

static const BYTE *source_bytes( void )
{
    static BYTE bytes[SIZE];

    for (size_t i = 0; i < SIZE; i++) bytes[i] = (BYTE)( i * i >> 6 | 1 );
    return bytes;
}

static void check_said( const struct action *action, const struct recorder *recorder )
{
    char expected[4096] = "";

    for (unsigned int i = 0; i < action->heard; i++) strcat( expected, story[i] );
    if (action->tail != NO_TAIL)
        sprintf( expected + strlen( expected ), "STREAM_FINISHED stream=1 size=%d done=%d total=%d total_done=%d\n",
                 SIZE, action->tail, SIZE, action->tail );
    expect_said( recorder, expected );
}

static void check_left( const struct action *action )
{
    int64_t size = file_size( L"dst.bin" );

    if (action->left == GONE) ok( !file_exists( L"dst.bin" ), "the destination is still there" );
    else if (action->left == PARTIAL) ok( size > 0 && size < SIZE, "the destination has %lld bytes", (long long)size );
    else
        ok( file_is( L"dst.bin", source_bytes(), action->left ), "the destination has %lld bytes, or others",
            (long long)file_size( L"dst.bin" ) );
}

/* Windows may have larger chunks than was wished for, so there it is only the end that counts. */
static void check_outcome( const struct action *action, HRESULT hr, const struct recorder *recorder )
{
    ok( hr == action->hr, "got %#lx", hr );
    if (running_under_wine())
    {
        check_said( action, recorder );
        check_left( action );
    }
    else if (action->left == GONE || action->left == PARTIAL || action->left == SIZE) check_left( action );
    else ok( file_size( L"dst.bin" ) < SIZE, "the destination has %lld bytes", (long long)file_size( L"dst.bin" ) );
    ok( file_is( L"src.bin", source_bytes(), SIZE ), "the source has changed" );
}

static void check_action( const struct action *action )
{
    struct recorder recorder;
    HRESULT hr;

    file_write( L"src.bin", source_bytes(), SIZE );
    recorder_begin( &recorder );
    recorder.answer = action->answer;
    recorder.answer_to = action->to;
    recorder.answer_at = action->nth;
    hr = copy_in_chunks( L"src.bin", L"dst.bin", CHUNK, NULL, &recorder );
    if (recorder.counts[action->to] >= action->nth) check_outcome( action, hr, &recorder );
    else ok( broken( true ), "the message did not come" );
    recorder_end( &recorder );
}

/* To a new destination, and over one that is longer than the source. */
static void check_actions( const struct action *actions, size_t count )
{
    for (size_t i = 0; i < count; i++)
    {
        push_context( "answer %d to message %u of type %u", (int)actions[i].answer, actions[i].nth, actions[i].to );
        DeleteFileW( L"dst.bin" );
        check_action( &actions[i] );
        push_context( "over an existing file" );
        file_fill( L"dst.bin", 2 * SIZE, 1 );
        check_action( &actions[i] );
        pop_context();
        pop_context();
    }
}

static void test_continue( void )
{
    check_actions( continues, ARRAY_SIZE( continues ) );
}

static void test_cancel_msg( void )
{
    check_actions( cancels, ARRAY_SIZE( cancels ) );
}

static void test_stop( void )
{
    check_actions( stops, ARRAY_SIZE( stops ) );
}

static void test_quiet( void )
{
    check_actions( quiets, ARRAY_SIZE( quiets ) );
}

static void test_pause( void )
{
    check_actions( pauses, ARRAY_SIZE( pauses ) );
}

static void test_pause_last( void )
{
    check_actions( late_pauses, ARRAY_SIZE( late_pauses ) );
}

static void test_unknown_answer( void )
{
    if (running_under_wine()) check_actions( unknowns, ARRAY_SIZE( unknowns ) );
    else skip( "not known of Windows" );
}

/* An empty file has no chunks; whatever comes before its end is answered at its beginning. */
static const struct
{
    COPYFILE2_MESSAGE_TYPE to;
    COPYFILE2_MESSAGE_ACTION answer;
    HRESULT hr;
    unsigned int messages;
    int64_t left;
} empties[] = {
    { STREAM_STARTED, CANCEL, ABORTED, 1, GONE },
    { STREAM_STARTED, STOP, ABORTED, 2, 0 },
    { STREAM_STARTED, QUIET, S_OK, 1, 0 },
    { STREAM_STARTED, PAUSE, S_OK, 2, 0 }, /* nothing remains */
    { STREAM_FINISHED, CANCEL, ABORTED, 2, GONE },
    { STREAM_FINISHED, STOP, ABORTED, 2, 0 },
    { STREAM_FINISHED, PAUSE, S_OK, 2, 0 },
};

static void test_empty( void )
{
    for (size_t i = 0; i < ARRAY_SIZE( empties ); i++)
    {
        struct recorder recorder;
        HRESULT hr;

        push_context( "answer %d to type %u", (int)empties[i].answer, empties[i].to );
        file_write( L"src.bin", "", 0 );
        recorder_begin( &recorder );
        recorder.answer = empties[i].answer;
        recorder.answer_to = empties[i].to;
        recorder.answer_at = 1;
        hr = copy_recorded( L"src.bin", L"dst.bin", 0, &recorder );
        ok( hr == empties[i].hr || broken( hr == hr_from_error( ERROR_REQUEST_PAUSED ) ), "got %#lx", hr );
        ok( recorder.count == empties[i].messages, "%u messages", recorder.count );
        ok( file_size( L"dst.bin" ) == empties[i].left, "%lld bytes left", (long long)file_size( L"dst.bin" ) );
        recorder_end( &recorder );
        pop_context();
    }
}

static const struct test_case cases[] = {
    { "cancel_msg", "18", test_cancel_msg },
    { "stop", "22", test_stop },
    { "pause_last", "29", test_pause_last },
    { "quiet", "30", test_quiet },
    { "continue", "-", test_continue },
    { "pause", "-", test_pause },
    { "unknown_answer", "-", test_unknown_answer },
    { "empty", "-", test_empty },
};

TEST_MAIN( "actions", cases )
