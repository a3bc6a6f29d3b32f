/* SPDX-License-Identifier: MIT */

/* These are the lists of the programs of cases that are linked in, and of the roles that their helpers play. */

#include "test.h"

#include <string.h>

struct test_program *test_programs;
static struct test_role *roles;

void test_program_add( struct test_program *program )
{
    program->next = test_programs;
    test_programs = program;
}

void test_role_add( struct test_role *role )
{
    role->next = roles;
    roles = role;
}

bool test_role_play( const char *option, int *result )
{
    for (const struct test_role *role = roles; role; role = role->next)
    {
        if (strcmp( role->option, option )) continue;
        *result = role->play();
        return true;
    }
    return false;
}
