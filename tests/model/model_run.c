/* SPDX-License-Identifier: MIT */

/* Carries out what a model_copy asks for, by whichever function and callback, and compares everything. */

#include "model_run.h"
#include "model_files.h"
#include "model_lines.h"
#include "harness/recorder.h"
#include "harness/test.h"

#include <stdlib.h>

struct teller
{
    struct recorder recorder; /* of a new routine, ... */
    struct lines old;         /* ... or of a classic one */
    const struct model_copy *copy;
    unsigned int told;
    BOOL flag;
};

static const struct model_answer *next_answer( struct teller *teller )
{
    static const struct model_answer go_on = { COPYFILE2_PROGRESS_CONTINUE, false, false };
    const struct model_answer *answer = &go_on;

    if (teller->told < teller->copy->answer_count) answer = &teller->copy->answers[teller->told];
    teller->told++;
    if (answer->cancels) teller->flag = TRUE;
    return answer;
}

static COPYFILE2_MESSAGE_ACTION CALLBACK routine( const COPYFILE2_MESSAGE *message, void *context )
{
    struct teller *teller = context;
    const struct model_answer *answer;

    recorder_callback( message, &teller->recorder );
    if (message->Type == COPYFILE2_CALLBACK_POLL_CONTINUE) return COPYFILE2_PROGRESS_CONTINUE;
    answer = next_answer( teller );
    /* a callback must not close a handle; but that makes the next read fail, in every run and without help from the
     * system */
    if (answer->loses_source && message->Type == COPYFILE2_CALLBACK_CHUNK_STARTED)
        CloseHandle( message->Info.ChunkStarted.hSourceFile );
    return (COPYFILE2_MESSAGE_ACTION)answer->action;
}

static DWORD CALLBACK old_routine( LARGE_INTEGER total, LARGE_INTEGER total_done, LARGE_INTEGER size,
                                   LARGE_INTEGER done, DWORD stream, DWORD reason, HANDLE source, HANDLE destination,
                                   LPVOID context )
{
    struct teller *teller = context;
    struct line line = { .stream = stream - 1,
                         .size = size.QuadPart,
                         .done = done.QuadPart,
                         .total = total.QuadPart,
                         .total_done = total_done.QuadPart };

    ok( source && destination, "handles %p and %p", source, destination );
    ok( reason == CALLBACK_STREAM_SWITCH || reason == CALLBACK_CHUNK_FINISHED, "reason %lu", reason );
    lines_add_old( &teller->old, reason == CALLBACK_STREAM_SWITCH, &line );
    return next_answer( teller )->action;
}

static HRESULT call_copyfile2( const struct model_copy *copy, struct teller *teller )
{
    COPYFILE2_EXTENDED_PARAMETERS_V2 params = { sizeof( params ) };

    if (copy->chunk == MODEL_DEFAULT_CHUNK && copy->listener == MODEL_ROUTINE && !copy->flags_v2)
        params.dwSize = sizeof( COPYFILE2_EXTENDED_PARAMETERS );
    else params.ioDesiredSize = copy->chunk == MODEL_DEFAULT_CHUNK ? 0 : (DWORD)copy->chunk + copy->wish_beyond;
    params.dwCopyFlags = copy->flags;
    params.dwCopyFlagsV2 = copy->flags_v2;
    params.pfCancel = &teller->flag;
    params.pvCallbackContext = teller;
    if (copy->listener == MODEL_ROUTINE) params.pProgressRoutine = routine;
    else params.pProgressRoutineOld = old_routine;
    return copy_with( MODEL_SOURCE, MODEL_DESTINATION, &params );
}

/* Calls CopyFileExW of the DLL under test. */
static HRESULT call_copyfileex( const struct model_copy *copy, struct teller *teller )
{
    BOOL( WINAPI * copyfileex )( PCWSTR, PCWSTR, LPPROGRESS_ROUTINE, LPVOID, LPBOOL, DWORD );
    BOOL ret;

    copyfileex = (void *)GetProcAddress( GetModuleHandleA( test_dll() ), "CopyFileExW" );
    if (!ok( copyfileex != NULL, "there is no CopyFileExW" )) return E_NOTIMPL;
    SetLastError( 0xdeadbeef );
    ret = copyfileex( MODEL_SOURCE, MODEL_DESTINATION, old_routine, teller, &teller->flag, copy->flags );
    ok( !ret == !!GetLastError(), "answered %d with last error %lu", ret, GetLastError() );
    return HRESULT_FROM_WIN32( GetLastError() );
}

/* Claims what is left, and that a program can open both files without sharing them. */
static void check_files( const struct model_copy *copy, const struct model_outcome *outcome )
{
    unsigned int count = model_stream_count( copy );

    if (!copy->missing) model_files_check_source( copy );
    switch (outcome->left)
    {
    case MODEL_COMPLETE: model_files_check_copied( copy, count, 0, true ); break;
    case MODEL_UNTOUCHED: model_files_check_untouched( copy ); break;
    case MODEL_DELETED: model_files_check_gone( copy ); break;
    case MODEL_CUT: model_files_check_copied( copy, outcome->stream, outcome->done, false ); break;
    case MODEL_RECORDED: model_files_check_recorded( copy, outcome->next_stream, outcome->next_done ); break;
    }
}

void model_prepare( const struct model_copy *copy )
{
    model_files_make_source( copy );
    model_files_make_destination( copy );
}

static void check_said( const struct teller *teller, const struct model_outcome *outcome )
{
    const struct recorder old = { .text = teller->old.text };

    expect_said( teller->copy->listener == MODEL_ROUTINE ? &teller->recorder : &old, outcome->said.text );
}

void model_hold( const struct model_copy *copy, struct model_outcome *outcome )
{
    struct teller teller = { .copy = copy, .flag = copy->canceled };
    HANDLE holder = NULL;
    HRESULT hr;

    model_expect( copy, outcome );
    recorder_begin( &teller.recorder );
    lines_begin( &teller.old );
    model_files_look();
    if (copy->locked) holder = model_files_hold_destination();
    hr = copy->listener == MODEL_EX_ROUTINE ? call_copyfileex( copy, &teller ) : call_copyfile2( copy, &teller );
    if (holder) CloseHandle( holder );
    ok( hr == outcome->hr, "got %#lx, expected %#lx", hr, outcome->hr );
    check_said( &teller, outcome );
    lines_end( &teller.old );
    recorder_end( &teller.recorder );
    check_files( copy, outcome );
}

void model_resume( const struct model_copy *copy, const struct model_outcome *outcome, struct model_copy *next )
{
    *next = *copy;
    next->answer_count = 0;
    next->resumes = true;
    next->first_stream = outcome->next_stream;
    next->first_done = outcome->next_done;
    /* nothing but RESUME_FROM_PAUSE lifts FAIL_IF_EXISTS */
    if (!( copy->flags & COPY_FILE_RESTARTABLE ) || copy->flags & COPY_FILE_FAIL_IF_EXISTS)
        next->flags |= COPY_FILE_RESUME_FROM_PAUSE;
}

void model_check( const struct model_copy *copy )
{
    struct model_outcome outcome, end;
    struct model_copy next;

    model_prepare( copy );
    model_hold( copy, &outcome );
    if (outcome.left == MODEL_RECORDED)
    {
        model_resume( copy, &outcome, &next );
        push_context( "resumed at %llu of stream %u", next.first_done, next.first_stream + 1 );
        model_hold( &next, &end );
        model_end( &end );
        pop_context();
    }
    model_end( &outcome );
}
