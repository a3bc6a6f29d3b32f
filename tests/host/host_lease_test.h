/* SPDX-License-Identifier: MIT */

/* The parts of host_lease_test share these functions. */

#ifndef COPYFILE2_TEST_HOST_LEASE_TEST_H
#define COPYFILE2_TEST_HOST_LEASE_TEST_H

#include "unix/host.h"

/* The bytes of a file tell their place in it, and by the seed which file it is. */
void write_file( const char *name, size_t size, char seed );
bool holds( const char *name, size_t size, char seed );

/* Sets text to a letter for each event that waits. The letters c, m, a, w and d say that the name was made, modified,
 * got attributes, was closed after writing, or was deleted. ! is another event of the name, and ? an event of another
 * name. */
void host_lease_hear( int watch, const char *name, char *text );

bool is_there( const char *name );

/* These copy by paths in the current folder. copies is true when that was done, and refuses when it was refused for
 * this reason. */
struct host_small_by_path copy( const char *from, const char *to );
bool copies( const char *from, const char *to );
bool refuses( const char *from, const char *to, enum host_small_why why, int err );

/* These are in host_lease_test_sizes.c. */
void test_shrinking( void );
void test_sizes( void );

#endif
