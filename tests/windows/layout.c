/* SPDX-License-Identifier: MIT */

/* This tests the binary interface: every message and every parameter is read and written by its offset, as by a program
 * that was built without our header. */

#include "harness/files.h"
#include "harness/test.h"

#define SIZE  10240
#define CHUNK 4096

#define WIDE_OR_NARROW( wide, narrow ) ( sizeof( void * ) == 8 ? ( wide ) : ( narrow ) )

static const char old[] = "jumps over the lazy dog, who was here first";

static void test_sizes( void )
{
    const unsigned int message = sizeof( COPYFILE2_MESSAGE );
    const unsigned int first = sizeof( COPYFILE2_EXTENDED_PARAMETERS );
    const unsigned int second = sizeof( COPYFILE2_EXTENDED_PARAMETERS_V2 );
    const unsigned int keys = sizeof( COPYFILE2_CREATE_OPLOCK_KEYS );

    ok( message == WIDE_OR_NARROW( 80, 72 ), "the message has %u bytes", message );
    ok( first == WIDE_OR_NARROW( 32, 20 ), "V1 has %u bytes", first );
    ok( second == WIDE_OR_NARROW( 112, 64 ), "V2 has %u bytes", second );
    ok( keys == 32, "the oplock keys have %u bytes", keys );
}

/* ---- messages ---------------------------------------------------------------------------------------------------- */

enum value
{
    ZERO,
    STREAM_NUMBER,
    SOURCE,
    DESTINATION,
    CHUNK_NUMBER,
    CHUNK_SIZE,
    WHOLE, /* the size of the stream, and that of all streams */
    DONE,  /* the bytes done of the stream, and of all streams */
    PHASE,
    FAILURE,
};

struct field
{
    COPYFILE2_MESSAGE_TYPE type;
    unsigned int wide, narrow; /* the offset, by the width of pointers */
    unsigned int size;         /* 0: the size of a pointer */
    enum value value;
};

#define CHUNK_STARTED   COPYFILE2_CALLBACK_CHUNK_STARTED
#define CHUNK_FINISHED  COPYFILE2_CALLBACK_CHUNK_FINISHED
#define STREAM_STARTED  COPYFILE2_CALLBACK_STREAM_STARTED
#define STREAM_FINISHED COPYFILE2_CALLBACK_STREAM_FINISHED
#define FAILED_MESSAGE  COPYFILE2_CALLBACK_ERROR

