/* SPDX-License-Identifier: MIT */

/* The DLL has nothing to set up or tear down, so its entry only says that it need not hear of threads. */

#include <windows.h>

BOOL WINAPI DllMain( HINSTANCE instance, DWORD reason, void *reserved )
{
    (void)reserved;
    if (reason == DLL_PROCESS_ATTACH) DisableThreadLibraryCalls( instance );
    return TRUE;
}
