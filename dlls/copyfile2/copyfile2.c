/* SPDX-License-Identifier: MIT */

/* CopyFile2: the stages of a copy, in their order. */

#include "departure.h"
#include "engine.h"
#include "failure.h"
#include "fault.h"
#include "finish.h"
#include "lease.h"
#include "metadata.h"
#include "namegraft.h"
#include "open.h"
#include "plan.h"
#include "progress.h"
#include "resume.h"
#include "streams.h"
#include "system.h"
#include "trace.h"
#include "transfer.h"

struct copy
{
    struct plan plan;
    struct files files;
    struct lease lease;
    struct streams streams;
    struct resume resume;
    struct progress progress;
    struct trace trace;
    struct failure failure;
};

static bool copy_stream( struct copy *copy, struct stream *stream )
{
    if (stream->passed)
    {
        progress_pass_stream( &copy->progress, stream );
        return true;
    }
    progress_enter_stream( &copy->progress, stream );
    return stream_open( stream, &copy->streams, &copy->files, &copy->plan, &copy->failure ) &&
           transfer_stream( stream, &copy->plan, &copy->resume, &copy->progress, &copy->trace, &copy->failure );
}

static bool copy_data( struct copy *copy )
{
    bool whole =
        resume_streams( &copy->resume, &copy->progress, &copy->failure ) && copy_stream( copy, &copy->streams.main );

    for (size_t i = 0; whole && i < copy->streams.count; i++) whole = copy_stream( copy, &copy->streams.named[i] );
    return whole;
}

static bool look_and_open_source( struct copy *copy )
{
    lease_look( &copy->lease, &copy->files, &copy->plan );
    return open_source( &copy->files, &copy->plan, &copy->failure );
}

static bool open_new_or_partial( struct copy *copy )
{
    resume_find( &copy->resume, &copy->plan, &copy->files, &copy->streams );
    return open_destination( &copy->files, &copy->plan, &copy->trace, &copy->failure );
}

/* On NTFS a stream that is closed after it was written moves the time of its file. */
static void complete( struct copy *copy )
{
    streams_close( &copy->streams );
    if (!copy->progress.metadata_done) metadata_copy( &copy->files );
    departure( &copy->files, &copy->streams, &copy->plan );
}

static void copy_file( struct copy *copy )
{
    if (transfer_wanted( &copy->progress, &copy->failure ) && open_names( &copy->files, &copy->plan, &copy->failure ) &&
        !namegraft_ends_copy( &copy->files, &copy->plan, &copy->failure ) && look_and_open_source( copy ) &&
        !lease_ends_copy( &copy->lease, &copy->files, &copy->plan, &copy->trace, &copy->failure ) &&
        open_query_source( &copy->files, &copy->plan, &copy->failure ) &&
        streams_list( &copy->streams, &copy->files, &copy->plan, &copy->failure ) && open_new_or_partial( copy ) &&
        streams_prepare( &copy->streams, &copy->files, &copy->failure ) && copy_data( copy ) &&
        departure_prepare( &copy->files, &copy->plan, &copy->failure ))
        complete( copy );
    else failure_report( &copy->failure, &copy->progress );

    lease_free( &copy->lease );
    resume_leave( &copy->resume, &copy->progress, &copy->failure );
    finish( &copy->files, &copy->streams, &copy->failure, &copy->progress );
}

HRESULT engine_run( const struct plan *plan )
{
    struct copy copy = { .plan = *plan, .streams = STREAMS_INIT };
    struct faults faults;
    HRESULT hr;

    copy.plan.faults = fault_plan( &faults );
    progress_init( &copy.progress, &copy.plan, &copy.streams );
    copy_file( &copy );
    hr = failure_hresult( &copy.failure );
    trace_write( &copy.trace, &copy.plan, hr );
    return hr;
}

HRESULT WINAPI CopyFile2( PCWSTR existing, PCWSTR new, COPYFILE2_EXTENDED_PARAMETERS *params )
{
    system_function system = system_copyfile2();
    struct plan plan;
    HRESULT hr;

    if (system) return system( existing, new, params );

    hr = plan_make( &plan, existing, new, params );
    if (SUCCEEDED( hr )) hr = engine_run( &plan );
    SetLastError( HRESULT_CODE( hr ) );
    return hr;
}
