/* SPDX-License-Identifier: MIT */

/* The contract of a copy is one table of rules. A walk along the messages looks every answer up in it. */

#include "model_copy.h"
#include "model_lines.h"
#include "harness/test.h"

#include <stdlib.h>

/* Where in a copy a message comes. */
enum position
{
    STREAM_STARTS,       /* STREAM_STARTED, with bytes or streams to come */
    STREAM_STARTS_EMPTY, /* STREAM_STARTED of an empty stream that is the last */
    CHUNK_STARTS,        /* CHUNK_STARTED */
    CHUNK_ENDS,          /* CHUNK_FINISHED, with more chunks in the stream */
    CHUNK_ENDS_STREAM,   /* CHUNK_FINISHED, with more streams */
    CHUNK_ENDS_ALL,      /* CHUNK_FINISHED of the last byte */
    STREAM_ENDS,         /* STREAM_FINISHED, with more streams */
    STREAM_ENDS_ALL,     /* STREAM_FINISHED of the last stream */
    NOT_OPENED,          /* ERROR before the destination was touched */
    NOT_COPIED,          /* ERROR in mid-copy */
    NOT_COPIED_RESTART,  /* the same, when something was copied by a call that can be repeated: RESTARTABLE or RESUME */
    POSITIONS
};

/* The table names the consequence of an answer by one of these. */
enum verdict
{
    on = 1, /* the copy goes on */
    hush,   /* it goes on, and says nothing any more */
    none,   /* ended; the destination is as it was */
    gone,   /* ended; the destination is deleted */
    kept,   /* ended; what was copied stays */
    told,   /* the same, after one STREAM_FINISHED */
    rest,   /* paused; what was copied stays, with a record */
    last,   /* the same, after one STREAM_FINISHED */
};

enum column
{
    PAUSE = COPYFILE2_PROGRESS_PAUSE,
    OTHER,
    FLAG,
    COLUMNS
};

/* CONTINUE, CANCEL, STOP, QUIET, PAUSE and every other value; then what a set *pfCancel does to an answer that goes on.
 * After an error the result is the error's, and FLAG is not looked at. */
static const enum verdict rules[POSITIONS][COLUMNS] = {
    /*                        CONTINUE CANCEL STOP  QUIET PAUSE other *pfCancel */
    [STREAM_STARTS] = { on, gone, told, hush, last, on, gone },
    [STREAM_STARTS_EMPTY] = { on, gone, told, hush, on, on, gone },
    [CHUNK_STARTS] = { on, gone, told, hush, last, on, gone },
    [CHUNK_ENDS] = { on, gone, told, hush, last, on, gone },
    [CHUNK_ENDS_STREAM] = { on, gone, told, hush, last, on, gone },
    [CHUNK_ENDS_ALL] = { on, gone, told, hush, on, on, on },
    [STREAM_ENDS] = { on, gone, kept, hush, rest, on, gone },
    [STREAM_ENDS_ALL] = { on, gone, kept, hush, on, on, on },
    [NOT_OPENED] = { none, none, none, none, none, none, none },
    [NOT_COPIED] = { gone, gone, kept, gone, rest, gone, gone },
    [NOT_COPIED_RESTART] = { rest, gone, rest, rest, rest, rest, rest },
};

/* One walk along the messages of a copy. */
struct walk
{
    const struct model_copy *copy;
    struct model_outcome *outcome;
    struct line line;
    unsigned int count; /* of streams */
    bool quiet, canceled, source_lost;
};

unsigned int model_stream_count( const struct model_copy *copy )
{
    return copy->flags & COPY_FILE_SKIP_ALTERNATE_STREAMS ? 1 : copy->streams;
}

static const struct model_answer *say( struct walk *walk, enum line_type type )
{
    static const struct model_answer go_on = { COPYFILE2_PROGRESS_CONTINUE, false, false };
    const struct model_answer *answer = &go_on;

    if (walk->quiet || !lines_add( &walk->outcome->said, &walk->line, type, walk->copy->listener )) return &go_on;
    if (walk->outcome->told < walk->copy->answer_count) answer = &walk->copy->answers[walk->outcome->told];
    walk->outcome->told++;
    if (answer->cancels) walk->canceled = true;
    if (answer->loses_source && type == LINE_CHUNK_STARTED) walk->source_lost = true;
    return answer;
}

