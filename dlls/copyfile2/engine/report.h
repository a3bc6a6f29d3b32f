/* SPDX-License-Identifier: MIT */

/* This file tells the callback how a copy failed. */

#ifndef COPYFILE2_REPORT_H
#define COPYFILE2_REPORT_H

#include "common/failure.h"
#include "engine/progress.h"

/* Sends COPYFILE2_CALLBACK_ERROR where something failed, and sets in failure what the answer keeps of the destination.
 * CANCEL, STOP and PAUSE are no failures, so no such message follows them, and only the result tells of them. */
void report_failure( struct failure *failure, struct progress *progress );

#endif
