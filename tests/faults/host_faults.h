/* SPDX-License-Identifier: MIT */

/* The sources of the test program host_faults share this. */

#ifndef COPYFILE2_TEST_HOST_FAULTS_H
#define COPYFILE2_TEST_HOST_FAULTS_H

#include "harness/recorder.h"
#include "harness/files.h"
#include "harness/test.h"

#define SIZE       20480
#define CHUNK      8192
#define LARGE_SIZE ( 5 * 1024 * 1024 + 17 ) /* several threads move so much */

/* The content of the source, src.bin; the old content of the destination; and whether the current folder is on
 * faultfs. */
extern BYTE bytes[LARGE_SIZE];
extern const char old[44];
extern bool on_faultfs;

/* The size of the source, and how it is copied. */
extern struct shape
{
    DWORD size, chunk;
    bool silent; /* without a callback */
} shape;

/* A fault is made by the file system, or in this process. */
struct fault
{
    const char *call; /* of fault_calls.c; NULL: an operation of faultfs */
    const char *operation;
    const char *name; /* of the file; NULL: any */
    const char *err;
    LONG number; /* Linux' */
};

/* The nth such call from now on fails, or every one when nth is 0. */
void arm( const struct fault *fault, unsigned int nth );

/* Ends the fault, and answers how often it struck. On faultfs it sets told_calls to the number of such calls. */
extern int told_calls;
int disarm( const struct fault *fault );

/* Writes over an existing file. */
void write_whole( PCWSTR name, const void *data, DWORD size );

/* Goes to the place that the environment names, and makes the source. Answers true, and skips the case, when it names
 * none. */
bool place_is_missing( void );

/* Answers whether the host half is switched off. */
bool is_nt( void );

/* A copy may keep none of these. */
struct holdings
{
    DWORD handles;
    LONG descriptors;
    SIZE_T heap;
};

struct holdings count_holdings( void );
void check_holdings( const struct holdings *before );

/* Makes one copy, with the recorder as its callback unless that is NULL or the shape is silent. */
HRESULT copy_once( struct recorder *recorder, DWORD flags );

/* These are in host_faults_law.c. */
void test_calls( void );
void test_calls_large( void );
void test_operations( void );

/* These are in host_faults_matrix.c. */
void test_matrix( void );

/* These are in host_faults_sizes.c. */
void test_sizes( void );
void test_sizes_said( void );
void test_sizes_ended( void );
void test_sizes_stream( void );
void test_sizes_family( void );
void test_sizes_cut( void );
void test_sizes_written( void );

#endif
