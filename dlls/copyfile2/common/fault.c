/* SPDX-License-Identifier: MIT */

/* This file makes a copy fail where COPYFILE2_FAULT asks for it. */

#include "common/fault.h"

#define BIT( operation ) ( 1u << ( operation ) )

static const enum failure_where places[] = {
#define FAULT( operation, name, phase, where ) [operation] = ( where ),
#include "common/fault_rows.h"
#undef FAULT
};

static void tell_mistake( const struct faults *faults )
{
    char line[sizeof( faults->text ) + 256];
    DWORD written;

    lstrcpyA( line, "copyfile2: COPYFILE2_FAULT is ignored: " );
    lstrcatA( line, faults->part );
    lstrcatA( line, *faults->part ? ": " : "" );
    lstrcatA( line, faults->mistake );
    lstrcatA( line, "\r\n" );
    WriteFile( GetStdHandle( STD_ERROR_HANDLE ), line, (DWORD)lstrlenA( line ), &written, NULL );
}

struct faults *fault_plan( struct faults *faults )
{
    DWORD length = GetEnvironmentVariableA( "COPYFILE2_FAULT", faults->text, sizeof( faults->text ) );

    if (!length) return NULL;
    faults->count = 0;
    faults->part = "";
    faults->mistake = "it is longer than 511 characters";
    if (length < sizeof( faults->text ) && fault_parse( faults )) return faults;
    tell_mistake( faults );
    return NULL;
}

bool fault_takes( struct faults *faults, enum fault_operation operation, const struct fault **taken )
{
    *taken = NULL;
    if (!faults) return false;
    for (size_t i = 0; i < faults->count; i++)
    {
        struct fault *fault = &faults->list[i];

        if (( fault->operations & BIT( operation ) ) && fault->countdown && !--fault->countdown && !*taken)
            *taken = fault;
    }
    return *taken != NULL;
}

bool fault_strikes( struct faults *faults, enum fault_operation operation, struct failure *failure )
{
    const struct fault *fault;

    if (!fault_takes( faults, operation, &fault )) return false;
    failure_set( failure, places[operation], fault->status );
    return true;
}

bool fault_strikes_chunk( struct faults *faults, struct failure *failure )
{
    return fault_strikes( faults, FAULT_SERVER_COPY, failure ) || fault_strikes( faults, FAULT_READ, failure ) ||
           fault_strikes( faults, FAULT_WRITE, failure );
}

bool fault_counts_chunks( const struct faults *faults )
{
    const uint32_t chunks = BIT( FAULT_RESERVE ) | BIT( FAULT_SERVER_COPY ) | BIT( FAULT_READ ) | BIT( FAULT_WRITE );

    for (size_t i = 0; faults && i < faults->count; i++)
        if (faults->list[i].operations & chunks) return true;
    return false;
}
