/* SPDX-License-Identifier: MIT */

/* The same DLL has to run on Windows, so no function of Wine is imported. The host half is found at run time, by
 * functions that Wine's ntdll exports. */

#include "platform/unix_call.h"
#include "platform/backend.h"

/* Windows does not know these information classes. Wine 7.0 and later know the first one, and 11.2 and later both. */
#define MemoryWineLoadUnixLib       1000
#define MemoryWineLoadUnixLibByName 1002

/* The NT path of copyfile2.so is only used when it has fewer WCHARs than this, which fit on the stack. Where it is
 * longer, no host half beside the module is found. */
#define HOST_LIBRARY_ROOM 1024

typedef NTSTATUS( WINAPI *unix_dispatcher )( UINT64 library, unsigned int call, void *params );
/* In the 32-bit Wine 8.0 this function is stdcall, and the next one is cdecl. */
typedef NTSTATUS( WINAPI *nt_to_unix_name )( const OBJECT_ATTRIBUTES *attributes, char *name, ULONG *size,
                                             UINT disposition );
typedef NTSTATUS( CDECL *handle_to_fd )( HANDLE handle, unsigned int access, int *fd, unsigned int *options );

static struct
{
    volatile LONG is_known;
    const char *absence; /* why there is no host half; NULL when there is one */
    UINT64 library;
    unix_dispatcher dispatcher;
    handle_to_fd handle_to_fd;
    nt_to_unix_name nt_to_unix_name; /* NULL when this Wine has no such function */
    bool host_tells_paths;           /* the host half is asked instead */
} host;

extern IMAGE_DOS_HEADER __ImageBase;

static NTSTATUS call_host( enum host_call call, void *params )
{
    return host.dispatcher( host.library, call, params );
}

/* Wine answers with the table of the .so that it has loaded together with this module. True means that there is one. */
static bool load_with_module( void )
{
    return NT_SUCCESS( NtQueryVirtualMemory( GetCurrentProcess(), &__ImageBase, MemoryWineLoadUnixLib, &host.library,
                                             sizeof( host.library ), NULL ) );
}

/* Sets path and name to the NT path of copyfile2.so in the folder of this module. False means that the path is unknown
 * or too long. */
static bool path_beside( PWSTR path, UNICODE_STRING *name )
{
    static const WCHAR prefix[] = L"\\??\\", file[] = L"copyfile2.so";
    const DWORD before = ARRAYSIZE( prefix ) - 1, room = HOST_LIBRARY_ROOM - before - ARRAYSIZE( file );
    DWORD length = GetModuleFileNameW( (HMODULE)&__ImageBase, path + before, room );

    if (!length || length >= room) return false;
    memcpy( path, prefix, before * sizeof( WCHAR ) );
    length += before;
    while (length > before && path[length - 1] != '\\') length--;
    memcpy( path + length, file, sizeof( file ) );
    name->Buffer = path;
    name->Length = (USHORT)( ( length + ARRAYSIZE( file ) - 1 ) * sizeof( WCHAR ) );
    name->MaximumLength = name->Length + sizeof( WCHAR );
    return true;
}

/* Wine 11.2 and later load the .so that lies beside this module, even when the module is none of Wine's own. An older
 * Wine is not even asked, because it would complain on standard error. */
static bool load_beside( void )
{
    UINT64 answer[2] = { 0, 0 }; /* a handle, and the table */
    WCHAR path[HOST_LIBRARY_ROOM];
    UNICODE_STRING name;

    if (!backend_wine_is_since( 11, 2 ) || !path_beside( path, &name ) ||
        !NT_SUCCESS( NtQueryVirtualMemory( GetCurrentProcess(), &name, MemoryWineLoadUnixLibByName, answer,
                                           sizeof( answer ), NULL ) ))
        return false;
    host.library = answer[1];
    return answer[1];
}

/* Finds the host half, and answers why there is none, or NULL. */
static const char *find( void )
{
    HMODULE ntdll = GetModuleHandleW( L"ntdll.dll" );
    unix_dispatcher *dispatcher = (void *)GetProcAddress( ntdll, "__wine_unix_call_dispatcher" );
    struct host_hello hello = { .build = HOST_BUILD, .calls = HOST_CALL_COUNT };

    if (backend_demanded() == BACKEND_NT) return "switched off by COPYFILE2_BACKEND";
    host.handle_to_fd = (void *)GetProcAddress( ntdll, "wine_server_handle_to_fd" );
    if (!dispatcher || !host.handle_to_fd) return "this is no Wine with host halves";
    host.dispatcher = *dispatcher;
    if (!load_with_module() && !load_beside()) return "no copyfile2.so beside this copyfile2.dll in WINEDLLPATH";
    if (!NT_SUCCESS( call_host( HOST_CALL_HELLO, &hello ) )) return "copyfile2.so is of another build";
    if (backend_forbids_paths()) return NULL;
    host.nt_to_unix_name = (void *)GetProcAddress( ntdll, "wine_nt_to_unix_file_name" );
    host.host_tells_paths = hello.has_paths;
    return NULL;
}