/* A classic routine knows no PAUSE. */
static enum column column_of( DWORD action, enum model_listener listener )
{
    if (action > COPYFILE2_PROGRESS_PAUSE) return OTHER;
    return action == COPYFILE2_PROGRESS_PAUSE && listener != MODEL_ROUTINE ? OTHER : (enum column)action;
}

/* The record lies behind the data, in a file that stays shorter than the source, so some data may have to make room. */
static uint64_t done_with_room( uint64_t done, uint64_t size )
{
    uint64_t most = size > MODEL_RECORD ? size - MODEL_RECORD - 1 : 0;

    return done < most ? done : most;
}

static void end( struct walk *walk, HRESULT hr, enum model_left left )
{
    struct model_outcome *outcome = walk->outcome;
    const struct line *line = &walk->line;
    bool next = line->done == line->size && line->stream + 1 < walk->count;

    outcome->left = left;
    if (SUCCEEDED( outcome->hr )) outcome->hr = hr;
    outcome->stream = line->stream;
    outcome->done = line->done;
    outcome->next_stream = line->stream + next;
    outcome->next_done = next ? 0 : line->done;
    if (left == MODEL_RECORDED && !outcome->next_stream) outcome->next_done = done_with_room( line->done, line->size );
}

static bool everything_is_there( const struct walk *walk )
{
    return walk->line.stream + 1 == walk->count && walk->line.done == walk->line.size;
}

static bool end_kept( struct walk *walk )
{
    bool record = walk->copy->flags & COPY_FILE_RESTARTABLE;

    end( walk, hr_from_error( ERROR_REQUEST_ABORTED ), record ? MODEL_RECORDED : MODEL_CUT );
    return false;
}

static bool end_paused( struct walk *walk )
{
    end( walk, hr_from_error( ERROR_REQUEST_PAUSED ), MODEL_RECORDED );
    return false;
}

/* Answers whether the copy goes on. The answer to a STREAM_FINISHED that follows STOP or PAUSE is not looked at. */
static bool judge( struct walk *walk, enum verdict verdict )
{
    switch (verdict)
    {
    case on: return true;
    case hush: walk->quiet = true; return true;
    case none: end( walk, S_OK, MODEL_UNTOUCHED ); return false;
    case gone: end( walk, hr_from_error( ERROR_REQUEST_ABORTED ), MODEL_DELETED ); return false;
    case told: say( walk, LINE_STREAM_FINISHED ); return end_kept( walk );
    case kept: return end_kept( walk );
    case last: say( walk, LINE_STREAM_FINISHED ); return end_paused( walk );
    case rest: return end_paused( walk );
    default: abort();
    }
}

static bool pass( struct walk *walk, enum line_type type, enum position position )
{
    const struct model_answer *answer = say( walk, type );
    enum column column = column_of( answer->action, walk->copy->listener );
    enum verdict verdict = rules[position][column];

    /* an answer that ends the copy is plainer than the flag, which counts only after an answer that lets the copy go
     * on */
    if (walk->canceled && column != PAUSE && ( verdict == on || verdict == hush ))
    {
        if (verdict == hush) walk->quiet = true;
        verdict = rules[position][FLAG] == on ? verdict : rules[position][FLAG];
    }
    return judge( walk, verdict );
}

static void fail( struct walk *walk, COPYFILE2_COPY_PHASE phase, DWORD error, enum position position )
{
    walk->outcome->hr = walk->line.hr = hr_from_error( error );
    walk->line.phase = phase;
    pass( walk, LINE_ERROR, position );
}

static enum position end_of_chunk( const struct walk *walk )
{
    if (walk->line.done < walk->line.size) return CHUNK_ENDS;
    return everything_is_there( walk ) ? CHUNK_ENDS_ALL : CHUNK_ENDS_STREAM;
}

