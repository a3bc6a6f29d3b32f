/* SPDX-License-Identifier: MIT */

/* Only this file turns a failure into a phase and an HRESULT. */

#include "common/failure.h"

static const COPYFILE2_COPY_PHASE phases[] = {
    [FAILURE_NAMES] = COPYFILE2_PHASE_NONE,
    [FAILURE_SOURCE] = COPYFILE2_PHASE_PREPARE_SOURCE,
    [FAILURE_DESTINATION] = COPYFILE2_PHASE_PREPARE_DEST,
    [FAILURE_READ] = COPYFILE2_PHASE_READ_SOURCE,
    [FAILURE_WRITE] = COPYFILE2_PHASE_WRITE_DESTINATION,
    [FAILURE_SERVER] = COPYFILE2_PHASE_SERVER_COPY,
    [FAILURE_NAMEGRAFT] = COPYFILE2_PHASE_NAMEGRAFT_COPY,
};

bool failure_set( struct failure *failure, enum failure_where where, NTSTATUS status )
{
    if (failure->where == FAILURE_NOWHERE)
    {
        failure->where = where;
        failure->status = status;
    }
    return false;
}

bool failure_set_request( struct failure *failure, NTSTATUS status, bool keep_fragment )
{
    if (failure->where == FAILURE_NOWHERE) failure->keep_fragment = keep_fragment;
    return failure_set( failure, FAILURE_REQUEST, status );
}

bool failure_set_paused( struct failure *failure )
{
    if (failure->where == FAILURE_NOWHERE) failure->keep_record = true;
    return failure_set_request( failure, STATUS_REQUEST_PAUSED, false );
}

bool failure_keeps( const struct failure *failure )
{
    return failure->keep_fragment || failure->keep_record;
}

void failure_set_unkept( struct failure *failure, NTSTATUS status )
{
    failure->keep_record = false;
    if (failure->status == STATUS_REQUEST_PAUSED) failure->status = status;
}

/* Callers such as Microsoft's STL keep the low 16 bits only, so every result has FACILITY_WIN32. */
static HRESULT hresult_from_status( NTSTATUS status )
{
    switch (status)
    {
    /* The plain translation of this status is 183. CreateFile and CopyFile answer 80, and programs look for 80
     * (basic.c, fail_exists). */
    case STATUS_OBJECT_NAME_COLLISION: return HRESULT_FROM_WIN32( ERROR_FILE_EXISTS );
    /* Windows 7 has no Win32 code for this status. */
    case STATUS_REQUEST_PAUSED: return HRESULT_FROM_WIN32( ERROR_REQUEST_PAUSED );
    default: return HRESULT_FROM_WIN32( RtlNtStatusToDosError( status ) );
    }
}

COPYFILE2_COPY_PHASE failure_phase( const struct failure *failure )
{
    return phases[failure->where];
}

HRESULT failure_hresult( const struct failure *failure )
{
    return failure->where == FAILURE_NOWHERE ? S_OK : hresult_from_status( failure->status );
}
