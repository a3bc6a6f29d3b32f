/* SPDX-License-Identifier: MIT */

/* PAUSE leaves a fragment. RESUME_FROM_PAUSE goes on with it, but does not believe every fragment. */

#include "pause.h"

HRESULT copy_and_answer( DWORD flags, COPYFILE2_MESSAGE_ACTION answer, COPYFILE2_MESSAGE_TYPE to, unsigned int nth,
                         struct recorder *recorder )
{
    recorder_begin( recorder );
    recorder->answer = answer;
    recorder->answer_to = to;
    recorder->answer_at = nth;
    return copy_in_chunks_with( L"src.bin", L"dst.bin", flags, CHUNK, NULL, recorder );
}

HRESULT copy_and_pause( DWORD flags, COPYFILE2_MESSAGE_TYPE to, unsigned int nth )
{
    struct recorder recorder;
    HRESULT hr = copy_and_answer( flags, COPYFILE2_PROGRESS_PAUSE, to, nth, &recorder );

    recorder_end( &recorder );
    return hr;
}

HRESULT resume_quietly( DWORD flags )
{
    return copy_in_chunks_with( L"src.bin", L"dst.bin", flags, CHUNK, NULL, NULL );
}

void make_paused( void )
{
    file_fill( L"src.bin", MANY, 1 );
    SetFileAttributesW( L"dst.bin", FILE_ATTRIBUTE_NORMAL );
    DeleteFileW( L"dst.bin" );
    ok( copy_and_pause( 0, CHUNK_FINISHED, 3 ) == PAUSED, "not paused" );
}

void check_complete( void )
{
    ok( file_equal( L"src.bin", L"dst.bin" ), "other bytes; %lld of them", (long long)file_size( L"dst.bin" ) );
}

static void check_fragment( uint64_t source_size )
{
    int64_t left = file_size( L"dst.bin" );

    ok( left > 0, "%lld bytes left", (long long)left );
    if (source_size > RECORD + 1 || !engine_is_ours())
        ok( left < (int64_t)source_size, "%lld bytes left of %llu", (long long)left, source_size );
}

static void test_pause( void )
{
    HRESULT hr;

    file_fill( L"src.bin", 32 * 1024 * 1024, 1 );
    hr = copy_and_pause( 0, CHUNK_FINISHED, 3 );
    ok( hr == PAUSED, "got %#lx", hr );
    check_fragment( 32 * 1024 * 1024 );
    hr = resume_quietly( RESUME | COPY_FILE_FAIL_IF_EXISTS );
    ok( hr == S_OK, "got %#lx", hr );
    check_complete();
}

/* Exactly one message comes after the one that was answered. */
static void test_pause_tail( void )
{
    struct recorder recorder;
    HRESULT hr;

    file_fill( L"src.bin", MANY, 1 );
    hr = copy_and_answer( 0, COPYFILE2_PROGRESS_PAUSE, CHUNK_FINISHED, 3, &recorder );
    ok( hr == PAUSED, "got %#lx", hr );
    ok( recorder.counts[STREAM_FINISHED] == 1 && recorder.last.Type == STREAM_FINISHED, "said\n%s", recorder.text );
    ok( recorder.count == 8 || broken( true ), "%u messages", recorder.count );
    recorder_end( &recorder );
}

/* This counts the copies that have paused, for an implementation that never does so resumes nothing. */
static unsigned int pauses;

/* Pauses at the nth message of a type, if there is one, and resumes. True when there was one. */
static bool check_round( uint64_t size, COPYFILE2_MESSAGE_TYPE to, unsigned int nth, DWORD flags )
{
    struct recorder recorder;
    bool came;
    HRESULT hr;

    push_context( "%llu bytes, message %u of type %d, flags %#lx", size, nth, (int)to, flags );
    DeleteFileW( L"dst.bin" );
    hr = copy_and_answer( 0, COPYFILE2_PROGRESS_PAUSE, to, nth, &recorder );
    came = recorder.counts[to] >= nth;
    if (hr == PAUSED)
    {
        pauses++;
        ok( came, "paused without being asked" );
        ok( recorder.counts[STREAM_FINISHED] == 1, "%u times STREAM_FINISHED", recorder.counts[STREAM_FINISHED] );
        check_fragment( size );
        hr = resume_quietly( flags );
    }
    ok( hr == S_OK, "got %#lx", hr );
    check_complete();
    recorder_end( &recorder );
    pop_context();
    return came;
}

