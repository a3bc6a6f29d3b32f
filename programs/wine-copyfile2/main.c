/* SPDX-License-Identifier: MIT */

/* wine-copyfile2 makes unchanged Windows programs under Wine use our CopyFile2. */

#include "adopt.h"
#include "check.h"
#include "environment.h"
#include "message.h"
#include "needs.h"
#include "prepare.h"
#include "registry.h"
#include "restore.h"
#include "run.h"
#include "status.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef PACKAGE_VERSION
#define PACKAGE_VERSION "unknown"
#endif
#ifndef PACKAGE_ADDRESSES
#define PACKAGE_ADDRESSES ""
#endif

#define EXIT_DONE   0
#define EXIT_FAILED 1
#define EXIT_USAGE  2

static const char usage[] =
    "Usage: wine-copyfile2 run [--all] [--] PROGRAM [ARGUMENT]...\n"
    "       wine-copyfile2 enable [--all] | disable | status | env [--all] | check [FILE]...\n"
    "Makes unchanged Windows programs under Wine use the CopyFile2 of copyfile2.dll.\n"
    "\n"
    "  run       start PROGRAM, as wine does; it and all that it starts use our CopyFile2\n"
    "  enable    let every program in the prefix use it, however it is started\n"
    "  disable   undo everything in the prefix\n"
    "  status    tell what is in the prefix; exit with 0 when it is ready for use\n"
    "  env       make the prefix ready and print the variables for other launchers\n"
    "  check     let programs copy in the prefix, and tell what they get; exit with 0 when that is our CopyFile2\n"
    "  check FILE...\n"
    "            tell which functions these programs and DLLs import, and so whether they need --all\n"
    "  --all     not only CopyFile2: CopyFile, CopyFileEx, MoveFile, MoveFileEx and MoveFileWithProgress too;\n"
    "            from then on, in this prefix, until disable\n"
    "  --help, --version\n"
    "\n"
    "WINE or WINELOADER says which Wine (else wine in PATH), WINEPREFIX which prefix (else ~/.wine).\n"
    "Wine's own installation is never changed.\n" PACKAGE_ADDRESSES;

struct context
{
    struct wine wine;
    struct prefix prefix;
};

static int command_run( struct context *context, char **arguments )
{
    if (!wine_find( &context->wine )) return RUN_EXIT_NOT_FOUND;
    if (!prepare( &context->prefix, &context->wine )) return RUN_EXIT_UNPREPARED;
    return run( &context->wine, arguments );
}

/* The registry must never ask for a file that is missing, so the files come first and go last. */
static int command_enable( struct context *context )
{
    bool done;

    if (!wine_find( &context->wine )) return EXIT_FAILED;
    done = prefix_lock( &context->prefix ) && prepare_locked( &context->prefix, &context->wine ) &&
           registry_set( &context->prefix, &context->wine );
    prefix_unlock( &context->prefix );
    if (done) prepare_tell_choice( &context->prefix );
    return done ? EXIT_DONE : EXIT_FAILED;
}

/* Wine is needed to undo the registry and to find lost originals, but not to put files back. False comes with a
 * message. */
static bool undo( struct context *context )
{
    struct prefix *prefix = &context->prefix;

    if (registry_is_set( prefix ) || adopt_is_needed( prefix ))
    {
        if (!wine_find( &context->wine ))
            return message_error( "without Wine, the prefix %s cannot be restored", prefix->root );
        if (!prepare_adopt( prefix, &context->wine ) || !registry_restore( prefix, &context->wine )) return false;
    }
    else if (restore_asks_wine( prefix ) && !wine_find( &context->wine ))
        message_error( "programs that run now may still see our files" );
    return restore_all( prefix, &context->wine );
}

static int command_disable( struct context *context )
{
    bool done;

    if (!prefix_is_touched( &context->prefix ) && !adopt_is_needed( &context->prefix )) return EXIT_DONE;
    done = prefix_lock( &context->prefix ) && undo( context );
    prefix_unlock( &context->prefix );
    return done ? EXIT_DONE : EXIT_FAILED;
}

static int command_status( struct context *context )
{
    if (!wine_find( &context->wine )) return EXIT_FAILED;
    return status_print( &context->prefix, &context->wine ) ? EXIT_DONE : EXIT_FAILED;
}

