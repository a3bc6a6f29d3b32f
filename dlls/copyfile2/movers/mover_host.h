/* SPDX-License-Identifier: MIT */

/* This file translates between the movers and the calls of the host half. */

#ifndef COPYFILE2_MOVER_HOST_H
#define COPYFILE2_MOVER_HOST_H

#include "movers/mover.h"
#include "unix/unixlib.h"

/* Answers the request by which the host half moves this range. The descriptors are still to be filled in. */
struct host_move mover_host_request( const struct mover_range *range );

/* Answers what an enum host_result means to a mover. */
enum mover_result mover_host_result( uint32_t result );

/* Answers in words what an enum host_why means, or NULL where only the errno tells. */
const char *mover_host_reason( uint32_t why );

/* Answers the mover that stands for an enum host_call. */
const struct mover *mover_host_of( uint32_t call );

/* Stops the threads of the host half that move bytes ahead of the range, if there are any. */
void mover_host_end_ahead( struct mover_range *range );

#endif
