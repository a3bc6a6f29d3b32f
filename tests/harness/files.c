/* SPDX-License-Identifier: MIT */

#include "files.h"
#include "test.h"

#include <stdlib.h>
#include <winioctl.h>

#define BLOCK ( 1024 * 1024 )

static HANDLE create( PCWSTR name )
{
    HANDLE file;

    SetFileAttributesW( name, FILE_ATTRIBUTE_NORMAL );
    file = CreateFileW( name, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL );
    ok( file != INVALID_HANDLE_VALUE, "cannot make %ls: error %lu", name, GetLastError() );
    return file;
}

void file_write( PCWSTR name, const void *data, size_t size )
{
    HANDLE file = create( name );
    DWORD written;

    ok( WriteFile( file, data, (DWORD)size, &written, NULL ) && written == size, "cannot write %ls", name );
    CloseHandle( file );
}

/* By xorshift32 no run of bytes repeats within a file. */
static void scramble( uint32_t *words, size_t count, uint32_t *state )
{
    while (count--)
    {
        *state ^= *state << 13;
        *state ^= *state >> 17;
        *state ^= *state << 5;
        *words++ = *state;
    }
}

void file_fill( PCWSTR name, uint64_t size, uint32_t seed )
{
    uint32_t *block = malloc( BLOCK ), state = seed * 2654435761u | 1;
    HANDLE file = create( name );
    DWORD written;

    while (size)
    {
        DWORD length = size < BLOCK ? (DWORD)size : BLOCK;
        scramble( block, BLOCK / sizeof( *block ), &state );
        if (!ok( WriteFile( file, block, length, &written, NULL ), "cannot fill %ls: %lu", name, GetLastError() ))
            break;
        size -= length;
    }
    CloseHandle( file );
    free( block );
}

static void seek( HANDLE file, uint64_t offset )
{
    LARGE_INTEGER position = { .QuadPart = (LONGLONG)offset };

    ok( SetFilePointerEx( file, position, NULL, FILE_BEGIN ), "cannot seek to %llu: error %lu", offset,
        GetLastError() );
}

void file_make_sparse( PCWSTR name, uint64_t size )
{
    HANDLE file = create( name );
    DWORD got;

    /* NTFS makes a file sparse only when asked to; Wine does not know the request, and does not need it */
    DeviceIoControl( file, FSCTL_SET_SPARSE, NULL, 0, NULL, 0, &got, NULL );
    seek( file, size );
    ok( SetEndOfFile( file ), "cannot make %ls %llu bytes long: error %lu", name, size, GetLastError() );
    CloseHandle( file );
}

void file_patch( PCWSTR name, uint64_t offset, const void *data, DWORD size )
{
    HANDLE file = file_hold( name, GENERIC_WRITE, SHARE_ALL );
    DWORD put = 0;

    seek( file, offset );
    ok( WriteFile( file, data, size, &put, NULL ) && put == size, "cannot write %ls: error %lu", name, GetLastError() );
    CloseHandle( file );
}

bool file_has( PCWSTR name, uint64_t offset, const void *data, DWORD size )
{
    HANDLE file = file_hold( name, GENERIC_READ, SHARE_ALL );
    BYTE *found = malloc( size );
    DWORD got = 0;
    bool equal;

    seek( file, offset );
    equal = ReadFile( file, found, size, &got, NULL ) && got == size && !memcmp( found, data, size );
    CloseHandle( file );
    free( found );
    return equal;
}

void file_set_attributes( PCWSTR name, DWORD attributes )
{
    /* read-only comes last: Wine hides no file that its owner may not write to */
    if (attributes & FILE_ATTRIBUTE_READONLY) SetFileAttributesW( name, attributes & ~FILE_ATTRIBUTE_READONLY );
    ok( SetFileAttributesW( name, attributes ), "cannot set attributes of %ls: error %lu", name, GetLastError() );
}

void file_set_times( PCWSTR name, const FILETIME *creation, const FILETIME *write )
{
    HANDLE file = file_hold( name, FILE_WRITE_ATTRIBUTES, SHARE_ALL );

    ok( SetFileTime( file, creation, NULL, write ), "cannot set times of %ls: error %lu", name, GetLastError() );
    CloseHandle( file );
}

FILETIME file_time( WORD year )
{
    const SYSTEMTIME moment = { .wYear = year, .wMonth = 5, .wDay = 17, .wHour = 11, .wSecond = 59 };
    FILETIME time;

    ok( SystemTimeToFileTime( &moment, &time ), "no year %u", year );
    time.dwLowDateTime |= 7;
    return time;
}

HANDLE file_hold( PCWSTR name, DWORD access, DWORD share )
{
    HANDLE file = CreateFileW( name, access, share, NULL, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL );

    ok( file != INVALID_HANDLE_VALUE, "cannot open %ls: error %lu", name, GetLastError() );
    return file;
}

bool file_exists( PCWSTR name )
{
    return GetFileAttributesW( name ) != INVALID_FILE_ATTRIBUTES;
}

static HANDLE open_to_read( PCWSTR name )
{
    return CreateFileW( name, GENERIC_READ, SHARE_ALL, NULL, OPEN_EXISTING, FILE_FLAG_SEQUENTIAL_SCAN, NULL );
}

bool file_is( PCWSTR name, const void *data, size_t size )
{
    HANDLE file = open_to_read( name );
    BYTE *found = malloc( size + 1 );
    DWORD length = 0;
    bool equal;

    ReadFile( file, found, (DWORD)size + 1, &length, NULL );
    equal = file != INVALID_HANDLE_VALUE && length == size && !memcmp( found, data, size );
    CloseHandle( file );
    free( found );
    return equal;
}

bool file_equal( PCWSTR one, PCWSTR other )
{
    HANDLE a = open_to_read( one ), b = open_to_read( other );
    BYTE *from_a = malloc( BLOCK ), *from_b = malloc( BLOCK );
    DWORD got_a = 0, got_b = 0;
    bool equal;

    do
    {
        equal = ReadFile( a, from_a, BLOCK, &got_a, NULL ) && ReadFile( b, from_b, BLOCK, &got_b, NULL ) &&
                got_a == got_b && !memcmp( from_a, from_b, got_a );
    } while (equal && got_a);
    CloseHandle( a );
    CloseHandle( b );
    free( from_a );
    free( from_b );
    return equal;
}

WIN32_FILE_ATTRIBUTE_DATA file_information( PCWSTR name )
{
    WIN32_FILE_ATTRIBUTE_DATA data = { 0 };

    ok( GetFileAttributesExW( name, GetFileExInfoStandard, &data ), "cannot look at %ls: error %lu", name,
        GetLastError() );
    return data;
}

int64_t file_size( PCWSTR name )
{
    WIN32_FILE_ATTRIBUTE_DATA data;

    if (!GetFileAttributesExW( name, GetFileExInfoStandard, &data )) return -1;
    return (int64_t)data.nFileSizeHigh << 32 | data.nFileSizeLow;
}

DWORD file_attributes( PCWSTR name )
{
    return GetFileAttributesW( name );
}

bool file_system_keeps_attributes( void )
{
    bool kept;

    file_write( L"probe", "", 0 );
    SetFileAttributesW( L"probe", FILE_ATTRIBUTE_HIDDEN );
    kept = GetFileAttributesW( L"probe" ) & FILE_ATTRIBUTE_HIDDEN;
    SetFileAttributesW( L"probe", FILE_ATTRIBUTE_NORMAL );
    DeleteFileW( L"probe" );
    return kept;
}
