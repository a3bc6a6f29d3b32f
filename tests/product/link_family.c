/* SPDX-License-Identifier: MIT */

/* Calls CopyFile2 and two of its family, by whichever names and libraries it is built with. */

#ifdef COPYFILE2_FAMILY
#include <copyfile2.h>
#else
#include <windows.h>
#endif

int main( void )
{
    if (CopyFile2( L"link-source", L"link-destination", NULL ) != S_OK) return 1;
    if (!CopyFileW( L"link-source", L"link-destination", FALSE )) return 2;
    return MoveFileExA( "link-destination", "link-moved", 0 ) ? 0 : 3;
}
