/* SPDX-License-Identifier: MIT */

/* COPYFILE2_FAULT: rehearsed failures, for people who port tests. Every copy counts its operations anew. */

#ifndef COPYFILE2_FAULT_H
#define COPYFILE2_FAULT_H

#include "common/failure.h"

enum fault_operation
{
#define FAULT( operation, name, phase, where ) operation,
#include "common/fault_rows.h"
#undef FAULT
    FAULT_OPERATION_COUNT
};

struct fault
{
    const char *text;    /* as it was written: write:ENOSPC@3 */
    uint32_t operations; /* 1 << fault_operation: one, or all of a phase */
    uint32_t countdown;  /* 0: it has struck */
    NTSTATUS status;
};

struct faults
{
    char text[512];
    size_t count;
    struct fault list[8];
};

/* What the environment asks for; NULL: nothing. What it says wrongly is told on standard error, and nothing is done
 * then. */
struct faults *fault_plan( struct faults *faults );

/* Counts the operation, and answers whether it is to fail this time, instead of being done. */
bool fault_takes( struct faults *faults, enum fault_operation operation, const struct fault **fault );

/* The same, with the failure recorded where this operation fails. */
bool fault_strikes( struct faults *faults, enum fault_operation operation, struct failure *failure );

/* The same for the moving of a chunk, which is read, then written. */
bool fault_strikes_chunk( struct faults *faults, struct failure *failure );

/* Whether chunks, or their room, are counted: then all come one by one through this process, whatever faster way
 * there is. */
bool fault_counts_chunks( const struct faults *faults );

/* Reads "target:ERROR@N[,...]", in place. */
bool fault_parse( struct faults *faults );

#endif
