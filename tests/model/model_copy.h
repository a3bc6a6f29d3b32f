/* SPDX-License-Identifier: MIT */

/* This is the contract of a copy as a table: what is said, returned and left, for every answer to every message.
 * Nothing here calls the function under test; model_run.h compares it with this. */

#ifndef COPYFILE2_TEST_MODEL_COPY_H
#define COPYFILE2_TEST_MODEL_COPY_H

#include <copyfile2.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MODEL_STREAMS 4

/* For chunks of this size nothing is wished for, so V1 parameters can do. */
#define MODEL_DEFAULT_CHUNK ( (uint64_t)1024 * 1024 )
#define MODEL_LARGEST       ( (uint64_t)6 * 1024 * 1024 )

/* Bytes of a restart record of ours; Windows' is private. */
#define MODEL_RECORD 128

/* The routine that is told. */
enum model_listener
{
    MODEL_ROUTINE,     /* pProgressRoutine */
    MODEL_OLD_ROUTINE, /* V2 pProgressRoutineOld */
    MODEL_EX_ROUTINE,  /* CopyFileExW's */
};

/* A callback does this in one message. */
struct model_answer
{
    DWORD action;
    bool cancels;      /* sets *pfCancel */
    bool loses_source; /* makes the next read fail */
};

struct model_copy
{
    uint64_t sizes[MODEL_STREAMS]; /* of the unnamed stream and of the named ones */
    unsigned int streams;
    uint64_t chunk;
    DWORD flags;
    enum model_listener listener;
    DWORD flags_v2;
    DWORD wish_beyond;                  /* bytes more in the wish for a chunk; they are rounded off */
    const struct model_answer *answers; /* to the first messages; CONTINUE to the others */
    unsigned int answer_count;
    bool resumes;              /* the destination has a record: the copy goes on ... */
    unsigned int first_stream; /* ... in this stream, counted from 0, ... */
    uint64_t first_done;       /* ... behind so many bytes of it */
    bool exists;               /* there is a destination before, ... */
    uint64_t old_size;         /* ... so long, ... */
    bool locked;               /* ... which somebody has open and does not share */
    bool missing;              /* there is no source */
    bool canceled;             /* *pfCancel is set from the start */
};

/* A flag has one of these effects on the copy of a plain file. The strongest flag of several decides. */
enum model_effect
{
    MODEL_NO_EFFECT,       /* on bytes, messages and result */
    MODEL_MAIN_STREAM,     /* named streams are left out */
    MODEL_NEW_ONLY,        /* ERROR_FILE_EXISTS over a file */
    MODEL_WANTS_DIRECTORY, /* ERROR_DIRECTORY: the source is no directory */
    MODEL_INVALID,         /* E_INVALIDARG, before anything else */
};
enum model_effect model_effect_of( DWORD flags, DWORD flags_v2 );

/* Flags that need to know whether the source is a link; under Wine without the host half they are refused (links.c). */
DWORD model_flags_refused_here( void );

/* The public flags: one bit each, of dwCopyFlags or of dwCopyFlagsV2. */
struct model_flag
{
    DWORD flag, flag_v2;
    enum model_effect effect;
};
extern const struct model_flag model_flags[];
extern const size_t model_flag_count;

/* The destination ends as one of these. */
enum model_left
{
    MODEL_COMPLETE,  /* all of it, with the source's time */
    MODEL_UNTOUCHED, /* as it was, or absent, as it was */
    MODEL_DELETED,
    MODEL_CUT,      /* only the bytes that were copied */
    MODEL_RECORDED, /* what was copied, and a record from which the copy can go on */
};

struct lines
{
    char *text;
    size_t length, size;
};

struct model_outcome
{
    HRESULT hr;
    struct lines said; /* every message as a line, as recorder.h writes them */
    unsigned int told; /* messages */
    enum model_left left;
    unsigned int stream;      /* that was being copied at the end, ... */
    uint64_t done;            /* ... and its bytes */
    unsigned int next_stream; /* where a resumed copy begins */
    uint64_t next_done;
};

void model_expect( const struct model_copy *copy, struct model_outcome *outcome );
void model_end( struct model_outcome *outcome );

/* Answers how many streams that copy takes over. */
unsigned int model_stream_count( const struct model_copy *copy );

#endif
