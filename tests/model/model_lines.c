/* SPDX-License-Identifier: MIT */

/* Writes messages down as lines. */

#include "model_lines.h"

#include <stdio.h>
#include <stdarg.h>
#include <stdlib.h>

#define LONGEST 256

void lines_begin( struct lines *lines )
{
    lines->length = 0;
    lines->size = 4096;
    lines->text = calloc( 1, lines->size );
}

void lines_end( struct lines *lines )
{
    free( lines->text );
    lines->text = NULL;
}

static void __attribute__( ( format( __MINGW_PRINTF_FORMAT, 2, 3 ) ) ) write_down( struct lines *lines,
                                                                                   const char *format, ... )
{
    va_list args;

    if (lines->size - lines->length < LONGEST)
    {
        lines->size *= 2;
        lines->text = realloc( lines->text, lines->size );
    }
    va_start( args, format );
    lines->length += __mingw_vsnprintf( lines->text + lines->length, LONGEST, format, args );
    va_end( args );
}

void lines_add_old( struct lines *lines, bool first, const struct line *line )
{
    write_down( lines, "%s stream=%u size=%llu done=%llu total=%llu total_done=%llu\n",
                first ? "STREAM_SWITCH" : "CHUNK_FINISHED", line->stream + 1, line->size, line->done, line->total,
                line->total_done );
}

static const char *name_of( COPYFILE2_COPY_PHASE phase )
{
    switch (phase)
    {
    case COPYFILE2_PHASE_PREPARE_SOURCE: return "PREPARE_SOURCE";
    case COPYFILE2_PHASE_PREPARE_DEST: return "PREPARE_DEST";
    case COPYFILE2_PHASE_READ_SOURCE: return "READ_SOURCE";
    default: return "not in the model";
    }
}

static void add_new( struct lines *lines, const struct line *line, enum line_type type )
{
    const unsigned int stream = line->stream + 1;

    switch (type)
    {
    case LINE_STREAM_STARTED:
        write_down( lines, "STREAM_STARTED stream=%u size=%llu total=%llu\n", stream, line->size, line->total );
        break;
    case LINE_CHUNK_STARTED:
        write_down( lines, "CHUNK_STARTED stream=%u chunk=%llu chunk_size=%llu size=%llu total=%llu\n", stream,
                    line->chunk, line->chunk_size, line->size, line->total );
        break;
    case LINE_CHUNK_FINISHED:
        write_down( lines,
                    "CHUNK_FINISHED stream=%u flags=0 chunk=%llu chunk_size=%llu size=%llu done=%llu "
                    "total=%llu total_done=%llu\n",
                    stream, line->chunk, line->chunk_size, line->size, line->done, line->total, line->total_done );
        break;
    case LINE_STREAM_FINISHED:
        write_down( lines, "STREAM_FINISHED stream=%u size=%llu done=%llu total=%llu total_done=%llu\n", stream,
                    line->size, line->done, line->total, line->total_done );
        break;
    case LINE_ERROR:
        write_down( lines,
                    "ERROR phase=%s stream=%u hr=%08lx chunk=%llu size=%llu done=%llu total=%llu "
                    "total_done=%llu\n",
                    name_of( line->phase ), stream, line->hr, line->chunk, line->size, line->done, line->total,
                    line->total_done );
        break;
    }
}

bool lines_add( struct lines *lines, const struct line *line, enum line_type type, enum model_listener listener )
{
    if (listener == MODEL_ROUTINE)
    {
        add_new( lines, line, type );
        return true;
    }
    if (type != LINE_STREAM_STARTED && type != LINE_CHUNK_FINISHED) return false;
    lines_add_old( lines, type == LINE_STREAM_STARTED, line );
    return true;
}
