/* SPDX-License-Identifier: MIT */

/* From Wine 10.5 on, a server keeps the kernel32.dll and kernelbase.dll that it found when it started, as sections that
 * have names. Programs get these, whatever was put into system32 since. Only a Windows program can take the names away,
 * and only one can tell whose function a program gets. */

#include "helper.h"
#include "file.h"
#include "message.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SECONDS_MAX 300 /* enough to make a new prefix on a slow machine */
#define POLL_MS     2
#define SILENT_MAX  3  /* Wine 8.0 ends a program before its first line now and then */
#define DROPS_MAX   20 /* a section keeps its name while some program is just opening it */
#define WORDS_MAX   8

#define SYSTEM32 "C:\\windows\\system32\\copyfile2-check.exe"

const char *const helper_native[] = { SYSTEM32, NULL };
const char *const helper_32[] = { "C:\\windows\\syswow64\\copyfile2-check.exe", NULL };
/* A 32-bit loader that asks for system32 gets the 32-bit folder, and only a program that runs knows sysnative. */
const char *const helper_64[] = { SYSTEM32, "start", "C:\\windows\\sysnative\\copyfile2-check.exe", NULL };

/* The beginning of a line of the helper's, and what a user calls the function. */
static const struct
{
    const char *line, *words;
} origin_names[HELPER_ORIGINS] = {
    [HELPER_COPYFILE2] = { .line = "origin import CopyFile2 ", .words = "CopyFile2 of kernel32.dll" },
    [HELPER_COPYFILEEX] = { .line = "origin import CopyFileExW ", .words = "CopyFileEx of kernel32.dll" },
    [HELPER_BASE_COPYFILE2] = { .line = "origin kernelbase CopyFile2 ", .words = "CopyFile2 of kernelbase.dll" },
    [HELPER_BASE_COPYFILEEX] = { .line = "origin kernelbase CopyFileExW ", .words = "CopyFileEx of kernelbase.dll" },
};

/* ---- running ----------------------------------------------------------------------------------------------------- */

/* Waits for the process. False means that it took too long, and was killed. */
static bool wait_for( pid_t pid )
{
    unsigned int waited = 0;

    for (; !waitpid( pid, NULL, WNOHANG ); waited++)
    {
        if (waited == SECONDS_MAX * ( 1000 / POLL_MS )) kill( pid, SIGKILL );
        nanosleep( &( const struct timespec ){ 0, POLL_MS * 1000000 }, NULL );
    }
    return waited <= SECONDS_MAX * ( 1000 / POLL_MS );
}

/* Answers what was written into the file, without carriage returns; to be freed. Closes the file. */
static char *take_text( int fd )
{
    off_t size = fd >= 0 ? lseek( fd, 0, SEEK_END ) : 0;
    char *text = calloc( 1, size > 0 ? (size_t)size + 1 : 1 ), *to = text;
    ssize_t got = text && size > 0 ? pread( fd, text, (size_t)size, 0 ) : 0;

    if (fd >= 0) close( fd );
    if (!text) return text_copy( "" );
    for (ssize_t i = 0; i < got; i++)
        if (text[i] && text[i] != '\r') *to++ = text[i];
    *to = 0;
    return text;
}

/* Runs the helper, and sets the two texts of the report. False means that it took too long. */
static bool run_once( const struct wine *wine, enum wine_dlls dlls, const char *const *words,
                      struct helper_report *report )
{
    int input = open( "/dev/null", O_RDONLY | O_CLOEXEC );
    int output = memfd_create( "output", MFD_CLOEXEC ), errors = memfd_create( "errors", MFD_CLOEXEC );
    bool in_time = true;

