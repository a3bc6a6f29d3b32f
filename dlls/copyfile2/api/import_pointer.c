/* SPDX-License-Identifier: MIT */

/* <windows.h> declares CopyFile2 as imported from a DLL, so callers go through a pointer. With the static library no
 * import library defines that pointer, so this file does. */

#ifdef _WIN64
#define IMPORT_POINTER "__imp_CopyFile2"
#else
#define IMPORT_POINTER "__imp__CopyFile2@12"
#endif

long __stdcall CopyFile2( const void *, const void *, void * );

extern void *const import_pointer __asm__( IMPORT_POINTER );
void *const import_pointer = (void *)CopyFile2;
