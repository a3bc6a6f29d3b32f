/* SPDX-License-Identifier: MIT */

/* Which system this is, and whether its own CopyFile2 serves: on Windows 8 and later it does it better than we could. Wine's
 * is not taken, for it ignores the callback and the cancel flag. COPYFILE2_BACKEND=nt or =system decides otherwise. */

#include "system.h"

static HRESULT WINAPI no_system_copyfile2( PCWSTR existing, PCWSTR new, COPYFILE2_EXTENDED_PARAMETERS *params )
{
    (void)existing, (void)new, (void)params;
    SetLastError( ERROR_PROC_NOT_FOUND );
    return HRESULT_FROM_WIN32( ERROR_PROC_NOT_FOUND );
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

static system_function choose( void )
{
    WCHAR backend[16];
    DWORD length = GetEnvironmentVariableW( L"COPYFILE2_BACKEND", backend, ARRAYSIZE( backend ) );
    BOOL named = length && length < ARRAYSIZE( backend );

    if (named && !lstrcmpiW( backend, L"nt" )) return NULL;
    if (named && !lstrcmpiW( backend, L"system" ))
    {
        system_function system = find();
        return system ? system : no_system_copyfile2;
    }
    return system_is_wine() ? NULL : find();
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
