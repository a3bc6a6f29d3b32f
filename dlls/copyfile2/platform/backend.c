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

/* Sets value to the variable's. False means that it is not set, or too long to be known. */
static bool get_variable( PCWSTR name, WCHAR value[16] )
{
    DWORD length = GetEnvironmentVariableW( name, value, 16 );

    return length && length < 16;
}

enum backend backend_demanded( void )
{
    WCHAR value[16];

    if (!get_variable( L"COPYFILE2_BACKEND", value )) return BACKEND_ANY;
    if (is_alike( value, L"nt" )) return BACKEND_NT;
    if (is_alike( value, L"host" )) return BACKEND_HOST;
    if (is_alike( value, L"system" )) return BACKEND_SYSTEM;
    return BACKEND_ANY;
}

bool backend_forbids_paths( void )
{
    WCHAR value[16];

    return get_variable( L"COPYFILE2_HOST_PATHS", value ) && is_alike( value, L"none" );
}
