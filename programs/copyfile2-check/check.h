/* SPDX-License-Identifier: MIT */

/* The parts of copyfile2-check.exe. Each prints lines that wine-copyfile2 reads. */

#ifndef COPYFILE2_CHECK_H
#define COPYFILE2_CHECK_H

#include <windows.h>

#include <stdbool.h>

/* Drops Wine's sections of kernel32.dll and kernelbase.dll, and prints how many there were. Does nothing on Windows. */
void sections_drop( void );

/* Prints which DLL has each function that wine-copyfile2 may lead to ours. The answers are those for this process: by
 * its own imports, and by a look-up in kernelbase.dll. */
void origin_print( void );

/* True means that this process has a CopyFile2 that can be called. */
bool origin_has_copyfile2( void );

/* Copies a small file and a large one in the current folder, and prints what came of it. */
void trial_print( void );

#endif
