/* SPDX-License-Identifier: MIT */

/* Ctrl-C, and what else asks the program to end: the copy under way is paused or canceled, nothing is torn down. */

#include "cancel.h"

static volatile BOOL requested, pause_requested;
static bool may_pause;

/* Runs in a thread of its own. */
static BOOL WINAPI handle_event( DWORD event )
{
    if (may_pause && !pause_requested) pause_requested = TRUE;
    else requested = TRUE;
    /* From a closed window or a logoff, Windows ends the program as soon as this returns. */
    if (event != CTRL_C_EVENT && event != CTRL_BREAK_EVENT) Sleep( INFINITE );
    return TRUE;
}

void cancel_install( bool pauses )
{
    may_pause = pauses;
    SetConsoleCtrlHandler( handle_event, TRUE );
}

BOOL *cancel_flag( void )
{
    return (BOOL *)&requested;
}

bool cancel_requested( void )
{
    return requested;
}

bool cancel_pause_requested( void )
{
    return pause_requested;
}
