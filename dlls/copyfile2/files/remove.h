/* SPDX-License-Identifier: MIT */

/* Deletes an open file. */

#ifndef COPYFILE2_REMOVE_H
#define COPYFILE2_REMOVE_H

#include "platform/nt.h"

/* By the handle, never by name: the name may be somebody else's by now. The file goes when its last handle is
 * closed. */
NTSTATUS remove_file( HANDLE file );

#endif
