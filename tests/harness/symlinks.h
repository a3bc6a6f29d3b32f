/* SPDX-License-Identifier: MIT */

/* The cases make symbolic links and look at them by these functions. Wine up to 10.0 has no call for that, so a shell
 * of the host's does it there. Names and targets are relative to the case's own folder, or absolute as the system's own
 * links are. */

#ifndef COPYFILE2_TEST_SYMLINKS_H
#define COPYFILE2_TEST_SYMLINKS_H

#include <copyfile2.h>
#include <stdbool.h>

/* Answers whether the cases make links as Linux has them. They do so under Wine, unless COPYFILE2_TEST_LINKS=windows
 * asks for those that Wine 10.19 and later make by themselves. */
bool symlinks_are_unix( void );

/* A link that cannot be made fails the case. The target need not exist. */
void symlink_make( const char *name, const char *target, bool directory );
/* Answers whether it is a link with exactly this target. */
bool symlink_is( const char *name, const char *target );
/* Answers whether it is a link at all. */
bool symlink_exists( const char *name );
void symlink_remove( const char *name );

/* Runs a command by a shell of the host's, under Wine only. True: its exit status is 0. */
bool shell( const char *command );

/* Without host paths the engine cannot tell a link under Wine, and refuses it. Claims that it refuses, and changes
 * nothing. True: this is such a run. Then the case counts as skipped, because no link was copied, and the caller
 * returns. */
bool symlinks_are_refused( PCWSTR source, PCWSTR destination, DWORD flags );

#endif
