/* SPDX-License-Identifier: MIT */

/* Which system this is, and whether its own CopyFile2 serves: on Windows 8 and later it does it better than we
 * could. Wine's is not taken, for it ignores the callback and the cancel flag. COPYFILE2_BACKEND decides otherwise. */

#include "system.h"
#include "unix_call.h"

static HRESULT WINAPI no_system_copyfile2( PCWSTR existing, PCWSTR new, COPYFILE2_EXTENDED_PARAMETERS *params )
{
    (void)existing, (void)new, (void)params;
    SetLastError( ERROR_PROC_NOT_FOUND );
    return HRESULT_FROM_WIN32( ERROR_PROC_NOT_FOUND );
}

/* A test that demands the host half must not pass without it. */
static HRESULT WINAPI no_host_copyfile2( PCWSTR existing, PCWSTR new, COPYFILE2_EXTENDED_PARAMETERS *params )
{
    (void)existing, (void)new, (void)params;
    SetLastError( ERROR_MOD_NOT_FOUND );
    return HRESULT_FROM_WIN32( ERROR_MOD_NOT_FOUND );
}

/* kernel32's may be a forwarder to us, where a prefix was made to use our function. */
static system_function find( void )
{
    system_function found = (void *)GetProcAddress( GetModuleHandleW( L"kernel32.dll" ), "CopyFile2" );

    return found == CopyFile2 ? NULL : found;
}

bool system_is_wine( void )
{
    return GetProcAddress( GetModuleHandleW( L"ntdll.dll" ), "wine_get_version" ) != NULL;
}

static bool is_alike( PCWSTR value, PCWSTR name )
{
    return !lstrcmpiW( value, name );
}

enum backend system_backend( void )
{
    WCHAR value[16];
    DWORD length = GetEnvironmentVariableW( L"COPYFILE2_BACKEND", value, ARRAYSIZE( value ) );

    if (!length || length >= ARRAYSIZE( value )) return BACKEND_ANY;
    if (is_alike( value, L"nt" )) return BACKEND_NT;
    if (is_alike( value, L"host" )) return BACKEND_HOST;
    if (is_alike( value, L"system" )) return BACKEND_SYSTEM;
    return BACKEND_ANY;
}

enum system_choice system_choice( void )
{
    system_function chosen = system_copyfile2();

    if (!chosen) return SYSTEM_ENGINE;
    return chosen == no_host_copyfile2 ? SYSTEM_NOBODY : SYSTEM_ITSELF;
}

/* Where wine-copyfile2 --all leads the name to us, its kernelbase.dll keeps the function under another one. kernel32
 * comes last: Wine's only leads to kernelbase, by name. Windows 7 has the functions in kernel32 alone. */
void *system_original( const char *name, const char *kept_name, const void *ours )
{
    HMODULE kernelbase = GetModuleHandleW( L"kernelbase.dll" );
    void *found = (void *)GetProcAddress( kernelbase, kept_name );

    if (!found) found = (void *)GetProcAddress( kernelbase, name );
    if (!found || found == ours) found = (void *)GetProcAddress( GetModuleHandleW( L"kernel32.dll" ), name );
    return found == ours ? NULL : found;
}

static system_function choose( void )
{
    system_function system;

    switch (system_backend())
    {
    case BACKEND_NT: return NULL;
    case BACKEND_HOST: return host_is_there() ? NULL : no_host_copyfile2;
    case BACKEND_SYSTEM: system = find(); return system ? system : no_system_copyfile2;
    default: return system_is_wine() ? NULL : find();
    }
}

system_function system_copyfile2( void )
{
    static system_function volatile chosen;
    static volatile LONG is_chosen;

    if (!is_chosen)
    {
        /* two threads that come here at once choose alike */
        chosen = choose();
        MemoryBarrier();
        is_chosen = TRUE;
    }
    return chosen;
}
