/* SPDX-License-Identifier: MIT */

/* The system beneath us, and its own CopyFile2. */

#ifndef COPYFILE2_SYSTEM_H
#define COPYFILE2_SYSTEM_H

#include "nt.h"
#include <copyfile2.h>

/* What COPYFILE2_BACKEND demands. */
enum backend
{
    BACKEND_ANY,
    BACKEND_NT,     /* our engine, by NT alone */
    BACKEND_HOST,   /* our engine, with its host half */
    BACKEND_SYSTEM, /* the system's own function */
};
enum backend system_backend( void );

typedef HRESULT( WINAPI *system_function )( PCWSTR, PCWSTR, COPYFILE2_EXTENDED_PARAMETERS * );

/* The function that serves this process instead of our engine; NULL: our engine. */
system_function system_copyfile2( void );

/* Who serves the other functions of the family; the same law. */
enum system_choice
{
    SYSTEM_ENGINE,
    SYSTEM_ITSELF,
    SYSTEM_NOBODY, /* COPYFILE2_BACKEND demands a host half that is not there */
};
enum system_choice system_choice( void );

/* The system's own function of that name, which ours stands for; NULL where there is none. */
void *system_original( const char *name, const char *kept_name, const void *ours );
#define SYSTEM_ORIGINAL( name ) system_original( #name, "CopyFile2_Original_" #name, CopyFile2_##name )

bool system_is_wine( void );

#endif
