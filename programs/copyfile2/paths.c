/* SPDX-License-Identifier: MIT */

/* This file turns names as people type them into names as Windows takes them. No other file of the program knows of
 * Wine. */

#include "paths.h"
#include "heap.h"

#include <stdlib.h>
#include <wchar.h>

/* Wine spells a Linux path with this prefix, behind which a name is taken as it is. So case, dots and spaces at the
 * end, names such as NUL, and characters such as ? are kept, at any length. A path with a drive letter loses them. */
#define UNIX_PREFIX L"\\\\?\\unix"

/* Wine's code page of Linux file names, which the headers of Windows do not have. */
#define CP_OF_UNIX 65010

static bool running_under_wine( void )
{
    return GetProcAddress( GetModuleHandleW( L"ntdll.dll" ), "wine_get_version" ) != NULL;
}

static bool is_linux_path( const WCHAR *typed )
{
    return typed[0] == '/' && running_under_wine();
}

static bool is_separator( const WCHAR *typed, size_t at )
{
    if (typed[at] == '/') return true;
    if (is_linux_path( typed )) return false;
    return typed[at] == '\\' || ( typed[at] == ':' && at == 1 );
}

static WCHAR *copy_text( const WCHAR *prefix, const WCHAR *text )
{
    size_t size = wcslen( prefix ) + wcslen( text ) + 1;
    WCHAR *copy = heap_get( size * sizeof( *copy ) );

    swprintf( copy, size, L"%ls%ls", prefix, text );
    return copy;
}

/* Behind the prefix nobody else removes empty components, . and .., so this function does. Like Windows, and unlike
 * Linux, .. removes the name before it without a look at what that is. */
static WCHAR *unix_path( const WCHAR *typed )
{
    WCHAR *path = heap_get( ( wcslen( UNIX_PREFIX ) + wcslen( typed ) + 2 ) * sizeof( *path ) );
    WCHAR *root = wcscpy( path, UNIX_PREFIX ) + wcslen( UNIX_PREFIX ), *end = root;

    while (*typed)
    {
        size_t length;

        while (*typed == '/') typed++;
        length = wcscspn( typed, L"/" );
        if (length == 2 && !wcsncmp( typed, L"..", 2 ))
        {
            while (end > root && *--end != '\\') continue;
        }
        else if (length && !( length == 1 && *typed == '.' ))
        {
            *end++ = '\\';
            end = wmemcpy( end, typed, length ) + length;
        }
        else if (!*typed && end > root) *end++ = '\\';
        typed += length;
    }
    if (end == root) *end++ = '\\';
    *end = 0;
    return path;
}

/* Win32 refuses names of MAX_PATH and more, except with the prefix \\?\. Answers the name with that prefix, for free(),
 * or NULL when the name needs none. */
static WCHAR *long_path( const WCHAR *typed )
{
    DWORD size = GetFullPathNameW( typed, 0, NULL, NULL );
    WCHAR *full, *path;

    if (size <= MAX_PATH || !wcsncmp( typed, L"\\\\?\\", 4 ) || !wcsncmp( typed, L"\\\\.\\", 4 )) return NULL;
    full = heap_get( size * sizeof( *full ) );
    if (!GetFullPathNameW( typed, size, full, NULL )) path = NULL;
    else if (full[0] == '\\' && full[1] == '\\') path = copy_text( L"\\\\?\\UNC\\", full + 2 );
    else path = copy_text( L"\\\\?\\", full );
    free( full );
    return path;
}

WCHAR *path_for_windows( const WCHAR *typed )
{
    WCHAR *path;

    if (is_linux_path( typed )) return unix_path( typed );
    path = long_path( typed );
    return path ? path : copy_text( L"", typed );
}

/* By a drive letter Wine takes two names that differ only by case for one file. Behind a Linux path names are exact, so
 * Wine is asked for the folder's. Answers NULL when there is none, as on Windows; else the path is for free(). */
static WCHAR *linux_path_of( const WCHAR *full )
{
    /* Wine exports this function to programs that know of Wine. */
    char *( CDECL * get_unix_file_name )( LPCWSTR );
    HMODULE kernel32 = GetModuleHandleW( L"kernel32.dll" );
    char *bytes;
    WCHAR *typed, *path;
    int size;

    get_unix_file_name = (void *)GetProcAddress( kernel32, "wine_get_unix_file_name" );
    if (!get_unix_file_name || !( bytes = get_unix_file_name( full ) )) return NULL;
    size = MultiByteToWideChar( CP_OF_UNIX, 0, bytes, -1, NULL, 0 );
    typed = heap_get( ( size + 1 ) * sizeof( *typed ) );
    typed[0] = 0;
    MultiByteToWideChar( CP_OF_UNIX, 0, bytes, -1, typed, size );
    HeapFree( GetProcessHeap(), 0, bytes );
    path = typed[0] == '/' ? unix_path( typed ) : NULL;
    free( typed );
    return path;
}

