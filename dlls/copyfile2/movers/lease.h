/* SPDX-License-Identifier: MIT */

/* The short way of a small file that nobody watches, without a handle of the destination. */

#ifndef COPYFILE2_LEASE_H
#define COPYFILE2_LEASE_H

#include "common/failure.h"
#include "common/plan.h"
#include "common/trace.h"
#include "files/files.h"
#include "unix/unixlib.h"

struct lease
{
    char *path; /* of the source, NULL: this is no copy for it */
    struct host_look source;
};

/* Before the source is opened: which file it is. */
void lease_look( struct lease *lease, const struct files *files, const struct plan *plan );

/* Whether the copy has ended, good or bad. If not, nothing has changed, and the trace is told why. The source's handle
 * keeps writers away. */
bool lease_ends_copy( struct lease *lease, const struct files *files, const struct plan *plan, struct trace *trace,
                      struct failure *failure );

void lease_free( struct lease *lease );

#endif
