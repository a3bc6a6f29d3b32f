/* SPDX-License-Identifier: MIT */

/* Ctrl-C, a closed window or a logoff asks the program to end. The copy under way is then paused or canceled, and the
 * program ends in its own time. */

#include "cancel.h"

static volatile BOOL requested, pause_requested;
static bool may_pause;

/* Windows calls this function in a thread of its own. */
static BOOL WINAPI handle_event( DWORD event )
{
    if (may_pause && !pause_requested) pause_requested = TRUE;
    else requested = TRUE;
    /* After a closed window or a logoff, Windows ends the program as soon as this function returns. So the function
     * waits here until the program has ended by itself. */
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