    if (input >= 0 && output >= 0 && errors >= 0)
    {
        pid_t pid = wine_start( wine, dlls, words, input, output, errors );

        if (pid > 0) in_time = wait_for( pid );
    }
    if (input >= 0) close( input );
    report->output = take_text( output );
    report->errors = take_text( errors );
    return in_time;
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

static void read_line( const char *line, struct helper_report *report )
{
    sscanf( line, "bits %u", &report->bits );
    sscanf( line, "sections %u", &report->sections );
    if (!strcmp( line, "sections-are-made yes" )) report->has_sections = true;
    if (!strcmp( line, "end" )) report->complete = true;
    for (unsigned int i = 0; i < HELPER_ORIGINS; i++)
        if (!report->origins[i] && !strncmp( line, origin_names[i].line, strlen( origin_names[i].line ) ))
            report->origins[i] = text_copy( line + strlen( origin_names[i].line ) );
}

static void read_output( struct helper_report *report )
{
    char *text = text_copy( report->output ), *rest;

    for (char *line = strtok_r( text, "\n", &rest ); line; line = strtok_r( NULL, "\n", &rest ))
        read_line( line, report );
    for (unsigned int i = 0; i < HELPER_ORIGINS; i++)
        if (!report->origins[i]) report->complete = false;
    free( text );
}

bool helper_run( const struct wine *wine, enum wine_dlls dlls, const char *const *command, const char *word,
                 struct helper_report *report )
{
    const char *words[WORDS_MAX] = { NULL };
    unsigned int count = 0;
    bool in_time = true;

    for (; command[count]; count++) words[count] = command[count];
    words[count] = word;
    memset( report, 0, sizeof( *report ) );
    for (unsigned int i = 0; i < SILENT_MAX && in_time && !report->complete; i++)
    {
        helper_free( report );
        in_time = run_once( wine, dlls, words, report );
        read_output( report );
    }
    return report->complete;
}

char *helper_wine_version( const struct wine *wine )
{
    static const char *const words[] = { "--version", NULL };
    struct helper_report report = { .output = NULL };
    char *version;

    run_once( wine, WINE_DLLS_BUILTIN, words, &report );
    report.output[strcspn( report.output, "\n" )] = 0;
    version = text_copy( report.output );
    helper_free( &report );
    return version;
}

void helper_free( struct helper_report *report )
{
    for (unsigned int i = 0; i < HELPER_ORIGINS; i++) free( report->origins[i] );
    free( report->output );
    free( report->errors );
    memset( report, 0, sizeof( *report ) );
}

/* These are ours only with --all. */
static const bool is_of_all[HELPER_ORIGINS] = { [HELPER_COPYFILEEX] = true, [HELPER_BASE_COPYFILEEX] = true };

bool helper_is_ours( const struct helper_report *report, bool all )
{
    if (!report->complete) return false;
    for (unsigned int i = 0; i < HELPER_ORIGINS; i++)
        if (( all || !is_of_all[i] ) && strcmp( report->origins[i], "copyfile2.dll" )) return false;
    return true;
}

/* ---- for the commands -------------------------------------------------------------------------------------------- */

/* Starts the helper until it finds no section to drop. Answers whether the last report, which is set, is complete. */
static bool drop_all( const struct wine *wine, enum wine_dlls dlls, const char *const *command, bool *known,
                      struct helper_report *report )
{
    for (unsigned int i = 0; i < DROPS_MAX; i++)
    {
        if (!helper_run( wine, dlls, command, "ready", report )) return false;
        if (report->has_sections) *known = true;
        if (!report->sections) return true;
        if (i + 1 < DROPS_MAX) helper_free( report );
    }
    return true;
}

/* Says why programs of one kind do not get our functions. Answers false. */
static bool tell_not_ours( const struct helper_report *report, bool all )
{
    if (!report->complete)
        return message_error(
            "Wine could not start copyfile2-check.exe, which asks whose CopyFile2 it gets; it says:\n%s%s",
            report->output, report->errors );
    for (unsigned int i = 0; i < HELPER_ORIGINS; i++)
        if (strcmp( report->origins[i], "copyfile2.dll" ) && ( all || !is_of_all[i] ))
            return message_error( "%u-bit programs would get %s from %s, and not from ours; "
                                  "does the command for Wine hand WINEDLLOVERRIDES on?",
                                  report->bits, origin_names[i].words,
                                  strcmp( report->origins[i], "none" ) ? report->origins[i] : "nowhere" );
    return false;
}

bool helper_make_ready( const struct wine *wine, const char *const *command, bool all, bool *known )
{
    struct helper_report report;
    bool done = drop_all( wine, WINE_DLLS_PREFIX, command, known, &report ) && helper_is_ours( &report, all );

    if (!done) tell_not_ours( &report, all );
    helper_free( &report );
    return done;
}

void helper_drop( const struct wine *wine )
{
    struct helper_report report;
    bool ignored;

    drop_all( wine, WINE_DLLS_BUILTIN, helper_native, &ignored, &report );
    helper_free( &report );
}
