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

/* This is CopyFile2, by the name that copyfile2.h makes callers ask for. */
HRESULT WINAPI CopyFile2OfLibcopyfile2( PCWSTR existing, PCWSTR new, COPYFILE2_EXTENDED_PARAMETERS *params );

/* Answers the system's own CopyFile2, or NULL where there is none. */
system_copyfile2_function system_copyfile2( void );

/* One of the system's own functions, in whose place ours is called. The struct is static, so that the function is
 * looked up only once. */
struct system_original
{
    const char *name;
    const char *kept_name; /* its name after wine-copyfile2 --all */
    const void *ours;      /* never the answer */
    volatile LONG is_known;
    void *found;
};
#define SYSTEM_ORIGINAL( function )                                                                                    \
    { .name = #function, .kept_name = "CopyFile2_Original_" #function, .ours = CopyFile2_##function }

/* Answers the function, or NULL where there is none. */
void *system_original( struct system_original *original );

#endif
