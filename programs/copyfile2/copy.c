/* SPDX-License-Identifier: MIT */

/* This file copies one file or folder by one call of CopyFile2. */

#include "copy.h"
#include "cancel.h"
#include "error_text.h"
#include "json.h"
#include "output.h"
#include "reason.h"
#include "trace.h"
#include "verify.h"

/* The callback of one copy reads and sets these. */
struct listeners
{
    const struct options *options;
    struct progress_bar *bar;
    const WCHAR *failed_phase; /* NULL as long as no ERROR message came */
    bool any;                  /* some message came */
    bool offloaded;
    uint64_t bytes;
};

static void note_message( struct listeners *listeners, const COPYFILE2_MESSAGE *message )
{
    listeners->any = true;
    if (message->Type == COPYFILE2_CALLBACK_ERROR)
        listeners->failed_phase = error_phase_name( message->Info.Error.CopyPhase );
    if (message->Type != COPYFILE2_CALLBACK_CHUNK_FINISHED) return;
    if (message->Info.ChunkFinished.dwFlags & COPYFILE2_MESSAGE_COPY_OFFLOAD) listeners->offloaded = true;
    listeners->bytes = message->Info.ChunkFinished.uliTotalBytesTransferred.QuadPart;
}

/* CopyFile2 takes one callback, so this one serves the trace and the progress bar too. When Ctrl-C has asked for a
 * pause, the answer is PAUSE. A request to cancel goes through the cancel flag, which CopyFile2 reads after each
 * message. */
static COPYFILE2_MESSAGE_ACTION CALLBACK on_message( const COPYFILE2_MESSAGE *message, PVOID context )
{
    struct listeners *listeners = context;

    note_message( listeners, message );
    if (listeners->options->trace) trace_message( message );
    if (listeners->options->json) json_message( message );
    progress_bar_message( listeners->bar, message );
    /* CopyFile2 obeys the answer before the flag, so PAUSE must not hide a request to cancel. */
    return cancel_pause_requested() && !cancel_requested() ? COPYFILE2_PROGRESS_PAUSE : COPYFILE2_PROGRESS_CONTINUE;
}

/* When listeners is NULL, CopyFile2 gets no callback. */
static HRESULT call_copyfile2( const struct options *options, DWORD flags, struct listeners *listeners,
                               const struct entry *entry )
{
    COPYFILE2_EXTENDED_PARAMETERS_V2 params = {
        .dwSize = sizeof( params ),
        .dwCopyFlags = flags,
        .pfCancel = cancel_flag(),
        .pProgressRoutine = listeners ? on_message : NULL,
        .pvCallbackContext = listeners,
        .dwCopyFlagsV2 = options->copy_flags_v2,
        .ioDesiredSize = options->buffer_size,
        .ioDesiredRate = options->rate,
    };

    /* Windows 8 and 10 know the first version of the parameters only, so the second one is passed only when it is
     * needed. */
    if (!options->buffer_size && !options->rate && !options->copy_flags_v2)
        params.dwSize = sizeof( COPYFILE2_EXTENDED_PARAMETERS );
    return CopyFile2( entry->source_path, entry->destination_path, (COPYFILE2_EXTENDED_PARAMETERS *)&params );
}

static DWORD link_flag( const struct run *run, const struct entry *entry )
{
    return entry->in_folder && !run->follows_links ? COPY_FILE_COPY_SYMLINK : 0;
}

/* In a folder, links are copied as links. Without the host half Wine cannot tell which files are links, and CopyFile2
 * fails. From then on links are followed, and the user is told once. On Windows the same error is a failure. */
static HRESULT call_in_folder( struct run *run, DWORD flags, struct listeners *listeners, const struct entry *entry )
{
    DWORD link = link_flag( run, entry );
    HRESULT hr = call_copyfile2( run->options, flags | link, listeners, entry );

    if (hr != HRESULT_FROM_WIN32( ERROR_PRIVILEGE_NOT_HELD ) || !link || run->options->copy_flags & link) return hr;
    if (!GetProcAddress( GetModuleHandleW( L"ntdll.dll" ), "wine_get_version" )) return hr;
    run->follows_links = true;
    output_error( L"links are copied as what they lead to, because Wine does not find copyfile2.so" );
    listeners->failed_phase = NULL;
    listeners->any = false;
    return call_copyfile2( run->options, flags, listeners, entry );
}

/* Under Wine a small file takes a third less time without a callback. So it gets none when the messages would serve
 * neither the screen nor a count that is told. A copy that must not replace anything is tried only once. A second try
 * might find what the first one has left, and take it for somebody's file. */
