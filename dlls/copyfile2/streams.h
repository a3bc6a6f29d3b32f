/* SPDX-License-Identifier: MIT */

/* The streams of the file: which there are, their sizes and handles. */

#ifndef COPYFILE2_STREAMS_H
#define COPYFILE2_STREAMS_H

#include "failure.h"
#include "open.h"
#include "plan.h"

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
    bool is_all;          /* there is no other, nor a mark that NT has to set on the copy */
    uint64_t last_write_time;
    bool source_shares_write;
    union
    {
        WCHAR suffix[264]; /* ":name", on Windows with ":$DATA" */
        char attribute[256];
    } name;
};

struct streams
{
    struct stream main;
    struct stream *named;
    size_t count; /* of the named ones */
    size_t room;
    uint64_t total_size; /* of all that will be copied */
};

#define STREAMS_INIT { .main = { .number = 1 } }

/* Which streams the open source has. */
bool streams_list( struct streams *streams, const struct files *files, const struct plan *plan,
                   struct failure *failure );

/* Rids the open destination of streams that it had before, and the list of those that it has no place for. */
bool streams_prepare( struct streams *streams, const struct files *files, struct failure *failure );

DWORD streams_last_number( const struct streams *streams );

/* After a failure: what was made of the named streams goes or, when it is to be kept, the current one is cut to what
 * was copied. */
void streams_undo( struct streams *streams, const struct failure *failure, const struct stream *current,
                   uint64_t bytes_copied );

/* Closes the named streams. */
void streams_close( struct streams *streams );

/* The named streams that were copied go with their source. */
void streams_remove_source( const struct streams *streams, const struct files *files );

void streams_free( struct streams *streams );

/* Gives the stream its handles. */
bool stream_open( struct stream *stream, struct streams *streams, const struct files *files, const struct plan *plan,
                  struct failure *failure );

/* The destination ends there. */
NTSTATUS stream_cut( const struct stream *stream, uint64_t bytes );

/* The NT path of a stream by that of its file, in memory that the caller frees. */
NTSTATUS stream_path( UNICODE_STRING *path, const UNICODE_STRING *file, PCWSTR suffix, size_t suffix_length );

/* Closes a named stream's own handles. */
void stream_close( struct stream *stream );

#endif