const char *unix_absence( void )
{
    if (!host.is_known)
    {
        /* Two threads that come here at once find the same, so no lock is needed. */
        host.absence = find();
        MemoryBarrier();
        host.is_known = TRUE;
    }
    return host.absence;
}

bool unix_is_there( void )
{
    return !unix_absence();
}

bool unix_has_paths( void )
{
    return unix_is_there() && ( host.nt_to_unix_name || host.host_tells_paths );
}

/* Sets the descriptors of the two handles. Wine makes them as duplicates of the handles as they are now, and the host
 * half closes them. */
static NTSTATUS get_fds( HANDLE source, HANDLE destination, int32_t *source_fd, int32_t *destination_fd )
{
    NTSTATUS status = host.handle_to_fd( source, FILE_READ_DATA, source_fd, NULL );
    struct host_close close;

    if (!NT_SUCCESS( status )) return status;
    status = host.handle_to_fd( destination, FILE_WRITE_DATA, destination_fd, NULL );
    if (NT_SUCCESS( status )) return status;

    close.file = *source_fd;
    call_host( HOST_CALL_CLOSE, &close );
    return status;
}

NTSTATUS unix_move( enum host_call call, HANDLE source, HANDLE destination, struct host_move *move )
{
    NTSTATUS status = get_fds( source, destination, &move->source, &move->destination );

    return NT_SUCCESS( status ) ? call_host( call, move ) : status;
}

void unix_ahead_end( uint64_t ahead )
{
    struct host_ahead wanted = { .ahead = ahead };

    call_host( HOST_CALL_AHEAD_END, &wanted );
}

NTSTATUS unix_small( HANDLE source, HANDLE destination, struct host_small *small )
{
    NTSTATUS status = get_fds( source, destination, &small->move.source, &small->move.destination );

    return NT_SUCCESS( status ) ? call_host( HOST_CALL_SMALL, small ) : status;
}

NTSTATUS unix_reserve( HANDLE source, HANDLE destination, struct host_reserve *reserve )
{
    NTSTATUS status = get_fds( source, destination, &reserve->source, &reserve->destination );

    return NT_SUCCESS( status ) ? call_host( HOST_CALL_RESERVE, reserve ) : status;
}

NTSTATUS unix_metadata( HANDLE source, HANDLE destination, struct host_metadata *metadata )
{
    NTSTATUS status = get_fds( source, destination, &metadata->source, &metadata->destination );

    return NT_SUCCESS( status ) ? call_host( HOST_CALL_METADATA, metadata ) : status;
}

static bool begins_with( const UNICODE_STRING *path, PCWSTR wanted )
{
    const USHORT length = (USHORT)( lstrlenW( wanted ) * sizeof( WCHAR ) );
    const UNICODE_STRING name = { length, length, (PWSTR)wanted }, start = { length, length, path->Buffer };

    return path->Length >= length && !RtlCompareUnicodeString( &start, &name, TRUE );
}

/* Windows and Wine lead 32-bit programs from System32, Sysnative, regedit.exe, and lastgood\System32 to other files.
 * They make exceptions, and only they know which. So every path that begins like one of these counts. */
bool unix_may_be_redirected( const UNICODE_STRING *nt_path )
{
    static const PCWSTR starts[] = { L"\\??\\C:\\windows\\sys", L"\\??\\C:\\windows\\regedit",
                                     L"\\??\\C:\\windows\\lastgood" };

    for (size_t i = 0; i < ARRAYSIZE( starts ) && sizeof( void * ) == 4; i++)
        if (begins_with( nt_path, starts[i] )) return true;
    return false;
}

/* The host half knows nothing of redirections, and answers the path to which a 64-bit program would be led. */
static NTSTATUS ask_for_path( const UNICODE_STRING *name, char *path, ULONG *size, UINT disposition )
{
    struct host_path wanted = { .name = (uintptr_t)name->Buffer,
                                .path = (uintptr_t)path,
                                .length = name->Length / sizeof( WCHAR ),
                                .room = *size,
                                .disposition = disposition };

    if (unix_may_be_redirected( name )) return STATUS_PRIVILEGE_NOT_HELD;
    call_host( HOST_CALL_PATH, &wanted );
    *size = wanted.size;
    return wanted.status;
}

static NTSTATUS look_up( const UNICODE_STRING *name, char *path, ULONG *size, UINT disposition )
{
    OBJECT_ATTRIBUTES object;

    if (!unix_has_paths()) return STATUS_PRIVILEGE_NOT_HELD;
    if (!host.nt_to_unix_name) return ask_for_path( name, path, size, disposition );
    InitializeObjectAttributes( &object, (UNICODE_STRING *)name, OBJ_CASE_INSENSITIVE, NULL, NULL );
    return host.nt_to_unix_name( &object, path, size, disposition );
}

NTSTATUS unix_path( const UNICODE_STRING *nt_path, char *path, ULONG *size )
{
    return look_up( nt_path, path, size, FILE_OPEN );
}

