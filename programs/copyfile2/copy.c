/* SPDX-License-Identifier: MIT */

/* This file copies one file by CopyFile2. */

#include "copy.h"
#include "cancel.h"
#include "error_text.h"
#include "output.h"
#include "paths.h"
#include "trace.h"

#include <stdlib.h>

/* The messages of one copy serve these. */
struct listeners
{
    bool trace;
    struct progress_bar *bar;
    const WCHAR *failed_phase; /* NULL as long as no ERROR message came */
};

/* CopyFile2 takes one callback, so this one serves both the trace and the progress bar. Where Ctrl-C pauses, the answer
 * is PAUSE. A wish to cancel comes through the cancel flag, which CopyFile2 reads after each message. */
static COPYFILE2_MESSAGE_ACTION CALLBACK on_message( const COPYFILE2_MESSAGE *message, PVOID context )
{
    struct listeners *listeners = context;

    if (message->Type == COPYFILE2_CALLBACK_ERROR)
        listeners->failed_phase = error_phase_name( message->Info.Error.CopyPhase );
    if (listeners->trace) trace_message( message );
    progress_bar_message( listeners->bar, message );
    /* An answer goes before the flag, so PAUSE must not hide a wish to cancel. */
    return cancel_pause_requested() && !cancel_requested() ? COPYFILE2_PROGRESS_PAUSE : COPYFILE2_PROGRESS_CONTINUE;
}

static HRESULT call_copyfile2( const struct options *options, struct listeners *listeners, const WCHAR *source,
                               const WCHAR *destination )
{
    COPYFILE2_EXTENDED_PARAMETERS_V2 params = {
        .dwSize = sizeof( params ),
        .dwCopyFlags = options->copy_flags,
        .pfCancel = cancel_flag(),
        .pProgressRoutine = on_message,
        .pvCallbackContext = listeners,
        .ioDesiredSize = options->buffer_size,
    };
    WCHAR *source_path = path_for_windows( source ), *destination_path = path_for_windows( destination );
    HRESULT hr;

    /* Windows 8 and 10 know the first version of the parameters only, so the second one is passed only when it is
     * needed. */
    if (!options->buffer_size) params.dwSize = sizeof( COPYFILE2_EXTENDED_PARAMETERS );
    hr = CopyFile2( source_path, destination_path, (COPYFILE2_EXTENDED_PARAMETERS *)&params );
    free( source_path );
    free( destination_path );
    return hr;
}

static void tell_failure( const WCHAR *source, const WCHAR *destination, const WCHAR *phase, HRESULT hr )
{
    WCHAR text[ERROR_TEXT_SIZE];

    if (hr == HRESULT_FROM_WIN32( ERROR_REQUEST_ABORTED ))
    {
        output_error( L"%ls -> %ls: canceled", source, destination );
        return;
    }
    if (hr == HRESULT_FROM_WIN32( ERROR_REQUEST_PAUSED ))
    {
        output_error( L"%ls -> %ls: paused, and the same command goes on", source, destination );
        return;
    }
    error_system_text( hr, text );
    output_error( L"%ls -> %ls: %ls%lsfailed: 0x%08lX: %ls", source, destination, phase ? phase : L"",
                  phase ? L" " : L"", (unsigned long)hr, text );
}

bool copy_one( const struct options *options, struct progress_bar *bar, const WCHAR *source, const WCHAR *destination )
{
    struct listeners listeners = { .trace = options->trace, .bar = bar };
    HRESULT hr = call_copyfile2( options, &listeners, source, destination );

    if (FAILED( hr )) tell_failure( source, destination, listeners.failed_phase, hr );
    return SUCCEEDED( hr );
}
