/* SPDX-License-Identifier: MIT */

/* copyfile2.exe copies files with CopyFile2, and shows what CopyFile2 says meanwhile. */

#include "cancel.h"
#include "copy.h"
#include "error_text.h"
#include "heap.h"
#include "json.h"
#include "options.h"
#include "output.h"
#include "paths.h"
#include "sources.h"
#include "stopwatch.h"
#include "walk.h"

#include <stdlib.h>

#define EXIT_COPIED   0
#define EXIT_FAILED   1
#define EXIT_USAGE    2
#define EXIT_PAUSED   3
#define EXIT_CANCELED 130 /* which shells give for a program that Ctrl-C has ended */

/* The toolchain's start-up code knows no Linux paths, so the program expands patterns itself. */
int _dowildcard = 0;

/* Two sources with the same name are more likely a mistake than a wish to lose the first one. Answers the earlier
 * source whose copy this one would replace, or NULL. */
static const WCHAR *earlier_source( const struct run *run, const struct sources *sources, unsigned int number )
{
    const struct source *source = &sources->items[number];

    for (unsigned int i = 0; i < number; i++)
    {
        if (sources->items[i].hash != source->hash) continue;
        if (path_collides( run->options->destination, source->name, sources->items[i].name ))
            return sources->items[i].name;
    }
    return NULL;
}

/* Answers what is wrong with the source before anything is tried, or NULL. */
static const WCHAR *objection( const struct run *run, const struct source *source )
{
    DWORD as_itself = COPY_FILE_DIRECTORY | COPY_FILE_COPY_SYMLINK | COPY_FILE_OPEN_AND_COPY_REPARSE_POINT;

    if (!source->name[0]) return L"the name of the source is empty";
    if (source->unmatched) return L"no file fits this pattern";
    if (!run->options->recursive && path_is_folder( source->name ) && !( run->options->copy_flags & as_itself ))
        return L"the source is a folder, and --recursive copies it";
    return NULL;
}

/* Answers the exact name of what a pattern has found. The caller frees it. */
static WCHAR *matched_path( const WCHAR *name )
{
    WCHAR *folder = heap_text( name ), *path;

    folder[path_head( name )] = 0;
    path = path_exact_in( folder[0] ? folder : L".", name );
    free( folder );
    return path;
}

/* A source that a pattern has found is opened by its exact name, and with --recursive a link stays a link. A link that
 * the user has named is followed, unless a flag of CopyFile2 says otherwise. */
static void copy_named( struct run *run, const struct source *source, const WCHAR *destination )
{
    const DWORD links = COPY_FILE_COPY_SYMLINK | COPY_FILE_OPEN_AND_COPY_REPARSE_POINT;
    bool walks = run->options->recursive && path_is_folder( source->name );
    struct entry entry = { .source = source->name,
                           .destination = destination,
                           .in_folder = source->matched && run->options->recursive };
    WCHAR *source_path, *destination_path;

    if (source->matched)
    {
        source_path = matched_path( source->name );
        destination_path = path_exact_in( run->options->destination, source->name );
    }
    else
    {
        source_path = walks ? path_exact( source->name ) : path_for_windows( source->name );
        destination_path = walks ? path_exact( destination ) : path_for_windows( destination );
    }
    entry.source_path = source_path;
    entry.destination_path = destination_path;
    entry.marked = ( entry.in_folder || run->options->copy_flags & links ) &&
                   GetFileAttributesW( source_path ) & FILE_ATTRIBUTE_REPARSE_POINT;
    /* Only a bar for several files needs the size in advance. For one file the messages tell it soon enough. */
    if (run->bar.count > 1 && !walks) entry.size = path_file_size( source->name );
    if (walks) walk_copy( run, &entry );
    else copy_file( run, &entry );
    free( source_path );
    free( destination_path );
}

