/* SPDX-License-Identifier: MIT */

/* Wine 10.14 removed the function by which a program gets the host's path of a file. Since 10.13 Wine's ntdll.so has
 * another function for host halves, which this file calls. */

#include "unix/host.h"

#include <stdlib.h>
#include <string.h>

#define NOT_HELD         ( (int32_t)0xc0000061 ) /* STATUS_PRIVILEGE_NOT_HELD */
#define NO_MEMORY        ( (int32_t)0xc0000017 )
#define BUFFER_TOO_SMALL ( (int32_t)0xc0000023 )
#define NO_SUCH_FILE     ( (int32_t)0xc000000f )

/* The path is allocated, and the caller frees it. */
typedef int32_t ( *path_function )( const uint16_t *name, char **path, uint32_t disposition );

static path_function get_path;

bool host_path_is_known( void )
{
    get_path = (path_function)host_wine_function( "ntdll_get_unix_file_name" );
    return get_path;
}

/* Wine's function first changes the name as it does with DOS names. A slash becomes a backslash, and dots and blanks at
 * an end are removed. NtCreateFile does none of this. So a name that could be changed is refused. */
static bool stays_as_it_is( const uint16_t *name, size_t length )
{
    for (size_t i = 0; i < length; i++)
    {
        bool ends = i + 1 == length || name[i + 1] == '\\';

        if (!name[i] || name[i] == '/') return false;
        if (ends && ( name[i] == '.' || name[i] == ' ' )) return false;
        if (ends && i > 0 && i + 1 < length && name[i] == '\\') return false;
    }
    return length;
}

static int32_t put( struct host_path *wanted, const char *path )
{
    wanted->size = (uint32_t)strlen( path ) + 1;
    if (wanted->size > wanted->room) return BUFFER_TOO_SMALL;
    memcpy( (char *)(uintptr_t)wanted->path, path, wanted->size );
    return 0;
}

static int32_t find( struct host_path *wanted )
{
    const uint16_t *name = (const uint16_t *)(uintptr_t)wanted->name;
    uint16_t *copy;
    char *path = NULL;
    int32_t status, put_status;

    if (!get_path || !stays_as_it_is( name, wanted->length )) return NOT_HELD;
    copy = calloc( wanted->length + 1, sizeof( *copy ) );
    if (!copy) return NO_MEMORY;
    memcpy( copy, name, wanted->length * sizeof( *copy ) );
    status = get_path( copy, &path, wanted->disposition );
    free( copy );
    if (status && status != NO_SUCH_FILE) return status;
    put_status = put( wanted, path );
    free( path );
    return put_status ? put_status : status;
}

void host_path( struct host_path *wanted )
{
    wanted->status = find( wanted );
}
