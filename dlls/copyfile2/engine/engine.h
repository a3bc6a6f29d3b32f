/* SPDX-License-Identifier: MIT */

/* This file runs one copy, for all functions that copy. */

#ifndef COPYFILE2_ENGINE_H
#define COPYFILE2_ENGINE_H

#include "common/plan.h"

/* Carries out the plan, and answers its result. The caller sets the last error. */
HRESULT engine_run( const struct plan *plan );

#endif
