/* SPDX-License-Identifier: MIT */

/* This file finds out, by a program that copies, whose functions the programs of a prefix get. Each kind of programs is
 * tried. The copies are made in the current folder, because the fast ways depend on the file system. */

#include "check.h"
#include "file.h"
#include "helper.h"
#include "message.h"
#include "pe_image.h"
#include "registry.h"
#include "shipped.h"
#include "status.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A trace line names a copy, and then says how it went. */
#define TRACE_NAMES "copyfile2: "
#define TRACE_COPY  ".tmp.copy: "
/* The trace names this last way of the host half, and then the reason why it was not taken. */
#define WHY_NO_HOST_HALF "host read/write: "

/* ---- one kind of programs ---------------------------------------------------------------------------------------- */

static const char *owner( const char *dll )
{
    if (!strcmp( dll, "copyfile2.dll" )) return "ours";
    if (!strcmp( dll, "none" )) return "none: a program that calls it dies";
    return "Wine's own";
}

/* The host half moves bytes by these ways alone. The first one is the fastest. */
static const struct way
{
    const char *trace;
    const char *words;
} ways[] = {
    { .trace = " bytes by clone", .words = "clones, which share the blocks" },
    { .trace = " bytes by copy_file_range", .words = "copies that the file system makes by itself" },
    { .trace = " bytes by host read/write", .words = "reads and writes of Linux; this file system does not clone" },
};

/* Prints whether the host half works, and how fast it can be here. */
static void print_host_half( const char *trace )
{
    const char *why = strstr( trace, WHY_NO_HOST_HALF );

    for (unsigned int i = 0; i < sizeof( ways ) / sizeof( ways[0] ); i++)
        if (strstr( trace, ways[i].trace ))
        {
            printf( "  host half: yes\n  fast way here: %s\n", ways[i].words );
            return;
        }
    if (why) why += sizeof( WHY_NO_HOST_HALF ) - 1;
    if (!why) puts( "  host half: no" );
    else printf( "  host half: no: %.*s\n", (int)strcspn( why, ";" ), why );
    puts( "  fast way here: none; the bytes go by calls of Windows" );
}

/* Prints how our engine made each copy. The large copy comes last. It tells whether the file system can clone, because
 * some file systems that clone large files do not clone small ones. */
static void print_ways( char *errors )
{
    const char *last = NULL;
    char *rest;

    for (char *line = strtok_r( errors, "\n", &rest ); line; line = strtok_r( NULL, "\n", &rest ))
    {
        const char *copy = strncmp( line, TRACE_NAMES, strlen( TRACE_NAMES ) ) ? NULL : strstr( line, TRACE_COPY );

        if (!copy) continue;
        copy += strlen( TRACE_COPY );
        printf( "  way: %s\n", copy );
        last = copy;
    }
    if (last) print_host_half( last );
}

/* Prints the copies, each of which has a line in the output. True means that all were good, with messages. */
static bool print_trials( char *output )
{
    unsigned int good = 0, bad = 0;
    char copy[8], messages[8], *rest;
    unsigned long size, code;

    for (char *line = strtok_r( output, "\n", &rest ); line; line = strtok_r( NULL, "\n", &rest ))
    {
        if (!strncmp( line, "folder ", 7 )) printf( "  copies in: %s\n", line + 7 );
        if (sscanf( line, "trial %lu unwritable %lu", &size, &code ) == 2)
        {
            printf( "  copy: this folder cannot be written (error %lu); try another one\n", code );
            bad++;
        }
        else if (sscanf( line, "trial %lu result %lx copy %7s messages %7s", &size, &code, copy, messages ) == 4)
        {
            bool done = !code && !strcmp( copy, "good" ) && !strcmp( messages, "yes" );

            printf( "  copy of %lu bytes: %s (0x%08lx), messages: %s\n", size,
                    !strcmp( copy, "good" ) ? "good" : "failed", code, messages );
            if (done) good++;
            else bad++;
        }
    }
    return good && !bad;
}

