/* SPDX-License-Identifier: MIT */

/* This file sends the ERROR message, and reads from the answer what is to be kept. */

#include "engine/report.h"

/* True when there is something to go on with, and the call was made for that. A restartable copy is made because it may
 * fail, so every answer but CANCEL keeps it (restartable.c, failed). STOP keeps even a copy that has no byte yet
 * (model.c, restartable). */
static bool is_worth_keeping( const struct progress *progress, enum progress_answer answer )
{
    if (answer == PROGRESS_ANSWER_STOP && progress->plan->restartable) return true;
    return progress->position->total_done && ( progress->plan->restartable || progress->plan->resume );
}

void report_failure( struct failure *failure, struct progress *progress )
{
    enum progress_answer answer;

    if (failure->where == FAILURE_NOWHERE || failure->where == FAILURE_REQUEST) return;
    answer = progress_error( progress, failure_phase( failure ), failure_hresult( failure ) );
    /* The message is a notice. No answer makes the copy try again, or callers that always continue would never end
     * (faults.c, err_continue). */
    if (answer == PROGRESS_ANSWER_CANCEL) return;
    failure->keep_record = answer == PROGRESS_ANSWER_PAUSE || is_worth_keeping( progress, answer );
    failure->keep_fragment = answer == PROGRESS_ANSWER_STOP;
}
