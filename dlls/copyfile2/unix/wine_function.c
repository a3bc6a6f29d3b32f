/* SPDX-License-Identifier: MIT */

/* Wine's ntdll.so has functions for host halves. Which ones there are depends on the version of Wine, so they are
 * looked up by name. */

#include "unix/host.h"

#include <dlfcn.h>

void *host_wine_function( const char *name )
{
    /* the process has ntdll.so under this name already, and never unloads it */
    void *ntdll = dlopen( "ntdll.so", RTLD_LAZY | RTLD_NOLOAD );
    void *function;

    if (!ntdll) return NULL;
    function = dlsym( ntdll, name );
    dlclose( ntdll );
    return function;
}
