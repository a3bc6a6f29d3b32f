/* SPDX-License-Identifier: MIT */

/* This makes a fault for host_faults.c, by fault_calls.c or by faultfs, and counts what a copy holds. */

#include "host_faults.h"

const char old[44] = "jumps over the lazy dog, who was here first";
BYTE bytes[LARGE_SIZE];
struct shape shape = { .size = SIZE, .chunk = CHUNK };
static WCHAR calls_file[MAX_PATH];
bool on_faultfs;
int told_calls;

/* fault_calls.c has the same struct. */
static struct control
{
    char call[32];
    LONG err, at, calls, hits, descriptors;
} control;

void write_whole( PCWSTR name, const void *data, DWORD size )
{
    HANDLE file = CreateFileW( name, GENERIC_WRITE, SHARE_ALL, NULL, OPEN_EXISTING, 0, NULL );
    DWORD written;

    if (!ok( file != INVALID_HANDLE_VALUE, "cannot open %ls: error %lu", name, GetLastError() )) return;
    ok( WriteFile( file, data, size, &written, NULL ) && written == size, "cannot write %ls: error %lu", name,
        GetLastError() );
    CloseHandle( file );
}

static DWORD read_whole( PCWSTR name, void *data, DWORD size )
{
    HANDLE file = CreateFileW( name, GENERIC_READ, SHARE_ALL, NULL, OPEN_EXISTING, 0, NULL );
    DWORD got = 0;

    ok( file != INVALID_HANDLE_VALUE && ReadFile( file, data, size, &got, NULL ), "cannot read %ls: error %lu", name,
        GetLastError() );
    CloseHandle( file );
    return got;
}

void arm( const struct fault *fault, unsigned int nth )
{
    char rule[128];
    int length;

    if (fault->call)
    {
        memset( &control, 0, sizeof( control ) );
        control.err = fault->number;
        control.at = (LONG)nth;
        write_whole( calls_file, &control, sizeof( control ) );
        snprintf( control.call, sizeof( control.call ), "%s", fault->call );
        write_whole( calls_file, &control, sizeof( control.call ) );
        return;
    }
    length = snprintf( rule, sizeof( rule ), "clear\nfail %s %s", fault->operation, fault->err );
    if (nth) length += snprintf( rule + length, sizeof( rule ) - (size_t)length, " at %u", nth );
    if (fault->name) length += snprintf( rule + length, sizeof( rule ) - (size_t)length, " name %s", fault->name );
    write_whole( L".faultfs", rule, (DWORD)length );
}

int disarm( const struct fault *fault )
{
    static const char none[sizeof( control.call )];
    char told[1024] = "\n", *line;
    char wanted[40];
    int hits = -1;

    if (fault->call)
    {
        write_whole( calls_file, none, sizeof( none ) );
        read_whole( calls_file, &control, sizeof( control ) );
        return control.hits;
    }
    told[1 + read_whole( L".faultfs", told + 1, sizeof( told ) - 2 )] = 0;
    write_whole( L".faultfs", "clear", 5 );
    snprintf( wanted, sizeof( wanted ), "\n%s ", fault->operation );
    line = strstr( told, wanted );
    ok( line && sscanf( line + strlen( wanted ), "%d %d", &told_calls, &hits ) == 2, "no count of %s",
        fault->operation );
    return hits;
}

bool place_is_missing( void )
{
    WCHAR place[MAX_PATH];

    if (!GetEnvironmentVariableW( L"COPYFILE2_TEST_PLACE", place, ARRAY_SIZE( place ) ) ||
        !GetEnvironmentVariableW( L"COPYFILE2_TEST_CALLS", calls_file, ARRAY_SIZE( calls_file ) ))
    {
        skip( "COPYFILE2_TEST_PLACE and COPYFILE2_TEST_CALLS are not set" );
        return true;
    }
    ok( SetCurrentDirectoryW( place ), "cannot go to %ls", place );
    on_faultfs = file_exists( L".faultfs" );
    for (size_t i = 0; i < LARGE_SIZE; i++) bytes[i] = (BYTE)( i * 7 + i / 256 );
    DeleteFileW( L"dst.bin" );
    file_write( L"src.bin", bytes, shape.size );
    return false;
}

bool is_nt( void )
{
    char backend[8] = "";

    GetEnvironmentVariableA( "COPYFILE2_BACKEND", backend, sizeof( backend ) );
    return !strcmp( backend, "nt" );
}

struct holdings count_holdings( void )
{
    PROCESS_HEAP_ENTRY entry = { NULL };
    struct holdings now = { 0 };
    HANDLE file = CreateFileW( calls_file, GENERIC_WRITE, SHARE_ALL, NULL, OPEN_EXISTING, 0, NULL );

    FlushFileBuffers( file );
    CloseHandle( file );
    read_whole( calls_file, &control, sizeof( control ) );
    now.descriptors = control.descriptors;
    GetProcessHandleCount( GetCurrentProcess(), &now.handles );
    while (HeapWalk( GetProcessHeap(), &entry ))
        if (entry.wFlags & PROCESS_HEAP_ENTRY_BUSY) now.heap += entry.cbData;
    return now;
}

/* Wine 9 and later keep heaps of their own for small blocks, and now and then take another one. A leak in all of the
 * copies is more than that. */
static bool has_heap( SIZE_T now, SIZE_T before )
{
    const char *( CDECL * version )( void ) =
        (void *)GetProcAddress( GetModuleHandleW( L"ntdll.dll" ), "wine_get_version" );
    static SIZE_T first;

    if (!first) first = before;
    if (version && *version() == '8') return now == before;
    return now <= first + 65536;
}

void check_holdings( const struct holdings *before )
{
    struct holdings now = count_holdings();

    ok( now.descriptors > 0, "descriptors are not counted" );
    ok( now.handles == before->handles, "%lu handles, were %lu", now.handles, before->handles );
    ok( now.descriptors == before->descriptors, "%ld descriptors, were %ld", now.descriptors, before->descriptors );
    ok( has_heap( now.heap, before->heap ), "%llu bytes of memory, were %llu", (unsigned long long)now.heap,
        (unsigned long long)before->heap );
}

HRESULT copy_once( struct recorder *recorder, DWORD flags )
{
    COPYFILE2_EXTENDED_PARAMETERS_V2 params = { sizeof( params ), flags };

    params.ioDesiredSize = shape.chunk;
    if (recorder && !shape.silent)
    {
        params.pProgressRoutine = recorder_callback;
        params.pvCallbackContext = recorder;
    }
    return copy_with( L"src.bin", L"dst.bin", &params );
}
