/* SPDX-License-Identifier: MIT */

/* The cases make files, look at them and hold them open by these functions. Names are relative to the case's own
 * folder. */

#ifndef COPYFILE2_TEST_FILES_H
#define COPYFILE2_TEST_FILES_H

#include <copyfile2.h>
#include <stdbool.h>
#include <stdint.h>

#define SHARE_NONE 0
#define SHARE_R    FILE_SHARE_READ
#define SHARE_W    FILE_SHARE_WRITE
#define SHARE_D    FILE_SHARE_DELETE
#define SHARE_ALL  ( SHARE_R | SHARE_W | SHARE_D )

/* These make a file, or replace the one that is there. A file that cannot be made fails the case. */
void file_write( PCWSTR name, const void *data, size_t size );
/* The file gets the text of a string, without its 0. */
#define file_write_text( name, text ) file_write( name, text, sizeof( text ) - 1 )
/* The file gets bytes that differ all over it and with the seed. */
void file_fill( PCWSTR name, uint64_t size, uint32_t seed );
/* The file gets zeros, which take no room where the file system can do so. */
void file_make_sparse( PCWSTR name, uint64_t size );
/* These write over a piece of a file, and compare one. */
void file_patch( PCWSTR name, uint64_t offset, const void *data, DWORD size );
bool file_has( PCWSTR name, uint64_t offset, const void *data, DWORD size );
void file_set_attributes( PCWSTR name, DWORD attributes );
void file_set_times( PCWSTR name, const FILETIME *creation, const FILETIME *write );
/* Answers a moment of that year which is no whole second: its last units of 100 ns are not 0. */
FILETIME file_time( WORD year );

/* Opens a file with CreateFileW, as another program would that holds it. A file that cannot be opened fails the
 * case. */
HANDLE file_hold( PCWSTR name, DWORD access, DWORD share );

bool file_exists( PCWSTR name );
bool file_is( PCWSTR name, const void *data, size_t size );
#define file_is_text( name, text ) file_is( name, text, sizeof( text ) - 1 )
bool file_equal( PCWSTR one, PCWSTR other );
/* Answers -1 when there is no such file. */
int64_t file_size( PCWSTR name );
DWORD file_attributes( PCWSTR name );
WIN32_FILE_ATTRIBUTE_DATA file_information( PCWSTR name );

/* Answers whether the file system of the case's folder keeps HIDDEN and SYSTEM (under Wine: user.* attributes). */
bool file_system_keeps_attributes( void );

#endif
