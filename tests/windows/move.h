/* SPDX-License-Identifier: MIT */

/* The parts of the test program move share this. */

#ifndef COPYFILE2_TEST_MOVE_H
#define COPYFILE2_TEST_MOVE_H

#include "harness/family.h"
#include "harness/files.h"
#include "harness/test.h"

/* The functions under test that the parts call. */
extern BOOL( WINAPI *move_progress_w )( LPCWSTR, LPCWSTR, LPPROGRESS_ROUTINE, LPVOID, DWORD );
extern BOOL( WINAPI *move_ex_w )( LPCWSTR, LPCWSTR, DWORD );

/* A folder on the other file system, the destination in it, and the source. */
extern WCHAR other_volume[MAX_PATH], there[MAX_PATH], here[MAX_PATH];

/* Makes a folder on another file system, or skips the case and answers false. On Windows COPYFILE2_TEST_OTHER_VOLUME
 * names a volume; Linux has one in memory. */
bool find_other( void );

void leave_other( void );

void make( uint64_t size );

void expect_moved( BOOL done );

void expect_stayed( BOOL done, DWORD error );

/* These are in move_held.c. */
void test_protected( void );
void test_dot( void );
void test_sharing( void );
void test_held_elsewhere( void );
void test_source_written( void );
void test_source_swapped( void );

#endif
