/* SPDX-License-Identifier: MIT */

/* The callback may copy more than the engine does, by the handles in the messages. So these handles need the access for
 * it. */

#include "harness/files.h"
#include "harness/recorder.h"
#include "harness/test.h"

#include <winternl.h>

/* NtQueryObject, ObjectBasicInformation: as documented for Windows */
struct object_information
{
    ULONG attributes;
    ACCESS_MASK access;
    ULONG counts[12];
};

typedef NTSTATUS( NTAPI *query_object )( HANDLE, int, void *, ULONG, ULONG * );

struct granted
{
    ACCESS_MASK source, destination;
};

static ACCESS_MASK access_of( HANDLE handle )
{
    query_object query = (void *)GetProcAddress( GetModuleHandleW( L"ntdll.dll" ), "NtQueryObject" );
    struct object_information information = { 0 };
    NTSTATUS status = query( handle, 0, &information, sizeof( information ), NULL );

    ok( !status, "cannot query the handle: status %#lx", (ULONG)status );
    return information.access;
}

static void look_at_handles( const COPYFILE2_MESSAGE *message, void *context )
{
    struct granted *granted = context;

    if (message->Type != COPYFILE2_CALLBACK_STREAM_STARTED) return;
    granted->source = access_of( message->Info.StreamStarted.hSourceFile );
    granted->destination = access_of( message->Info.StreamStarted.hDestinationFile );
}

static struct granted copy_and_look( DWORD flags )
{
    struct granted granted = { 0 };
    struct recorder recorder;
    HRESULT hr;

    file_write_text( L"src.txt", "content" );
    recorder_begin( &recorder );
    recorder.hook = look_at_handles;
    recorder.hook_context = &granted;
    hr = copy_recorded( L"src.txt", L"dst.txt", flags, &recorder );
    if (!broken( hr == hr_from_error( ERROR_INVALID_PARAMETER ) ))
    {
        ok( hr == S_OK, "flags %#lx: got %#lx", flags, hr );
        ok( granted.source & FILE_READ_DATA, "the source cannot be read: %#lx", granted.source );
        ok( granted.destination & FILE_WRITE_DATA, "the destination cannot be written: %#lx", granted.destination );
    }
    recorder_end( &recorder );
    return granted;
}

static void test_write_dac( void )
{
    struct granted granted = copy_and_look( 0 );

    if (engine_is_ours()) ok( granted.destination & WRITE_DAC, "destination %#lx", granted.destination );
    ok( !( granted.source & ( WRITE_DAC | FILE_WRITE_DATA ) ), "source %#lx", granted.source );
}

static void test_no_write_dac( void )
{
    struct granted granted = copy_and_look( COPY_FILE_DONT_REQUEST_DEST_WRITE_DAC );

    ok( !( granted.destination & WRITE_DAC ), "destination %#lx", granted.destination );
    granted = copy_and_look( COPY_FILE_DONT_REQUEST_DEST_WRITE_DAC | COPY_FILE_REQUEST_SECURITY_PRIVILEGES );
    if (engine_is_ours())
        ok( !( granted.destination & WRITE_DAC ), "both flags: destination %#lx", granted.destination );
}

/* A user who lacks the privilege for one kind of access gets the others. */
static void test_security_privileges( void )
{
    struct granted granted = copy_and_look( COPY_FILE_REQUEST_SECURITY_PRIVILEGES );

    if (!granted.source) return;
    ok( granted.destination & WRITE_DAC, "destination %#lx", granted.destination );
    ok( granted.destination & WRITE_OWNER, "destination %#lx", granted.destination );
    trace( "source %#lx, destination %#lx", granted.source, granted.destination );
}

static void test_write_source( void )
{
    struct granted granted = copy_and_look( COPY_FILE_OPEN_SOURCE_FOR_WRITE );

    ok( granted.source & FILE_WRITE_DATA, "source %#lx", granted.source );
}

static const struct test_case cases[] = {
    { .name = "write_dac", .row = "-", .run = test_write_dac },
    { .name = "no_write_dac", .row = "-", .run = test_no_write_dac },
    { .name = "security_privileges", .row = "-", .run = test_security_privileges },
    { .name = "write_source", .row = "-", .run = test_write_source },
};

TEST_MAIN( "access", cases )
