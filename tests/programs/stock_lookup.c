/* SPDX-License-Identifier: MIT */

/* This is a program as people have it: it finds CopyFile2 with GetProcAddress, and knows nothing of this project.
 *   stock_lookup SOURCE DESTINATION DLL...       exit code 0: found in every DLL, copied, with progress; 3: something
 * was missing */

#include <windows.h>
#include <stdio.h>

typedef HRESULT( WINAPI *copy_function )( PCWSTR, PCWSTR, COPYFILE2_EXTENDED_PARAMETERS * );

static COPYFILE2_MESSAGE_ACTION CALLBACK count( const COPYFILE2_MESSAGE *message, void *context )
{
    (void)message;
    ++*(unsigned int *)context;
    return COPYFILE2_PROGRESS_CONTINUE;
}

static BOOL try_dll( const WCHAR *name, const WCHAR *source, const WCHAR *destination )
{
    COPYFILE2_EXTENDED_PARAMETERS parameters = { .dwSize = sizeof( parameters ) };
    HMODULE dll = LoadLibraryW( name );
    copy_function copy = dll ? (copy_function)(void *)GetProcAddress( dll, "CopyFile2" ) : NULL;
    unsigned int messages = 0;
    HRESULT hr;

    if (!copy)
    {
        printf( "%ls: %s\r\n", name, dll ? "no CopyFile2" : "no such DLL" );
        return FALSE;
    }
    parameters.pProgressRoutine = count;
    parameters.pvCallbackContext = &messages;
    hr = copy( source, destination, &parameters );
    printf( "%ls: %08lx, %u messages\r\n", name, (unsigned long)hr, messages );
    return SUCCEEDED( hr ) && messages;
}

int wmain( int argc, WCHAR **argv )
{
    unsigned int missing = 0;

    if (argc < 4) return 2;
    for (int i = 3; i < argc; i++)
        if (!try_dll( argv[i], argv[1], argv[2] )) missing++;
    return missing ? 3 : 0;
}
