/* SPDX-License-Identifier: MIT */

/* Every answer is given to every message, and the outcome is compared with the table of model_table.c. The files have
 * no chunk, one, or several, and one stream or several. The answers are those of the new routine and of the classic
 * one, also with *pfCancel, and after errors. */

#include "model_run.h"
#include "harness/recorder.h"
#include "harness/test.h"

#define CHUNK 4096

/* These files are copied, in every number of chunks that makes a difference. */
static const struct model_copy shapes[] = {
    { .sizes = { 0 }, .streams = 1, .chunk = CHUNK, .listener = MODEL_ROUTINE },
    { .sizes = { 1 }, .streams = 1, .chunk = CHUNK, .listener = MODEL_ROUTINE },
    { .sizes = { CHUNK }, .streams = 1, .chunk = CHUNK, .listener = MODEL_ROUTINE },
    { .sizes = { CHUNK + 1 }, .streams = 1, .chunk = CHUNK, .listener = MODEL_ROUTINE },
    { .sizes = { 4 * CHUNK + 2345 }, .streams = 1, .chunk = CHUNK, .listener = MODEL_ROUTINE },
    { .sizes = { 2 * MODEL_DEFAULT_CHUNK + 7 },
      .streams = 1,
      .chunk = MODEL_DEFAULT_CHUNK,
      .flags = 0,
      .listener = MODEL_ROUTINE },
    { .sizes = { 2 * CHUNK + 1, CHUNK, 5 }, .streams = 3, .chunk = CHUNK, .listener = MODEL_ROUTINE },
    { .sizes = { CHUNK, 0, 2 * CHUNK, 0 }, .streams = 4, .chunk = CHUNK, .listener = MODEL_ROUTINE },
    { .sizes = { 0, CHUNK + 1 }, .streams = 2, .chunk = CHUNK, .listener = MODEL_ROUTINE },
    { .sizes = { CHUNK + 1, 3 },
      .streams = 2,
      .chunk = CHUNK,
      .flags = COPY_FILE_SKIP_ALTERNATE_STREAMS,
      .listener = MODEL_ROUTINE },
};

static const struct model_copy old_shapes[] = {
    { .sizes = { 0 }, .streams = 1, .chunk = CHUNK, .listener = MODEL_OLD_ROUTINE },
    { .sizes = { 1 }, .streams = 1, .chunk = CHUNK, .listener = MODEL_OLD_ROUTINE },
    { .sizes = { CHUNK }, .streams = 1, .chunk = CHUNK, .listener = MODEL_OLD_ROUTINE },
    { .sizes = { CHUNK + 1 }, .streams = 1, .chunk = CHUNK, .listener = MODEL_OLD_ROUTINE },
    { .sizes = { 4 * CHUNK + 2345 }, .streams = 1, .chunk = CHUNK, .listener = MODEL_OLD_ROUTINE },
    { .sizes = { 2 * CHUNK + 1, CHUNK, 5 }, .streams = 3, .chunk = CHUNK, .listener = MODEL_OLD_ROUTINE },
    { .sizes = { 0, 0 }, .streams = 2, .chunk = CHUNK, .listener = MODEL_OLD_ROUTINE },
};

/* The caller of CopyFileEx cannot wish for a size of chunks. */
static const struct model_copy ex_shapes[] = {
    { .sizes = { 0 }, .streams = 1, .chunk = MODEL_DEFAULT_CHUNK, .listener = MODEL_EX_ROUTINE },
    { .sizes = { 1 }, .streams = 1, .chunk = MODEL_DEFAULT_CHUNK, .listener = MODEL_EX_ROUTINE },
    { .sizes = { MODEL_DEFAULT_CHUNK },
      .streams = 1,
      .chunk = MODEL_DEFAULT_CHUNK,
      .flags = 0,
      .listener = MODEL_EX_ROUTINE },
    { .sizes = { MODEL_DEFAULT_CHUNK + 1 },
      .streams = 1,
      .chunk = MODEL_DEFAULT_CHUNK,
      .flags = 0,
      .listener = MODEL_EX_ROUTINE },
    { .sizes = { 2 * MODEL_DEFAULT_CHUNK + 7, 0, 1 },
      .streams = 3,
      .chunk = MODEL_DEFAULT_CHUNK,
      .flags = 0,
      .listener = MODEL_EX_ROUTINE },
};

/* Windows may end a chunk where it likes, and the model has our own choices, too. */
static bool is_ours( void )
{
    if (!engine_is_ours()) skip( "the model is exact; Windows' chunks are its own affair" );
    return engine_is_ours();
}

/* Answers how many messages that copy has when nobody ends it. */
static unsigned int story_length( const struct model_copy *shape )
{
    struct model_outcome outcome;

    model_expect( shape, &outcome );
    model_end( &outcome );
    return outcome.told;
}