static const struct field fields[] = {
    { .type = CHUNK_STARTED, .wide = 8, .narrow = 8, .size = 4, .value = STREAM_NUMBER },
    { .type = CHUNK_STARTED, .wide = 12, .narrow = 12, .size = 4, .value = ZERO },
    { .type = CHUNK_STARTED, .wide = 16, .narrow = 16, .size = 0, .value = SOURCE },
    { .type = CHUNK_STARTED, .wide = 24, .narrow = 20, .size = 0, .value = DESTINATION },
    { .type = CHUNK_STARTED, .wide = 32, .narrow = 24, .size = 8, .value = CHUNK_NUMBER },
    { .type = CHUNK_STARTED, .wide = 40, .narrow = 32, .size = 8, .value = CHUNK_SIZE },
    { .type = CHUNK_STARTED, .wide = 48, .narrow = 40, .size = 8, .value = WHOLE },
    { .type = CHUNK_STARTED, .wide = 56, .narrow = 48, .size = 8, .value = WHOLE },

    { .type = CHUNK_FINISHED, .wide = 8, .narrow = 8, .size = 4, .value = STREAM_NUMBER },
    { .type = CHUNK_FINISHED, .wide = 12, .narrow = 12, .size = 4, .value = ZERO },
    { .type = CHUNK_FINISHED, .wide = 16, .narrow = 16, .size = 0, .value = SOURCE },
    { .type = CHUNK_FINISHED, .wide = 24, .narrow = 20, .size = 0, .value = DESTINATION },
    { .type = CHUNK_FINISHED, .wide = 32, .narrow = 24, .size = 8, .value = CHUNK_NUMBER },
    { .type = CHUNK_FINISHED, .wide = 40, .narrow = 32, .size = 8, .value = CHUNK_SIZE },
    { .type = CHUNK_FINISHED, .wide = 48, .narrow = 40, .size = 8, .value = WHOLE },
    { .type = CHUNK_FINISHED, .wide = 56, .narrow = 48, .size = 8, .value = DONE },
    { .type = CHUNK_FINISHED, .wide = 64, .narrow = 56, .size = 8, .value = WHOLE },
    { .type = CHUNK_FINISHED, .wide = 72, .narrow = 64, .size = 8, .value = DONE },

    { .type = STREAM_STARTED, .wide = 8, .narrow = 8, .size = 4, .value = STREAM_NUMBER },
    { .type = STREAM_STARTED, .wide = 12, .narrow = 12, .size = 4, .value = ZERO },
    { .type = STREAM_STARTED, .wide = 16, .narrow = 16, .size = 0, .value = SOURCE },
    { .type = STREAM_STARTED, .wide = 24, .narrow = 20, .size = 0, .value = DESTINATION },
    { .type = STREAM_STARTED, .wide = 32, .narrow = 24, .size = 8, .value = WHOLE },
    { .type = STREAM_STARTED, .wide = 40, .narrow = 32, .size = 8, .value = WHOLE },

    { .type = STREAM_FINISHED, .wide = 8, .narrow = 8, .size = 4, .value = STREAM_NUMBER },
    { .type = STREAM_FINISHED, .wide = 12, .narrow = 12, .size = 4, .value = ZERO },
    { .type = STREAM_FINISHED, .wide = 16, .narrow = 16, .size = 0, .value = SOURCE },
    { .type = STREAM_FINISHED, .wide = 24, .narrow = 20, .size = 0, .value = DESTINATION },
    { .type = STREAM_FINISHED, .wide = 32, .narrow = 24, .size = 8, .value = WHOLE },
    { .type = STREAM_FINISHED, .wide = 40, .narrow = 32, .size = 8, .value = DONE },
    { .type = STREAM_FINISHED, .wide = 48, .narrow = 40, .size = 8, .value = WHOLE },
    { .type = STREAM_FINISHED, .wide = 56, .narrow = 48, .size = 8, .value = DONE },

    { .type = FAILED_MESSAGE, .wide = 8, .narrow = 8, .size = 4, .value = PHASE },
    { .type = FAILED_MESSAGE, .wide = 12, .narrow = 12, .size = 4, .value = STREAM_NUMBER },
    { .type = FAILED_MESSAGE, .wide = 16, .narrow = 16, .size = 4, .value = FAILURE },
    { .type = FAILED_MESSAGE, .wide = 20, .narrow = 20, .size = 4, .value = ZERO },
    { .type = FAILED_MESSAGE, .wide = 24, .narrow = 24, .size = 8, .value = CHUNK_NUMBER },
    { .type = FAILED_MESSAGE, .wide = 32, .narrow = 32, .size = 8, .value = WHOLE },
    { .type = FAILED_MESSAGE, .wide = 40, .narrow = 40, .size = 8, .value = DONE },
    { .type = FAILED_MESSAGE, .wide = 48, .narrow = 48, .size = 8, .value = WHOLE },
    { .type = FAILED_MESSAGE, .wide = 56, .narrow = 56, .size = 8, .value = DONE },
};

/* The next message has to show this. */
struct progress
{
    uint64_t chunk, done;
    unsigned int messages;
    bool lose_source; /* in the second chunk */
};

static uint64_t raw( const void *start, size_t at, size_t size )
{
    uint64_t value = 0;

    memcpy( &value, (const BYTE *)start + at, size );
    return value;
}

