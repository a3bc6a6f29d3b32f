/* SPDX-License-Identifier: MIT */

/* This file runs the stages of a copy in their order. */

#include "engine/engine.h"
#include "common/failure.h"
#include "common/fault.h"
#include "common/trace.h"
#include "engine/finish.h"
#include "engine/progress.h"
#include "engine/remove_source.h"
#include "engine/report.h"
#include "engine/transfer.h"
#include "files/metadata.h"
#include "files/namegraft.h"
#include "files/open.h"
#include "movers/small.h"
#include "resume/resume.h"
#include "streams/streams.h"

struct copy
{
    struct plan plan;
    struct files files;
    struct small small;
    struct streams streams;
    struct resume resume;
    struct position position;
    struct progress progress;
    struct trace trace;
    struct failure failure;
};

static bool begin( struct copy *copy )
{
    return transfer_wanted( &copy->progress, &copy->failure ) &&
           open_names( &copy->files, &copy->plan, &copy->failure );
}

/* The short way of small files looks at the source twice, to see whether its name still leads to the same file. Wine's
 * server opens the source between the two looks, so the first look is here. */
static bool open_the_source( struct copy *copy )
{
    small_look( &copy->small, &copy->files, &copy->plan );
    return open_source( &copy->files, &copy->plan, &copy->failure );
}

/* The streams are listed before the destination is opened. So every message knows the totals, and a source that cannot
 * be listed costs no destination. */
static bool open_the_destination( struct copy *copy )
{
    if (!open_query_source( &copy->files, &copy->plan, &copy->failure )) return false;
    if (!streams_list( &copy->streams, &copy->files, &copy->plan, &copy->failure )) return false;
    resume_find( &copy->resume, &copy->plan, &copy->files, &copy->streams );
    if (!open_destination( &copy->files, &copy->plan, &copy->trace, &copy->failure )) return false;
    streams_prepare( &copy->streams, &copy->files );
    return true;
}

static bool copy_stream( struct copy *copy, struct stream *stream )
{
    if (stream->passed)
    {
        position_pass( &copy->position, stream );
        return true;
    }
    position_enter( &copy->position, stream );
    return stream_open( stream, &copy->files, &copy->plan, &copy->failure ) &&
           transfer_stream( stream, &copy->plan, &copy->resume, &copy->position, &copy->progress, &copy->trace,
                            &copy->failure );
}

static bool copy_data( struct copy *copy )
{
    bool whole =
        resume_pass( &copy->resume, &copy->position, &copy->failure ) && copy_stream( copy, &copy->streams.main );

    for (size_t i = 0; whole && i < copy->streams.count; i++) whole = copy_stream( copy, &copy->streams.named[i] );
    return whole;
}

/* On NTFS, closing a stream that was written moves the time of its file. So the streams are closed before the times are
 * copied. */
static void complete( struct copy *copy )
{
    if (!remove_source_prepare( &copy->files, &copy->streams, &copy->plan, &copy->failure )) return;
    streams_close( &copy->streams );
    if (!copy->streams.main.has_metadata) metadata_copy( &copy->files );
    streams_remove_old_mark( &copy->streams, &copy->files );
    remove_source( &copy->files, &copy->plan );
}

/* A copy that is over before its last stage has failed, or it was a link or a small file and is whole. */
static void run_stages( struct copy *copy )
{
    if (!begin( copy )) return;
    if (namegraft_ends_copy( &copy->files, &copy->plan, &copy->failure )) return;
    if (!open_the_source( copy )) return;
    if (small_ends_copy( &copy->small, &copy->files, &copy->plan, &copy->trace, &copy->failure )) return;
    if (!open_the_destination( copy )) return;
    if (!copy_data( copy )) return;
    complete( copy );
}

HRESULT engine_run( const struct plan *plan )
{
    struct copy copy = { .plan = *plan, .streams = STREAMS_INIT };
    struct faults faults;
    HRESULT hr;

    copy.plan.faults = fault_plan( &faults );
    position_init( &copy.position, &copy.streams );
    progress_init( &copy.progress, &copy.plan, &copy.position );

    run_stages( &copy );
    report_failure( &copy.failure, &copy.progress );
    small_free( &copy.small );
    resume_leave( &copy.resume, &copy.position, &copy.failure );
    finish( &copy.files, &copy.streams, &copy.failure, &copy.position );

    hr = failure_hresult( &copy.failure );
    trace_write( &copy.trace, &copy.plan, &copy.files.destination_name, &copy.failure );
    open_names_free( &copy.files );
    return hr;
}
