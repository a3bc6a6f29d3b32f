/* SPDX-License-Identifier: MIT */

/* The parts of the test program links share this. */

#ifndef COPYFILE2_TEST_LINKS_H
#define COPYFILE2_TEST_LINKS_H

#include "harness/files.h"
#include "harness/symlinks.h"
#include "harness/test.h"

#define AS_LINK COPY_FILE_COPY_SYMLINK

extern const char fresh[14], old[15], other[16];

/* Makes target.txt, with fresh content, and link, which leads there. */
void make_link( void );

/* Copies a link. Claims that no message came, or that the copy failed with this error and one message of it. */
void copy_link( PCWSTR source, PCWSTR destination, DWORD flags, DWORD error );

/* These are in links_others.c. */
void test_both_kinds( void );
void test_race( void );

#endif