/* Answers which file a handle opens. */
static uint64_t file_index( HANDLE file )
{
    BY_HANDLE_FILE_INFORMATION information = { 0 };

    ok( GetFileInformationByHandle( file, &information ), "no handle of a file: error %lu", GetLastError() );
    return (uint64_t)information.nFileIndexHigh << 32 | information.nFileIndexLow;
}

static void check_handle( HANDLE found, PCWSTR name )
{
    HANDLE file = file_hold( name, FILE_READ_ATTRIBUTES, SHARE_ALL );

    ok( file_index( found ) == file_index( file ), "not the handle of %ls", name );
    CloseHandle( file );
}

static void check_value( const struct field *field, uint64_t found, const struct progress *progress )
{
    uint64_t rest = SIZE - progress->done, expected = 0;

    switch (field->value)
    {
    case SOURCE: check_handle( (HANDLE)(uintptr_t)found, L"src.bin" ); return;
    case DESTINATION: check_handle( (HANDLE)(uintptr_t)found, L"dst.bin" ); return;
    case ZERO: break;
    case STREAM_NUMBER: expected = 1; break;
    case CHUNK_NUMBER: expected = progress->chunk; break;
    case CHUNK_SIZE: expected = rest < CHUNK ? rest : CHUNK; break;
    case WHOLE: expected = SIZE; break;
    case DONE: expected = progress->done; break;
    case PHASE: expected = COPYFILE2_PHASE_READ_SOURCE; break;
    case FAILURE: expected = (DWORD)hr_from_error( ERROR_INVALID_HANDLE ); break;
    }
    /* the bytes done at a finished chunk include that chunk */
    if (field->type == CHUNK_FINISHED && field->value == DONE) expected += rest < CHUNK ? rest : CHUNK;
    ok( found == expected, "%llu, not %llu", found, expected );
}

static COPYFILE2_MESSAGE_ACTION CALLBACK look_at_bytes( const COPYFILE2_MESSAGE *message, void *context )
{
    struct progress *progress = context;
    COPYFILE2_MESSAGE_TYPE type = (COPYFILE2_MESSAGE_TYPE)raw( message, 0, 4 );

    ok( !raw( message, 4, 4 ), "padding is %#llx", raw( message, 4, 4 ) );
    for (const struct field *field = fields; field < fields + ARRAY_SIZE( fields ); field++)
    {
        size_t at = WIDE_OR_NARROW( field->wide, field->narrow ), size = field->size ? field->size : sizeof( void * );

        if (field->type != type) continue;
        push_context( "type %d, at %u", type, (unsigned int)at );
        check_value( field, raw( message, at, size ), progress );
        pop_context();
    }

    progress->messages++;
    if (type == CHUNK_STARTED && progress->chunk == 1 && progress->lose_source)
        CloseHandle( (HANDLE)(uintptr_t)raw( message, 16, sizeof( void * ) ) );
    if (type == CHUNK_FINISHED)
    {
        progress->chunk++;
        progress->done += raw( message, WIDE_OR_NARROW( 40, 32 ), 8 );
    }
    return COPYFILE2_PROGRESS_CONTINUE;
}

static HRESULT copy_in_three( struct progress *progress )
{
    COPYFILE2_EXTENDED_PARAMETERS_V2 params = { sizeof( params ) };

    params.ioDesiredSize = CHUNK;
    params.pProgressRoutine = look_at_bytes;
    params.pvCallbackContext = progress;
    file_fill( L"src.bin", SIZE, 1 );
    return copyfile2( L"src.bin", L"dst.bin", (COPYFILE2_EXTENDED_PARAMETERS *)&params );
}

static void test_message_bytes( void )
{
    struct progress progress = { 0 };
    HRESULT hr = copy_in_three( &progress );

    ok( hr == S_OK, "got %#lx", hr );
    ok( progress.messages == 8, "%u messages", progress.messages );
    ok( progress.done == SIZE, "%llu bytes done", progress.done );
}