WCHAR *path_exact( const WCHAR *typed )
{
    WCHAR *path, *full;
    DWORD size;

    if (is_linux_path( typed )) return unix_path( typed );
    size = GetFullPathNameW( typed, 0, NULL, NULL );
    full = heap_get( ( size + 1 ) * sizeof( *full ) );
    if (!GetFullPathNameW( typed, size, full, NULL )) wcscpy( full, L"" );
    if (!full[0] || !wcsncmp( full, L"\\\\?\\", 4 ) || !wcsncmp( full, L"\\\\.\\", 4 ))
        path = path_for_windows( typed );
    else path = linux_path_of( full );
    if (!path && full[0] == '\\' && full[1] == '\\') path = copy_text( L"\\\\?\\UNC\\", full + 2 );
    else if (!path) path = copy_text( L"\\\\?\\", full );
    free( full );
    return path;
}

WCHAR *path_join( const WCHAR *folder, const WCHAR *name )
{
    size_t length = wcslen( folder ), size = length + wcslen( name ) + 2;
    WCHAR *path = heap_get( size * sizeof( *path ) );

    swprintf( path, size, L"%ls%ls%ls", folder, length && folder[length - 1] == '\\' ? L"" : L"\\", name );
    return path;
}

static DWORD attributes_of( const WCHAR *typed )
{
    WCHAR *path = path_for_windows( typed );
    DWORD attributes = GetFileAttributesW( path );

    free( path );
    return attributes;
}

bool path_exists( const WCHAR *typed )
{
    return attributes_of( typed ) != INVALID_FILE_ATTRIBUTES;
}

bool path_is_folder( const WCHAR *typed )
{
    DWORD attributes = attributes_of( typed );

    return attributes != INVALID_FILE_ATTRIBUTES && attributes & FILE_ATTRIBUTE_DIRECTORY;
}

bool path_ends_with_separator( const WCHAR *typed )
{
    size_t length = wcslen( typed );

    return length && is_separator( typed, length - 1 );
}

uint64_t path_file_size( const WCHAR *typed )
{
    WCHAR *path = path_for_windows( typed );
    WIN32_FILE_ATTRIBUTE_DATA data;
    bool found = GetFileAttributesExW( path, GetFileExInfoStandard, &data );

    free( path );
    if (!found || data.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) return 0;
    return (uint64_t)data.nFileSizeHigh << 32 | data.nFileSizeLow;
}

static const WCHAR *last_component( const WCHAR *typed, size_t *length )
{
    size_t end = wcslen( typed ), start;

    while (end && is_separator( typed, end - 1 )) end--;
    for (start = end; start && !is_separator( typed, start - 1 ); start--) continue;
    *length = end - start;
    return typed + start;
}

/* The user shall see the kind of separator that the user typed. Answers an empty text when the folder ends with one. */
static const WCHAR *separator_of( const WCHAR *folder )
{
    size_t length = wcslen( folder );

    if (length && is_separator( folder, length - 1 )) return L"";
    if (is_linux_path( folder )) return L"/";
    if (wcschr( folder, '\\' )) return L"\\";
    return wcschr( folder, '/' ) || running_under_wine() ? L"/" : L"\\";
}

size_t path_head( const WCHAR *typed )
{
    size_t length;

    return last_component( typed, &length ) - typed;
}

WCHAR *path_into( const WCHAR *folder, const WCHAR *source )
{
    size_t length, size;
    const WCHAR *name = last_component( source, &length );
    WCHAR *path;

    /* A copy cannot be named . or .., so the contents of such a source go straight into the folder. */
    if (( length == 1 && name[0] == '.' ) || ( length == 2 && name[0] == '.' && name[1] == '.' )) length = 0;
    if (!length) return copy_text( L"", folder );
    size = wcslen( folder ) + length + 2;
    path = heap_get( size * sizeof( *path ) );
    swprintf( path, size, L"%ls%ls%.*ls", folder, separator_of( folder ), (int)length, name );
    return path;
}

WCHAR *path_exact_in( const WCHAR *folder, const WCHAR *name )
{
    WCHAR *exact = path_exact( folder ), *path = path_join( exact, name + path_head( name ) );

    free( exact );
    return path;
}

unsigned int path_name_hash( const WCHAR *source )
{
    size_t length;
    const WCHAR *name = last_component( source, &length );
    unsigned int hash = 0;

    while (length--) hash = hash * 31 + towupper( *name++ );
    return hash;
}

bool path_collides( const WCHAR *folder, const WCHAR *source, const WCHAR *other )
{
    size_t length, other_length;
    const WCHAR *name = last_component( source, &length ), *other_name = last_component( other, &other_length );

    if (length != other_length) return false;
    if (is_linux_path( folder )) return !wmemcmp( name, other_name, length );
    return CompareStringOrdinal( name, (int)length, other_name, (int)other_length, TRUE ) == CSTR_EQUAL;
}
