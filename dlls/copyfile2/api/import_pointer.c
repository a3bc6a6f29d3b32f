/* SPDX-License-Identifier: MIT */

/* <windows.h> declares CopyFile2 as imported from a DLL, so callers go through a pointer. With the static library no
 * import library defines that pointer. So this file defines it, for both names of the function. */

#ifdef _WIN64
#define IMPORT_POINTER( name ) "__imp_" name
#else
#define IMPORT_POINTER( name ) "__imp__" name "@12"
#endif

long __stdcall CopyFile2( const void *, const void *, void * );
long __stdcall CopyFile2OfLibcopyfile2( const void *, const void *, void * );

extern void *const import_pointer __asm__( IMPORT_POINTER( "CopyFile2" ) );
void *const import_pointer = (void *)CopyFile2;
extern void *const import_pointer_linked __asm__( IMPORT_POINTER( "CopyFile2OfLibcopyfile2" ) );
void *const import_pointer_linked = (void *)CopyFile2OfLibcopyfile2;
