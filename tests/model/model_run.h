/* SPDX-License-Identifier: MIT */

/* Makes the files of a model_copy, calls the function under test, and holds what comes of it against the model. */

#ifndef COPYFILE2_TEST_MODEL_RUN_H
#define COPYFILE2_TEST_MODEL_RUN_H

#include "model.h"

/* This chunk is no wish: the parameters are V1 then. */
#define MODEL_DEFAULT_CHUNK ( (uint64_t)1024 * 1024 )
#define MODEL_LARGEST       ( (uint64_t)6 * 1024 * 1024 )

/* Both files as they are before the copy. */
void model_prepare( const struct model_copy *copy );
/* The copy itself, from the files that are there, and every claim about it; outcome is what the model expects. */
void model_hold( const struct model_copy *copy, struct model_outcome *outcome );
/* The copy that goes on where that one ended with a record. */
void model_resume( const struct model_copy *copy, const struct model_outcome *outcome, struct model_copy *next );
/* All of it; what is left with a record goes on, and ends as if nothing had been. */
void model_check( const struct model_copy *copy );

#endif
