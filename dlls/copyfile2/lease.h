/* SPDX-License-Identifier: MIT */

/* The short way of a small file that nobody watches, without a handle of the destination. */

#ifndef COPYFILE2_LEASE_H
#define COPYFILE2_LEASE_H

#include "open.h"

/* Whether the copy is done. If not, nothing has changed, and the trace is told why. The source's handle keeps writers
 * away. */
bool lease_ends_copy( const struct files *files, const struct plan *plan, struct trace *trace );

#endif
