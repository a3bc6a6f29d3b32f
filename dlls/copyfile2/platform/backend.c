/* SPDX-License-Identifier: MIT */

/* This file tells Wine from Windows, and reads what COPYFILE2_BACKEND demands. */

#include "platform/backend.h"

/* The loader is slow, and Wine's has a damaged list of modules in some programs. So the loader is asked only once. */
bool backend_is_wine( void )
{
    static volatile LONG answer; /* 0: not yet asked, 1: yes, 2: no */

    if (!answer) answer = GetProcAddress( GetModuleHandleW( L"ntdll.dll" ), "wine_get_version" ) ? 1 : 2;
    return answer == 1;
}

static bool is_alike( PCWSTR value, PCWSTR name )
{
    return !lstrcmpiW( value, name );
}

enum backend backend_demanded( void )
{
    WCHAR value[16];
    DWORD length = GetEnvironmentVariableW( L"COPYFILE2_BACKEND", value, ARRAYSIZE( value ) );

    if (!length || length >= ARRAYSIZE( value )) return BACKEND_ANY;
    if (is_alike( value, L"nt" )) return BACKEND_NT;
    if (is_alike( value, L"host" )) return BACKEND_HOST;
    if (is_alike( value, L"system" )) return BACKEND_SYSTEM;
    return BACKEND_ANY;
}
