/* SPDX-License-Identifier: MIT */

/* The native tests of parsers speak the Test Anything Protocol by these functions. */

#ifndef COPYFILE2_TEST_PARSERS_TAP_H
#define COPYFILE2_TEST_PARSERS_TAP_H

#include <stdbool.h>

#define ARRAY_SIZE( array ) ( sizeof( array ) / sizeof( ( array )[0] ) )

#define expect( condition ) expect_at( __LINE__, ( condition ), #condition )
bool expect_at( int line, bool condition, const char *text );

/* Expects texts that are equal; NULL is equal to NULL only. */
bool expect_text( int line, const char *what, const char *found, const char *wanted );

/* Prints the result of what was expected since the last case. */
void end_case( const char *name );

/* Prints a case that this machine cannot run. */
void skip_case( const char *name, const char *reason );

/* Prints the plan, and answers what the program ends with. */
int end_cases( void );

#endif
