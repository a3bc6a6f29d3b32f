/* SPDX-License-Identifier: MIT */

/* Every message of CopyFile2 as one line on standard output; the man page documents the format. */

#ifndef TRACE_H
#define TRACE_H

#include <copyfile2.h>

void trace_message( const COPYFILE2_MESSAGE *message );

#endif
