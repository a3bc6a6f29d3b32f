/* SPDX-License-Identifier: MIT */

/* The system's own functions, and whether one of them serves instead of our engine. */

#ifndef COPYFILE2_SYSTEM_H
#define COPYFILE2_SYSTEM_H

#include "platform/nt.h"
#include <copyfile2.h>

enum system_choice
{
    SYSTEM_ENGINE, /* our engine serves */
    SYSTEM_ITSELF, /* the system's own function serves, where there is one */
    SYSTEM_NOBODY, /* COPYFILE2_BACKEND demands a host half, and there is none */
};

/* Decided at the first call of the process, for the whole family of functions. */
enum system_choice system_choice( void );

typedef HRESULT( WINAPI *system_copyfile2_function )( PCWSTR, PCWSTR, COPYFILE2_EXTENDED_PARAMETERS * );

/* The system's own CopyFile2; NULL where there is none. */
system_copyfile2_function system_copyfile2( void );

/* The system's own function of that name, which ours stands for; NULL where there is none. */
void *system_original( const char *name, const char *kept_name, const void *ours );
#define SYSTEM_ORIGINAL( name ) system_original( #name, "CopyFile2_Original_" #name, CopyFile2_##name )

#endif
