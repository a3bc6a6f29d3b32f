/* SPDX-License-Identifier: MIT */

/* Some sources are not to be changed, so libcopyfile2_all.a makes the names that <windows.h> knows lead to our
 * functions. A call through a dllimport declaration goes by the pointer, and any other call by the jump. On i386 the
 * name of a function ends with the bytes of its arguments. */

#ifdef _WIN64
#define SYMBOL( name, bytes )  #name
#define POINTER( name, bytes ) "__imp_" #name
#define WORD                   ".quad"
#else
#define SYMBOL( name, bytes )  "_" #name "@" #bytes
#define POINTER( name, bytes ) "__imp__" #name "@" #bytes
#define WORD                   ".long"
#endif

#define ORIGINAL( name, bytes )                                                                                        \
    __asm__( ".globl " SYMBOL( name, bytes ) ", " POINTER(                                                             \
        name, bytes ) "\n"                                                                                             \
                      ".text\n" SYMBOL( name, bytes ) ":\n\tjmp " SYMBOL(                                              \
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
