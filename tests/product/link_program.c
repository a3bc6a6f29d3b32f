/* SPDX-License-Identifier: MIT */

/* This program knows nothing of this project: it has plain <windows.h>, and CopyFile2 as that declares it. */

#include <windows.h>
#include <stdio.h>

int main( void )
{
    HRESULT hr = CopyFile2( L"link-source", L"link-destination", NULL );

    printf( "%08lx\n", (unsigned long)hr );
    return hr != S_OK;
}
