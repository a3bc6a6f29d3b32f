/* SPDX-License-Identifier: MIT */

/* This file slows a copy down to the average rate that the caller asked for. */

#include "engine/pace.h"

/* A caller that cancels must not wait for the rate, so *pfCancel is looked at after each nap of at most this length. */
#define LONGEST_NAP_MS 50

void pace_begin( struct pace *pace, uint64_t rate )
{
    pace->rate = rate;
    if (!rate) return;
    QueryPerformanceFrequency( &pace->frequency );
    QueryPerformanceCounter( &pace->begin );
}

static uint64_t elapsed_ms( const struct pace *pace )
{
    LARGE_INTEGER now;

    QueryPerformanceCounter( &now );
    return (uint64_t)( now.QuadPart - pace->begin.QuadPart ) * 1000 / (uint64_t)pace->frequency.QuadPart;
}

bool pace_wait( struct pace *pace, uint64_t bytes, struct progress *progress )
{
    uint64_t due_ms, now_ms;

    pace->answer = PROGRESS_ANSWER_GO_ON;
    if (!pace->rate) return true;
    due_ms = bytes / pace->rate * 1000 + bytes % pace->rate * 1000 / pace->rate;
    while (( now_ms = elapsed_ms( pace ) ) < due_ms)
    {
        if (progress_canceled( progress )) return false;
        pace->answer = progress_poll( progress );
        if (pace->answer != PROGRESS_ANSWER_GO_ON) return true;
        Sleep( due_ms - now_ms < LONGEST_NAP_MS ? (DWORD)( due_ms - now_ms ) : LONGEST_NAP_MS );
    }
    return true;
}
