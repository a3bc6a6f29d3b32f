/* SPDX-License-Identifier: MIT */

/* This file finds the system's own functions, and decides whether they serve instead of our engine. */

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

/* Answers who serves the whole family of functions. The first call of the process decides it. */
enum system_choice system_choice( void );

typedef HRESULT( WINAPI *system_copyfile2_function )( PCWSTR, PCWSTR, COPYFILE2_EXTENDED_PARAMETERS * );

/* Answers the system's own CopyFile2, or NULL where there is none. */
system_copyfile2_function system_copyfile2( void );

/* Answers the system's own function of that name, or NULL where there is none. kept_name is its name after
 * wine-copyfile2 --all, and ours is our function, which is never the answer. */
void *system_original( const char *name, const char *kept_name, const void *ours );
#define SYSTEM_ORIGINAL( name ) system_original( #name, "CopyFile2_Original_" #name, CopyFile2_##name )

#endif
