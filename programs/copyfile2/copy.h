/* SPDX-License-Identifier: MIT */

/* This file copies one file by CopyFile2. */

#ifndef COPY_H
#define COPY_H

#include "options.h"
#include "progress_bar.h"

/* Copies SOURCE to DESTINATION, both as the user typed them. False means that the copy failed, and that the user was
 * told. */
bool copy_one( const struct options *options, struct progress_bar *bar, const WCHAR *source, const WCHAR *destination );

#endif
