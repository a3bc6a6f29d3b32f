/* SPDX-License-Identifier: MIT */

/* The parts of host_lease_test share these functions. */

#ifndef COPYFILE2_TEST_HOST_LEASE_TEST_H
#define COPYFILE2_TEST_HOST_LEASE_TEST_H

#include <stdbool.h>
#include <stddef.h>

/* The bytes of a file tell where they are, and by the seed whose. */
void write_file( const char *name, size_t size, char seed );
bool holds( const char *name, size_t size, char seed );

/* Sets text to a letter for each event that waits: c, m, a, w and d where the name was made, modified, got attributes,
 * was closed after writing, or was deleted; ! for other events of the name, and ? for events of other names. */
void host_lease_hear( int watch, const char *name, char *text );

#endif
