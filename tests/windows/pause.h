/* SPDX-License-Identifier: MIT */

/* The parts of the test program pause share this. */

#ifndef COPYFILE2_TEST_PAUSE_H
#define COPYFILE2_TEST_PAUSE_H

#include "harness/recorder.h"
#include "harness/files.h"
#include "harness/test.h"

#define CHUNK 4096
#define MANY  43008 /* ten and a half chunks */

#define STREAM_STARTED  COPYFILE2_CALLBACK_STREAM_STARTED
#define CHUNK_STARTED   COPYFILE2_CALLBACK_CHUNK_STARTED
#define CHUNK_FINISHED  COPYFILE2_CALLBACK_CHUNK_FINISHED
#define STREAM_FINISHED COPYFILE2_CALLBACK_STREAM_FINISHED

#define PAUSED  hr_from_error( ERROR_REQUEST_PAUSED )
#define ABORTED hr_from_error( ERROR_REQUEST_ABORTED )
#define EXISTS  hr_from_error( ERROR_FILE_EXISTS )
#define RESUME  COPY_FILE_RESUME_FROM_PAUSE

/* Our own record has so many bytes. A source that is not longer than the record cannot leave a shorter fragment. */
#define RECORD 128

HRESULT copy_and_answer( DWORD flags, COPYFILE2_MESSAGE_ACTION answer, COPYFILE2_MESSAGE_TYPE to, unsigned int nth,
                         struct recorder *recorder );

HRESULT copy_and_pause( DWORD flags, COPYFILE2_MESSAGE_TYPE to, unsigned int nth );

HRESULT resume_quietly( DWORD flags );

/* Makes a source of MANY bytes, and a paused copy of it that has three chunks. */
void make_paused( void );

void check_complete( void );

/* These are in pause_fragments.c. */
void test_hostile_bytes( void );
void test_hostile_lengths( void );
void test_changed_fragment( void );
void test_changed_source( void );
void test_foreign_record( void );
void test_fragment_of_fragment( void );

/* These are in pause_ends.c. */
void test_holes( void );
void test_attributes( void );
void test_protected_fragment( void );
void test_other_answers( void );
void test_answer_after_pause( void );
void test_pfcancel( void );
void test_onto_itself( void );

/* These are in pause_streams.c. */
void test_streams( void );
void test_streams_chain( void );
void test_streams_lost( void );
void test_streams_cancel( void );

#endif
