/* SPDX-License-Identifier: MIT */

/* The environment says which Wine and which prefix are meant: by WINE, WINELOADER, WINEPREFIX and PATH. */

#include "wine.h"
#include "environment.h"
#include "message.h"

#include <errno.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#define ARGUMENTS_MAX 16

static bool is_program( const char *path )
{
    struct stat st;

    return !access( path, X_OK ) && !stat( path, &st ) && S_ISREG( st.st_mode );
}

static char *absolute_path( const char *name )
{
    char *folder, *path;

    if (*name == '/' || !( folder = getcwd( NULL, 0 ) )) return text_copy( name );
    path = text_format( "%s/%s", folder, name );
    free( folder );
    return path;
}

/* Answers the path of the program that execvp would find, to be freed, or NULL. Links are not followed, because a
 * wrapper may look at its own name. */
static char *find_program( const char *name )
{
    const char *path = getenv( "PATH" );

    if (strchr( name, '/' )) return is_program( name ) ? absolute_path( name ) : NULL;
    if (!path) path = "/usr/local/bin:/usr/bin:/bin";
    while (*path)
    {
        size_t length = strcspn( path, ":" );
        char *candidate = text_format( "%.*s/%s", (int)length, path, name );

        if (length && is_program( candidate )) return candidate;
        free( candidate );
        path += length + ( path[length] == ':' );
    }
    return NULL;
}

static char *find_command( void )
{
    static const char *const variables[] = { "WINE", "WINELOADER" };
    static const char *const names[] = { "wine", "wine64", "wine-stable", "wine-development" };
    char *command;

    for (unsigned int i = 0; i < sizeof( variables ) / sizeof( variables[0] ); i++)
    {
        const char *value = getenv( variables[i] );

        if (!value || !*value) continue;
        command = find_program( value );
        if (!command) message_error( "%s=%s: there is no such program", variables[i], value );
        return command;
    }
    for (unsigned int i = 0; i < sizeof( names ) / sizeof( names[0] ); i++)
        if (( command = find_program( names[i] ) )) return command;
    message_error( "cannot find Wine: no wine in PATH; install it, or set WINE to its path" );
    return NULL;
}

/* The record has one line for each value. A value of two lines could not be read back, and every run would prepare the
 * prefix anew. False comes with a message. */
static bool is_one_line( const char *name, const char *value )
{
    return !value || !strchr( value, '\n' ) || message_error( "%s holds a line break", name );
}

bool wine_find_prefix( struct wine *wine )
{
    const char *prefix = getenv( "WINEPREFIX" ), *home = getenv( "HOME" );
    struct passwd *user;

    if (prefix)
    {
        if (!*prefix) return message_error( "WINEPREFIX is empty, which Wine refuses: unset it, or name the prefix" );
        if (*prefix != '/') return message_error( "WINEPREFIX=%s: it has to start with /", prefix );
        if (!is_one_line( "WINEPREFIX", prefix )) return false;
        wine->prefix = text_copy( prefix );
        /* Wine removes slashes at the end too. */
        for (size_t end = strlen( wine->prefix ); end > 1 && wine->prefix[end - 1] == '/'; end--)
            wine->prefix[end - 1] = 0;
        return true;
    }
    if (( !home || *home != '/' ) && ( user = getpwuid( getuid() ) )) home = user->pw_dir;
    if (!home || *home != '/') return message_error( "there is no home directory; set WINEPREFIX" );
    wine->prefix = text_format( "%s/.wine", home );
    return is_one_line( "the home directory", home );
}

bool wine_find( struct wine *wine )
{
    wine->command = find_command();
    return wine->command && is_one_line( "the path of Wine", wine->command ) &&
           is_one_line( "WINELOADER", getenv( "WINELOADER" ) );
}

pid_t wine_start( const struct wine *wine, enum wine_dlls dlls, const char *const *arguments, int input, int output,
                  int errors )
{
    char *list[ARGUMENTS_MAX + 2] = { wine->command };
    pid_t pid, parent = getpid();

    for (unsigned int i = 0; i < ARGUMENTS_MAX && arguments[i]; i++) list[i + 1] = (char *)arguments[i];
    pid = fork();
    if (pid) return pid;

    /* Only the parent can undo what this program does. So the program must not go on, without the parent's lock, after
     * the parent was killed. */
    prctl( PR_SET_PDEATHSIG, SIGKILL );
    if (getppid() != parent) _exit( 126 );
    dup2( input, STDIN_FILENO );
    dup2( output, STDOUT_FILENO );
    dup2( errors, STDERR_FILENO );
    if (dlls == WINE_DLLS_BUILTIN) environment_set_builtin();
    if (dlls == WINE_DLLS_PREFIX) environment_set_native();
    setenv( "WINEDEBUG", "-all", 1 );
    execv( wine->command, list );
    _exit( errno == ENOENT ? 127 : 126 );
}
