/* SPDX-License-Identifier: MIT */

/* The first thing that goes wrong in a copy, and where it does, decide the phase and the HRESULT of the whole call. */

#ifndef COPYFILE2_FAILURE_H
#define COPYFILE2_FAILURE_H

#include "platform/nt.h"
#include <copyfile2.h>

enum failure_where
{
    FAILURE_NOWHERE,
    FAILURE_NAMES,       /* before the source is touched: a name cannot become an NT path, or there is no memory */
    FAILURE_SOURCE,      /* to open, query or enumerate the source */
    FAILURE_DESTINATION, /* to open or create the destination, the same-file check, its size set in advance */
    FAILURE_READ,
    FAILURE_WRITE,     /* to write or truncate */
    FAILURE_SERVER,    /* a file system that copies by itself failed, and the failure belongs to neither side */
    FAILURE_NAMEGRAFT, /* to read, make or replace a link */
    FAILURE_REQUEST,   /* the caller's own wish, which the result tells, but no message */
};

struct failure
{
    enum failure_where where;
    NTSTATUS status;
    bool keep_fragment; /* the caller wants to keep what was copied so far */
    bool keep_record;   /* the caller can go on with it later, when a record can be written */
};

/* Both record the failure, unless an earlier one is recorded, for the first wins. They answer false, so that a stage
 * can end with them. keep_fragment is true when the caller wants to keep what was copied so far. */
bool failure_set( struct failure *failure, enum failure_where where, NTSTATUS status );
bool failure_set_request( struct failure *failure, NTSTATUS status, bool keep_fragment );

/* Records PAUSE, by which what was copied is kept, with a record. Answers false. */
bool failure_set_paused( struct failure *failure );

/* True when the destination stays. */
bool failure_keeps( const struct failure *failure );

/* Call this when no record could be left. A pause fails with this status, and every other failure stays what it was. */
void failure_set_unkept( struct failure *failure, NTSTATUS status );

/* Answers the phase that the ERROR message of this failure names. */
COPYFILE2_COPY_PHASE failure_phase( const struct failure *failure );

/* Answers the result of CopyFile2, which is S_OK when nothing failed. */
HRESULT failure_hresult( const struct failure *failure );

#endif
