/* SPDX-License-Identifier: MIT */

/* The stages of a copy, for all functions that copy. */

#ifndef COPYFILE2_ENGINE_H
#define COPYFILE2_ENGINE_H

#include "common/plan.h"

/* Carries out the plan; the last error is the caller's to set. */
HRESULT engine_run( const struct plan *plan );

#endif
