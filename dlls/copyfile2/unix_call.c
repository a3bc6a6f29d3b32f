/* SPDX-License-Identifier: MIT */

/* Finds the host half at run time, by what Wine's ntdll exports: nothing is imported, so that the same DLL runs on Windows. */

#include "unix_call.h"
#include "system.h"

/* Wine 7.0 and later. Windows has no such information class. */
#define MemoryWineUnixFuncs 1000

typedef NTSTATUS( WINAPI *unix_dispatcher )( UINT64 library, unsigned int call, void *params );
/* Wine 7.0 and later. */
typedef NTSTATUS( WINAPI *nt_to_unix_name )( const OBJECT_ATTRIBUTES *attributes, char *name, ULONG *size,
                                             unsigned int disposition );
typedef NTSTATUS( CDECL *handle_to_fd )( HANDLE handle, unsigned int access, int *fd, unsigned int *options );

static struct
{
    volatile LONG is_known;
    const char *absence; /* NULL: it is there */
    UINT64 library;
    unix_dispatcher dispatcher;
    handle_to_fd handle_to_fd;
    nt_to_unix_name nt_to_unix_name; /* NULL: this Wine has none */
} host;

extern IMAGE_DOS_HEADER __ImageBase;

static NTSTATUS call_host( enum host_call call, void *params )
{
    return host.dispatcher( host.library, call, params );
}

/* Wine answers with the table of the .so that it loaded with this very module. */
static const char *find( void )
{
    HMODULE ntdll = GetModuleHandleW( L"ntdll.dll" );
    unix_dispatcher *dispatcher = (void *)GetProcAddress( ntdll, "__wine_unix_call_dispatcher" );
    struct host_hello hello = { .build = HOST_BUILD, .calls = HOST_CALL_COUNT };
    UINT64 library;

    if (system_backend() == BACKEND_NT) return "switched off";
    host.handle_to_fd = (void *)GetProcAddress( ntdll, "wine_server_handle_to_fd" );
    host.nt_to_unix_name = (void *)GetProcAddress( ntdll, "wine_nt_to_unix_file_name" );
    if (!dispatcher || !host.handle_to_fd) return "no Wine with host halves";
    if (!NT_SUCCESS( NtQueryVirtualMemory( GetCurrentProcess(), &__ImageBase, MemoryWineUnixFuncs, &library, sizeof( library ),
                                           NULL ) ))
        return "no copyfile2.so beside this copyfile2.dll in WINEDLLPATH";
    host.library = library;
    host.dispatcher = *dispatcher;
    if (!NT_SUCCESS( call_host( HOST_CALL_HELLO, &hello ) )) return "copyfile2.so is of another build";
    return NULL;
}

const char *host_absence( void )
{
    if (!host.is_known)
    {
        /* two threads that come here at once find the same */
        host.absence = find();
        MemoryBarrier();
        host.is_known = TRUE;
    }
    return host.absence;
}

bool host_is_there( void )
{
    return !host_absence();
}

/* Of the handles as they are now, duplicated by Wine. The host half closes them. */
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

NTSTATUS host_call_move( enum host_call call, HANDLE source, HANDLE destination, struct host_move *move )
{
    NTSTATUS status = get_fds( source, destination, &move->source, &move->destination );

    return NT_SUCCESS( status ) ? call_host( call, move ) : status;
}

NTSTATUS host_call_small( HANDLE source, HANDLE destination, struct host_small *small )
{
    NTSTATUS status = get_fds( source, destination, &small->move.source, &small->move.destination );

    return NT_SUCCESS( status ) ? call_host( HOST_CALL_SMALL, small ) : status;
}

NTSTATUS host_call_reserve( HANDLE source, HANDLE destination, uint64_t size, uint32_t flags, NTSTATUS *result )
{
    struct host_reserve reserve = { .size = size, .flags = flags };
    NTSTATUS status = get_fds( source, destination, &reserve.source, &reserve.destination );

    if (NT_SUCCESS( status )) status = call_host( HOST_CALL_RESERVE, &reserve );
    *result = reserve.status;
    return status;
}

NTSTATUS host_call_metadata( HANDLE source, HANDLE destination, uint64_t last_write_time, uint32_t flags )
{
    struct host_metadata metadata = { .last_write_time = last_write_time, .flags = flags };
    NTSTATUS status = get_fds( source, destination, &metadata.source, &metadata.destination );

    return NT_SUCCESS( status ) ? call_host( HOST_CALL_METADATA, &metadata ) : status;
}

NTSTATUS host_path_of( const UNICODE_STRING *nt_path, char *path, ULONG *size )
{
    OBJECT_ATTRIBUTES object;

    if (!host.nt_to_unix_name) return STATUS_NOT_SUPPORTED;
    InitializeObjectAttributes( &object, (UNICODE_STRING *)nt_path, OBJ_CASE_INSENSITIVE, NULL, NULL );
    return host.nt_to_unix_name( &object, path, size, FILE_OPEN );
}

void host_call_name( struct host_name *wanted )
{
    call_host( HOST_CALL_NAME, wanted );
}

void host_call_errno_name( int32_t err, char *name, uint32_t size )
{
    struct host_errno_name wanted = { .name = (uintptr_t)name, .size = size, .err = err };

    name[0] = 0;
    if (host_is_there()) call_host( HOST_CALL_ERRNO_NAME, &wanted );
}