/* Prints the whole report. True means that programs of this kind get our CopyFile2 with messages. */
static bool print_kind( const struct helper_report *report )
{
    char *output = text_copy( report->output ), *errors = text_copy( report->errors );
    bool done;

    printf( "%u-bit programs:\n", report->bits );
    printf( "  CopyFile2: %s\n", owner( report->origins[HELPER_COPYFILE2] ) );
    printf( "  CopyFile, CopyFileEx, MoveFile...: %s\n", owner( report->origins[HELPER_COPYFILEEX] ) );
    done = print_trials( output ) && helper_is_ours( report, false );
    print_ways( errors );
    free( output );
    free( errors );
    return done;
}

/* ---- which program ----------------------------------------------------------------------------------------------- */

struct check
{
    const struct prefix *prefix;
    const struct wine *wine;
    enum wine_dlls dlls;
};

/* Tries the helper by this command. True means that it is of the kind that is wanted; if not, the report is empty. */
static bool try_command( const struct check *check, const char *const *command, unsigned int bits,
                         struct helper_report *report )
{
    if (helper_run( check->wine, check->dlls, command, "trial", report ) && report->bits == bits) return true;
    helper_free( report );
    return false;
}

static bool prefix_has( const struct check *check, const char *name )
{
    char *path = prefix_windows_path( check->prefix, name );
    bool has = file_exists( path );

    free( path );
    return has;
}

/* The helper in the prefix can be started whatever the path of our own folder is, so it comes first. Where there is
 * none, ours is started from where it was installed. */
static bool try_kind( const struct check *check, unsigned int bits, struct helper_report *report )
{
    uint16_t machine = bits == 64 ? PE_MACHINE_X86_64 : PE_MACHINE_I386;
    bool in_system32 = prefix_has( check, "system32/" SHIPPED_HELPER );
    bool in_syswow64 = prefix_has( check, "syswow64/" SHIPPED_HELPER );
    char *shipped = shipped_file( machine, SHIPPED_HELPER );
    const char *const from_shipped[] = { shipped, NULL };
    bool done = false;

    if (in_syswow64) done = try_command( check, bits == 64 ? helper_64 : helper_32, bits, report );
    if (!done && in_system32) done = try_command( check, helper_native, bits, report );
    if (!done && file_exists( shipped )) done = try_command( check, from_shipped, bits, report );
    free( shipped );
    return done;
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

static void print_version( const struct wine *wine )
{
    char *version = helper_wine_version( wine );

    printf( "version of Wine: %s\n", *version ? version : "it does not say" );
    free( version );
}

/* Prints each kind. True means that all kinds that can be started, and at least one, get our CopyFile2. */
static bool print_kinds( const struct check *check )
{
    static const unsigned int widths[] = { 64, 32 };
    unsigned int started = 0, ours = 0;

    for (unsigned int i = 0; i < sizeof( widths ) / sizeof( widths[0] ); i++)
    {
        struct helper_report report;

        fflush( stdout );
        if (!try_kind( check, widths[i], &report ))
        {
            printf( "%u-bit programs: this Wine starts none\n", widths[i] );
            continue;
        }
        started++;
        if (print_kind( &report )) ours++;
        helper_free( &report );
    }
    return started && ours == started;
}

bool check_print( const struct prefix *prefix, const struct wine *wine )
{
    bool is_ready = status_print_state( prefix, wine ), is_enabled = registry_is_set( prefix ), done;
    bool by_run = file_exists( prefix->record ) && !is_enabled;
    struct check check = { .prefix = prefix, .wine = wine, .dlls = by_run ? WINE_DLLS_PREFIX : WINE_DLLS_ANY };

    print_version( wine );
    if (!prefix_exists( prefix ))
    {
        puts( "result: there is no such prefix yet; wine-copyfile2 run makes it" );
        return false;
    }
    printf( "started as by: %s\n", by_run ? "wine-copyfile2 run" : "plain wine" );
    setenv( "COPYFILE2_TRACE", "1", 1 );
    done = print_kinds( &check );
    if (done && is_ready) puts( "result: all programs get our CopyFile2, with messages" );
    else if (!is_ready) puts( "result: the prefix is not ready; wine-copyfile2 run or enable makes it so" );
    else puts( "result: not all programs get our CopyFile2, with messages" );
    return done && is_ready;
}
