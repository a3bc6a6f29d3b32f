/* SPDX-License-Identifier: MIT */

/* What a copy keeps of the source besides its bytes. */

#ifndef COPYFILE2_METADATA_H
#define COPYFILE2_METADATA_H

#include "platform/nt.h"

struct files;

/* The attributes that a copy of this file has. */
ULONG metadata_attributes( const FILE_BASIC_INFORMATION *source );

/* Times and attributes, when all data is there. Cannot fail a copy. */
void metadata_copy( const struct files *files );

#endif
