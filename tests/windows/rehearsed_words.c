/* SPDX-License-Identifier: MIT */

/* COPYFILE2_FAULT has a grammar, and the trace tells what came of it. */

#include "rehearsed.h"

/* Reads what was written to standard error meanwhile. */
static const char *read_told( HANDLE file )
{
    static char told[4096];
    DWORD got = 0;

    SetFilePointer( file, 0, NULL, FILE_BEGIN );
    ReadFile( file, told, sizeof( told ) - 1, &got, NULL );
    told[got] = 0;
    return told;
}

static const char *copy_and_listen( const char *faults, HRESULT *hr )
{
    HANDLE before = GetStdHandle( STD_ERROR_HANDLE );
    HANDLE file = CreateFileW( L"told", GENERIC_READ | GENERIC_WRITE, SHARE_ALL, NULL, CREATE_ALWAYS, 0, NULL );
    const char *told;

    SetStdHandle( STD_ERROR_HANDLE, file );
    *hr = copy_rehearsed( faults, NULL );
    SetStdHandle( STD_ERROR_HANDLE, before );
    told = read_told( file );
    CloseHandle( file );
    return told;
}

static const char *const wrong[] = { "write",
                                     "write:",
                                     "write:ENOSPC",
                                     "write:ENOSPC@",
                                     "write:ENOSPC@0",
                                     "write:ENOSPC@01",
                                     "write:ENOSPC@-1",
                                     "write:ENOSPC@1x",
                                     "write:ENOSPC@1000000000",
                                     "write:ENOSPC@1,",
                                     ",write:ENOSPC@1",
                                     "write:ENOSPC@1,,read:EIO@1",
                                     "write:ENOSPC@1;read:EIO@1",
                                     " write:ENOSPC@1",
                                     "write:ENOSPC@1 ",
                                     "write: ENOSPC@1",
                                     "Write:ENOSPC@1",
                                     "write:enospc@1",
                                     "write:ENOSPCE@1",
                                     "write:ENOSP@1",
                                     "writ:ENOSPC@1",
                                     "write:28@1",
                                     "write:ERROR_SUCCESS@1",
                                     "COPYFILE2_PHASE_NONE:ENOMEM@1",
                                     "MAX:EIO@1",
                                     "write@ENOSPC:1",
                                     "write:ENOSPC@1,read:EIO",
                                     "read:EIO@1,read:EIO@1,read:EIO@1,read:EIO@1,read:EIO@1,read:EIO@1,read:EIO@1,"
                                     "read:EIO@1,read:EIO@1" };

/* The message names the part that is wrong, and what is wrong with it. */
static const struct
{
    const char *faults;
    const char *message;
} mistakes[] = {
    { .faults = "write:ENOSPC", .message = ": write:ENOSPC: this is not phase-or-operation:ERROR@N" },
    { .faults = "read:EIO@1,wrote:ENOSPC@1",
      .message = ": wrote:ENOSPC@1: there is no such phase or operation before the :" },
    { .faults = "write:NOSUCH@1,read:EIO@1", .message = ": write:NOSUCH@1: there is no such error before the @" },
    { .faults = "write:ENOSPC@0", .message = ": write:ENOSPC@0: behind the @ there is no number from 1 to 999999999" },
    { .faults = "read:EIO@1,read:EIO@1,read:EIO@1,read:EIO@1,read:EIO@1,read:EIO@1,read:EIO@1,read:EIO@1,read:EIO@2",
      .message = ": read:EIO@2: this part is one too many, for there may be eight" },
};

void test_mistakes( void )
{
    if (engine_is_not_ours()) return;
    for (size_t i = 0; i < ARRAY_SIZE( mistakes ); i++)
    {
        HRESULT hr;
        const char *told = copy_and_listen( mistakes[i].faults, &hr ), *message = strchr( told, ' ' );

        push_context( "%s", mistakes[i].faults );
        ok( message && !strncmp( message, " COPYFILE2_FAULT is ignored", 27 ), "told: %s", told );
        ok( message && !strncmp( message + 27, mistakes[i].message, strlen( mistakes[i].message ) ), "told: %s", told );
        pop_context();
    }
}

/* A text with a mistake is reported, and all of it is ignored. */
void test_grammar( void )
{
    static char endless[2000];
    const char *told;
    HRESULT hr;

    if (engine_is_not_ours()) return;
    for (size_t i = 0; i < ARRAY_SIZE( wrong ); i++)
    {
        push_context( "%s", wrong[i] );
        told = copy_and_listen( wrong[i], &hr );
        ok( hr == S_OK && file_is( L"dst.bin", bytes, SIZE ), "got %#lx", hr );
        ok( strstr( told, "COPYFILE2_FAULT is ignored" ) != NULL, "told: %s", told );
        pop_context();
    }
    memset( endless, '1', sizeof( endless ) - 1 );
    memcpy( endless, "write:ENOSPC@", 13 );
    told = copy_and_listen( endless, &hr );
    ok( hr == S_OK && strstr( told, "COPYFILE2_FAULT is ignored" ), "endless: got %#lx, told: %s", hr, told );
    ok( strstr( told, "it is longer than 511 characters" ) != NULL, "endless: told %s", told );
    told = copy_and_listen( NULL, &hr );
    ok( hr == S_OK && !told[0], "none: got %#lx, told: %s", hr, told );
    told = copy_and_listen( "", &hr );
    ok( hr == S_OK && !told[0], "empty: got %#lx, told: %s", hr, told );
}

void test_traced( void )
{
    const char *told;
    HRESULT hr;

    if (engine_is_not_ours()) return;
    SetEnvironmentVariableA( "COPYFILE2_TRACE", "1" );
    told = copy_and_listen( "write:ENOSPC@2,read:EIO@9", &hr );
    ok( strstr( told, "; rehearsed: write:ENOSPC@2; not reached: read:EIO@9" ) != NULL, "told: %s", told );
    told = copy_and_listen( "NONE:ENOMEM@1", &hr );
    ok( strstr( told, "; rehearsed: NONE:ENOMEM@1" ) != NULL, "told: %s", told );
    told = copy_and_listen( NULL, &hr );
    ok( hr == S_OK && strstr( told, "10240 bytes" ) && !strstr( told, "rehearsed" ), "told: %s", told );
    SetEnvironmentVariableA( "COPYFILE2_TRACE", NULL );
}
