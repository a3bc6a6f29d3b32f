/* SPDX-License-Identifier: MIT */

/* A copy keeps more of its source than the bytes: times, attributes, and the metadata that the host half copies. */

#ifndef COPYFILE2_METADATA_H
#define COPYFILE2_METADATA_H

#include "platform/nt.h"

struct files;

/* Answers the attributes that a copy of this source gets. */
ULONG metadata_attributes( const FILE_BASIC_INFORMATION *source );

/* True when this copy has made the destination, or goes on with what an earlier one has left. Such a file gets the x
 * bits of its source. */
bool metadata_is_of_new_file( const struct files *files );

/* Sets the destination's times and attributes, when all data is there. This cannot fail a copy. */
void metadata_copy( const struct files *files );

#endif
