/* SPDX-License-Identifier: MIT */

/* What the calls of the host half take and answer, in the words of the movers. */

#ifndef COPYFILE2_MOVER_HOST_H
#define COPYFILE2_MOVER_HOST_H

#include "movers/mover.h"
#include "unix/unixlib.h"

/* The request that moves this range. */
struct host_move mover_host_request( const struct mover_range *range );

/* What a result of the host half means to a mover. */
enum mover_result mover_host_result( uint32_t result );

/* Why the host half refused, in words; NULL: the errno tells. */
const char *mover_host_reason( uint32_t why );

/* The mover that stands for this call. */
const struct mover *mover_host_of( uint32_t call );

#endif
