/* SPDX-License-Identifier: MIT */

/* What the user is told, and text made for it. */

#ifndef WINE_COPYFILE2_MESSAGE_H
#define WINE_COPYFILE2_MESSAGE_H

#include <stdbool.h>

/* One line on standard error; answers false, for "return message_error( ... )". */
bool message_error( const char *format, ... ) __attribute__( ( format( printf, 1, 2 ) ) );

/* The text, to be freed. There is no going on without memory: ends the program then. */
char *text_format( const char *format, ... ) __attribute__( ( format( printf, 1, 2 ) ) );
char *text_copy( const char *text );

bool text_ends_with( const char *text, const char *end );

#endif
