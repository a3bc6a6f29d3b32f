/* SPDX-License-Identifier: MIT */

/* This tells where the program runs, and which implementation is judged. */

#include "conformance.h"

#include <string.h>

static void describe_wine( struct subject *subject, HMODULE ntdll )
{
    const char *( CDECL * version )( void ) = (void *)GetProcAddress( ntdll, "wine_get_version" );
    void( CDECL * host )( const char **, const char ** ) = (void *)GetProcAddress( ntdll, "wine_get_host_version" );
    const char *name = "", *release = "";

    if (host) host( &name, &release );
    snprintf( subject->system, sizeof( subject->system ), "Wine %s on %s", version(), name );
}

/* GetVersion tells a program without a manifest what it wants to hear, and RtlGetVersion the truth. */
static void describe_windows( struct subject *subject, HMODULE ntdll )
{
    LONG( WINAPI * get_version )( RTL_OSVERSIONINFOW * ) = (void *)GetProcAddress( ntdll, "RtlGetVersion" );
    RTL_OSVERSIONINFOW version = { sizeof( version ) };
    DWORD revision = 0, size = sizeof( revision );

    if (get_version) get_version( &version );
    RegGetValueW( HKEY_LOCAL_MACHINE, L"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion", L"UBR", RRF_RT_REG_DWORD,
                  NULL, &revision, &size );
    snprintf( subject->system, sizeof( subject->system ), "Windows %lu.%lu.%lu.%lu", version.dwMajorVersion,
              version.dwMinorVersion, version.dwBuildNumber, revision );
}

void system_describe( struct subject *subject )
{
    HMODULE ntdll = GetModuleHandleA( "ntdll.dll" );
    WCHAR temp[MAX_PATH], root[MAX_PATH], name[32] = L"";

    subject->bits = 8 * sizeof( void * );
    if (running_under_wine()) describe_wine( subject, ntdll );
    else describe_windows( subject, ntdll );
    GetTempPathW( ARRAY_SIZE( temp ), temp );
    if (GetVolumePathNameW( temp, root, ARRAY_SIZE( root ) ))
        GetVolumeInformationW( root, NULL, 0, NULL, NULL, NULL, name, ARRAY_SIZE( name ) );
    snprintf( subject->file_system, sizeof( subject->file_system ), "%ls", name );
}

int describe_dll( void )
{
    if (!test_load()) return 1;
    printf( "engine %s\n", engine_is_ours() ? "ours" : "other" );
    if (host_half_is_absent()) printf( "host half absent\n" );
    printf( "function %s\n", copyfile2 ? "there" : "absent" );
    return 0;
}
