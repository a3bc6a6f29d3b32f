/* SPDX-License-Identifier: MIT */

/* Without the host half nobody but Wine's listing tells whether a file has siblings, and it reads the whole folder. So
 * what a listing has told is remembered for as long as the folder has not changed. */

#ifndef COPYFILE2_COLONS_H
#define COPYFILE2_COLONS_H

#include "platform/nt.h"

enum colons_effort
{
    COLONS_READ, /* the folder is to be read when nothing of it is remembered, as its caller would read it otherwise */
    COLONS_LOOK, /* a single name is wanted, for which the folder is only read when it is asked about again */
};

/* True when there may be a file beside this one whose name is its own with this suffix, or a longer one. The suffix
 * begins with a colon. */
bool colons_may_be( const UNICODE_STRING *file, PCWSTR suffix, enum colons_effort effort );

#endif
