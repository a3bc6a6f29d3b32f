/* SPDX-License-Identifier: MIT */

/* This file writes text for the user. A console gets UTF-16; a file or a pipe gets UTF-8 with bare line feeds. */

#include "output.h"
#include "columns.h"
#include "heap.h"

#include <stdarg.h>
#include <stdlib.h>
#include <wchar.h>

#define DEFAULT_WIDTH 80

/* A character in the last column may scroll the line away, so that column stays empty. Two more stay empty for the ^C
 * that a terminal writes behind the line. */
#define LAST_COLUMN  1
#define ECHO_COLUMNS 2

static DWORD first_error = ERROR_SUCCESS;
static int drawn_length;

bool output_is_console( DWORD stream )
{
    /* A trace prints many lines, so the console is asked once. */
    static struct
    {
        bool asked, is_console;
    } answers[2], *answer;
    DWORD mode;

    answer = &answers[stream == STD_ERROR_HANDLE];
    if (!answer->asked) answer->is_console = GetConsoleMode( GetStdHandle( stream ), &mode );
    answer->asked = true;
    return answer->is_console;
}

static int console_width( void )
{
    CONSOLE_SCREEN_BUFFER_INFO info;

    if (!GetConsoleScreenBufferInfo( GetStdHandle( STD_ERROR_HANDLE ), &info )) return DEFAULT_WIDTH;
    return info.srWindow.Right - info.srWindow.Left + 1;
}

int output_room( void )
{
    return console_width() - LAST_COLUMN - ECHO_COLUMNS;
}

DWORD output_first_error( void )
{
    return first_error;
}

static bool write_bytes( HANDLE file, const char *bytes, size_t count )
{
    DWORD written;

    while (count)
    {
        if (!WriteFile( file, bytes, (DWORD)count, &written, NULL )) return false;
        bytes += written;
        count -= written;
    }
    return true;
}

static bool write_utf8( HANDLE file, const WCHAR *text, int length )
{
    int size = WideCharToMultiByte( CP_UTF8, 0, text, length, NULL, 0, NULL, NULL );
    char *bytes = heap_get( size + 1 );
    bool done;

    WideCharToMultiByte( CP_UTF8, 0, text, length, bytes, size, NULL, NULL );
    done = write_bytes( file, bytes, size );
    free( bytes );
    return done;
}

static void write_text( DWORD stream, const WCHAR *text )
{
    HANDLE file = GetStdHandle( stream );
    int length = (int)wcslen( text );
    DWORD written;
    bool done;

    if (!length) return;
    /* A console that is drawn for each character flickers, so each text is one call. */
    if (output_is_console( stream )) done = WriteConsoleW( file, text, length, &written, NULL );
    else done = write_utf8( file, text, length );
    if (!done && stream == STD_OUTPUT_HANDLE && first_error == ERROR_SUCCESS) first_error = GetLastError();
}

static WCHAR *format_text( const WCHAR *format, va_list args )
{
    WCHAR *text = NULL;
    size_t size = 256;
    va_list again;
    int length;

    do
    {
        size *= 2;
        free( text );
        text = heap_get( size * sizeof( *text ) );
        va_copy( again, args );
        length = vswprintf( text, size, format, again );
        va_end( again );
    } while (length < 0 || (size_t)length >= size);
    return text;
}

void output_print( const WCHAR *format, ... )
{
    va_list args;
    WCHAR *text;

    va_start( args, format );
    text = format_text( format, args );
    va_end( args );
    write_text( STD_OUTPUT_HANDLE, text );
    free( text );
}

/* A file's name may hold line feeds and escape sequences. Without them the line stays one line, and the terminal is
 * left alone. */
void output_mask( WCHAR *text )
{
    for (; *text; text++)
        if (*text < 0x20 || ( *text >= 0x7f && *text < 0xa0 )) *text = '?';
}

/* Other programs may write to the same stream, so the line is one write, which stays whole. */
static void write_line( DWORD stream, const WCHAR *head, const WCHAR *format, va_list args )
{
    WCHAR *text = format_text( format, args ), *line;
    size_t size = wcslen( head ) + wcslen( text ) + 2;

    output_mask( text );
    line = heap_get( size * sizeof( *line ) );
    swprintf( line, size, L"%ls%ls\n", head, text );
    output_draw( L"" );
    write_text( stream, line );
    free( line );
    free( text );
}

void output_line( const WCHAR *format, ... )
{
    va_list args;

    va_start( args, format );
    write_line( STD_OUTPUT_HANDLE, L"", format, args );
    va_end( args );
}

void output_error( const WCHAR *format, ... )
{
    va_list args;

    va_start( args, format );
    write_line( STD_ERROR_HANDLE, L"copyfile2: ", format, args );
    va_end( args );
}

void output_note( const WCHAR *format, ... )
{
    va_list args;

    va_start( args, format );
    write_line( STD_ERROR_HANDLE, L"", format, args );
    va_end( args );
}

/* The line that was drawn before may be longer, so its rest is overwritten with spaces. When the line is to go away, an
 * echoed ^C is overwritten too. */
void output_draw( const WCHAR *text )
{
    int length = columns_of( text ), rest = drawn_length - length, size = (int)wcslen( text ) + 3;
    WCHAR *line;

    if (!output_is_console( STD_ERROR_HANDLE ) || ( !length && !drawn_length )) return;
    if (!length) rest += ECHO_COLUMNS;
    if (rest > console_width() - LAST_COLUMN - length) rest = console_width() - LAST_COLUMN - length;
    if (rest > 0) size += rest;
    line = heap_get( size * sizeof( *line ) );
    swprintf( line, size, L"\r%ls%*ls%ls", text, rest > 0 ? rest : 0, L"", length ? L"" : L"\r" );
    write_text( STD_ERROR_HANDLE, line );
    free( line );
    drawn_length = length;
}
