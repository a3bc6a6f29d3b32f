/* SPDX-License-Identifier: MIT */

/* One stream of a file: its number, its size, its two handles. */

#ifndef COPYFILE2_STREAM_H
#define COPYFILE2_STREAM_H

#include "common/failure.h"
#include "common/plan.h"
#include "files/files.h"

enum stream_kind
{
    STREAM_MAIN,
    STREAM_FILE,      /* opened as the file's path and a suffix */
    STREAM_ATTRIBUTE, /* an attribute on the host of the two main files, whose handles it has */
};

struct stream
{
    DWORD number; /* as told to the callback: 1 is the unnamed stream */
    enum stream_kind kind;
    uint64_t size;
    uint64_t already; /* bytes that an earlier call has copied */
    bool passed;      /* an earlier call has copied it whole */
    HANDLE source;
    HANDLE destination;
    bool has_size;        /* the destination's: a device has none */
    bool has_old_content; /* the destination's, to be written over */
    bool is_only;         /* there is no other */
    bool is_all;          /* nor a mark that NT has to set on the copy */
    bool has_metadata;    /* the file's times and marks were copied along with the bytes */
    uint64_t last_write_time;
    bool source_shares_write;
    union
    {
        WCHAR suffix[264]; /* ":name", on Windows with ":$DATA" */
        char attribute[256];
    } name;
};

/* True for the unnamed stream. */
static inline bool stream_is_main( const struct stream *stream )
{
    return stream->kind == STREAM_MAIN;
}

/* Gives the stream its handles. */
bool stream_open( struct stream *stream, const struct files *files, const struct plan *plan, struct failure *failure );

/* The destination ends there. */
NTSTATUS stream_cut( const struct stream *stream, uint64_t bytes );

/* The NT path of a stream by that of its file, in memory that the caller frees. */
NTSTATUS stream_path( UNICODE_STRING *path, const UNICODE_STRING *file, PCWSTR suffix, size_t suffix_length );

/* Closes a named stream's own handles. */
void stream_close( struct stream *stream );

#endif