static void test_resume( void )
{
    static const uint64_t sizes[] = { 0,    1,         2,     127,       128,         129,         130,       131,
                                      1000, CHUNK - 1, CHUNK, CHUNK + 1, CHUNK + 127, CHUNK + 129, 2 * CHUNK, MANY };
    static const DWORD flags[] = { RESUME,
                                   RESUME | COPY_FILE_FAIL_IF_EXISTS,
                                   RESUME | COPY_FILE_RESTARTABLE,
                                   RESUME | COPY_FILE_DISABLE_PRE_ALLOCATION,
                                   RESUME | COPY_FILE_NO_BUFFERING,
                                   RESUME | COPY_FILE_NO_OFFLOAD,
                                   RESUME | COPY_FILE_DISABLE_SPARSE_COPY };

    for (size_t i = 0; i < ARRAY_SIZE( sizes ); i++)
    {
        file_fill( L"src.bin", sizes[i], (uint32_t)i + 1 );
        /* Each pause costs a flush or two, so the less common flags get only a few of the sizes. */
        for (size_t j = 0; j < ( i % 5 ? 3 : ARRAY_SIZE( flags ) ); j++)
        {
            check_round( sizes[i], STREAM_STARTED, 1, flags[j] );
            for (unsigned int nth = 1; check_round( sizes[i], CHUNK_STARTED, nth, flags[j] ); nth++) continue;
            for (unsigned int nth = 1; check_round( sizes[i], CHUNK_FINISHED, nth, flags[j] ); nth++) continue;
            check_round( sizes[i], STREAM_FINISHED, 1, flags[j] );
        }
    }
    ok( pauses > ARRAY_SIZE( sizes ), "%u copies have paused", pauses );
}

/* After a resume the stream begins again, chunks count from 0, and what was there counts as done. */
static void test_resumed_messages( void )
{
    struct recorder recorder;
    HRESULT hr;

    file_fill( L"src.bin", 10240, 1 );
    ok( copy_and_pause( 0, CHUNK_FINISHED, 1 ) == PAUSED, "not paused" );
    hr = copy_and_answer( RESUME, COPYFILE2_PROGRESS_CONTINUE, CHUNK_FINISHED, 0, &recorder );
    ok( hr == S_OK, "got %#lx", hr );
    if (engine_is_ours())
        expect_said( &recorder, SAID_STREAM_STARTED( 10240 ) SAID_CHUNK( 0, 4096, 10240, 8192 )
                                    SAID_CHUNK( 1, 2048, 10240, 10240 ) SAID_STREAM_FINISHED( 10240, 10240 ) );
    check_complete();
    recorder_end( &recorder );
}

/* Each call copies one chunk, until the last one ends the copy. */
static void test_resume_twice( void )
{
    unsigned int calls = 1;
    HRESULT hr;

    file_fill( L"src.bin", MANY, 1 );
    hr = copy_and_pause( 0, CHUNK_FINISHED, 1 );
    while (hr == PAUSED && calls++ < 100)
    {
        check_fragment( MANY );
        hr = copy_and_pause( RESUME | ( calls & 1 ? COPY_FILE_FAIL_IF_EXISTS : 0 ), CHUNK_FINISHED, 1 );
    }
    ok( hr == S_OK, "got %#lx", hr );
    ok( calls == 11 || broken( true ), "%u calls", calls );
    check_complete();
}

/* To pause before anything more is done loses nothing. */
static void test_pause_at_once( void )
{
    int64_t left;

    make_paused();
    left = file_size( L"dst.bin" );
    for (int i = 0; i < 3; i++)
    {
        ok( copy_and_pause( RESUME, i ? CHUNK_STARTED : STREAM_STARTED, 1 ) == PAUSED, "not paused" );
        ok( file_size( L"dst.bin" ) == left, "%lld bytes left, were %lld", (long long)file_size( L"dst.bin" ),
            (long long)left );
    }
    ok( resume_quietly( RESUME ) == S_OK, "not resumed" );
    check_complete();
}

