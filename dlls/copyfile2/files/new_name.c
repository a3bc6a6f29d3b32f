/* SPDX-License-Identifier: MIT */

/* For a name that is new, Wine searches the whole directory for another spelling, and more than once. So this file asks
 * the host half's index of directories whether the destination's name is new. */

#include "files/new_name.h"
#include "files/nt_path.h"
#include "platform/unix_call.h"

/* A path on a drive begins with \??\X:\ and this is the length of that. */
#define DRIVE_LENGTH 7

static const char *const reasons[] = {
    [HOST_NAME_WHY_ERRNO] = NULL,
    [HOST_NAME_WHY_FOREIGN] = "the file system does not tell its changes",
    [HOST_NAME_WHY_FOLDS] = "the folder itself ignores case",
    [HOST_NAME_WHY_LARGE] = "the folder has too many names",
    [HOST_NAME_WHY_ODD] = "Wine may take this name for another",
    [HOST_NAME_WHY_UNSTEADY] = "the folder changes too fast",
    [HOST_NAME_WHY_WINE] = "this Wine does not tell how it compares names",
};
_Static_assert( ARRAYSIZE( reasons ) == HOST_NAME_WHY_COUNT, "a reason is missing" );

/* True for a path on a drive. Other paths lead to devices, to the network, or to the host's own names. */
static bool is_on_drive( const UNICODE_STRING *path )
{
    PCWSTR name = path->Buffer;

    return path->Length > DRIVE_LENGTH * sizeof( WCHAR ) && name[0] == '\\' && name[1] == '?' && name[2] == '?' &&
           name[3] == '\\' && name[5] == ':' && name[6] == '\\';
}

/* True for one of the host's own names. They have one spelling only, so Wine creates them without a search. */
static bool is_of_host( const UNICODE_STRING *path )
{
    static const WCHAR prefix[] = L"\\??\\unix\\";
    const USHORT size = sizeof( prefix ) - sizeof( WCHAR );
    const UNICODE_STRING wanted = { size, size, (PWSTR)prefix }, start = { size, size, path->Buffer };

    return path->Length > size && !RtlCompareUnicodeString( &start, &wanted, FALSE );
}

static bool refuse( struct trace *trace, const char *why, int32_t err )
{
    trace_not_taken( &trace->index, why, err );
    return false;
}

static bool ask( struct host_name *wanted, UNICODE_STRING *host_path, struct trace *trace )
{
    unix_name( wanted );
    switch (wanted->result)
    {
    case HOST_NAME_NEW:
        trace_taken( &trace->index );
        host_path->Length = (USHORT)( wanted->path_length * sizeof( WCHAR ) );
        return true;
    case HOST_NAME_EXISTS: return false;
    case HOST_NAME_SPELLED_OTHERWISE: return refuse( trace, "the name exists in another spelling", 0 );
    default: return refuse( trace, reasons[wanted->why], wanted->err );
    }
}

bool new_name_place( const UNICODE_STRING *path, struct new_name_place *place, struct host_name *wanted )
{
    UNICODE_STRING folder = *path;
    USHORT before;

    place->why = "the name is neither on a drive nor of the host";
    if (!is_on_drive( path ) && !is_of_host( path )) return false;
    place->why = "Wine leads this folder elsewhere";
    if (unix_may_be_redirected( path )) return false;
    before = (USHORT)nt_path_last_name( path );
    folder.Length = before * sizeof( WCHAR );
    place->size = sizeof( place->directory );
    place->why = "there is no such folder";
    if (!NT_SUCCESS( unix_path( &folder, place->directory, &place->size ) )) return false;

    wanted->directory = (uintptr_t)place->directory;
    wanted->name = (uintptr_t)( path->Buffer + before );
    wanted->length = path->Length / sizeof( WCHAR ) - before;
    return true;
}

bool new_name( const UNICODE_STRING *path, UNICODE_STRING *host_path, struct trace *trace )
{
    struct host_name wanted = { .path = 0 };
    struct new_name_place place;

    if (!unix_is_there()) return false;
    if (!unix_has_paths()) return refuse( trace, "this Wine tells no host paths", 0 );
    if (!is_on_drive( path )) return refuse( trace, "the name is not on a drive", 0 );
    if (!new_name_place( path, &place, &wanted )) return refuse( trace, place.why, 0 );

    wanted.path_room = HOST_PREFIX_LENGTH + place.size + wanted.length + 1;
    host_path->MaximumLength = (USHORT)( wanted.path_room * sizeof( WCHAR ) );
    host_path->Buffer = HeapAlloc( GetProcessHeap(), 0, host_path->MaximumLength );
    if (!host_path->Buffer) return refuse( trace, "there is no memory", 0 );
    wanted.path = (uintptr_t)host_path->Buffer;
    if (ask( &wanted, host_path, trace )) return true;
    new_name_free( host_path );
    return false;
}

void new_name_free( UNICODE_STRING *host_path )
{
    HeapFree( GetProcessHeap(), 0, host_path->Buffer );
}
