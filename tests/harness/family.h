/* SPDX-License-Identifier: MIT */

/* This tests the functions beside CopyFile2. A callback writes down every call, and a model says what its answers
 * do. */

#ifndef COPYFILE2_TEST_FAMILY_H
#define COPYFILE2_TEST_FAMILY_H

#include <copyfile2.h>
#include <stdbool.h>
#include <stdint.h>

#define FAMILY_CALLS_MAX 16

struct family_call
{
    DWORD reason, stream;
    int64_t total, total_done, size, done;
};

struct family_recorder
{
    /* The case sets these. */
    DWORD answer;                                        /* given once, ... */
    unsigned int answer_at;                              /* ... to the nth call, from 1; 0: always PROGRESS_CONTINUE */
    BOOL *cancel;                                        /* set in that call */
    void ( *hook )( HANDLE source, HANDLE destination ); /* called in every call */

    /* The callback keeps these. */
    unsigned int count;
    struct family_call calls[FAMILY_CALLS_MAX];
    DWORD thread;
    HANDLE source, destination;
};

void family_begin( struct family_recorder *recorder );
DWORD CALLBACK family_callback( LARGE_INTEGER total, LARGE_INTEGER total_done, LARGE_INTEGER size, LARGE_INTEGER done,
                                DWORD stream, DWORD reason, HANDLE source, HANDLE destination, LPVOID context );

/* Claims that these are the calls for a copy of so many bytes: STREAM_SWITCH first, and then chunks that add up. */
void family_check_calls( const struct family_recorder *recorder, int64_t size );

/* Such a function copies or moves src.bin to dst.bin with that callback. */
typedef BOOL ( *family_way )( struct family_recorder *recorder, BOOL *cancel );

/* Compares every answer at every call with the model, for files of no chunk, of one, and of two and a half. When
 * moves is true, a good end takes the source away. */
void family_check_answers( family_way way, bool moves );

#endif