/* The copy goes to a new name, and then over a file that is longer. */
static void check_both( struct model_copy *copy )
{
    model_check( copy );
    copy->exists = true;
    copy->old_size = copy->sizes[0] + 3 * CHUNK;
    push_context( "over a longer file" );
    model_check( copy );
    pop_context();
    copy->exists = false;
}

/* The nth message is answered so, and the others with CONTINUE. */
static void check_answer( const struct model_copy *shape, unsigned int at, const struct model_answer *answer )
{
    struct model_answer answers[32] = { { 0 } };
    struct model_copy copy = *shape;

    answers[at] = *answer;
    copy.answers = answers;
    copy.answer_count = at + 1;
    push_context( "%llu bytes, %u streams, answer %ld%s to message %u", shape->sizes[0], shape->streams,
                  (long)answer->action, answer->cancels ? " and flag" : "", at + 1 );
    check_both( &copy );
    pop_context();
}

static void check_everywhere( const struct model_copy *all, size_t shape_count, const struct model_answer *answers,
                              size_t answer_count )
{
    if (!is_ours()) return;
    for (size_t i = 0; i < shape_count; i++)
        for (unsigned int at = 0; at < story_length( &all[i] ); at++)
            for (size_t a = 0; a < answer_count; a++) check_answer( &all[i], at, &answers[a] );
}

static void check_action( DWORD action )
{
    const struct model_answer answer = { action, false, false };

    check_everywhere( shapes, ARRAY_SIZE( shapes ), &answer, 1 );
}

static void test_continue( void )
{
    check_action( COPYFILE2_PROGRESS_CONTINUE );
}

static void test_cancel( void )
{
    check_action( COPYFILE2_PROGRESS_CANCEL );
}

static void test_stop( void )
{
    check_action( COPYFILE2_PROGRESS_STOP );
}

static void test_quiet( void )
{
    check_action( COPYFILE2_PROGRESS_QUIET );
}

static void test_pause( void )
{
    check_action( COPYFILE2_PROGRESS_PAUSE );
}

/* Nobody knows what Windows makes of other values; to go on does the least harm. */
static void test_unknown( void )
{
    check_action( COPYFILE2_PROGRESS_PAUSE + 1 );
    check_action( 0x7fffffff );
    check_action( (DWORD)-1 );
}

/* The callback sets the flag, and answers besides. */
static const struct model_answer canceling[] = {
    { .action = COPYFILE2_PROGRESS_CONTINUE, .cancels = true },
    { .action = COPYFILE2_PROGRESS_CANCEL, .cancels = true },
    { .action = COPYFILE2_PROGRESS_STOP, .cancels = true },
    { .action = COPYFILE2_PROGRESS_QUIET, .cancels = true },
    { .action = COPYFILE2_PROGRESS_PAUSE, .cancels = true },
    { .action = COPYFILE2_PROGRESS_PAUSE + 1, .cancels = true },
};

static void test_pfcancel( void )
{
    check_everywhere( shapes, ARRAY_SIZE( shapes ), canceling, ARRAY_SIZE( canceling ) );
}

/* The flag is seen before anything else: nothing is said, made or changed. */
static void test_pfcancel_preset( void )
{
    if (!is_ours()) return;
    for (size_t i = 0; i < ARRAY_SIZE( shapes ); i++)
    {
        struct model_copy copy = shapes[i];

        copy.canceled = true;
        push_context( "%llu bytes", copy.sizes[0] );
        check_both( &copy );
        copy.missing = true;
        push_context( "no source" );
        check_both( &copy );
        pop_context();
        pop_context();
    }
}

/* An answer that the classic routine does not know lets the copy go on; PAUSE is one. */
static const struct model_answer old_answers[] = {
    { .action = PROGRESS_CONTINUE },
    { .action = PROGRESS_CANCEL },
    { .action = PROGRESS_STOP },
    { .action = PROGRESS_QUIET },
    { .action = PROGRESS_CONTINUE, .cancels = true },
    { .action = PROGRESS_CANCEL, .cancels = true },
    { .action = PROGRESS_STOP, .cancels = true },
    { .action = PROGRESS_QUIET, .cancels = true },
    { .action = COPYFILE2_PROGRESS_PAUSE },
    { .action = 99 },
    { .action = 0xffffffff },
};

static void test_old_routine( void )
{
    check_everywhere( old_shapes, ARRAY_SIZE( old_shapes ), old_answers, ARRAY_SIZE( old_answers ) );
}

static void test_copyfileex( void )
{
    check_everywhere( ex_shapes, ARRAY_SIZE( ex_shapes ), old_answers, ARRAY_SIZE( old_answers ) );
}

/* A callback may repeat its answer, or give another one later. A message that follows the end is only a notice, if it
 * comes at all. */
