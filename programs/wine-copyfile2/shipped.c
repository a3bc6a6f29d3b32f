/* SPDX-License-Identifier: MIT */

/* This file finds our files for a prefix, which were installed together with this program. An installed tree may be
 * moved, so the search begins beside the program. It ends where the build was told to put them. */

#include "shipped.h"
#include "file.h"
#include "message.h"
#include "pe_image.h"

#include <libgen.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef WINEDLLDIR
#define WINEDLLDIR "/usr/local/lib/wine"
#endif

const char *const shipped_names[SHIPPED_COUNT] = { SHIPPED_DLL, SHIPPED_HELPER, SHIPPED_HOST };

bool shipped_is( const char *name )
{
    for (unsigned int i = 0; i < SHIPPED_COUNT; i++)
        if (!strcmp( name, shipped_names[i] )) return true;
    return false;
}

bool shipped_is_optional( const char *name )
{
    return !strcmp( name, SHIPPED_HOST );
}

static const char *machine_name( uint16_t machine )
{
    switch (machine)
    {
    case PE_MACHINE_X86_64: return "x86_64";
    case PE_MACHINE_I386: return "i386";
    default: return NULL;
    }
}

bool shipped_serves( uint16_t machine )
{
    return machine_name( machine );
}

static char *file_in( const char *folder, uint16_t machine, const char *name )
{
    const char *system = shipped_is_optional( name ) ? "unix" : "windows";

    return text_format( "%s/%s-%s/%s", folder, machine_name( machine ), system, name );
}

static bool holds_a_dll( const char *folder )
{
    char *dll64 = file_in( folder, PE_MACHINE_X86_64, SHIPPED_DLL );
    char *dll32 = file_in( folder, PE_MACHINE_I386, SHIPPED_DLL );
    bool found = file_exists( dll64 ) || file_exists( dll32 );

    free( dll64 );
    free( dll32 );
    return found;
}

char *shipped_folder( void )
{
    char program[PATH_MAX];
    ssize_t length = readlink( "/proc/self/exe", program, sizeof( program ) - 1 );
    char *folder;

    if (length > 0)
    {
        program[length] = 0;
        folder = text_format( "%s/lib/wine", dirname( dirname( program ) ) );
        if (holds_a_dll( folder )) return folder;
        free( folder );
    }
    return text_copy( WINEDLLDIR );
}

char *shipped_file( uint16_t machine, const char *name )
{
    char *folder, *file;

    if (!machine_name( machine )) return NULL;
    folder = shipped_folder();
    file = file_in( folder, machine, name );
    free( folder );
    return file;
}
