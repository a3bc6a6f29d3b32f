/* SPDX-License-Identifier: MIT */

/* Wine's ntdll.so has functions for host halves. They differ from one version of Wine to the next, so they are looked
 * up by name. */

#include "unix/host.h"

#include <dlfcn.h>

void *host_wine_function( const char *name )
{
    /* The process has loaded ntdll.so under this name already, and never unloads it. */
    void *ntdll = dlopen( "ntdll.so", RTLD_LAZY | RTLD_NOLOAD );
    void *function;

    if (!ntdll) return NULL;
    function = dlsym( ntdll, name );
    dlclose( ntdll );
    return function;
}
