/* SPDX-License-Identifier: MIT */

/* One file, copied by CopyFile2. */

#ifndef COPY_H
#define COPY_H

#include "options.h"
#include "progress_bar.h"

/* SOURCE and DESTINATION as the user typed them. A failure has been told when this returns false. */
bool copy_one( const struct options *options, struct progress_bar *bar, const WCHAR *source, const WCHAR *destination );

#endif
