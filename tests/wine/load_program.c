/* SPDX-License-Identifier: MIT */

/* Loads copyfile2.dll as often as its argument says, each time for one copy of `source` to `loadedN`, and prints how
 * many copies were good. */

#include <copyfile2.h>
#include <stdio.h>
#include <stdlib.h>

typedef HRESULT( WINAPI *copyfile2_function )( PCWSTR, PCWSTR, COPYFILE2_EXTENDED_PARAMETERS * );

int main( int argc, char **argv )
{
    int loads = argc == 2 ? atoi( argv[1] ) : 0, good = 0;

    for (int i = 0; i < loads; i++)
    {
        HMODULE dll = LoadLibraryW( L"copyfile2.dll" );
        copyfile2_function copy = dll ? (copyfile2_function)(void *)GetProcAddress( dll, "CopyFile2" ) : NULL;
        WCHAR name[MAX_PATH];

        _snwprintf( name, MAX_PATH, L"loaded%d", i );
        good += copy && copy( L"source", name, NULL ) == S_OK;
        FreeLibrary( dll );
        good -= GetModuleHandleW( L"copyfile2.dll" ) != NULL;
    }
    printf( "good %d\n", good );
    return 0;
}
