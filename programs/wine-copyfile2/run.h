/* SPDX-License-Identifier: MIT */

/* Becomes the program that the user wants to run under Wine. */

#ifndef WINE_COPYFILE2_RUN_H
#define WINE_COPYFILE2_RUN_H

#include "wine.h"

/* The exit codes when no program ran. They are those of env and timeout, so a script tells them from the program's. */
#define RUN_EXIT_UNPREPARED  125
#define RUN_EXIT_NOT_STARTED 126
#define RUN_EXIT_NOT_FOUND   127

/* arguments: the program and its arguments, then NULL. Comes back only when Wine cannot be started, with the exit code.
 */
int run( const struct wine *wine, char **arguments );

#endif