static bool pass_chunk( struct walk *walk )
{
    uint64_t left = walk->line.size - walk->line.done;
    bool restart = walk->copy->flags & ( COPY_FILE_RESTARTABLE | COPY_FILE_RESUME_FROM_PAUSE ) && walk->line.total_done;

    walk->line.chunk_size = left < walk->copy->chunk ? left : walk->copy->chunk;
    if (!pass( walk, LINE_CHUNK_STARTED, CHUNK_STARTS )) return false;
    if (walk->source_lost)
    {
        fail( walk, COPYFILE2_PHASE_READ_SOURCE, ERROR_INVALID_HANDLE, restart ? NOT_COPIED_RESTART : NOT_COPIED );
        return false;
    }
    walk->line.done += walk->line.chunk_size;
    walk->line.total_done += walk->line.chunk_size;
    if (!pass( walk, LINE_CHUNK_FINISHED, end_of_chunk( walk ) )) return false;
    walk->line.chunk++;
    return true;
}

static bool pass_stream( struct walk *walk, unsigned int stream, uint64_t done )
{
    walk->line.stream = stream;
    walk->line.size = walk->copy->sizes[stream];
    walk->line.done = done;
    walk->line.chunk = 0;
    walk->source_lost = false;
    if (!pass( walk, LINE_STREAM_STARTED, everything_is_there( walk ) ? STREAM_STARTS_EMPTY : STREAM_STARTS ))
        return false;
    while (walk->line.done < walk->line.size)
        if (!pass_chunk( walk )) return false;
    return pass( walk, LINE_STREAM_FINISHED, everything_is_there( walk ) ? STREAM_ENDS_ALL : STREAM_ENDS );
}

static void walk_begin( struct walk *walk )
{
    const struct model_copy *copy = walk->copy;

    walk->count = model_stream_count( copy );
    walk->line.size = copy->sizes[0];
    for (unsigned int i = 0; i < walk->count; i++)
    {
        walk->line.total += copy->sizes[i];
        if (i < copy->first_stream) walk->line.total_done += copy->sizes[i];
    }
    walk->line.total_done += copy->first_done;
}

static void walk_streams( struct walk *walk )
{
    const struct model_copy *copy = walk->copy;

    for (unsigned int i = copy->first_stream; i < walk->count; i++)
        if (!pass_stream( walk, i, i == copy->first_stream ? copy->first_done : 0 )) return;
    end( walk, S_OK, MODEL_COMPLETE );
}

static bool refused( struct walk *walk, DWORD error )
{
    end( walk, hr_from_error( error ), MODEL_UNTOUCHED );
    return false;
}

static bool not_opened( struct walk *walk, COPYFILE2_COPY_PHASE phase, DWORD error )
{
    if (phase == COPYFILE2_PHASE_PREPARE_SOURCE) memset( &walk->line, 0, sizeof( walk->line ) );
    fail( walk, phase, error, NOT_OPENED );
    return false;
}

/* These things end a copy before its first message of success. The source is opened first. */
static bool is_opened( struct walk *walk )
{
    const struct model_copy *copy = walk->copy;
    enum model_effect effect = model_effect_of( copy->flags, copy->flags_v2 );

    if (effect == MODEL_INVALID) return refused( walk, ERROR_INVALID_PARAMETER );
    if (copy->canceled) return refused( walk, ERROR_REQUEST_ABORTED );
    if (copy->missing) return not_opened( walk, COPYFILE2_PHASE_PREPARE_SOURCE, ERROR_FILE_NOT_FOUND );
    if (effect == MODEL_WANTS_DIRECTORY) return not_opened( walk, COPYFILE2_PHASE_PREPARE_SOURCE, ERROR_DIRECTORY );
    if (effect == MODEL_NEW_ONLY && copy->exists && !copy->resumes)
        return not_opened( walk, COPYFILE2_PHASE_PREPARE_DEST, ERROR_FILE_EXISTS );
    if (copy->locked) return not_opened( walk, COPYFILE2_PHASE_PREPARE_DEST, ERROR_SHARING_VIOLATION );
    return true;
}

void model_expect( const struct model_copy *copy, struct model_outcome *outcome )
{
    struct walk walk = { .copy = copy, .outcome = outcome };

    memset( outcome, 0, sizeof( *outcome ) );
    lines_begin( &outcome->said );
    walk_begin( &walk );
    if (is_opened( &walk )) walk_streams( &walk );
}

void model_end( struct model_outcome *outcome )
{
    lines_end( &outcome->said );
}