static int command_env( struct context *context )
{
    if (!wine_find( &context->wine ) || !prepare( &context->prefix, &context->wine )) return EXIT_FAILED;
    environment_print();
    return EXIT_DONE;
}

static int command_check( struct context *context )
{
    if (!wine_find( &context->wine )) return EXIT_FAILED;
    return check_print( &context->prefix, &context->wine ) ? EXIT_DONE : EXIT_FAILED;
}

/* Files are read without a look at Wine or at a prefix. */
static int check_files( char **files )
{
    bool done = true;

    for (; *files; files++) done = needs_print( *files ) && done;
    return done ? EXIT_DONE : EXIT_FAILED;
}

static int wrong_usage( const char *what )
{
    message_error( "%s (try --help)", what );
    return EXIT_USAGE;
}

/* Reads options, up to the first word that is none or up to --. Answers the words behind them. */
static char **take_options( struct context *context, char **words )
{
    for (; *words; words++)
    {
        if (!strcmp( *words, "--" )) return words + 1;
        if (strcmp( *words, "--all" )) return words;
        context->prefix.all = true;
    }
    return words;
}

static const struct command
{
    const char *name;
    int ( *function )( struct context *context );
    bool takes_all;   /* --all may follow */
    bool takes_files; /* files may follow, and then only they are looked at */
} commands[] = {
    { .name = "run", .takes_all = true },
    { .name = "enable", .function = command_enable, .takes_all = true },
    { .name = "disable", .function = command_disable },
    { .name = "status", .function = command_status },
    { .name = "env", .function = command_env, .takes_all = true },
    { .name = "check", .function = command_check, .takes_files = true },
};

static const struct command *find_command( const char *name )
{
    for (unsigned int i = 0; i < sizeof( commands ) / sizeof( commands[0] ); i++)
        if (!strcmp( name, commands[i].name )) return &commands[i];
    return NULL;
}

static int dispatch( struct context *context, const struct command *command, char **words )
{
    if (command->takes_files && words[0]) return check_files( words );
    if (!wine_find_prefix( &context->wine )) return command->function ? EXIT_FAILED : RUN_EXIT_UNPREPARED;
    prefix_open( &context->prefix, context->wine.prefix );
    words = take_options( context, words );
    return command->function ? command->function( context ) : command_run( context, words );
}

/* A file that is opened while a standard file is closed would take that number, so /dev/null fills the gaps. The
 * program still gets these files closed, because exec closes /dev/null. */
static void occupy_standard_files( void )
{
    int fd;

    do fd = open( "/dev/null", O_RDWR | O_CLOEXEC );
    while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd >= 0) close( fd );
}

/* Looks at the command line before anything is done. Answers EXIT_DONE when it is right, or EXIT_USAGE with a
 * message. */
static int check_words( const struct command *command, char **words )
{
    struct context ignored = { .wine = { .command = NULL } };

    if (!command) return wrong_usage( "there is no such command" );
    if (command->takes_all) words = take_options( &ignored, words );
    if (command->takes_files) return EXIT_DONE;
    if (!command->function) return *words ? EXIT_DONE : wrong_usage( "a program to run is missing" );
    return *words ? wrong_usage( "too many arguments" ) : EXIT_DONE;
}

int main( int argc, char **argv )
{
    struct context context = { .wine = { .command = NULL } };
    const struct command *command;
    int result;

    occupy_standard_files();
    if (argc < 2) return wrong_usage( "a command is missing" );
    if (!strcmp( argv[1], "--help" )) return fputs( usage, stdout ) < 0 || fflush( stdout ) ? EXIT_FAILED : EXIT_DONE;
    if (!strcmp( argv[1], "--version" ))
        return printf( "wine-copyfile2 %s\n", PACKAGE_VERSION ) < 0 || fflush( stdout ) ? EXIT_FAILED : EXIT_DONE;
    command = find_command( argv[1] );
    result = check_words( command, argv + 2 );
    if (result) return result;

    result = dispatch( &context, command, argv + 2 );
    prefix_close( &context.prefix );
    free( context.wine.prefix );
    free( context.wine.command );
    return result;
}
