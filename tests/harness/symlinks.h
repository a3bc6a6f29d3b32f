/* SPDX-License-Identifier: MIT */

/* Symbolic links that the cases make and look at. Wine up to 10.0 has no call for them, so a shell of the host's
 * does it there. Names and targets are relative to the case's own folder, or absolute as the system's own links are. */

#ifndef COPYFILE2_TEST_SYMLINKS_H
#define COPYFILE2_TEST_SYMLINKS_H

#include <copyfile2.h>
#include <stdbool.h>

/* Whether the cases make links as Linux has them. They do so under Wine, unless COPYFILE2_TEST_LINKS=windows asks for
 * those that Wine 10.19 and later make by themselves. */
bool symlinks_are_unix( void );

/* Fails the case when it cannot. The target need not exist. */
void symlink_make( const char *name, const char *target, bool directory );
/* Whether it is a link with exactly this target. */
bool symlink_is( const char *name, const char *target );
/* Whether it is a link at all. */
bool symlink_exists( const char *name );
void symlink_remove( const char *name );

/* Runs a command by a shell of the host's, under Wine only. True: its exit status is 0. */
bool shell( const char *command );

/* Without host paths the engine cannot tell a link under Wine, and refuses: claims that it does so and changes
 * nothing. Answers whether this is such a run; there is nothing more to test then. */
bool symlinks_are_refused( PCWSTR source, PCWSTR destination, DWORD flags );

#endif