void unix_name( struct host_name *wanted )
{
    call_host( HOST_CALL_NAME, wanted );
}

/* Sets *path to the path at which Wine finds the file, or would create it. The last name may be a link, and is not
 * resolved. The caller frees the path, which is NULL after a failure. */
static NTSTATUS get_path( const UNICODE_STRING *name, char **path )
{
    ULONG size = 4 * ( name->Length / sizeof( WCHAR ) ) + MAX_PATH;
    NTSTATUS status;

    for (;;)
    {
        *path = HeapAlloc( GetProcessHeap(), 0, size );
        if (!*path) return STATUS_NO_MEMORY;
        status = look_up( name, *path, &size, FILE_OPEN_IF );
        /* STATUS_NO_SUCH_FILE means that the file is not there, but that *path is where it would be. */
        if (NT_SUCCESS( status ) || status == STATUS_NO_SUCH_FILE) return STATUS_SUCCESS;
        HeapFree( GetProcessHeap(), 0, *path );
        *path = NULL;
        if (status != STATUS_BUFFER_TOO_SMALL) return status;
        size *= 2;
    }
}

NTSTATUS unix_streams( const UNICODE_STRING *name, HANDLE file, struct host_streams *streams )
{
    char *path;
    NTSTATUS status = host.handle_to_fd( file, 0, &streams->file, NULL );

    if (!NT_SUCCESS( status )) return status;
    /* When Wine cannot find the name, the path stays NULL, which means that it is not known. */
    get_path( name, &path );
    streams->path = (uintptr_t)path;
    status = call_host( HOST_CALL_STREAMS, streams );
    if (path) HeapFree( GetProcessHeap(), 0, path );
    return status;
}

NTSTATUS unix_small_look( const UNICODE_STRING *name, char **path, struct host_small_look *look )
{
    NTSTATUS status = get_path( name, path );

    if (!NT_SUCCESS( status )) return status;
    look->path = (uintptr_t)*path;
    return unix_may_be_redirected( name ) ? STATUS_NOT_SUPPORTED : call_host( HOST_CALL_SMALL_LOOK, look );
}

void unix_small_by_path( const char *path, struct host_small_by_path *small )
{
    small->source.path = (uintptr_t)path;
    call_host( HOST_CALL_SMALL_BY_PATH, small );
}

NTSTATUS unix_attribute_copy( HANDLE source, HANDLE destination, struct host_attribute_copy *copy )
{
    NTSTATUS status = get_fds( source, destination, &copy->source, &copy->destination );

    return NT_SUCCESS( status ) ? call_host( HOST_CALL_ATTRIBUTE_COPY, copy ) : status;
}

static NTSTATUS call_link( enum host_call call, const UNICODE_STRING *name, const UNICODE_STRING *destination,
                           struct host_link *link )
{
    char *path = NULL, *destination_path = NULL;
    NTSTATUS status = get_path( name, &path );

    if (NT_SUCCESS( status ) && destination) status = get_path( destination, &destination_path );
    if (NT_SUCCESS( status ))
    {
        link->path = (uintptr_t)path;
        link->destination = (uintptr_t)destination_path;
        status = call_host( call, link );
        if (NT_SUCCESS( status )) status = link->status;
    }
    if (path) HeapFree( GetProcessHeap(), 0, path );
    if (destination_path) HeapFree( GetProcessHeap(), 0, destination_path );
    return status;
}

NTSTATUS unix_link_look( const UNICODE_STRING *name, enum host_kind *kind )
{
    struct host_link link = { .kind = HOST_KIND_OTHER };
    NTSTATUS status = call_link( HOST_CALL_LINK_LOOK, name, NULL, &link );

    *kind = link.kind;
    return status;
}

NTSTATUS unix_link_copy( const UNICODE_STRING *name, const UNICODE_STRING *destination, uint32_t flags )
{
    struct host_link link = { .flags = flags };

    return call_link( HOST_CALL_LINK_COPY, name, destination, &link );
}

NTSTATUS unix_link_remove( const UNICODE_STRING *name )
{
    struct host_link link = { 0 };

    return call_link( HOST_CALL_LINK_REMOVE, name, NULL, &link );
}

NTSTATUS unix_link_compare( const UNICODE_STRING *name, HANDLE file )
{
    struct host_link link = { .kind = HOST_KIND_OTHER };
    struct host_close close;
    NTSTATUS status = host.handle_to_fd( file, 0, &link.file, NULL );

    if (!NT_SUCCESS( status )) return status;
    close.file = link.file;
    status = call_link( HOST_CALL_LINK_COMPARE, name, NULL, &link );
    /* Without a path no call was made, and so the host half has not closed the descriptor. */
    if (!link.path) call_host( HOST_CALL_CLOSE, &close );
    return status;
}

void unix_errno_name( int32_t err, char *name, uint32_t size )
{
    struct host_errno_name wanted = { .name = (uintptr_t)name, .size = size, .err = err };

    name[0] = 0;
    if (unix_is_there()) call_host( HOST_CALL_ERRNO_NAME, &wanted );
}
