/* SPDX-License-Identifier: MIT */

/* Every distribution lays Wine out in its own way, so this file asks Wine itself. It starts a cmd.exe that waits for
 * its input, and /proc tells which files that process has mapped. The command that starts Wine may be a script, may
 * start other programs, and may end before them. So the process is known by a variable in its environment. */

#include "probe.h"
#include "file.h"
#include "message.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MARK         "WINE_COPYFILE2_PROBE"
#define SECONDS_MAX  300 /* enough to make a new prefix on a slow machine */
#define POLL_MS      4
#define POLLS_A_SCAN 8 /* looks at the child, for one look at all processes */
#define ERRORS_SHOWN 2048

static const char *const mapped_names[PROBED_COUNT] = { "/kernel32.dll", "/kernelbase.dll" };

struct running
{
    const char *except;
    pid_t pid;
    int input;
    int errors;
    char *mark;
};

static void sleep_ms( long ms )
{
    nanosleep( &( const struct timespec ){ ms / 1000, ms % 1000 * 1000000 }, NULL );
}

static double seconds_now( void )
{
    struct timespec time;

    clock_gettime( CLOCK_MONOTONIC, &time );
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

void probed_free( struct probed *found )
{
    for (unsigned int i = 0; i < PROBED_COUNT; i++) free( found->files[i] );
    free( found->loader );
    free( found->reason );
    memset( found, 0, sizeof( *found ) );
}

/* ---- looking ----------------------------------------------------------------------------------------------------- */

/* The wineserver opens the files. It may run in another mount namespace, as in another run of a container. The kernel
 * then puts folders of that namespace in front of their paths. So leading folders are left out until a file is found.
 * Answers the whole path when none is. */
static const char *visible_path( const char *path )
{
    for (const char *rest = path; rest; rest = strchr( rest + 1, '/' ))
        if (file_exists( rest )) return rest;
    return path;
}

/* Wine maps a DLL of the prefix for a moment too, to see whether it is Wine's own. Such a mapping does not count. */
static void note_mapping( const char *path, struct probed *found )
{
    if (strstr( path, "/windows/system32/" ) || strstr( path, "/windows/syswow64/" )) return;
    for (unsigned int i = 0; i < PROBED_COUNT; i++)
        if (!found->files[i] && text_ends_with( path, mapped_names[i] ))
            found->files[i] = text_copy( visible_path( path ) );
}

static char *read_loader( const char *process )
{
    char *name = text_format( "/proc/%s/exe", process );
    char *loader = realpath( name, NULL );

    free( name );
    return loader;
}

/* Sets found to what the process has mapped. True means that everything is there; when it is not, found stays empty. */
static bool look_at_process( const struct running *running, const char *process, struct probed *found )
{
    char *name = text_format( "/proc/%s/maps", process );
    FILE *maps = fopen( name, "re" );
    char *line = NULL;
    size_t size = 0;
    bool complete;

    free( name );
    if (!maps) return false;
    while (getline( &line, &size, maps ) > 0)
    {
        char *path = strchr( line, '/' );

        if (!path) continue;
        path[strcspn( path, "\n" )] = 0;
        note_mapping( path, found );
    }
    free( line );
    fclose( maps );
    complete = found->files[PROBED_KERNEL32] && found->files[PROBED_KERNELBASE] &&
               ( !running->except || strcmp( found->files[PROBED_KERNEL32], running->except ) );
    if (complete) found->loader = read_loader( process );
    else probed_free( found );
    return complete;
}

/* True means that our command, or a program that it started, is this process. */
static bool is_marked( const struct running *running, const char *process )
{
    char *name = text_format( "/proc/%s/environ", process );
    FILE *file = fopen( name, "re" );
    char *variable = NULL;
    size_t size = 0;
    bool marked = false;

    free( name );
    if (!file) return false;
    while (!marked && getdelim( &variable, &size, 0, file ) > 0) marked = !strcmp( variable, running->mark );
    free( variable );
    fclose( file );
    return marked;
}

/* Looks at every process that is marked. True means that found is set. */
static bool look_at_all( const struct running *running, struct probed *found )
{
    DIR *folder = opendir( "/proc" );
    struct dirent *entry;
    bool complete = false;

    if (!folder) return false;
    while (!complete && ( entry = readdir( folder ) ))
        if (isdigit( (unsigned char)entry->d_name[0] ) && is_marked( running, entry->d_name ))
            complete = look_at_process( running, entry->d_name, found );
    closedir( folder );
    return complete;
}

static bool look_once( const struct running *running, unsigned int round, struct probed *found )
{
    char process[16];

    snprintf( process, sizeof( process ), "%d", (int)running->pid );
    return look_at_process( running, process, found ) ||
           ( round % POLLS_A_SCAN == POLLS_A_SCAN - 1 && look_at_all( running, found ) );
}

/* ---- running ----------------------------------------------------------------------------------------------------- */

static bool start_command( const struct wine *wine, const char *const *arguments, struct running *running )
{
    int pipe_ends[2] = { -1, -1 }, null = open( "/dev/null", O_RDWR | O_CLOEXEC );

    running->mark = text_format( MARK "=%d.%.6f", (int)getpid(), seconds_now() );
    running->errors = memfd_create( "errors", MFD_CLOEXEC );
    if (null >= 0 && running->errors >= 0 && !pipe2( pipe_ends, O_CLOEXEC ))
    {
        setenv( MARK, running->mark + sizeof( MARK ), 1 );
        running->pid = wine_start( wine, WINE_DLLS_BUILTIN, arguments, pipe_ends[0], null, running->errors );
        unsetenv( MARK );
    }
    running->input = pipe_ends[1];
    if (null >= 0) close( null );
    if (pipe_ends[0] >= 0) close( pipe_ends[0] );
    return running->pid > 0;
}

/* Wine may still be making the prefix complete while its DLLs are mapped already. So the command is not killed: its
 * input ends, and then the command does. Only one that takes longer than SECONDS_MAX is killed. */
static void end_command( struct running *running )
{
    double deadline = seconds_now() + SECONDS_MAX;

    if (running->input >= 0) close( running->input );
    while (running->pid > 0 && !waitpid( running->pid, NULL, WNOHANG ))
    {
        if (seconds_now() > deadline) kill( running->pid, SIGKILL );
        sleep_ms( POLL_MS );
    }
    if (running->errors >= 0) close( running->errors );
    free( running->mark );
}

/* Answers what went wrong and, behind it, what Wine itself said; to be freed. */
static char *failure_reason( const struct running *running, const char *what )
{
    char said[ERRORS_SHOWN];
    ssize_t length = pread( running->errors, said, sizeof( said ) - 1, 0 );

    while (length > 0 && isspace( (unsigned char)said[length - 1] )) length--;
    if (length <= 0) return text_copy( what );
    said[length] = 0;
    return text_format( "%s; it says:\n%s", what, said );
}

/* The command may hand over to another process and end, so that process is given half a second to be seen. True means
 * that found is set; false, that found.reason is. */
static bool wait_for_mappings( struct running *running, struct probed *found )
{
    double started = seconds_now(), ended = 0;

    for (unsigned int round = 0;; round++)
    {
        if (look_once( running, round, found )) return true;
        if (running->pid > 0 && waitpid( running->pid, NULL, WNOHANG ) == running->pid)
        {
            running->pid = 0;
            ended = seconds_now();
        }
        if (ended > 0 && seconds_now() - ended > 0.5)
        {
            found->reason = failure_reason( running, "Wine could not start it" );
            return false;
        }
        if (seconds_now() - started > SECONDS_MAX)
        {
            found->reason = failure_reason( running, "Wine did not start it in time; its wineserver process may hang" );
            return false;
        }
        sleep_ms( POLL_MS );
    }
}

/* True means that Wine ended, and said nothing about why. */
static bool has_died( const struct running *running )
{
    struct stat errors;

    return !running->pid && !fstat( running->errors, &errors ) && !errors.st_size;
}

/* Sets died to whether a second try may succeed. */
static bool probe_once( const struct wine *wine, const char *const *arguments, const char *except, struct probed *found,
                        bool *died )
{
    struct running running = { .except = except, .pid = -1, .input = -1 };
    bool complete;

    *died = false;
    memset( found, 0, sizeof( *found ) );
    if (!start_command( wine, arguments, &running ))
    {
        found->reason = text_format( "%s: %s", wine->command, strerror( errno ) );
        complete = false;
    }
    else complete = wait_for_mappings( &running, found );
    *died = !complete && has_died( &running );
    end_command( &running );
    return complete;
}

/* Wine ends without a message about once in some hundreds of starts. The next start then works, so it is tried
 * twice. */
bool probe( const struct wine *wine, const char *const *arguments, const char *except, struct probed *found )
{
    bool died;

    if (probe_once( wine, arguments, except, found, &died )) return true;
    if (!died) return false;
    probed_free( found );
    return probe_once( wine, arguments, except, found, &died );
}
