/* SPDX-License-Identifier: MIT */

/* The parts of host_test share this. */

#ifndef COPYFILE2_TEST_HOST_TEST_H
#define COPYFILE2_TEST_HOST_TEST_H

#include "unix/host.h"
#include "host_fakes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The fakes are for the host half; what a test reads and writes itself is real. */
#undef pread
#undef pwrite

#define PIECE     65536
#define SIZE      1000003 /* bytes of the source: many pieces, the last one short */
#define NFS       0x6969
#define DISK_FULL (int32_t)0xc000007f
#define TOO_LARGE (int32_t)0xc0000904
#define DEVICE    (int32_t)0xc0000185

typedef int32_t ( *unix_function )( void *params );
extern const unix_function __wine_unix_call_funcs[], __wine_unix_call_wow64_funcs[];

#define ok( condition ) ( ( condition ) ? (void)0 : not_ok( #condition, __LINE__ ) )
void not_ok( const char *condition, int line );

extern int source, destination; /* open for reading and writing; made anew for each case */
extern char source_bytes[SIZE]; /* what the source holds */
extern char read_back[SIZE + 1], buffer[PIECE];
extern int copies; /* the case that looks for leaks makes so many */

struct host_move move_of( uint64_t offset, uint64_t length, uint32_t flags );

/* Calls a function of the table with descriptors that it may close, as Wine does. */
struct host_move call( enum host_call which, uint64_t offset, uint64_t length, uint32_t flags );

void read_write( struct host_move *move );

off_t size_of( int file );

uint64_t room_of( int file );

bool is_copied( size_t bytes );

bool is_zero( off_t from, off_t to );

/* Answers times as NT counts them. */
uint64_t nt_time( const struct timespec *time );

struct host_small call_small( uint64_t length, uint32_t flags );

/* These are in host_test_errno.c. */
void test_errno_table( void );

/* These are in host_test_movers.c. */
void test_read_write( void );
void test_uncached( void );
void test_range( void );
void test_interrupted_and_short( void );
void test_failures( void );
void test_shrinking( void );
void test_cancel( void );
void test_holes( void );
void test_size_limit( void );
void test_clone( void );
void test_copy_range( void );
void test_copy_range_redone( void );
void test_no_files( void );

/* These are in host_test_paths.c. */
void test_paths( void );
void test_untidy_paths( void );
void test_no_paths( void );

/* These are in host_test_room.c. */
void test_reserve( void );
void test_old_content( void );
void test_erase( void );

/* These are in host_test_small.c. */
void test_metadata( void );
void test_x_bits( void );
void test_small( void );
void test_small_order( void );
void test_small_failures( void );

/* These are in host_test_threads.c. */
void test_threads( void );
void test_threads_short( void );
void test_threads_failures( void );
void test_threads_last( void );
void test_threads_cancel( void );
void test_threads_few( void );
void test_threads_dead( void );

/* These are in host_test_ahead.c. */
void test_ahead( void );
void test_ahead_window( void );
void test_ahead_end( void );
void test_ahead_failures( void );
void test_ahead_fails_at( void );
void test_ahead_short( void );
void test_ahead_changed( void );
void test_ahead_cancel( void );
void test_ahead_not( void );
void test_ahead_dead( void );

/* These are in host_test_streams.c. */

void test_siblings( void );
void test_siblings_known( void );
void test_siblings_unknown( void );
void test_siblings_many( void );
void test_siblings_unreadable( void );
void test_attributes( void );
void test_attribute_failures( void );

#endif
