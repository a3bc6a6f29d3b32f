/* SPDX-License-Identifier: MIT */

/* The system's own CopyFile2 may be better than ours, or worse. On Windows 8 and later it does more than ours can, so
 * it serves there. Wine's ignores the callback and the cancel flag, so under Wine our engine serves. COPYFILE2_BACKEND
 * overrides this choice. */

#include "api/system.h"
#include "platform/backend.h"
#include "platform/unix_call.h"

static struct
{
    volatile LONG is_decided;
    enum system_choice choice;
    system_copyfile2_function copyfile2; /* NULL when the system has none */
} decided;

/* Where wine-copyfile2 has set up a prefix, the CopyFile2 in kernel32.dll is a forwarder to ours. The answer is then
 * NULL, as when the system has none. */
static system_copyfile2_function find_copyfile2( void )
{
    system_copyfile2_function found = (void *)GetProcAddress( GetModuleHandleW( L"kernel32.dll" ), "CopyFile2" );

    return found == CopyFile2 ? NULL : found;
}

/* With wine-copyfile2 --all the name leads to our function, and Wine's kernelbase.dll keeps its own one under
 * kept_name. Wine's kernel32.dll only forwards to kernelbase.dll by name, so it is asked last. Windows 7 has the
 * functions in kernel32.dll alone. */
static void *find_original( const struct system_original *original )
{
    HMODULE kernelbase = GetModuleHandleW( L"kernelbase.dll" );
    void *found = (void *)GetProcAddress( kernelbase, original->kept_name );

    if (!found) found = (void *)GetProcAddress( kernelbase, original->name );
    if (!found || found == original->ours)
        found = (void *)GetProcAddress( GetModuleHandleW( L"kernel32.dll" ), original->name );
    return found == original->ours ? NULL : found;
}

void *system_original( struct system_original *original )
{
    if (!original->is_known)
    {
        original->found = find_original( original );
        MemoryBarrier();
        original->is_known = TRUE;
    }
    return original->found;
}

/* A test that demands the host half must not pass without it, so nobody serves when there is none. */
static enum system_choice choose( void )
{
    switch (backend_demanded())
    {
    case BACKEND_NT: return SYSTEM_ENGINE;
    case BACKEND_HOST: return unix_is_there() ? SYSTEM_ENGINE : SYSTEM_NOBODY;
    case BACKEND_SYSTEM: return SYSTEM_ITSELF;
    default: return backend_is_wine() || !decided.copyfile2 ? SYSTEM_ENGINE : SYSTEM_ITSELF;
    }
}

/* Two threads that come here at once decide alike, so no lock is needed. */
static void decide( void )
{
    if (decided.is_decided) return;
    decided.copyfile2 = find_copyfile2();
    decided.choice = choose();
    MemoryBarrier();
    decided.is_decided = TRUE;
}

enum system_choice system_choice( void )
{
    decide();
    return decided.choice;
}

system_copyfile2_function system_copyfile2( void )
{
    decide();
    return decided.copyfile2;
}