/* The read fails in the second chunk: see faults.c. */
static void test_error_bytes( void )
{
    struct progress progress = { .lose_source = true };
    HRESULT hr;

    if (!engine_is_ours())
    {
        skip( "takes away the engine's own handle" );
        return;
    }
    hr = copy_in_three( &progress );
    ok( hr == hr_from_error( ERROR_INVALID_HANDLE ), "got %#lx", hr );
    ok( progress.messages == 5, "%u messages", progress.messages );
}

/* ---- parameters -------------------------------------------------------------------------------------------------- */

/* The bytes end with a page, and the next page cannot be read. So a function that reads more than dwSize says
 * crashes. */
static struct
{
    BYTE *page;
    BYTE *start;
} room;

static void *room_for( size_t size )
{
    DWORD before;

    if (!room.page)
    {
        room.page = VirtualAlloc( NULL, 2 * 4096, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE );
        ok( VirtualProtect( room.page + 4096, 4096, PAGE_NOACCESS, &before ), "cannot protect: error %lu",
            GetLastError() );
    }
    memset( room.page, 0, 4096 );
    room.start = room.page + 4096 - size;
    memcpy( room.start, &( DWORD ){ (DWORD)size }, sizeof( DWORD ) );
    return room.start;
}

static void put( size_t at, uint64_t value, size_t size )
{
    memcpy( room.start + at, &value, size );
}

static void put_pointer( size_t at, const void *value )
{
    put( at, (uintptr_t)value, sizeof( value ) );
}

struct calls
{
    unsigned int messages, chunks, old_calls;
    BOOL *cancel;
};

static COPYFILE2_MESSAGE_ACTION CALLBACK count_calls( const COPYFILE2_MESSAGE *message, void *context )
{
    struct calls *calls = context;

    calls->messages++;
    if (message->Type == CHUNK_FINISHED) calls->chunks++;
    if (calls->cancel) *calls->cancel = TRUE;
    return COPYFILE2_PROGRESS_CONTINUE;
}

static DWORD CALLBACK count_old_calls( LARGE_INTEGER whole, LARGE_INTEGER done, LARGE_INTEGER stream_size,
                                       LARGE_INTEGER stream_done, DWORD stream, DWORD reason, HANDLE source,
                                       HANDLE destination, void *context )
{
    struct calls *calls = context;

    ok( whole.QuadPart == SIZE && stream_size.QuadPart == SIZE, "sizes %lld, %lld", whole.QuadPart,
        stream_size.QuadPart );
    ok( done.QuadPart == stream_done.QuadPart, "done %lld, %lld", done.QuadPart, stream_done.QuadPart );
    ok( stream == 1, "stream %lu", stream );
    ok( reason == ( calls->old_calls ? CALLBACK_CHUNK_FINISHED : CALLBACK_STREAM_SWITCH ), "reason %lu", reason );
    ok( source && destination && source != destination, "handles %p, %p", source, destination );
    calls->old_calls++;
    return PROGRESS_CONTINUE;
}

static HRESULT copy_by_bytes( void )
{
    return copyfile2( L"src.bin", L"dst.bin", (COPYFILE2_EXTENDED_PARAMETERS *)room.start );
}

static void test_v1_bytes( void )
{
    const size_t routine = WIDE_OR_NARROW( 16, 12 ), context = WIDE_OR_NARROW( 24, 16 );
    struct calls calls = { 0 };
    BOOL cancel = FALSE;
    HRESULT hr;

    file_fill( L"src.bin", SIZE, 2 );
    file_write_text( L"dst.bin", old );

    room_for( WIDE_OR_NARROW( 32, 20 ) );
    put( 4, COPY_FILE_FAIL_IF_EXISTS, 4 );
    hr = copy_by_bytes();
    ok( hr == hr_from_error( ERROR_FILE_EXISTS ), "flags: got %#lx", hr );

    put( 4, 0, 4 );
    put_pointer( routine, count_calls );
    put_pointer( context, &calls );
    hr = copy_by_bytes();
    ok( hr == S_OK, "routine: got %#lx", hr );
    ok( calls.messages == 4, "%u messages", calls.messages );
    ok( file_equal( L"src.bin", L"dst.bin" ), "other bytes" );

    put_pointer( 8, &cancel );
    calls.cancel = &cancel;
    hr = copy_by_bytes();
    ok( hr == hr_from_error( ERROR_REQUEST_ABORTED ), "cancel: got %#lx", hr );
}

