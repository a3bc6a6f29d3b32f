/* SPDX-License-Identifier: MIT */

/* This file measures text by the columns that a terminal gives it. */

#include "columns.h"

#define CUT         L"..."
#define CUT_COLUMNS 3

/* Terminals give two columns to the letters of East Asia, and none to a mark that stands above the letter before it. A
 * surrogate pair takes two columns, so each of its halves counts as one. */
static int columns_of_letter( wchar_t letter )
{
    static const struct
    {
        wchar_t first, last;
    } wide[] = { { 0x1100, 0x115f }, { 0x2e80, 0xa4cf }, { 0xac00, 0xd7a3 }, { 0xf900, 0xfaff },
                 { 0xfe30, 0xfe6f }, { 0xff00, 0xff60 }, { 0xffe0, 0xffe6 } };

    if (letter >= 0x300 && letter <= 0x36f) return 0;
    for (size_t i = 0; i < sizeof( wide ) / sizeof( wide[0] ); i++)
        if (letter >= wide[i].first && letter <= wide[i].last) return 2;
    return 1;
}

int columns_of( const wchar_t *text )
{
    int columns = 0;

    for (; *text; text++) columns += columns_of_letter( *text );
    return columns;
}

/* A cut must not part a surrogate pair, because one half is no character. */
static int is_second_half( wchar_t letter )
{
    return letter >= 0xdc00 && letter <= 0xdfff;
}

void columns_cut( const wchar_t *name, int columns, wchar_t *text, size_t size )
{
    size_t length = wcslen( name ), begin = 0, end = length;
    int each = ( columns - CUT_COLUMNS ) / 2, used;

    text[0] = 0;
    if (columns_of( name ) <= columns)
    {
        if (length < size) wcscpy( text, name );
        return;
    }
    if (each < 1) return;
    for (used = 0; begin < end && used + columns_of_letter( name[begin] ) <= each; begin++)
        used += columns_of_letter( name[begin] );
    for (used = 0; end > begin && used + columns_of_letter( name[end - 1] ) <= each; end--)
        used += columns_of_letter( name[end - 1] );
    while (begin && is_second_half( name[begin] )) begin--;
    while (end < length && is_second_half( name[end] )) end++;
    if (begin + CUT_COLUMNS + length - end < size)
        swprintf( text, size, L"%.*ls%ls%ls", (int)begin, name, CUT, name + end );
}