static void test_resume_nohdr_fail( void )
{
    HRESULT hr;

    file_fill( L"src.bin", MANY, 1 );
    file_write_text( L"dst.bin", "an ordinary file" );
    hr = resume_quietly( RESUME | COPY_FILE_FAIL_IF_EXISTS );
    ok( hr == EXISTS, "got %#lx", hr );
    ok( file_is_text( L"dst.bin", "an ordinary file" ), "the destination has changed" );
}

static void test_resume_nohdr( void )
{
    HRESULT hr;

    file_fill( L"src.bin", MANY, 1 );
    file_fill( L"dst.bin", 2 * MANY, 2 );
    hr = resume_quietly( RESUME );
    ok( hr == S_OK, "got %#lx", hr );
    check_complete();
}

static void test_resume_nothing( void )
{
    HRESULT hr;

    file_fill( L"src.bin", MANY, 1 );
    hr = resume_quietly( RESUME | COPY_FILE_FAIL_IF_EXISTS );
    ok( hr == S_OK, "got %#lx", hr );
    check_complete();
}

static const struct test_case cases[] = {
    { .name = "pause",
      .row = "23",
      .claim = "32 MiB, PAUSE at chunk k: hr(3050), 0 < size < source",
      .sure = "A",
      .run = test_pause },
    { .name = "pause_tail",
      .row = "24",
      .claim = "as row 23: exactly one msg after PAUSE, STREAM_FINISHED",
      .sure = "B",
      .run = test_pause_tail },
    { .name = "resume",
      .row = "25",
      .claim = "row 23, then RESUME|FAIL_IF_EXISTS: S_OK, equal bytes",
      .sure = "A",
      .run = test_resume },
    { .name = "resume_nohdr_fail",
      .row = "26",
      .claim = "ordinary dest, RESUME|FAIL_IF_EXISTS: hr(80)",
      .sure = "B",
      .run = test_resume_nohdr_fail },
    { .name = "resume_nohdr",
      .row = "27",
      .claim = "ordinary dest, RESUME: S_OK, full copy",
      .sure = "B",
      .run = test_resume_nohdr },
    { .name = "resume_twice",
      .row = "28",
      .claim = "pause, resume, pause, resume: equal bytes, no header left",
      .sure = "C",
      .run = test_resume_twice },
    { .name = "resume_nothing", .row = "-", .run = test_resume_nothing },
    { .name = "resumed_messages", .row = "-", .run = test_resumed_messages },
    { .name = "pause_at_once", .row = "-", .run = test_pause_at_once },
    { .name = "hostile_bytes", .row = "-", .run = test_hostile_bytes },
    { .name = "hostile_lengths", .row = "-", .run = test_hostile_lengths },
    { .name = "changed_fragment", .row = "-", .run = test_changed_fragment },
    { .name = "changed_source", .row = "-", .run = test_changed_source },
    { .name = "foreign_record", .row = "-", .run = test_foreign_record },
    { .name = "fragment_of_fragment", .row = "-", .run = test_fragment_of_fragment },
    { .name = "holes", .row = "-", .run = test_holes },
    { .name = "attributes", .row = "-", .run = test_attributes },
    { .name = "protected_fragment", .row = "-", .run = test_protected_fragment },
    { .name = "other_answers", .row = "-", .run = test_other_answers },
    { .name = "answer_after_pause", .row = "-", .run = test_answer_after_pause },
    { .name = "pfcancel", .row = "-", .run = test_pfcancel },
    { .name = "onto_itself", .row = "-", .run = test_onto_itself },
    { .name = "streams", .row = "-", .run = test_streams },
    { .name = "streams_chain", .row = "-", .run = test_streams_chain },
    { .name = "streams_lost", .row = "-", .run = test_streams_lost },
    { .name = "streams_cancel", .row = "-", .run = test_streams_cancel },
};

TEST_MAIN( "pause", cases )
