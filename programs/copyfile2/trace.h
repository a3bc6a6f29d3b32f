/* SPDX-License-Identifier: MIT */

/* This file prints every message of CopyFile2 as one line on standard output. The man page documents the format. */

#ifndef TRACE_H
#define TRACE_H

#include <copyfile2.h>

void trace_message( const COPYFILE2_MESSAGE *message );

#endif
