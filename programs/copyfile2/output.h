/* SPDX-License-Identifier: MIT */

/* This file writes text for the user. A console gets UTF-16; a file or a pipe gets UTF-8 with bare line feeds. */

#ifndef OUTPUT_H
#define OUTPUT_H

#include <stdbool.h>
#include <windows.h>

/* Writes the formatted text to standard output, and nothing else. */
void output_print( const WCHAR *format, ... );

/* Writes one line to standard output. A line that is drawn goes away before. */
void output_line( const WCHAR *format, ... );

/* Replaces control characters by question marks. */
void output_mask( WCHAR *text );

/* Writes one line to standard error, with the name of the program in front. */
void output_error( const WCHAR *format, ... );

/* Draws a line on standard error, in place of the one that was drawn before. The line goes away when another function
 * writes a line, or when TEXT is empty. Nothing is drawn when standard error is no console. */
void output_draw( const WCHAR *text );

/* Answers how many columns such a line may take. It is asked for each line, because users resize their windows. */
int output_room( void );

/* Writes one line to standard error. */
void output_note( const WCHAR *format, ... );

/* The stream is STD_OUTPUT_HANDLE or STD_ERROR_HANDLE. */
bool output_is_console( DWORD stream );

/* Answers the first failure to write standard output, or ERROR_SUCCESS when all of the output got out. */
DWORD output_first_error( void );

#endif
