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

/* Sets fields to those of the message, in a fixed order. Answers how many there are. */
unsigned int fields_of( const COPYFILE2_MESSAGE *message, struct field fields[FIELDS_MAX] );

/* Answers the name of the message's type, such as STREAM_STARTED, or UNKNOWN. */
const WCHAR *fields_type_name( const COPYFILE2_MESSAGE *message );

#endif
