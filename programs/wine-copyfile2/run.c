/* SPDX-License-Identifier: MIT */

/* This process becomes the program that the user wants to run under Wine. No process stays in between, so exit code,
 * signals and standard files are those of Wine itself. */

#include "run.h"
#include "environment.h"
#include "message.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int run( const struct wine *wine, char **arguments )
{
    size_t count = 0;
    char **list;
    int error;

    while (arguments[count]) count++;
    if (!( list = calloc( count + 2, sizeof( *list ) ) )) return RUN_EXIT_UNPREPARED;
    list[0] = wine->command;
    memcpy( list + 1, arguments, count * sizeof( *list ) );
    environment_set_native();
    execv( wine->command, list );

    error = errno;
    message_error( "%s: %s", wine->command, strerror( error ) );
    free( list );
    return error == ENOENT ? RUN_EXIT_NOT_FOUND : RUN_EXIT_NOT_STARTED;
}
