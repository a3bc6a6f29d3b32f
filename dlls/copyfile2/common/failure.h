/* SPDX-License-Identifier: MIT */

/* The first failure of a copy, and the place where it happens, decide the phase and the HRESULT of the whole call. */

#ifndef COPYFILE2_FAILURE_H
#define COPYFILE2_FAILURE_H

#include "platform/nt.h"
#include <copyfile2.h>

enum failure_where
{
    FAILURE_NOWHERE,
    FAILURE_NAMES,       /* before the source is touched: a name cannot become an NT path, or there is no memory */
    FAILURE_SOURCE,      /* to open, query or enumerate the source */
    FAILURE_DESTINATION, /* to open or create the destination, compare it with the source, or set its size in advance */
    FAILURE_READ,
    FAILURE_WRITE,     /* to write or truncate */
    FAILURE_SERVER,    /* the file system failed to copy by itself, and the failure belongs to neither side */
    FAILURE_NAMEGRAFT, /* to read, make or replace a link */
    FAILURE_REQUEST,   /* the caller's own request, which the result tells, but no ERROR message */
};

struct failure
{
    enum failure_where where;
    NTSTATUS status;
    bool keep_fragment; /* the caller wants to keep what was copied so far */
    bool keep_record;   /* the caller can go on with it later, when a record can be written */
};

/* Both record the failure, unless an earlier one is recorded. They answer false, so that a stage can return their
 * answer. keep_fragment is true when the caller wants to keep what was copied so far. */
bool failure_set( struct failure *failure, enum failure_where where, NTSTATUS status );
bool failure_set_request( struct failure *failure, NTSTATUS status, bool keep_fragment );

/* Records PAUSE, after which the bytes copied are kept, with a restart record. Answers false. */
bool failure_set_paused( struct failure *failure );

/* True when the destination stays. */
bool failure_keeps( const struct failure *failure );

/* Call this when no record could be left. A pause then fails with this status, and every other failure stays as it
 * was. */
void failure_set_unkept( struct failure *failure, NTSTATUS status );

/* Answers the phase that the ERROR message of this failure names. */
COPYFILE2_COPY_PHASE failure_phase( const struct failure *failure );

/* Answers the result of CopyFile2, which is S_OK when nothing failed. */
HRESULT failure_hresult( const struct failure *failure );

#endif
