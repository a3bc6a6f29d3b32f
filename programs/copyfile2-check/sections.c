/* SPDX-License-Identifier: MIT */

/* From Wine 10.5 on, a Wine server makes sections of kernel32.dll and kernelbase.dll when it starts. An import by name
 * then maps the section, and no longer the file. So a file that was put into system32 since is not seen, until the
 * section has no name any more. Programs that have mapped the section keep it. */

#include "check.h"

#include <winternl.h>

#include <stdio.h>

typedef NTSTATUS( NTAPI *open_section_function )( HANDLE *section, ACCESS_MASK access, OBJECT_ATTRIBUTES *attributes );
typedef NTSTATUS( NTAPI *make_temporary_function )( HANDLE object );

static const WCHAR *const names[] = {
    L"\\KnownDlls\\kernel32.dll",
    L"\\KnownDlls\\kernelbase.dll",
    L"\\KnownDlls32\\kernel32.dll",
    L"\\KnownDlls32\\kernelbase.dll",
};

/* True means that there was such a section. */
static bool drop( open_section_function open_section, make_temporary_function make_temporary, const WCHAR *name )
{
    UNICODE_STRING text = { .Buffer = (WCHAR *)name, .Length = (USHORT)( lstrlenW( name ) * sizeof( *name ) ) };
    OBJECT_ATTRIBUTES attributes = { .Length = sizeof( attributes ),
                                     .ObjectName = &text,
                                     .Attributes = OBJ_CASE_INSENSITIVE };
    HANDLE section;

    text.MaximumLength = text.Length;
    if (open_section( &section, DELETE, &attributes ) < 0) return false;
    make_temporary( section );
    CloseHandle( section );
    return true;
}

/* Windows needs its sections, so they are left alone where ntdll is not Wine's. */
void sections_drop( void )
{
    HMODULE ntdll = GetModuleHandleW( L"ntdll.dll" );
    open_section_function open_section = (void *)GetProcAddress( ntdll, "NtOpenSection" );
    make_temporary_function make_temporary = (void *)GetProcAddress( ntdll, "NtMakeTemporaryObject" );
    unsigned int count = 0;

    if (GetProcAddress( ntdll, "wine_get_version" ) && open_section && make_temporary)
        for (unsigned int i = 0; i < ARRAYSIZE( names ); i++) count += drop( open_section, make_temporary, names[i] );
    printf( "sections %u\n", count );
}
