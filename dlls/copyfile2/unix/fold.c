/* SPDX-License-Identifier: MIT */

/* Wine decides which bytes on the disk, and which spellings, are the same name. A table of ours could differ from the
 * one by which Wine searches a directory. So this file asks Wine's own ntdll.so. */

#include "unix/names.h"

#include <stdlib.h>
#include <string.h>

#define LETTERS    65536
#define MOST_BYTES 4 /* no letter takes more */

/* ntdll.so exports these to other host halves since Wine 7.0. Wine 8.0 and 10.0 have them, 64- and 32-bit. */
typedef uint32_t ( *umbstowcs_function )( const char *from, uint32_t size, uint16_t *to, uint32_t room );
typedef int ( *wcstoumbs_function )( const uint16_t *from, uint32_t length, char *to, uint32_t room, int strict );
typedef int ( *wcsnicmp_function )( const uint16_t *one, const uint16_t *other, int length );

/* This is filled once, under the lock of the index. */
static struct
{
    bool is_known;
    umbstowcs_function umbstowcs;
    wcstoumbs_function wcstoumbs;
    uint16_t *upper;
} fold;

/* Answers a table of the upper case of every letter. Wine's wcsnicmp answers the difference of two upper-case letters,
 * so a comparison with 0 gives the upper case itself. NULL means that wcsnicmp answers something else, or that there is
 * no memory. */
static uint16_t *read_upper( wcsnicmp_function wcsnicmp )
{
    static const uint16_t nothing = 0, pair[2] = { 'b', 'A' };
    uint16_t *upper;

    if (wcsnicmp( &pair[0], &nothing, 1 ) != 'B' || wcsnicmp( &pair[0], &pair[1], 1 ) != 1) return NULL;
    upper = malloc( LETTERS * sizeof( *upper ) );
    for (uint32_t i = 0; upper && i < LETTERS; i++)
    {
        uint16_t letter = (uint16_t)i;
        upper[i] = (uint16_t)wcsnicmp( &letter, &nothing, 1 );
    }
    return upper;
}

static void ask_wine( void )
{
    wcsnicmp_function wcsnicmp = (wcsnicmp_function)host_wine_function( "ntdll_wcsnicmp" );

    fold.umbstowcs = (umbstowcs_function)host_wine_function( "ntdll_umbstowcs" );
    fold.wcstoumbs = (wcstoumbs_function)host_wine_function( "ntdll_wcstoumbs" );
    if (fold.umbstowcs && fold.wcstoumbs && wcsnicmp) fold.upper = read_upper( wcsnicmp );
}

bool host_fold_is_known( void )
{
    if (!fold.is_known) ask_wine();
    fold.is_known = true;
    return fold.upper;
}

void host_fold_free( void )
{
    free( fold.upper );
    fold.upper = NULL;
    fold.is_known = false;
}

/* All spellings of a name have the same fold: the FNV-1a hash of their upper-case letters. */
uint64_t host_fold_of( const uint16_t *name, size_t length )
{
    uint64_t hash = 0xcbf29ce484222325u;

    for (size_t i = 0; i < length; i++) hash = ( hash ^ fold.upper[name[i]] ) * 0x100000001b3u;
    return hash ^ hash >> 32;
}

/* Wine 10.19 and later keep a link of their own in a file that has the link's name with a question mark at its end. */
uint64_t host_fold_of_bytes( const char *bytes, size_t size )
{
    uint16_t name[HOST_NAME_BYTES];

    if (size && bytes[size - 1] == '?') size--;
    return host_fold_of( name, fold.umbstowcs( bytes, (uint32_t)size, name, HOST_NAME_BYTES ) );
}

/* ntdll_wcstoumbs silently cuts off what does not fit. So there is room for more bytes than a name may have, and a name
 * that was cut is still too long. */
bool host_fold_to_bytes( const uint16_t *name, size_t length, char *bytes )
{
    char all[HOST_NAME_BYTES + MOST_BYTES];
    int size = fold.wcstoumbs( name, (uint32_t)length, all, sizeof( all ), 1 );

    if (size <= 0 || size > HOST_NAME_BYTES) return false;
    memcpy( bytes, all, (size_t)size );
    bytes[size] = 0;
    return true;
}

size_t host_fold_from_bytes( const char *bytes, uint16_t *name, size_t room )
{
    size_t size = strlen( bytes ), length = fold.umbstowcs( bytes, (uint32_t)size, name, (uint32_t)room );
    char *back = malloc( size + MOST_BYTES );
    bool alike = back && fold.wcstoumbs( name, (uint32_t)length, back, (uint32_t)size + MOST_BYTES, 1 ) == (int)size &&
                 !memcmp( back, bytes, size );

    free( back );
    return alike ? length : 0;
}
