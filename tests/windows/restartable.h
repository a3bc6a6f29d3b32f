/* SPDX-License-Identifier: MIT */

/* The parts of the test program restartable share this. */

#ifndef COPYFILE2_TEST_RESTARTABLE_H
#define COPYFILE2_TEST_RESTARTABLE_H

#include "harness/recorder.h"
#include "harness/files.h"
#include "harness/test.h"

#define MIB   ( 1024 * 1024 )
#define CHUNK 4096
#define SIZE  43008 /* ten and a half chunks */

/* With chunks of 1 MiB two safe points are 16 MiB apart at most, and the chunk that a copy dies in counts too. */
#define AT_STAKE ( 17 * MIB )
#define LARGE    ( 40 * MIB )

#define STREAM_STARTED  COPYFILE2_CALLBACK_STREAM_STARTED
#define CHUNK_STARTED   COPYFILE2_CALLBACK_CHUNK_STARTED
#define CHUNK_FINISHED  COPYFILE2_CALLBACK_CHUNK_FINISHED
#define STREAM_FINISHED COPYFILE2_CALLBACK_STREAM_FINISHED

#define ABORTED     hr_from_error( ERROR_REQUEST_ABORTED )
#define EXISTS      hr_from_error( ERROR_FILE_EXISTS )
#define RESTARTABLE COPY_FILE_RESTARTABLE

HRESULT restartable_copy( DWORD flags, DWORD chunk, COPYFILE2_MESSAGE_ACTION answer, COPYFILE2_MESSAGE_TYPE to,
                          unsigned int nth, struct recorder *recorder );

void restartable_check_complete( void );

/* Makes the same call again, to the end. Answers how many bytes it copied itself. */
uint64_t restart( DWORD flags );

/* With this option the program is the process that is going to die: it copies, and stands still at a chunk. */
#define VICTIM "--victim"
int be_victim( void );

/* These are in restartable_death.c. */
void test_killed( void );
void test_killed_twice( void );
void test_killed_in_stream( void );
void test_power_cut( void );
void test_restarted_changed_source( void );
void test_killed_with_holes( void );

#endif
