/* SPDX-License-Identifier: MIT */

/* From Wine 10.5 on, a Wine server makes sections of kernel32.dll and kernelbase.dll when it starts. An import by name
 * then maps the section instead of the file. So a file that is put into system32 later is not seen until the section
 * has lost its name. Programs that have mapped the section keep it. */

#include "check.h"

#include <winternl.h>

#include <stdio.h>

#ifndef DIRECTORY_QUERY
#define DIRECTORY_QUERY 1
#endif

typedef NTSTATUS( NTAPI *open_function )( HANDLE *object, ACCESS_MASK access, OBJECT_ATTRIBUTES *attributes );
typedef NTSTATUS( NTAPI *make_temporary_function )( HANDLE object );

static const WCHAR *const names[] = {
    L"\\KnownDlls\\kernel32.dll",
    L"\\KnownDlls\\kernelbase.dll",
    L"\\KnownDlls32\\kernel32.dll",
    L"\\KnownDlls32\\kernelbase.dll",
};

/* Answers the object, or NULL when there is none of this name. */
static HANDLE open_object( open_function open, ACCESS_MASK access, const WCHAR *name )
{
    UNICODE_STRING text = { .Buffer = (WCHAR *)name, .Length = (USHORT)( lstrlenW( name ) * sizeof( *name ) ) };
    OBJECT_ATTRIBUTES attributes = { .Length = sizeof( attributes ),
                                     .ObjectName = &text,
                                     .Attributes = OBJ_CASE_INSENSITIVE };
    HANDLE object;

    text.MaximumLength = text.Length;
    return open && open( &object, access, &attributes ) >= 0 ? object : NULL;
}

/* Takes the section's name away. True means that there was such a section. */
static bool drop( open_function open_section, make_temporary_function make_temporary, const WCHAR *name )
{
    HANDLE section = open_object( open_section, DELETE, name );

    if (!section) return false;
    make_temporary( section );
    CloseHandle( section );
    return true;
}

/* True means that this Wine makes such sections. A server whose sections were dropped still has the folder of their
 * names, and the next server fills that again. */
static bool has_folder( open_function open_folder )
{
    HANDLE folder = open_object( open_folder, DIRECTORY_QUERY, L"\\KnownDlls" );

    if (folder) CloseHandle( folder );
    return folder != NULL;
}

/* Windows needs its sections, so they are left alone where ntdll is not Wine's. */
void sections_drop( void )
{
    HMODULE ntdll = GetModuleHandleW( L"ntdll.dll" );
    open_function open_section = (void *)GetProcAddress( ntdll, "NtOpenSection" );
    open_function open_folder = (void *)GetProcAddress( ntdll, "NtOpenDirectoryObject" );
    make_temporary_function make_temporary = (void *)GetProcAddress( ntdll, "NtMakeTemporaryObject" );
    unsigned int count = 0;

    if (GetProcAddress( ntdll, "wine_get_version" ) && open_section && make_temporary)
        for (unsigned int i = 0; i < ARRAYSIZE( names ); i++) count += drop( open_section, make_temporary, names[i] );
    printf( "sections %u\nsections-are-made %s\n", count, has_folder( open_folder ) ? "yes" : "no" );
}
