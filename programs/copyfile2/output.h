/* SPDX-License-Identifier: MIT */

/* Text for the user: to a console in UTF-16, to a file or a pipe in UTF-8 with bare line feeds. */

#ifndef OUTPUT_H
#define OUTPUT_H

#include <stdbool.h>
#include <windows.h>

/* To standard output, as it is. */
void output_print( const WCHAR *format, ... );

/* To standard error: one line, with the program's name in front. */
void output_error( const WCHAR *format, ... );

/* To standard error, when it is a console: a line that is drawn over and over, in place of the one before. It goes away
 * when an error or a note is told, or when TEXT is empty. */
void output_draw( const WCHAR *text );

/* How many columns such a line has now; users resize their windows. */
int output_room( void );

/* To standard error: one line. */
void output_note( const WCHAR *format, ... );

/* STD_OUTPUT_HANDLE or STD_ERROR_HANDLE. */
bool output_is_console( DWORD stream );

/* The first failure to write standard output, ERROR_SUCCESS when all of it got out. */
DWORD output_first_error( void );

#endif
