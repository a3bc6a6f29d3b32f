/* SPDX-License-Identifier: MIT */

/* This file prints what happens as lines of JSON on standard output. The man page documents the format. */

#ifndef JSON_H
#define JSON_H

#include "run.h"

struct json_result
{
    const WCHAR *word; /* copied, cloned, link, folder, skipped, failed, canceled, paused or would copy */
    HRESULT hr;
    const WCHAR *phase, *why; /* NULL when there is none */
    uint64_t bytes;
};

void json_begin( const struct entry *entry );
void json_message( const COPYFILE2_MESSAGE *message );
void json_result( const struct entry *entry, const struct json_result *result );
void json_summary( const struct tally *tally );

#endif
