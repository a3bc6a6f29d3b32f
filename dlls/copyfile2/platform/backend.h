/* SPDX-License-Identifier: MIT */

/* This file tells which system the process runs on, and which implementation its environment demands. */

#ifndef COPYFILE2_BACKEND_H
#define COPYFILE2_BACKEND_H

#include "platform/nt.h"

enum backend
{
    BACKEND_ANY,    /* the environment demands nothing */
    BACKEND_NT,     /* our engine, by NT's calls alone */
    BACKEND_HOST,   /* our engine with its host half, or nothing */
    BACKEND_SYSTEM, /* the system's own function */
};

/* Reads COPYFILE2_BACKEND; a value that is not known demands nothing. */
enum backend backend_demanded( void );

/* True when COPYFILE2_HOST_PATHS=none, by which the tests imitate a Wine that tells no host paths. */
bool backend_forbids_paths( void );

/* True under Wine, false on Windows. */
bool backend_is_wine( void );

/* True under Wine of this version or a later one. Each call asks the loader. */
bool backend_wine_is_since( unsigned int major, unsigned int minor );

#endif
