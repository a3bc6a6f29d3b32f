/* SPDX-License-Identifier: MIT */

/* The parts of host_index_test share this. */

#ifndef COPYFILE2_TEST_HOST_INDEX_TEST_H
#define COPYFILE2_TEST_HOST_INDEX_TEST_H

#include "unix/host.h"
#include "host_fakes.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern bool failed; /* the case that runs now */

#define ok( condition ) ( ( condition ) ? (void)0 : not_ok( #condition, __LINE__ ) )
void not_ok( const char *condition, int line );

/* Runs a command, which has to end well. */
void shell( const char *command );

/* Makes an empty file, unless it is there. */
void touch( const char *path );

/* Asks the index about a name, whose letters are Latin-1, in a directory. */
uint32_t result_of( const char *directory, const char *name );

#define is_new( directory, name )               ( result_of( directory, name ) == HOST_NAME_NEW )
#define exists( directory, name )               ( result_of( directory, name ) == HOST_NAME_EXISTS )
#define is_spelled_otherwise( directory, name ) ( result_of( directory, name ) == HOST_NAME_SPELLED_OTHERWISE )

/* These are in host_index_test_others.c. */
void test_threads( void );
void test_random( void );
void test_reading( void );
void test_lock( void );

/* These are in host_index_test_bounds.c. */
bool is_refused( const char *directory, const char *name, enum host_name_why why, int err );
void test_many_directories( void );
void test_memory( void );
void test_idle( void );

#endif
