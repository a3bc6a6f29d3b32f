/* SPDX-License-Identifier: MIT */

/* A program that knows nothing of this project: plain <windows.h>, and CopyFile2 as it declares it. */

#include <windows.h>
#include <stdio.h>

int main( void )
{
    HRESULT hr = CopyFile2( L"link-source", L"link-destination", NULL );

    printf( "%08lx\n", (unsigned long)hr );
    return hr != S_OK;
}
