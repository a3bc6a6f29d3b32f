/* SPDX-License-Identifier: MIT */

/* Without the host half only Wine's listing tells whether a file has siblings, and the listing reads the whole folder.
 * So the names found are remembered as long as the folder has not changed, and for a second at most. */

#ifndef COPYFILE2_COLONS_H
#define COPYFILE2_COLONS_H

#include "platform/nt.h"

enum colons_effort
{
    COLONS_READ, /* read the folder when nothing of it is remembered, because the caller would have to read it anyway */
    COLONS_LOOK, /* only one name is wanted, so read the folder only when it is asked about a second time */
};

/* True when there may be a file beside this one whose name begins with this one's name and the suffix. The suffix
 * begins with a colon. */
bool colons_may_be( const UNICODE_STRING *file, PCWSTR suffix, enum colons_effort effort );

#endif
