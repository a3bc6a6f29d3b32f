/* SPDX-License-Identifier: MIT */

/* The parts of the test program rehearsed share this. */

#ifndef COPYFILE2_TEST_REHEARSED_H
#define COPYFILE2_TEST_REHEARSED_H

#include "harness/recorder.h"
#include "harness/files.h"
#include "harness/test.h"

#define SIZE  10240
#define CHUNK 4096

/* The content of the source, src.bin. */
extern BYTE bytes[SIZE];
/* The destination holds this where there is one already. */
extern const char rehearsed_old[44];

/* Makes the source. Answers true, and skips the case, where the engine is not ours, for no other one rehearses. */
bool engine_is_not_ours( void );

/* Makes one copy with these faults. Claims that no handle is left open, and that the source has not changed. */
HRESULT copy_rehearsed( const char *faults, struct recorder *recorder );

/* Sets COPYFILE2_FAULT; NULL removes it. */
void rehearse( const char *faults );

void check_next_copy( void );

/* These are in rehearsed_ends.c. */
void test_answers( void );
void test_counts_anew( void );
void test_several( void );
void test_quiet( void );
void test_kept( void );
void test_truncate( void );

/* These are in rehearsed_errors.c. */
void test_every_errno( void );
void test_every_win32_error( void );

/* These are in rehearsed_words.c. */
void test_grammar( void );
void test_mistakes( void );
void test_traced( void );

#endif
