/* SPDX-License-Identifier: MIT */

/* This file tells the time that passes while files are copied. */

#include "stopwatch.h"

#include <windows.h>

double stopwatch_seconds( void )
{
    LARGE_INTEGER count, frequency;

    QueryPerformanceCounter( &count );
    QueryPerformanceFrequency( &frequency );
    return (double)count.QuadPart / (double)frequency.QuadPart;
}
