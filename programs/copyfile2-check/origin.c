/* SPDX-License-Identifier: MIT */

/* This file tells whose function a program gets. The address of the function lies in some DLL, and the name of that DLL
 * is the answer. */

#include "check.h"

#include <stdio.h>
#include <string.h>

/* Prints the name of the DLL in which the address lies. For a function that Wine does not have, it gives a program an
 * address outside of all DLLs. */
static void print( const char *how, const char *function, const void *address )
{
    HMODULE module;
    char path[MAX_PATH];
    const char *name = "none";

    if (address &&
        GetModuleHandleExA( GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                            address, &module ) &&
        GetModuleFileNameA( module, path, sizeof( path ) ))
        name = strrchr( path, '\\' ) ? strrchr( path, '\\' ) + 1 : path;
    printf( "origin %s %s %s\n", how, function, name );
}

bool origin_has_copyfile2( void )
{
    HMODULE module;

    return GetModuleHandleExA( GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                               (const char *)(ULONG_PTR)CopyFile2, &module );
}

void origin_print( void )
{
    HMODULE kernelbase = GetModuleHandleW( L"kernelbase.dll" );

    print( "import", "CopyFile2", (void *)(ULONG_PTR)CopyFile2 );
    print( "import", "CopyFileExW", (void *)(ULONG_PTR)CopyFileExW );
    print( "kernelbase", "CopyFile2", (void *)(ULONG_PTR)GetProcAddress( kernelbase, "CopyFile2" ) );
    print( "kernelbase", "CopyFileExW", (void *)(ULONG_PTR)GetProcAddress( kernelbase, "CopyFileExW" ) );
}
