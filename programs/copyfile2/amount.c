/* SPDX-License-Identifier: MIT */

/* This file writes bytes and seconds as people read them. */

#include "amount.h"

void amount_of_bytes( double bytes, wchar_t text[AMOUNT_SIZE] )
{
    static const wchar_t *const units[] = { L"B", L"KiB", L"MiB", L"GiB", L"TiB", L"PiB", L"EiB" };
    unsigned int unit = 0;
    int decimals;

    /* A value that would be rounded to 1024 is 1 of the next unit. */
    while (bytes >= 1023.5 && unit < sizeof( units ) / sizeof( units[0] ) - 1)
    {
        bytes /= 1024;
        unit++;
    }
    /* Three digits tell enough. */
    if (!unit || bytes >= 99.95) decimals = 0;
    else decimals = bytes >= 9.995 ? 1 : 2;
    swprintf( text, AMOUNT_SIZE, L"%.*f %ls", decimals, bytes, units[unit] );
}

void amount_of_time( double seconds, wchar_t text[AMOUNT_SIZE] )
{
    /* An estimate of more than a hundred hours needs no more digits. */
    unsigned int whole = seconds < 360000 ? (unsigned int)( seconds + 0.5 ) : 359999;

    if (whole < 3600) swprintf( text, AMOUNT_SIZE, L"%u:%02u", whole / 60, whole % 60 );
    else swprintf( text, AMOUNT_SIZE, L"%u:%02u:%02u", whole / 3600, whole / 60 % 60, whole % 60 );
}