/* Puts one value into the parameters, and claims that the copy is refused and changes nothing. */
static void check_v2_refused( size_t at, uint64_t value, size_t size )
{
    HRESULT hr;

    room_for( WIDE_OR_NARROW( 112, 64 ) );
    put( at, value, size );
    hr = copy_by_bytes();
    ok( hr == E_INVALIDARG, "%#llx at %u: got %#lx", value, (unsigned int)at, hr );
    ok( file_is_text( L"dst.bin", old ), "the destination has changed" );
}

static void test_v2_bytes_refused( void )
{
    const size_t reserved = WIDE_OR_NARROW( 64, 40 );
    const uint64_t top = (uint64_t)1 << ( 8 * sizeof( void * ) - 1 );

    file_fill( L"src.bin", SIZE, 3 );
    file_write_text( L"dst.bin", old );
    check_v2_refused( WIDE_OR_NARROW( 32, 20 ), 0x80000000, 4 );
    check_v2_refused( WIDE_OR_NARROW( 36, 24 ), 0xffffffff, 4 );
    check_v2_refused( WIDE_OR_NARROW( 40, 28 ), 1, 4 );
    for (size_t i = 0; i < 6; i++) check_v2_refused( reserved + i * sizeof( void * ), top, sizeof( void * ) );
}

static void test_v2_bytes( void )
{
    COPYFILE2_CREATE_OPLOCK_KEYS keys = { { 0 } };
    struct calls calls = { 0 };
    HRESULT hr;

    file_fill( L"src.bin", SIZE, 4 );
    room_for( WIDE_OR_NARROW( 112, 64 ) );
    put_pointer( WIDE_OR_NARROW( 16, 12 ), count_calls );
    put_pointer( WIDE_OR_NARROW( 24, 16 ), &calls );
    put( WIDE_OR_NARROW( 32, 20 ), COPY_FILE2_V2_DONT_COPY_JUNCTIONS, 4 );
    put( WIDE_OR_NARROW( 36, 24 ), CHUNK, 4 );
    put( WIDE_OR_NARROW( 40, 28 ), 0xffffffff, 4 );
    put_pointer( WIDE_OR_NARROW( 56, 36 ), &keys );
    hr = copy_by_bytes();
    ok( hr == S_OK, "got %#lx", hr );
    ok( calls.chunks == 3, "%u chunks", calls.chunks );

    put_pointer( WIDE_OR_NARROW( 48, 32 ), count_old_calls );
    hr = copy_by_bytes();
    ok( hr == S_OK, "old routine: got %#lx", hr );
    ok( calls.chunks == 3, "the new routine was called too" );
    ok( calls.old_calls == 4, "the old routine was called %u times", calls.old_calls );
}

static const struct test_case cases[] = {
    { .name = "x86_layout",
      .row = "75",
      .claim = "sizes and offsets of both widths: as copyfile2.h says",
      .sure = "A",
      .run = test_sizes },
    { .name = "message_bytes", .row = "75", .run = test_message_bytes },
    { .name = "error_bytes", .row = "75", .own = true, .run = test_error_bytes },
    { .name = "v1_bytes", .row = "75", .run = test_v1_bytes },
    { .name = "v2_bytes", .row = "75", .run = test_v2_bytes },
    { .name = "v2_bytes_refused", .row = "75", .run = test_v2_bytes_refused },
};

TEST_MAIN( "layout", cases )