static bool may_be_silent( const struct run *run, const struct entry *entry )
{
    const struct options *options = run->options;
    bool tells = options->verbose || options->trace || options->json || options->verify || run->bar.wanted;
    bool pauses = options->rate || options->copy_flags & ( COPY_FILE_RESTARTABLE | COPY_FILE_RESUME_FROM_PAUSE );
    bool replaces = !options->no_clobber && !( options->copy_flags & COPY_FILE_FAIL_IF_EXISTS );

    return entry->small && replaces && !tells && !pauses;
}

/* A copy that has failed without a callback is tried again with one, because the messages tell the phase. */
static HRESULT call_for_file( struct run *run, DWORD flags, struct listeners *listeners, const struct entry *entry )
{
    HRESULT hr;

    if (!may_be_silent( run, entry )) return call_in_folder( run, flags, listeners, entry );
    hr = call_copyfile2( run->options, flags | link_flag( run, entry ), NULL, entry );
    if (FAILED( hr ) && hr != HRESULT_FROM_WIN32( ERROR_REQUEST_ABORTED ))
        return call_in_folder( run, flags, listeners, entry );
    listeners->any = true;
    listeners->bytes = entry->size;
    return hr;
}

static void tell_failure( const struct entry *entry, const WCHAR *phase, HRESULT hr, const WCHAR *why )
{
    WCHAR text[ERROR_TEXT_SIZE];

    if (why)
    {
        output_error( L"%ls -> %ls: %ls", entry->source, entry->destination, why );
        return;
    }
    error_system_text( hr, text );
    output_error( L"%ls -> %ls: %ls%lsfailed: 0x%08lX: %ls", entry->source, entry->destination, phase ? phase : L"",
                  phase ? L" " : L"", (unsigned long)hr, text );
}

static void end_file( struct run *run, const struct entry *entry, struct json_result result )
{
    if (run->options->json) json_result( entry, &result );
    else if (run->options->verbose && !FAILED( result.hr ))
        output_line( L"%ls -> %ls: %ls", entry->source, entry->destination, result.word );
}

void copy_refuse( struct run *run, const struct entry *entry, HRESULT hr, const WCHAR *why )
{
    tell_failure( entry, NULL, hr, why );
    copy_count_failure( run, entry, hr, why );
}

void copy_count_failure( struct run *run, const struct entry *entry, HRESULT hr, const WCHAR *why )
{
    run->tally.failed++;
    end_file( run, entry, ( struct json_result ){ .word = L"failed", .hr = hr, .why = why } );
}

bool copy_is_over( struct run *run )
{
    if (cancel_requested() || cancel_pause_requested()) run->stopped = true;
    return run->stopped;
}

static void end_failed( struct run *run, const struct entry *entry, const struct listeners *listeners, HRESULT hr )
{
    struct json_result result = { .word = L"failed", .hr = hr, .phase = listeners->failed_phase };

    if (hr == HRESULT_FROM_WIN32( ERROR_FILE_EXISTS ) && run->options->no_clobber)
    {
        run->tally.skipped++;
        end_file( run, entry, ( struct json_result ){ .word = L"skipped" } );
        return;
    }
    result.why = reason_of( entry, hr );
    if (hr == HRESULT_FROM_WIN32( ERROR_REQUEST_ABORTED )) result.word = L"canceled";
    else if (hr == HRESULT_FROM_WIN32( ERROR_REQUEST_PAUSED )) result.word = L"paused";
    else run->tally.failed++;
    if (result.word[0] != 'f') run->stopped = true;
    tell_failure( entry, listeners->failed_phase, hr, result.why );
    end_file( run, entry, result );
}

/* True means that the copy has its source's data, or need not be checked. Any other end is told and counted here. */
static bool check_copy( struct run *run, const struct entry *entry )
{
    WCHAR why[VERIFY_TEXT_SIZE];
    HRESULT hr;

    if (!run->options->verify) return true;
    hr = verify_copy( entry, why );
    if (SUCCEEDED( hr )) return true;
    if (hr == HRESULT_FROM_WIN32( ERROR_REQUEST_ABORTED )) run->stopped = true;
    copy_refuse( run, entry, hr, why );
    return false;
}

static void end_copied( struct run *run, const struct entry *entry, const struct listeners *listeners )
{
    const WCHAR *word = L"copied";

    /* A link sends no message. Nothing is read back, because its name leads to another file. */
    if (listeners->any && !check_copy( run, entry )) return;
    if (!listeners->any) word = L"link";
    else if (listeners->offloaded) word = L"cloned";
    if (word[0] == 'l') run->tally.linked++;
    else if (listeners->offloaded) run->tally.cloned++;
    else run->tally.copied++;
    run->tally.bytes += listeners->bytes;
    end_file( run, entry, ( struct json_result ){ .word = word, .bytes = listeners->bytes } );
}

