/* SPDX-License-Identifier: MIT */

/* This file tells Wine from Windows, and reads what COPYFILE2_BACKEND demands. */

#include "platform/backend.h"

/* The loader is slow, and in some programs Wine's loader has a damaged list of modules. So it is asked only once. */
bool backend_is_wine( void )
{
    static volatile LONG answer; /* 0: not yet asked, 1: yes, 2: no */

    if (!answer) answer = GetProcAddress( GetModuleHandleW( L"ntdll.dll" ), "wine_get_version" ) ? 1 : 2;
    return answer == 1;
}

/* Answers the number at *text, and moves *text behind the number and the dot that follows. */
static unsigned int next_number( const char **text )
{
    unsigned int number = 0;

    for (; **text >= '0' && **text <= '9'; ( *text )++) number = number * 10 + (unsigned int)( **text - '0' );
    if (**text == '.') ( *text )++;
    return number;
}

bool backend_wine_is_since( unsigned int major, unsigned int minor )
{
    const char *( CDECL * get_version )( void ) =
        (void *)GetProcAddress( GetModuleHandleW( L"ntdll.dll" ), "wine_get_version" );
    const char *version = get_version ? get_version() : "";
    unsigned int its_major = next_number( &version ), its_minor = next_number( &version );

    return its_major > major || ( its_major == major && its_minor >= minor );
}

static bool is_alike( PCWSTR value, PCWSTR name )
{
    return !lstrcmpiW( value, name );
}

/* Sets value to the value of the variable. False means that the variable is not set, or longer than any value that is
 * known. */
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
