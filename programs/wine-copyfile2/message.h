/* SPDX-License-Identifier: MIT */

/* This file tells the user what went wrong, and makes the text for it. */

#ifndef WINE_COPYFILE2_MESSAGE_H
#define WINE_COPYFILE2_MESSAGE_H

#include <stdbool.h>

/* Prints one line on standard error. The answer is always false, so that a function can return the answer at once. */
bool message_error( const char *format, ... ) __attribute__( ( format( printf, 1, 2 ) ) );

/* Both answer a text that is to be freed. Nothing can go on without memory, so they end the program when there is
 * none. */
char *text_format( const char *format, ... ) __attribute__( ( format( printf, 1, 2 ) ) );
char *text_copy( const char *text );

bool text_ends_with( const char *text, const char *end );

#endif
