/* SPDX-License-Identifier: MIT */

/* Ctrl-C, a closed window or a logoff asks the program to end. The copy under way is then paused or canceled, and the
 * program ends in its own time. */

#ifndef CANCEL_H
#define CANCEL_H

#include <stdbool.h>
#include <windows.h>

/* Begins to listen. When pauses is true, the first event pauses the copy, and only the second one cancels it. */
void cancel_install( bool pauses );

/* Answers the flag for COPYFILE2_EXTENDED_PARAMETERS.pfCancel. */
BOOL *cancel_flag( void );

/* Each is true from the moment at which the user asked for it. */
bool cancel_requested( void );
bool cancel_pause_requested( void );

#endif
