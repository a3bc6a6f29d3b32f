/* SPDX-License-Identifier: MIT */

/* This process becomes the program that the user wants to run under Wine. */

#ifndef WINE_COPYFILE2_RUN_H
#define WINE_COPYFILE2_RUN_H

#include "wine.h"

/* These exit codes mean that no program ran. A script knows the same numbers from env and timeout. */
#define RUN_EXIT_UNPREPARED  125
#define RUN_EXIT_NOT_STARTED 126
#define RUN_EXIT_NOT_FOUND   127

/* Runs a program. The list of arguments begins with its name and ends with NULL. The function comes back only when Wine
 * cannot be started, and answers the exit code. */
int run( const struct wine *wine, char **arguments );

#endif
