/* SPDX-License-Identifier: MIT */

#include "tap.h"

#include <stdio.h>
#include <string.h>

static unsigned int count, failures;
static bool case_failed;

bool expect_at( int line, bool condition, const char *text )
{
    if (condition) return true;
    printf( "# line %d: %s\n", line, text );
    case_failed = true;
    return false;
}

bool expect_text( int line, const char *what, const char *found, const char *wanted )
{
    if (( !found && !wanted ) || ( found && wanted && !strcmp( found, wanted ) )) return true;
    printf( "# line %d: %s is \"%s\", not \"%s\"\n", line, what, found ? found : "nothing",
            wanted ? wanted : "nothing" );
    case_failed = true;
    return false;
}

void end_case( const char *name )
{
    printf( "%sok %u - %s\n", case_failed ? "not " : "", ++count, name );
    failures += case_failed;
    case_failed = false;
}

void skip_case( const char *name, const char *reason )
{
    printf( "ok %u - %s # SKIP %s\n", ++count, name, reason );
}

int end_cases( void )
{
    printf( "1..%u\n", count );
    return failures ? 1 : 0;
}
