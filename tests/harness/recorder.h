/* SPDX-License-Identifier: MIT */

/* The recorder's callback writes down every message, and answers as the case says. All messages are compared at
 * once. */

#ifndef COPYFILE2_TEST_RECORDER_H
#define COPYFILE2_TEST_RECORDER_H

#include <copyfile2.h>
#include <stdbool.h>
#include <stdint.h>

struct recorder
{
    /* The case sets these. */
    COPYFILE2_MESSAGE_ACTION answer;  /* given once, ... */
    COPYFILE2_MESSAGE_TYPE answer_to; /* ... to this type of message ... */
    unsigned int answer_at;           /* ... when it comes for the nth time, from 1; 0: always CONTINUE */
    void ( *hook )( const COPYFILE2_MESSAGE *message, void *context ); /* called in every message */
    void *hook_context;

    /* The callback keeps these. */
    unsigned int count;                          /* messages, ... */
    unsigned int counts[COPYFILE2_CALLBACK_MAX]; /* ... and of each type */
    COPYFILE2_MESSAGE first, last;
    char *text; /* every message as a line */
    size_t text_length, text_size;
    DWORD thread;               /* made the recorder; no call may come on another */
    HANDLE source, destination; /* the same in every message of the stream */
};

void recorder_begin( struct recorder *recorder );
void recorder_end( struct recorder *recorder );

COPYFILE2_MESSAGE_ACTION CALLBACK recorder_callback( const COPYFILE2_MESSAGE *message, void *context );

/* Calls CopyFile2 with the recorder; last error and result are checked against each other. */
HRESULT copy_recorded( PCWSTR source, PCWSTR destination, DWORD flags, struct recorder *recorder );
/* Does the same with chunks of that many bytes (V2), and a flag that cancels. */
HRESULT copy_in_chunks( PCWSTR source, PCWSTR destination, DWORD chunk_size, BOOL *cancel, struct recorder *recorder );

/* Does the same with flags. */
HRESULT copy_in_chunks_with( PCWSTR source, PCWSTR destination, DWORD flags, DWORD chunk_size, BOOL *cancel,
                             struct recorder *recorder );

/* Does the same with any parameters, V1 or V2. */
HRESULT copy_with( PCWSTR source, PCWSTR destination, const void *params );

/* Claims that exactly these messages came. With another engine the messages of type ERROR are not compared. */
#define expect_said( recorder, expected ) expect_said_at( __FILE__, __LINE__, recorder, expected )
void expect_said_at( const char *file, int line, const struct recorder *recorder, const char *expected );

/* Claims the messages that every implementation sends for a copied file of that size with one stream, wherever its
 * chunks end. */
void expect_order( const struct recorder *recorder, uint64_t size );

/* These are the messages of a file with one stream. The numbers are spelled out, as in SAID_CHUNK_STARTED( 0, 4096,
 * 10240 ). */
#define SAID_STREAM_STARTED( size ) "STREAM_STARTED stream=1 size=" #size " total=" #size "\n"
#define SAID_CHUNK_STARTED( number, length, size )                                                                     \
    "CHUNK_STARTED stream=1 chunk=" #number " chunk_size=" #length " size=" #size " total=" #size "\n"
#define SAID_CHUNK_FINISHED( number, length, size, done )                                                              \
    "CHUNK_FINISHED stream=1 flags=0 chunk=" #number " chunk_size=" #length " size=" #size " done=" #done              \
    " total=" #size " total_done=" #done "\n"
#define SAID_CHUNK( number, length, size, done )                                                                       \
    SAID_CHUNK_STARTED( number, length, size ) SAID_CHUNK_FINISHED( number, length, size, done )
#define SAID_STREAM_FINISHED( size, done )                                                                             \
    "STREAM_FINISHED stream=1 size=" #size " done=" #done " total=" #size " total_done=" #done "\n"
#define SAID_ERROR( phase, hr, chunk, size, done )                                                                     \
    "ERROR phase=" #phase " stream=1 hr=" #hr " chunk=" #chunk " size=" #size " done=" #done " total=" #size           \
    " total_done=" #done "\n"

/* Makes one call without callback, and checks that the last error is the result's code, or 0. */
#define copy( source, destination, flags ) copy_recorded( source, destination, flags, NULL )

#endif
