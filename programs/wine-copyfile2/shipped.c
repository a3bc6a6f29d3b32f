/* SPDX-License-Identifier: MIT */

/* This file finds the copyfile2.dll that was installed together with this program. An installed tree may be moved, so
 * the search begins beside the program. It ends where the build was told to put the DLL. */

#include "shipped.h"
#include "file.h"
#include "message.h"
#include "pe_image.h"

#include <libgen.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#ifndef WINEDLLDIR
#define WINEDLLDIR "/usr/local/lib/wine"
#endif

static const char *machine_folder( uint16_t machine )
{
    switch (machine)
    {
    case PE_MACHINE_X86_64: return "x86_64-windows";
    case PE_MACHINE_I386: return "i386-windows";
    default: return NULL;
    }
}

static char *dll_in( const char *folder, uint16_t machine )
{
    return text_format( "%s/%s/copyfile2.dll", folder, machine_folder( machine ) );
}

static bool holds_a_dll( const char *folder )
{
    char *dll64 = dll_in( folder, PE_MACHINE_X86_64 ), *dll32 = dll_in( folder, PE_MACHINE_I386 );
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

char *shipped_dll( uint16_t machine )
{
    char *folder, *dll;

    if (!machine_folder( machine )) return NULL;
    folder = shipped_folder();
    dll = dll_in( folder, machine );
    free( folder );
    return dll;
}
