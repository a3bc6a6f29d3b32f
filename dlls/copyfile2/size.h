/* SPDX-License-Identifier: MIT */

/* The length of an open file. */

#ifndef COPYFILE2_SIZE_H
#define COPYFILE2_SIZE_H

#include "nt.h"

NTSTATUS size_set( HANDLE file, uint64_t bytes );

#endif
