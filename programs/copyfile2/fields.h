/* SPDX-License-Identifier: MIT */

/* This file turns a message of CopyFile2 into names and values, which the trace and JSON print each in its own way. */

#ifndef FIELDS_H
#define FIELDS_H

#include <copyfile2.h>
#include <stdbool.h>

#define FIELDS_MAX 12

struct field
{
    const WCHAR *name;
    bool plain; /* a decimal number */
    WCHAR value[32];
};

/* Answers how many fields the message has. Their order is fixed. */
unsigned int fields_of( const COPYFILE2_MESSAGE *message, struct field fields[FIELDS_MAX] );

/* Answers a name as STREAM_STARTED, or UNKNOWN. */
const WCHAR *fields_type_name( const COPYFILE2_MESSAGE *message );

#endif
