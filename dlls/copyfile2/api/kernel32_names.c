/* SPDX-License-Identifier: MIT */

/* Some programs must use our functions without a change of their sources. So libcopyfile2_all.a makes the names that
 * <windows.h> declares lead to our functions. A call through a dllimport declaration uses the pointer, and any other
 * call the jump. Only on i386 does a function's name begin with an underscore, and end with the size of its arguments
 * in bytes. */

#ifdef __i386__
#define SYMBOL( name, bytes )  "_" #name "@" #bytes
#define POINTER( name, bytes ) "__imp__" #name "@" #bytes
#else
#define SYMBOL( name, bytes )  #name
#define POINTER( name, bytes ) "__imp_" #name
#endif

#ifdef _WIN64
#define WORD ".quad"
#else
#define WORD ".long"
#endif

/* A compiler for ARM64EC also defines the macros of x86_64, so those of ARM are asked for. */
#if defined( __aarch64__ ) || defined( __arm64ec__ ) || defined( __arm__ )
#define JUMP "b"
#else
#define JUMP "jmp"
#endif

#define ORIGINAL( name, bytes )                                                                                        \
    __asm__( ".globl " SYMBOL( name, bytes ) ", " POINTER(                                                             \
        name, bytes ) "\n"                                                                                             \
                      ".text\n" SYMBOL( name, bytes ) ":\n\t" JUMP " " SYMBOL(                                         \
                          CopyFile2_##name, bytes ) "\n"                                                               \
                                                    ".section .rdata,\"dr\"\n\t.balign 8\n" POINTER(                   \
                                                        name, bytes ) ":\n\t" WORD " " SYMBOL( CopyFile2_##name,       \
                                                                                               bytes ) "\n\t.text\n" )

ORIGINAL( CopyFileA, 12 );
ORIGINAL( CopyFileExA, 24 );
ORIGINAL( CopyFileExW, 24 );
ORIGINAL( CopyFileW, 12 );
ORIGINAL( MoveFileA, 8 );
ORIGINAL( MoveFileExA, 12 );
ORIGINAL( MoveFileExW, 12 );
ORIGINAL( MoveFileW, 8 );
ORIGINAL( MoveFileWithProgressA, 20 );
ORIGINAL( MoveFileWithProgressW, 20 );
