/* SPDX-License-Identifier: MIT */

/* copyfile2.exe copies files with CopyFile2, and shows what CopyFile2 says meanwhile. */

#include "cancel.h"
#include "copy.h"
#include "error_text.h"
#include "options.h"
#include "output.h"
#include "paths.h"

#include <stdlib.h>

#define EXIT_COPIED 0
#define EXIT_FAILED 1
#define EXIT_USAGE  2
#define EXIT_PAUSED 3

/* The shell has expanded the names already, so the toolchain's start-up code must not do that again. */
int _dowildcard = 0;

/* Two sources with the same name are more likely a mistake than a wish to lose the first one. True means that this
 * source would replace a copy of an earlier one; the user was told. */
static bool would_replace_own_copy( const struct options *options, unsigned int number )
{
    for (unsigned int i = 0; i < number; i++)
    {
        if (!path_collides( options->destination, options->sources[number], options->sources[i] )) continue;
        output_error( L"%ls: not copied, it would replace the copy of %ls", options->sources[number],
                      options->sources[i] );
        return true;
    }
    return false;
}

static bool copy_into_folder( const struct options *options, struct progress_bar *bar, unsigned int number )
{
    WCHAR *destination;
    bool copied;

    if (would_replace_own_copy( options, number )) return false;
    destination = path_into( options->destination, options->sources[number] );
    copied = copy_one( options, bar, options->sources[number], destination );
    free( destination );
    return copied;
}

/* A bar for several files needs their sizes in advance. A single file's messages tell its size soon enough. Answers 0
 * when the size is not needed. */
static uint64_t expected_size( const struct options *options, const struct progress_bar *bar, unsigned int number )
{
    return bar->wanted && options->source_count > 1 ? path_file_size( options->sources[number] ) : 0;
}

static bool copy_all( const struct options *options, struct progress_bar *bar, bool into_folder )
{
    bool all = true, copied;

    for (unsigned int i = 0; i < options->source_count; i++)
        progress_bar_expect( bar, expected_size( options, bar, i ) );

    for (unsigned int i = 0; i < options->source_count; i++)
    {
        if (cancel_requested() || cancel_pause_requested())
        {
            output_error( L"%ls: %u of %u not copied", cancel_requested() ? L"canceled" : L"paused",
                          options->source_count - i, options->source_count );
            return false;
        }
        progress_bar_next_file( bar, expected_size( options, bar, i ) );
        if (into_folder) copied = copy_into_folder( options, bar, i );
        else copied = copy_one( options, bar, options->sources[i], options->destination );
        progress_bar_end_file( bar, copied );
        all = all && copied;
    }
    return all;
}

/* A trace that lacks its end must not pass for the whole. A reader that has gone, as head does, wanted no more. False
 * means that something is lost, and that the user was told. */
static bool all_printed( void )
{
    DWORD error = output_first_error();
    HRESULT hr = HRESULT_FROM_WIN32( error );
    WCHAR text[ERROR_TEXT_SIZE];

    if (error == ERROR_SUCCESS || error == ERROR_BROKEN_PIPE || error == ERROR_NO_DATA) return true;
    if (error == ERROR_PIPE_NOT_CONNECTED) return true;
    error_system_text( hr, text );
    output_error( L"cannot write to standard output: 0x%08lX: %ls", (unsigned long)hr, text );
    return false;
}

int wmain( int argc, WCHAR **argv )
{
    struct options options;
    struct progress_bar bar;
    bool into_folder, copied, bar_wanted;

    switch (options_read( &options, argc, argv ))
    {
    case OPTIONS_COPY: break;
    case OPTIONS_DONE: return all_printed() ? EXIT_COPIED : EXIT_FAILED;
    case OPTIONS_WRONG: return EXIT_USAGE;
    }
    into_folder = path_is_folder( options.destination );
    if (options.source_count > 1 && !into_folder)
    {
        output_error( L"not a directory: %ls (try --help)", options.destination );
        return EXIT_USAGE;
    }

    /* A bar between the lines of a trace on the same screen would spoil both. */
    bar_wanted = output_is_console( STD_ERROR_HANDLE ) && !options.no_progress &&
                 !( options.trace && output_is_console( STD_OUTPUT_HANDLE ) );
    progress_bar_init( &bar, bar_wanted, options.source_count );
    cancel_install( options.copy_flags & COPY_FILE_RESUME_FROM_PAUSE );
    copied = copy_all( &options, &bar, into_folder );
    output_draw( L"" );
    progress_bar_summary( &bar );
    if (!all_printed()) return EXIT_FAILED;
    if (copied) return EXIT_COPIED;
    return cancel_pause_requested() && !cancel_requested() ? EXIT_PAUSED : EXIT_FAILED;
}
