/* SPDX-License-Identifier: MIT */

/* People who port tests rehearse failures by COPYFILE2_FAULT. Every copy counts its operations anew. */

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
    const char *text;    /* the fault as it was written, such as write:ENOSPC@3 */
    uint32_t operations; /* a bit 1 << fault_operation for one operation, or for all of a phase */
    uint32_t countdown;  /* how many operations are left until it strikes; 0 when it has struck */
    NTSTATUS status;
};

struct faults
{
    char text[512];
    size_t count;
    struct fault list[8];
    const char *part; /* the part of the text that cannot be parsed, and in words why not */
    const char *mistake;
};

/* Reads COPYFILE2_FAULT into faults, and answers faults, or NULL when no failure is asked for. A value that cannot be
 * parsed is reported on standard error and ignored. */
struct faults *fault_plan( struct faults *faults );

/* Counts the operation. True means that the operation is to fail this time instead of being done. Sets *fault to the
 * fault that asks for this, or to NULL. */
bool fault_takes( struct faults *faults, enum fault_operation operation, const struct fault **fault );

/* Does the same, and also records the failure in the place where this operation fails. */
bool fault_strikes( struct faults *faults, enum fault_operation operation, struct failure *failure );

/* Does the same for the operations of moving a chunk: a copy by a server, a read and a write. */
bool fault_strikes_chunk( struct faults *faults, struct failure *failure );

/* True when a fault counts chunks, or their room. Then all chunks come one by one through this process, even where
 * there is a faster way. */
bool fault_counts_chunks( const struct faults *faults );

/* Reads "target:ERROR@N[,...]" from faults->text, in place, and appends the faults to the list. False means that the
 * text cannot be parsed: then faults->part and faults->mistake tell what is wrong. */
bool fault_parse( struct faults *faults );

#endif
