/* SPDX-License-Identifier: MIT */

/* Tells the callback how a copy failed. */

#ifndef COPYFILE2_REPORT_H
#define COPYFILE2_REPORT_H

#include "common/failure.h"
#include "engine/progress.h"

/* Sends COPYFILE2_CALLBACK_ERROR where something failed; the answer decides what is kept of the destination. The
 * caller's own wishes are no failures, and the result tells of them. */
void report_failure( struct failure *failure, struct progress *progress );

#endif
