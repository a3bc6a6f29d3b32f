/* SPDX-License-Identifier: MIT */

/* This tells which cases there are, which of them are to be run, and which rows they hold. */

#include "conformance.h"

#include <stdlib.h>
#include <string.h>

bool case_holds_row( const struct test_case *one, unsigned int row )
{
    const char *text = one->row;

    while (*text)
    {
        char *end;
        unsigned long first = strtoul( text, &end, 10 ), last = first;

        if (end == text) return false;
        if (*end == '-') last = strtoul( end + 1, &end, 10 );
        if (row >= first && row <= last) return true;
        text = end + strspn( end, ", " );
    }
    return false;
}

const struct test_case *claim_of_row( unsigned int row )
{
    for (const struct test_program *program = test_programs; program; program = program->next)
        for (size_t i = 0; i < program->count; i++)
            if (program->cases[i].claim && strtoul( program->cases[i].row, NULL, 10 ) == row) return &program->cases[i];
    return NULL;
}

const struct test_case *claim_of_case( const struct test_case *one )
{
    unsigned int row = strtoul( one->row, NULL, 10 );

    return row ? claim_of_row( row ) : NULL;
}

static bool is_chosen( const struct test_program *program, const struct test_case *one, const struct choice *choice )
{
    char name[256];

    if (program != &probe_program && !( one->own ? choice->own : choice->windows )) return false;
    if (choice->row && !case_holds_row( one, choice->row )) return false;
    snprintf( name, sizeof( name ), "%s.%s", program->name, one->name );
    return !choice->filter || strstr( name, choice->filter ) != NULL;
}

static void add_cases( struct catalogue *catalogue, const struct test_program *program, const struct choice *choice )
{
    for (size_t i = 0; i < program->count; i++)
    {
        struct entry *entry = &catalogue->entries[catalogue->count];

        if (!is_chosen( program, &program->cases[i], choice )) continue;
        *entry = ( struct entry ){ program, &program->cases[i], OUTCOME_SKIP, 0, NULL, NULL };
        catalogue->count++;
    }
}

/* The linker decides in which order programs register, and a report has them by name. */
static const struct test_program *next_program( const struct test_program *last )
{
    const struct test_program *next = NULL;

    for (const struct test_program *program = test_programs; program; program = program->next)
    {
        if (last && strcmp( program->name, last->name ) <= 0) continue;
        if (!next || strcmp( program->name, next->name ) < 0) next = program;
    }
    return next;
}

void catalogue_make( struct catalogue *catalogue, const struct choice *choice )
{
    size_t most = probe_program.count;

    for (const struct test_program *program = test_programs; program; program = program->next) most += program->count;
    catalogue->entries = calloc( most, sizeof( *catalogue->entries ) );
    catalogue->count = 0;
    if (choice->probes)
    {
        add_cases( catalogue, &probe_program, choice );
        return;
    }
    for (const struct test_program *program = next_program( NULL ); program; program = next_program( program ))
        add_cases( catalogue, program, choice );
}

static const struct test_case *find_in( const struct test_program *program, const char *name )
{
    size_t length = strlen( program->name );

    if (strncmp( name, program->name, length ) || name[length] != '.') return NULL;
    for (size_t i = 0; i < program->count; i++)
        if (!strcmp( program->cases[i].name, name + length + 1 )) return &program->cases[i];
    return NULL;
}

const struct test_case *catalogue_find( const char *name, const char **program )
{
    const struct test_case *found = find_in( &probe_program, name );

    *program = probe_program.name;
    for (const struct test_program *next = test_programs; next && !found; next = next->next)
    {
        found = find_in( next, name );
        *program = next->name;
    }
    return found;
}
