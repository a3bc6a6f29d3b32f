/* SPDX-License-Identifier: MIT */

/* This rehearses every errno and every Win32 error that the tables have. */

#include "rehearsed.h"

/* The rows of the engine's own table of errnos. */
#define ROW( err, status, error, open_error ) { #err, (LONG)( status ), error },
static const struct
{
    const char *name;
    LONG status;
    DWORD error;
} errno_rows[] = {
#include "unix/errno_rows.h"
};

void test_every_errno( void )
{
    ULONG( WINAPI * error_from_status )( LONG ) =
        (void *)GetProcAddress( GetModuleHandleW( L"ntdll.dll" ), "RtlNtStatusToDosError" );
    char faults[64];
    HRESULT hr;

    if (engine_is_not_ours()) return;
    for (size_t i = 0; i < ARRAY_SIZE( errno_rows ); i++)
    {
        DWORD error = error_from_status( errno_rows[i].status );

        push_context( "%s", errno_rows[i].name );
        if (error == ERROR_ALREADY_EXISTS) error = ERROR_FILE_EXISTS;
        ok( error == errno_rows[i].error, "%lu belongs to %#lx, not %lu", error, errno_rows[i].status,
            errno_rows[i].error );
        snprintf( faults, sizeof( faults ), "write:%s@2", errno_rows[i].name );
        hr = copy_rehearsed( faults, NULL );
        ok( hr == hr_from_error( errno_rows[i].error ), "got %#lx", hr );
        pop_context();
    }
}

#define WIN32_ERROR( name ) { #name, name },
static const struct
{
    const char *name;
    DWORD error;
} win32_names[] = {
#include "common/win32_names.h"
};

void test_every_win32_error( void )
{
    char faults[64];
    HRESULT hr;

    if (engine_is_not_ours()) return;
    for (size_t i = 0; i < ARRAY_SIZE( win32_names ); i++)
    {
        push_context( "%s", win32_names[i].name );
        snprintf( faults, sizeof( faults ), "read:%s@1", win32_names[i].name );
        hr = copy_rehearsed( faults, NULL );
        ok( hr == hr_from_error( win32_names[i].error ), "got %#lx", hr );
        pop_context();
    }
}