static void test_later_answers( void )
{
    struct model_answer answers[32];
    struct model_copy copy = shapes[4];

    if (!is_ours()) return;
    copy.answers = answers;
    copy.answer_count = ARRAY_SIZE( answers );
    for (DWORD first = 0; first <= COPYFILE2_PROGRESS_PAUSE; first++)
        for (DWORD later = 0; later <= COPYFILE2_PROGRESS_PAUSE; later++)
            for (unsigned int at = 0; at < story_length( &shapes[4] ); at++)
            {
                for (unsigned int i = 0; i < ARRAY_SIZE( answers ); i++)
                    answers[i] = ( struct model_answer ){ i < at ? 0 : i == at ? first : later, false, false };
                push_context( "answer %lu to message %u, then %lu", first, at + 1, later );
                model_check( &copy );
                pop_context();
            }
}

static bool fails( const struct model_copy *copy )
{
    struct model_outcome outcome;

    model_expect( copy, &outcome );
    model_end( &outcome );
    return FAILED( outcome.hr );
}

/* If that message begins a chunk, the chunk cannot be read, and the error gets this answer. */
static void check_failing_chunk( const struct model_copy *shape, unsigned int at, DWORD action, DWORD flags )
{
    struct model_answer answers[32] = { { 0 } };
    struct model_copy copy = *shape;

    answers[at].loses_source = true;
    answers[at + 1].action = action;
    copy.answers = answers;
    copy.answer_count = at + 2;
    copy.flags |= flags;
    if (!fails( &copy )) return;
    push_context( "%llu bytes, %u streams, flags %lx, message %u loses the source, answer %lu", copy.sizes[0],
                  copy.streams, copy.flags, at + 1, action );
    check_both( &copy );
    pop_context();
}

static void check_failing( DWORD flags )
{
    if (!is_ours()) return;
    for (size_t i = 0; i < ARRAY_SIZE( shapes ); i++)
        for (unsigned int at = 0; at < story_length( &shapes[i] ); at++)
            for (DWORD action = 0; action <= COPYFILE2_PROGRESS_PAUSE + 1; action++)
                check_failing_chunk( &shapes[i], at, action, flags );
}

static void test_err_answers( void )
{
    check_failing( 0 );
}

/* The source is missing, or the destination exists, or it is held. */
static void test_err_not_opened( void )
{
    if (!is_ours()) return;
    for (DWORD action = 0; action <= COPYFILE2_PROGRESS_PAUSE + 1; action++)
    {
        const struct model_answer answer = { action, false, false };
        struct model_copy copy = shapes[4];

        copy.answers = &answer;
        copy.answer_count = 1;
        push_context( "answer %lu", action );
        copy.missing = true;
        check_both( &copy );
        copy.missing = false;
        copy.exists = true;
        copy.old_size = 100;
        copy.locked = true;
        model_check( &copy );
        copy.flags |= COPY_FILE_FAIL_IF_EXISTS;
        model_check( &copy );
        copy.locked = false;
        model_check( &copy );
        pop_context();
    }
}

/* STOP leaves a fragment with which the same call can go on, and so does PAUSE. */
static const struct model_answer ending[] = {
    { .action = COPYFILE2_PROGRESS_CANCEL },
    { .action = COPYFILE2_PROGRESS_STOP },
    { .action = COPYFILE2_PROGRESS_PAUSE },
    { .action = COPYFILE2_PROGRESS_CONTINUE, .cancels = true },
};

static void test_restartable( void )
{
    struct model_copy restartable[ARRAY_SIZE( shapes )];

    for (size_t i = 0; i < ARRAY_SIZE( shapes ); i++)
    {
        restartable[i] = shapes[i];
        restartable[i].flags |= COPY_FILE_RESTARTABLE;
    }
    check_everywhere( restartable, ARRAY_SIZE( restartable ), ending, ARRAY_SIZE( ending ) );
    check_failing( COPY_FILE_RESTARTABLE );
}

static const struct test_case cases[] = {
    { .name = "continue", .row = "-", .own = true, .run = test_continue },
    { .name = "cancel", .row = "18", .own = true, .run = test_cancel },
    { .name = "stop", .row = "22", .own = true, .run = test_stop },
    { .name = "pause", .row = "29", .own = true, .run = test_pause },
    { .name = "quiet", .row = "30", .own = true, .run = test_quiet },
    { .name = "unknown", .row = "-", .own = true, .run = test_unknown },
    { .name = "pfcancel", .row = "21", .own = true, .run = test_pfcancel },
    { .name = "pfcancel_preset", .row = "78", .own = true, .run = test_pfcancel_preset },
    { .name = "later_answers", .row = "-", .own = true, .run = test_later_answers },
    { .name = "err_answers", .row = "73", .own = true, .run = test_err_answers },
    { .name = "err_not_opened", .row = "-", .own = true, .run = test_err_not_opened },
    { .name = "restartable", .row = "-", .own = true, .run = test_restartable },
    { .name = "old_routine", .row = "-", .own = true, .run = test_old_routine },
    { .name = "copyfileex", .row = "-", .own = true, .run = test_copyfileex },
};

TEST_MAIN( "model", cases )
