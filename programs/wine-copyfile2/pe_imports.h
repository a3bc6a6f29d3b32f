/* SPDX-License-Identifier: MIT */

/* This file reads which functions of other DLLs a program asks for. */

#ifndef WINE_COPYFILE2_PE_IMPORTS_H
#define WINE_COPYFILE2_PE_IMPORTS_H

#include "pe_image.h"

/* Is called for each function that is imported by name. */
typedef void ( *pe_imports_visitor )( void *context, const char *dll, const char *function );

/* Visits the imports of an image, ordinary and delayed ones. Answers NULL, or what is wrong with the rest of them. */
const char *pe_imports_visit( const struct pe_image *image, pe_imports_visitor visit, void *context );

#endif
