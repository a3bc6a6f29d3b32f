/* SPDX-License-Identifier: MIT */

/* This file copies a folder with all that is in it. */

#ifndef WALK_H
#define WALK_H

#include "run.h"

/* Copies the folder and all that is in it, unless the copy would lie in the folder itself. Failures are told and
 * counted one by one. */
void walk_copy( struct run *run, const struct entry *entry );

/* Tells the progress bar how much there is in the folder. */
void walk_measure( struct run *run, const WCHAR *source );

#endif
