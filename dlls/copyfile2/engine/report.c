/* SPDX-License-Identifier: MIT */

/* This file sends the ERROR message, and decides by the answer what is kept of the destination. */

#include "engine/report.h"

/* True when a later call can go on with the fragment, and the flags say that the caller wants that. A copy is
 * restartable because it may fail, so every answer but CANCEL keeps its fragment (restartable.c, failed). STOP keeps
 * even a copy that has no byte yet (model.c, restartable). */
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
    /* The message is a notice. If CONTINUE made the copy try again, the copy of a caller that always answers CONTINUE
     * would never end (faults.c, err_continue). */
    if (answer == PROGRESS_ANSWER_CANCEL) return;
    failure->keep_record = answer == PROGRESS_ANSWER_PAUSE || is_worth_keeping( progress, answer );
    failure->keep_fragment = answer == PROGRESS_ANSWER_STOP;
}