/* A dry run changes nothing, so it foretells from the names alone what CopyFile2 would do. */
static void rehearse( struct run *run, const struct entry *entry, bool folder )
{
    DWORD source = GetFileAttributesW( entry->source_path ), found = GetFileAttributesW( entry->destination_path );
    bool exists = found != INVALID_FILE_ATTRIBUTES;

    if (source == INVALID_FILE_ATTRIBUTES) copy_refuse( run, entry, HRESULT_FROM_WIN32( GetLastError() ), NULL );
    else if (exists && !folder && run->options->no_clobber)
    {
        run->tally.skipped++;
        end_file( run, entry, ( struct json_result ){ .word = L"skipped" } );
    }
    else if (exists && !folder && run->options->copy_flags & COPY_FILE_FAIL_IF_EXISTS)
        copy_refuse( run, entry, HRESULT_FROM_WIN32( ERROR_FILE_EXISTS ), NULL );
    else if (run->options->json) json_result( entry, &( struct json_result ){ .word = L"would copy" } );
    else if (!exists || !folder) output_line( L"would copy %ls -> %ls", entry->source, entry->destination );
}

/* CopyFile2 refuses a read-only destination. The mark is taken away for the copy, and put back if that failed. Sets
 * *marks to the attributes to be put back, or to 0. */
static void force( const struct entry *entry, DWORD *marks )
{
    *marks = GetFileAttributesW( entry->destination_path );
    if (*marks == INVALID_FILE_ATTRIBUTES || !( *marks & FILE_ATTRIBUTE_READONLY )) *marks = 0;
    if (*marks) SetFileAttributesW( entry->destination_path, *marks & ~FILE_ATTRIBUTE_READONLY );
}

void copy_file( struct run *run, const struct entry *entry )
{
    struct listeners listeners = { .options = run->options, .bar = &run->bar };
    DWORD flags = run->options->copy_flags, marks = 0;
    HRESULT hr;

    if (run->options->dry_run)
    {
        rehearse( run, entry, false );
        return;
    }
    progress_bar_next_file( &run->bar, entry->source, entry->size );
    if (run->options->json) json_begin( entry );
    if (run->options->no_clobber) flags |= COPY_FILE_FAIL_IF_EXISTS;
    else if (run->options->force && !reason_is_same_file( entry )) force( entry, &marks );
    hr = call_for_file( run, flags, &listeners, entry );
    progress_bar_end_file( &run->bar, SUCCEEDED( hr ) );
    if (SUCCEEDED( hr )) end_copied( run, entry, &listeners );
    else
    {
        if (marks) SetFileAttributesW( entry->destination_path, marks );
        end_failed( run, entry, &listeners, hr );
    }
}

/* An existing folder is filled, whatever the options say about existing files. A source that may be a link obeys these
 * options as a file does. */
static DWORD flags_for_folder( const struct run *run, const struct entry *entry )
{
    DWORD flags = run->options->copy_flags, found = GetFileAttributesW( entry->destination_path );
    bool fills = found != INVALID_FILE_ATTRIBUTES && found & FILE_ATTRIBUTE_DIRECTORY &&
                 !( found & FILE_ATTRIBUTE_REPARSE_POINT );

    flags &= ~( COPY_FILE_RESTARTABLE | COPY_FILE_RESUME_FROM_PAUSE );
    if (!entry->marked || fills) flags &= ~COPY_FILE_FAIL_IF_EXISTS;
    else if (run->options->no_clobber) flags |= COPY_FILE_FAIL_IF_EXISTS;
    return flags | COPY_FILE_DIRECTORY;
}

bool copy_folder( struct run *run, const struct entry *entry )
{
    struct listeners listeners = { .options = run->options, .bar = &run->bar };
    bool link;
    HRESULT hr;

    if (run->options->dry_run)
    {
        rehearse( run, entry, true );
        return !entry->marked;
    }
    if (run->options->json) json_begin( entry );
    hr = call_in_folder( run, flags_for_folder( run, entry ), &listeners, entry );
    /* Before version 2004 of Windows 10, CopyFile2 cannot copy a folder. */
    if (hr == E_INVALIDARG && CreateDirectoryW( entry->destination_path, NULL )) hr = S_OK;
    if (FAILED( hr ))
    {
        end_failed( run, entry, &listeners, hr );
        return false;
    }
    /* A link sends no message; Windows may send none for a folder either. */
    link = entry->marked && !listeners.any;
    if (link) run->tally.linked++;
    else run->tally.folders++;
    end_file( run, entry, ( struct json_result ){ .word = link ? L"link" : L"folder" } );
    return !link;
}
