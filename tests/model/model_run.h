/* SPDX-License-Identifier: MIT */

/* Makes the files of a model_copy, calls the function under test, and compares its outcome with the model. */

#ifndef COPYFILE2_TEST_MODEL_RUN_H
#define COPYFILE2_TEST_MODEL_RUN_H

#include "model_copy.h"

/* Makes both files as they are before the copy. */
void model_prepare( const struct model_copy *copy );
/* Makes the copy from the files that are there, and makes every claim about it. Sets outcome to what the model
 * expects. */
void model_hold( const struct model_copy *copy, struct model_outcome *outcome );
/* Sets next to the copy that goes on where this one ended with a record. */
void model_resume( const struct model_copy *copy, const struct model_outcome *outcome, struct model_copy *next );
/* Does all of this. A copy that left a record goes on, and ends as if it had never been interrupted. */
void model_check( const struct model_copy *copy );

#endif
