/* SPDX-License-Identifier: MIT */

/* This file prints every message of CopyFile2 as one line on standard output. */

#include "trace.h"
#include "fields.h"
#include "output.h"

#include <wchar.h>

#define LINE_SIZE 1024

/* Other programs may write to the same pipe, so each line is one write. */
void trace_message( const COPYFILE2_MESSAGE *message )
{
    struct field fields[FIELDS_MAX];
    unsigned int count = fields_of( message, fields );
    WCHAR line[LINE_SIZE];
    int length = swprintf( line, LINE_SIZE, L"%ls", fields_type_name( message ) );

    for (unsigned int i = 0; i < count; i++)
        length += swprintf( line + length, LINE_SIZE - length, L" %ls=%ls", fields[i].name, fields[i].value );
    output_print( L"%ls\n", line );
}
