/* SPDX-License-Identifier: MIT */

/* The DLL's entry: nothing is set up, nothing is torn down. */

#include <windows.h>

BOOL WINAPI DllMain( HINSTANCE instance, DWORD reason, void *reserved )
{
    (void)reserved;
    if (reason == DLL_PROCESS_ATTACH) DisableThreadLibraryCalls( instance );
    return TRUE;
}
