/* SPDX-License-Identifier: MIT */

/* One file of cases, linked with this main, is a program by itself. The option --probe only shows that it can be
 * started. */

#include "test.h"

#include <stdio.h>
#include <string.h>

int main( int argc, char **argv )
{
    const char *option = argc > 1 ? argv[1] : "";
    int result;

    if (!strcmp( option, "--probe" ))
    {
        printf( "started\n" );
        return 0;
    }
    if (test_role_play( option, &result )) return result;
    return test_program_run( test_programs );
}
