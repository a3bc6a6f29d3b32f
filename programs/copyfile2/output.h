/* SPDX-License-Identifier: MIT */

/* This file writes text for the user. A console gets UTF-16; a file or a pipe gets UTF-8 with bare line feeds. */

#ifndef OUTPUT_H
#define OUTPUT_H

#include <stdbool.h>
#include <windows.h>

/* Writes to standard output just what the format makes. */
void output_print( const WCHAR *format, ... );

/* Writes one line to standard output, in place of the line that is drawn. */
void output_line( const WCHAR *format, ... );

/* Control characters of a name become question marks. */
void output_mask( WCHAR *text );

/* Writes one line to standard error, with the name of the program in front. */
void output_error( const WCHAR *format, ... );

/* Draws a line over and over, each time in place of the one before. The line goes away when an error or a note is told,
 * or when TEXT is empty. Nothing is drawn when standard error is no console. */
void output_draw( const WCHAR *text );

/* Answers how many columns such a line has now, because users resize their windows. */
int output_room( void );

/* Writes one line to standard error. */
void output_note( const WCHAR *format, ... );

/* The stream is STD_OUTPUT_HANDLE or STD_ERROR_HANDLE. */
bool output_is_console( DWORD stream );

/* Answers the first failure to write standard output, or ERROR_SUCCESS when all of the output got out. */
DWORD output_first_error( void );

#endif
