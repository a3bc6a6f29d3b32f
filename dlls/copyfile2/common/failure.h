/* SPDX-License-Identifier: MIT */

/* The first thing that went wrong, and where: it decides the phase and the HRESULT of the whole call. */

#ifndef COPYFILE2_FAILURE_H
#define COPYFILE2_FAILURE_H

#include "platform/nt.h"
#include <copyfile2.h>

enum failure_where
{
    FAILURE_NOWHERE,
    FAILURE_NAMES,       /* before the source is touched: a name that cannot become an NT path, no memory */
    FAILURE_SOURCE,      /* open, query or enumerate the source */
    FAILURE_DESTINATION, /* open or create the destination, same-file check, its size set in advance */
    FAILURE_READ,
    FAILURE_WRITE,     /* write, truncate */
    FAILURE_SERVER,    /* a file system that copies by itself, and whose failure cannot be laid on either side */
    FAILURE_NAMEGRAFT, /* read, make or replace a link */
    FAILURE_REQUEST,   /* the caller's own wish: told by the result, not by a message */
};

struct failure
{
    enum failure_where where;
    NTSTATUS status;
    bool keep_fragment; /* the caller wants to keep what was copied so far */
    bool keep_record;   /* and can go on with it later, when its record can be written */
};

/* Both record the failure, unless there is one already: the first wins. They answer false, so that a stage can end
 * with them. */
bool failure_set( struct failure *failure, enum failure_where where, NTSTATUS status );
bool failure_set_request( struct failure *failure, NTSTATUS status, bool keep_fragment );

/* PAUSE: what was copied is kept, with a record. */
bool failure_set_paused( struct failure *failure );

/* Whether the destination stays. */
bool failure_keeps( const struct failure *failure );

/* No record could be left: a pause fails by that, everything else stays what it was. */
void failure_set_unkept( struct failure *failure, NTSTATUS status );

/* The phase that a failure's ERROR message names. */
COPYFILE2_COPY_PHASE failure_phase( const struct failure *failure );

/* What CopyFile2 answers: S_OK when nothing failed. */
HRESULT failure_hresult( const struct failure *failure );

#endif
