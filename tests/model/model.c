/* SPDX-License-Identifier: MIT */

/* Every answer to every message, by the table of model_table.c: of files without a chunk, with one and with several, of
 * several streams, to the new routine and the classic one, with *pfCancel, and after errors. */

#include "model_run.h"
#include "harness/recorder.h"
#include "harness/test.h"

#define CHUNK 4096

/* What is copied: in every number of chunks that makes a difference. */
static const struct model_copy shapes[] = {
    { { 0 }, 1, CHUNK, 0, MODEL_ROUTINE },
    { { 1 }, 1, CHUNK, 0, MODEL_ROUTINE },
    { { CHUNK }, 1, CHUNK, 0, MODEL_ROUTINE },
    { { CHUNK + 1 }, 1, CHUNK, 0, MODEL_ROUTINE },
    { { 4 * CHUNK + 2345 }, 1, CHUNK, 0, MODEL_ROUTINE },
    { { 2 * MODEL_DEFAULT_CHUNK + 7 }, 1, MODEL_DEFAULT_CHUNK, 0, MODEL_ROUTINE },
    { { 2 * CHUNK + 1, CHUNK, 5 }, 3, CHUNK, 0, MODEL_ROUTINE },
    { { CHUNK, 0, 2 * CHUNK, 0 }, 4, CHUNK, 0, MODEL_ROUTINE },
    { { 0, CHUNK + 1 }, 2, CHUNK, 0, MODEL_ROUTINE },
    { { CHUNK + 1, 3 }, 2, CHUNK, COPY_FILE_SKIP_ALTERNATE_STREAMS, MODEL_ROUTINE },
};

static const struct model_copy old_shapes[] = {
    { { 0 }, 1, CHUNK, 0, MODEL_OLD_ROUTINE },
    { { 1 }, 1, CHUNK, 0, MODEL_OLD_ROUTINE },
    { { CHUNK }, 1, CHUNK, 0, MODEL_OLD_ROUTINE },
    { { CHUNK + 1 }, 1, CHUNK, 0, MODEL_OLD_ROUTINE },
    { { 4 * CHUNK + 2345 }, 1, CHUNK, 0, MODEL_OLD_ROUTINE },
    { { 2 * CHUNK + 1, CHUNK, 5 }, 3, CHUNK, 0, MODEL_OLD_ROUTINE },
    { { 0, 0 }, 2, CHUNK, 0, MODEL_OLD_ROUTINE },
};

/* CopyFileEx has no wish for a size of its chunks. */
static const struct model_copy ex_shapes[] = {
    { { 0 }, 1, MODEL_DEFAULT_CHUNK, 0, MODEL_EX_ROUTINE },
    { { 1 }, 1, MODEL_DEFAULT_CHUNK, 0, MODEL_EX_ROUTINE },
    { { MODEL_DEFAULT_CHUNK }, 1, MODEL_DEFAULT_CHUNK, 0, MODEL_EX_ROUTINE },
    { { MODEL_DEFAULT_CHUNK + 1 }, 1, MODEL_DEFAULT_CHUNK, 0, MODEL_EX_ROUTINE },
    { { 2 * MODEL_DEFAULT_CHUNK + 7, 0, 1 }, 3, MODEL_DEFAULT_CHUNK, 0, MODEL_EX_ROUTINE },
};

/* Where a chunk ends is Windows' own affair, and the model is of our choices too. */
static bool is_ours( void )
{
    if (!running_under_wine()) skip( "the model is exact; Windows' chunks are its own affair" );
    return running_under_wine();
}

/* The messages of that copy when nobody ends it. */
static unsigned int story_length( const struct model_copy *shape )
{
    struct model_outcome outcome;

    model_expect( shape, &outcome );
    model_end( &outcome );
    return outcome.told;
}

/* To a new name, and over a file that is longer. */
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

/* That message is answered so, and the others with CONTINUE. */
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
    { COPYFILE2_PROGRESS_CONTINUE, true, false }, { COPYFILE2_PROGRESS_CANCEL, true, false },
    { COPYFILE2_PROGRESS_STOP, true, false },     { COPYFILE2_PROGRESS_QUIET, true, false },
    { COPYFILE2_PROGRESS_PAUSE, true, false },    { COPYFILE2_PROGRESS_PAUSE + 1, true, false },
};

static void test_pfcancel( void )
{
    check_everywhere( shapes, ARRAY_SIZE( shapes ), canceling, ARRAY_SIZE( canceling ) );
}

/* Before anything else: nothing is said, made or changed. */
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

/* What the classic routine does not know, PAUSE among it, goes on. */
static const struct model_answer old_answers[] = {
    { PROGRESS_CONTINUE, false, false },
    { PROGRESS_CANCEL, false, false },
    { PROGRESS_STOP, false, false },
    { PROGRESS_QUIET, false, false },
    { PROGRESS_CONTINUE, true, false },
    { PROGRESS_CANCEL, true, false },
    { PROGRESS_STOP, true, false },
    { PROGRESS_QUIET, true, false },
    { COPYFILE2_PROGRESS_PAUSE, false, false },
    { 99, false, false },
    { 0xffffffff, false, false },
};

static void test_old_routine( void )
{
    check_everywhere( old_shapes, ARRAY_SIZE( old_shapes ), old_answers, ARRAY_SIZE( old_answers ) );
}

static void test_copyfileex( void )
{
    check_everywhere( ex_shapes, ARRAY_SIZE( ex_shapes ), old_answers, ARRAY_SIZE( old_answers ) );
}

/* A callback that repeats itself, and one that changes its mind: what follows the end
 * is a notice, if it comes at all. */
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

/* If that message begins a chunk, the chunk cannot be read; the error is answered. */
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

/* The source is missing; the destination exists, or is held. */
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

/* STOP leaves what the same call can go on with; PAUSE does so too. */
static const struct model_answer ending[] = {
    { COPYFILE2_PROGRESS_CANCEL, false, false },
    { COPYFILE2_PROGRESS_STOP, false, false },
    { COPYFILE2_PROGRESS_PAUSE, false, false },
    { COPYFILE2_PROGRESS_CONTINUE, true, false },
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
    { "continue", "-", test_continue },
    { "cancel", "18", test_cancel },
    { "stop", "22", test_stop },
    { "pause", "29", test_pause },
    { "quiet", "30", test_quiet },
    { "unknown", "-", test_unknown },
    { "pfcancel", "21", test_pfcancel },
    { "pfcancel_preset", "78", test_pfcancel_preset },
    { "later_answers", "-", test_later_answers },
    { "err_answers", "73", test_err_answers },
    { "err_not_opened", "-", test_err_not_opened },
    { "restartable", "-", test_restartable },
    { "old_routine", "-", test_old_routine },
    { "copyfileex", "-", test_copyfileex },
};

TEST_MAIN( "model", cases )
