/* SPDX-License-Identifier: MIT */

/* Random files are copied in random chunks, with random flags and random answers, and compared with the model. A
 * failure says its seed: COPYFILE2_TEST_SEED=SEED runs that copy alone, COPYFILE2_TEST_COUNT=COUNT so many from it. */

#include "model_run.h"
#include "harness/recorder.h"
#include "harness/test.h"

#include <stdlib.h>

#define SEQUENCES   2000
#define ANSWERS     64
#define LARGE_CHUNK ( MODEL_DEFAULT_CHUNK / 4 )
/* A copy that is paused for ever would never end. */
#define ROUNDS 6

struct dice
{
    uint64_t state;
};

/* splitmix64 */
static uint64_t roll( struct dice *dice )
{
    uint64_t word = dice->state += 0x9e3779b97f4a7c15ull;

    word = ( word ^ word >> 30 ) * 0xbf58476d1ce4e5b9ull;
    word = ( word ^ word >> 27 ) * 0x94d049bb133111ebull;
    return word ^ word >> 31;
}

static unsigned int below( struct dice *dice, unsigned int limit )
{
    return (unsigned int)( roll( dice ) % limit );
}

static bool one_in( struct dice *dice, unsigned int count )
{
    return !below( dice, count );
}

/* Answers a size, often one near which something changes. Large chunks make large files, of which a part is moved
 * ahead. */
static uint64_t some_size( struct dice *dice, uint64_t chunk )
{
    unsigned int most = chunk < LARGE_CHUNK ? 4 : (unsigned int)( MODEL_LARGEST / chunk );

    switch (below( dice, 6 ))
    {
    case 0: return 0;
    case 1: return 1 + below( dice, 16 );
    case 2: return chunk + below( dice, 3 ) - 1;
    case 3: return chunk * ( 1 + below( dice, most ) );
    default: return below( dice, (unsigned int)chunk * most );
    }
}

/* Answers flags that the copy of a plain file may have, and now and then one that is refused. */
static DWORD some_flags( struct dice *dice, DWORD *flags_v2 )
{
    DWORD flags = 0;

    if (one_in( dice, 2 )) return 0;
    if (one_in( dice, 50 )) return (DWORD)1 << below( dice, 32 ) & ~model_flags_refused_here();
    for (unsigned int i = 1 + below( dice, 4 ); i > 0; i--)
    {
        const struct model_flag *flag = &model_flags[below( dice, (unsigned int)model_flag_count )];

        if (flag->effect == MODEL_WANTS_DIRECTORY) continue;
        flags |= flag->flag;
        *flags_v2 |= flag->flag_v2;
    }
    return flags & ~model_flags_refused_here();
}

/* The caller of CopyFileEx cannot wish for a size of chunks, so its files have to be large. */
static void some_chunk( struct dice *dice, struct model_copy *copy )
{
    copy->chunk = 4096 * ( 1 + below( dice, 8 ) );
    if (one_in( dice, 3 )) copy->wish_beyond = below( dice, 4096 );
    copy->listener = one_in( dice, 4 ) ? MODEL_OLD_ROUTINE : MODEL_ROUTINE;
    if (one_in( dice, 40 )) copy->chunk = LARGE_CHUNK * ( 1 + below( dice, 3 ) );
    if (!one_in( dice, 40 )) return;
    copy->chunk = MODEL_DEFAULT_CHUNK;
    copy->wish_beyond = 0;
    if (one_in( dice, 2 )) copy->listener = MODEL_EX_ROUTINE;
}

static void some_copy( struct dice *dice, struct model_copy *copy )
{
    some_chunk( dice, copy );
    copy->streams = one_in( dice, 3 ) ? 1 + below( dice, MODEL_STREAMS ) : 1;
    for (unsigned int i = 0; i < copy->streams; i++)
        copy->sizes[i] = i && copy->chunk >= LARGE_CHUNK ? below( dice, 9 ) : some_size( dice, copy->chunk );
    if (copy->listener != MODEL_EX_ROUTINE) copy->flags = some_flags( dice, &copy->flags_v2 );
    copy->missing = one_in( dice, 50 );
    copy->canceled = one_in( dice, 50 );
    copy->exists = one_in( dice, 2 );
    copy->locked = copy->exists && one_in( dice, 25 );
    if (copy->exists) copy->old_size = some_size( dice, copy->chunk );
}

