/* SPDX-License-Identifier: MIT */

/* A stream of a file has a number, a size and two handles. */

#ifndef COPYFILE2_STREAM_H
#define COPYFILE2_STREAM_H

#include "common/failure.h"
#include "common/plan.h"
#include "files/files.h"

enum stream_kind
{
    STREAM_MAIN,
    STREAM_FILE,      /* opened by the file's path and a suffix */
    STREAM_ATTRIBUTE, /* an attribute that the two files have on the host; it is copied by the files' own handles */
};

struct stream
{
    DWORD number; /* what the callback is told; 1 is the unnamed stream */
    enum stream_kind kind;
    uint64_t size;
    bool is_open_ended; /* the size is not the truth, and grows with the bytes that are read until the end is found */
    uint64_t end;       /* the offset at which its copy has ended */
    uint64_t already;   /* bytes that an earlier call has copied */
    bool passed;        /* an earlier call has copied the stream whole */
    HANDLE source;
    HANDLE destination;
    bool has_size;            /* the destination has a size; a device has none */
    bool has_old_content;     /* the destination holds old bytes, which are to be written over */
    bool is_only;             /* the file has no other stream */
    bool is_all;              /* the file has no other stream, and no mark that NT has to set on the copy */
    bool has_metadata;        /* the file's times and marks were copied along with the bytes */
    uint64_t last_write_time; /* the source's, as NT counts time */
    bool is_of_new_file;      /* the destination was made by this copy, or by the one that it goes on with */
    bool source_shares_write; /* a writer had opened the source before us */
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

/* Sets the stream's two handles, and the size that a named stream has when it is opened. True when both ends are open;
 * otherwise failure is set. */
bool stream_open( struct stream *stream, const struct files *files, const struct plan *plan, struct failure *failure );

/* Makes the destination of the stream end after so many bytes. */
NTSTATUS stream_cut( const struct stream *stream, uint64_t bytes );

/* Makes the NT path of a stream from that of its file. The caller frees path->Buffer. */
NTSTATUS stream_path( UNICODE_STRING *path, const UNICODE_STRING *file, PCWSTR suffix, size_t suffix_length );

/* Closes a named stream's own handles. */
void stream_close( struct stream *stream );

#endif
