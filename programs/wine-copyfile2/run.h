/* Becomes the program that the user wants to run under Wine. */

#ifndef WINE_COPYFILE2_RUN_H
#define WINE_COPYFILE2_RUN_H

#include "wine.h"

/* arguments: the program and its arguments, then NULL. Comes back only when Wine cannot be started, with the exit code.
 */
int run( const struct wine *wine, char **arguments );

#endif