static void copy_source( struct run *run, const struct sources *sources, unsigned int number, bool into_folder )
{
    const struct source *source = &sources->items[number];
    const WCHAR *earlier = into_folder ? earlier_source( run, sources, number ) : NULL, *why = objection( run, source );
    WCHAR *destination = into_folder && source->name[0] ? path_into( run->options->destination, source->name )
                                                        : heap_text( run->options->destination );
    struct entry entry = { .source = source->name, .destination = destination };

    if (earlier)
    {
        output_error( L"%ls: not copied, it would replace the copy of %ls", source->name, earlier );
        copy_count_failure( run, &entry, HRESULT_FROM_WIN32( ERROR_ALREADY_EXISTS ),
                            L"it would replace the copy of an earlier source" );
    }
    else if (why) copy_refuse( run, &entry, HRESULT_FROM_WIN32( ERROR_INVALID_NAME ), why );
    else copy_named( run, source, destination );
    free( destination );
}

static void expect_all( struct run *run, const struct sources *sources )
{
    if (!run->bar.wanted) return;
    for (unsigned int i = 0; i < sources->count; i++)
    {
        const WCHAR *name = sources->items[i].name;

        if (run->options->recursive && path_is_folder( name )) walk_measure( run, name );
        else progress_bar_expect( &run->bar, sources->count > 1 ? path_file_size( name ) : 0 );
    }
}

static void copy_all( struct run *run, const struct sources *sources, bool into_folder )
{
    expect_all( run, sources );
    for (unsigned int i = 0; i < sources->count; i++)
    {
        if (copy_is_over( run ))
        {
            output_error( L"%ls: %u of %u not copied", cancel_requested() ? L"canceled" : L"paused", sources->count - i,
                          sources->count );
            return;
        }
        copy_source( run, sources, i, into_folder );
    }
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

/* True means that the destination can take what is to be copied. Otherwise the user has been told why not. */
static bool fits_destination( const struct run *run, const struct sources *sources, bool into_folder )
{
    const WCHAR *destination = run->options->destination;

    if (into_folder) return true;
    if (sources->count > 1 || sources->expanded) output_error( L"not a folder: %ls (try --help)", destination );
    else if (path_ends_with_separator( destination ) &&
             !( run->options->recursive && path_is_folder( sources->items[0].name ) ))
        output_error( L"%ls: there is no such folder; make it, or leave out the separator at the end", destination );
    else return true;
    return false;
}

static void sum_up( struct run *run )
{
    output_draw( L"" );
    if (run->options->json) json_summary( &run->tally );
    else if (run->options->quiet) return;
    else if (run->options->dry_run) tally_tell_failures( &run->tally );
    else if (run->options->verbose || run->bar.wanted) tally_tell( &run->tally );
    else tally_tell_failures( &run->tally );
}

static int exit_status( const struct run *run )
{
    if (!all_printed()) return EXIT_FAILED;
    if (run->stopped) return cancel_requested() ? EXIT_CANCELED : EXIT_PAUSED;
    return run->tally.failed ? EXIT_FAILED : EXIT_COPIED;
}

/* A bar between lines on the same screen would spoil both. */
static bool wants_bar( const struct options *options )
{
    bool lines = options->trace || options->json;

    return output_is_console( STD_ERROR_HANDLE ) && !options->quiet && !options->dry_run &&
           !( lines && output_is_console( STD_OUTPUT_HANDLE ) );
}

int wmain( int argc, WCHAR **argv )
{
    struct options options;
    struct sources sources;
    struct run run = { .options = &options };
    bool into_folder;

    switch (options_read( &options, argc, argv ))
    {
    case OPTIONS_COPY: break;
    case OPTIONS_DONE: return all_printed() ? EXIT_COPIED : EXIT_FAILED;
    case OPTIONS_WRONG: return EXIT_USAGE;
    }
    sources_expand( &sources, options.sources, options.source_count, options.recursive );
    into_folder = path_is_folder( options.destination );
    if (!fits_destination( &run, &sources, into_folder )) return EXIT_USAGE;

    progress_bar_init( &run.bar, wants_bar( &options ) );
    run.tally.started = stopwatch_seconds();
    cancel_install( options.copy_flags & COPY_FILE_RESUME_FROM_PAUSE );
    copy_all( &run, &sources, into_folder );
    sum_up( &run );
    sources_free( &sources );
    return exit_status( &run );
}
