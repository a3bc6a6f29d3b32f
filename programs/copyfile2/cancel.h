/* SPDX-License-Identifier: MIT */

/* Ctrl-C, and what else asks the program to end: the copy under way is paused or canceled, nothing is torn down. */

#ifndef CANCEL_H
#define CANCEL_H

#include <stdbool.h>
#include <windows.h>

/* pauses: the first wish is to pause, and only the second one to cancel. */
void cancel_install( bool pauses );

/* For COPYFILE2_EXTENDED_PARAMETERS.pfCancel. */
BOOL *cancel_flag( void );

bool cancel_requested( void );
bool cancel_pause_requested( void );

#endif