static void some_answers( struct dice *dice, struct model_answer *answers )
{
    static const DWORD actions[] = { COPYFILE2_PROGRESS_CANCEL,
                                     COPYFILE2_PROGRESS_STOP,
                                     COPYFILE2_PROGRESS_QUIET,
                                     COPYFILE2_PROGRESS_PAUSE,
                                     COPYFILE2_PROGRESS_PAUSE,
                                     5,
                                     0x80000000 };
    static const unsigned int patience[] = { 2, 5, 10, 1000000 };
    unsigned int often = patience[below( dice, ARRAY_SIZE( patience ) )];

    memset( answers, 0, ANSWERS * sizeof( *answers ) );
    for (unsigned int i = 0; i < ANSWERS; i++)
    {
        if (one_in( dice, often )) answers[i].action = actions[below( dice, ARRAY_SIZE( actions ) )];
        if (one_in( dice, 8 * often )) answers[i].cancels = true;
        if (one_in( dice, 3 * often )) answers[i] = ( struct model_answer ){ 0, false, true };
    }
}

/* Goes on with the fragment, or begins again as over any file. */
static void next_copy( struct dice *dice, struct model_copy *copy, const struct model_outcome *outcome )
{
    model_resume( copy, outcome, copy );
    if (!one_in( dice, 6 )) return;
    copy->flags &= ~( COPY_FILE_RESTARTABLE | COPY_FILE_RESUME_FROM_PAUSE | COPY_FILE_FAIL_IF_EXISTS );
    copy->resumes = false;
    copy->first_stream = 0;
    copy->first_done = 0;
}

/* The copy is resumed for as long as something is left that can go on. */
static void check_sequence( struct dice *dice )
{
    struct model_answer answers[ANSWERS];
    struct model_copy copy = { { 0 } };
    struct model_outcome outcome;
    enum model_left left;

    some_copy( dice, &copy );
    model_prepare( &copy );
    for (unsigned int round = 0; round < ROUNDS; round++)
    {
        some_answers( dice, answers );
        copy.answers = answers;
        copy.answer_count = round + 1 < ROUNDS ? ANSWERS : 0;
        push_context( "round %u, %u streams, %llu bytes, chunk %llu, flags %#lx, V2 %#lx, listener %u", round,
                      copy.streams, copy.sizes[0], copy.chunk, copy.flags, copy.flags_v2, copy.listener );
        model_hold( &copy, &outcome );
        pop_context();
        left = outcome.left;
        if (left == MODEL_RECORDED) next_copy( dice, &copy, &outcome );
        model_end( &outcome );
        if (left != MODEL_RECORDED) break;
    }
}

static uint64_t number_from( const char *variable, uint64_t otherwise )
{
    const char *text = getenv( variable );

    return text ? strtoull( text, NULL, 0 ) : otherwise;
}

static uint64_t seed_of_now( void )
{
    FILETIME now;

    GetSystemTimeAsFileTime( &now );
    return ( (uint64_t)now.dwHighDateTime << 32 | now.dwLowDateTime ) / 10000;
}

/* Answers the lowest number that is free for a handle. A handle that is lost moves it. */
static ULONG_PTR next_handle( void )
{
    HANDLE event = CreateEventW( NULL, FALSE, FALSE, NULL );

    CloseHandle( event );
    return (ULONG_PTR)event;
}

static void test_sequences( void )
{
    ULONG_PTR before = next_handle(), after;
    uint64_t seed = number_from( "COPYFILE2_TEST_SEED", 0 );
    uint64_t count = number_from( "COPYFILE2_TEST_COUNT", seed ? 1 : SEQUENCES );

    if (!engine_is_ours())
    {
        skip( "the model is exact; Windows' chunks are its own affair" );
        return;
    }
    if (!seed) seed = seed_of_now();
    trace( "%llu sequences from COPYFILE2_TEST_SEED=%llu", count, seed );
    for (uint64_t i = 0; i < count; i++)
    {
        struct dice dice = { seed + i };

        push_context( "COPYFILE2_TEST_SEED=%llu", seed + i );
        check_sequence( &dice );
        pop_context();
    }
    after = next_handle();
    ok( after == before, "handles are lost: the next one was %#llx, is %#llx", (uint64_t)before, (uint64_t)after );
}

static const struct test_case cases[] = {
    { .name = "sequences", .row = "-", .own = true, .run = test_sequences },
};

TEST_MAIN( "random", cases )
