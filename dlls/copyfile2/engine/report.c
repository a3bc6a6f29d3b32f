/* SPDX-License-Identifier: MIT */

/* Sends the ERROR message, and reads what the answer asks to keep. */

#include "engine/report.h"

/* Whether there is something to go on with, by a call that is made for that. What a restartable copy is for is that
 * it fails, so every answer but CANCEL keeps it (restartable.c, failed), and STOP even what has no byte yet
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
    /* The message is a notice: no answer makes the copy try again, or callers that always continue would never end
     * (faults.c, err_continue). */
    if (answer == PROGRESS_ANSWER_CANCEL) return;
    failure->keep_record = answer == PROGRESS_ANSWER_PAUSE || is_worth_keeping( progress, answer );
    failure->keep_fragment = answer == PROGRESS_ANSWER_STOP;
}
