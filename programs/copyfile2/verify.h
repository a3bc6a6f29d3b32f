/* SPDX-License-Identifier: MIT */

/* This file reads a copy back and compares it with its source. */

#ifndef VERIFY_H
#define VERIFY_H

#include "run.h"

#define VERIFY_TEXT_SIZE 128

/* Compares the data, without the named streams. A failure sets why to words for the user: the files differ, one of them
 * cannot be read, or the user has canceled. */
HRESULT verify_copy( const struct entry *entry, WCHAR why[VERIFY_TEXT_SIZE] );

#endif
