/* SPDX-License-Identifier: MIT */

/* Ctrl-C, and what else asks the program to end: the copy under way is canceled, nothing is torn down. */

#ifndef CANCEL_H
#define CANCEL_H

#include <stdbool.h>
#include <windows.h>

void cancel_install( void );

/* For COPYFILE2_EXTENDED_PARAMETERS.pfCancel. */
BOOL *cancel_flag( void );

bool cancel_requested( void );

#endif
