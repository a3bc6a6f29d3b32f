/* SPDX-License-Identifier: MIT */

/* pfCancel points to a flag. The cases claim when the flag is looked at, who may set it, and what is left. Flag and
 * answer together are in model.c, pfcancel. */

#include "harness/recorder.h"
#include "harness/files.h"
#include "harness/test.h"

#define ABORTED hr_from_error( ERROR_REQUEST_ABORTED )

#define SIZE  10240
#define CHUNK 4096

static const char old_content[] = "what was there before";

static HRESULT copy_canceled( PCWSTR source, PCWSTR destination, DWORD flags, struct recorder *recorder )
{
    BOOL cancel = TRUE;
    COPYFILE2_EXTENDED_PARAMETERS params = { sizeof( params ), flags, &cancel, recorder_callback, recorder };

    return copy_with( source, destination, &params );
}

/* Nobody knows whether Windows makes and deletes a destination before it looks at the flag; to leave all as it is harms
 * least. The flag is a request, not a failure, so the callback does not hear of it. */
static void check_preset( PCWSTR source, PCWSTR destination, DWORD flags, DWORD broken_error )
{
    struct recorder recorder;
    HRESULT hr;

    recorder_begin( &recorder );
    hr = copy_canceled( source, destination, flags, &recorder );
    ok( hr == ABORTED || broken( broken_error && hr == hr_from_error( broken_error ) ), "got %#lx", hr );
    ok( !recorder.count || broken( true ), "said\n%s", recorder.text );
    recorder_end( &recorder );
}

static void test_preset_pfcancel( void )
{
    file_write_text( L"src.txt", "foo" );
    check_preset( L"src.txt", L"dst.txt", 0, 0 );
    ok( !file_exists( L"dst.txt" ), "the destination was made" );
    file_write_text( L"src.txt", "" );
    check_preset( L"src.txt", L"dst.txt", 0, 0 );
    ok( !file_exists( L"dst.txt" ), "the destination was made for an empty source" );
}

static void test_preset_existing( void )
{
    file_write_text( L"src.txt", "foo" );
    file_write_text( L"dst.txt", old_content );
    check_preset( L"src.txt", L"dst.txt", 0, 0 );
    ok( file_is_text( L"dst.txt", old_content ) || broken( !file_exists( L"dst.txt" ) ),
        "the destination has changed" );
}

static void test_preset_other_error( void )
{
    file_write_text( L"src.txt", "foo" );
    file_write_text( L"dst.txt", old_content );
    check_preset( L"src.txt", L"dst.txt", COPY_FILE_FAIL_IF_EXISTS, ERROR_FILE_EXISTS );
    ok( file_is_text( L"dst.txt", old_content ), "the destination has changed" );
    check_preset( L"missing.txt", L"dst.txt", 0, ERROR_FILE_NOT_FOUND );
    ok( file_is_text( L"dst.txt", old_content ), "the destination has changed" );
}

/* A flag that is there and not set changes nothing. */
static void test_not_set( void )
{
    BOOL cancel = FALSE;
    HRESULT hr;

    file_fill( L"src.bin", 3000000, 1 );
    hr = copy_in_chunks( L"src.bin", L"dst.bin", CHUNK, &cancel, NULL );
    ok( hr == S_OK || broken( hr == E_INVALIDARG ), "got %#lx", hr );
    if (hr == S_OK) ok( file_equal( L"src.bin", L"dst.bin" ), "other bytes" );
    ok( cancel == FALSE, "the flag became %d", cancel );
}

/* The callback sets the flag to a value, which need not be TRUE, in the nth message of that type. */
struct setter
{
    COPYFILE2_MESSAGE_TYPE to;
    unsigned int nth, seen;
    BOOL value, flag;
};

static void set_flag( const COPYFILE2_MESSAGE *message, void *context )
{
    struct setter *setter = context;

    if (message->Type == setter->to && ++setter->seen == setter->nth) setter->flag = setter->value;
}

/* A flag that is set in this message ends the copy with this result, after so many messages. */
static const struct
{
    COPYFILE2_MESSAGE_TYPE in;
    unsigned int nth;
    BOOL value;
    HRESULT hr;
    unsigned int messages;
} settings[] = {
    { .in = COPYFILE2_CALLBACK_STREAM_STARTED, .nth = 1, .value = TRUE, .hr = ABORTED, .messages = 1 },
    { .in = COPYFILE2_CALLBACK_CHUNK_STARTED, .nth = 1, .value = TRUE, .hr = ABORTED, .messages = 2 },
    { .in = COPYFILE2_CALLBACK_CHUNK_FINISHED, .nth = 1, .value = TRUE, .hr = ABORTED, .messages = 3 },
    { .in = COPYFILE2_CALLBACK_CHUNK_STARTED, .nth = 2, .value = 2, .hr = ABORTED, .messages = 4 },
    { .in = COPYFILE2_CALLBACK_CHUNK_FINISHED, .nth = 2, .value = 0x100, .hr = ABORTED, .messages = 5 },
    { .in = COPYFILE2_CALLBACK_CHUNK_STARTED, .nth = 3, .value = -1, .hr = ABORTED, .messages = 6 },
    /* all data is there, so "during the copy" is over, and the flag comes too late */
    { .in = COPYFILE2_CALLBACK_CHUNK_FINISHED, .nth = 3, .value = TRUE, .hr = S_OK, .messages = 8 },
    { .in = COPYFILE2_CALLBACK_STREAM_FINISHED, .nth = 1, .value = TRUE, .hr = S_OK, .messages = 8 },
};

static void check_setting( size_t i )
{
    struct setter setter = { .to = settings[i].in, .nth = settings[i].nth, .value = settings[i].value };
    struct recorder recorder;
    HRESULT hr;

    recorder_begin( &recorder );
    recorder.hook = set_flag;
    recorder.hook_context = &setter;
    hr = copy_in_chunks( L"src.bin", L"dst.bin", CHUNK, &setter.flag, &recorder );
    if (setter.flag || !broken( true ))
    {
        ok( hr == settings[i].hr, "got %#lx", hr );
        ok( recorder.count == settings[i].messages || broken( true ), "%u messages", recorder.count );
        if (hr == S_OK) ok( file_equal( L"src.bin", L"dst.bin" ), "other bytes" );
        else ok( !file_exists( L"dst.bin" ), "the destination is still there" );
    }
    recorder_end( &recorder );
}

static void test_pfcancel_mid( void )
{
    file_fill( L"src.bin", SIZE, 1 );
    for (size_t i = 0; i < ARRAY_SIZE( settings ); i++)
    {
        push_context( "flag %d in message %u of type %u", settings[i].value, settings[i].nth, settings[i].in );
        DeleteFileW( L"dst.bin" );
        check_setting( i );
        push_context( "over an existing file" );
        file_fill( L"dst.bin", 2 * SIZE, 2 );
        check_setting( i );
        pop_context();
        pop_context();
    }
}

/* Another thread sets the flag as soon as it gets the event. */
struct canceler
{
    HANDLE thread, go;
    COPYFILE2_MESSAGE_TYPE told_at;
    BOOL flag;
};

static DWORD CALLBACK wait_and_set( void *context )
{
    struct canceler *canceler = context;

    WaitForSingleObject( canceler->go, INFINITE );
    canceler->flag = TRUE;
    return 0;
}

static void canceler_begin( struct canceler *canceler, COPYFILE2_MESSAGE_TYPE told_at, LPTHREAD_START_ROUTINE run )
{
    canceler->go = CreateEventW( NULL, TRUE, FALSE, NULL );
    canceler->told_at = told_at;
    canceler->flag = FALSE;
    canceler->thread = CreateThread( NULL, 0, run, canceler, 0, NULL );
}

static void canceler_end( struct canceler *canceler )
{
    SetEvent( canceler->go );
    WaitForSingleObject( canceler->thread, INFINITE );
    CloseHandle( canceler->thread );
    CloseHandle( canceler->go );
}

static void tell_canceler( const COPYFILE2_MESSAGE *message, void *context )
{
    struct canceler *canceler = context;

    if (message->Type == canceler->told_at) SetEvent( canceler->go );
}

/* A quarter of a gigabyte at the least rate would take more than eight minutes. */
static void test_quiet_pfcancel( void )
{
    COPYFILE2_EXTENDED_PARAMETERS_V2 params = { sizeof( params ) };
    struct canceler canceler;
    struct recorder recorder;
    HRESULT hr;

    file_make_sparse( L"src.bin", 256 * 1024 * 1024 );
    canceler_begin( &canceler, COPYFILE2_CALLBACK_STREAM_STARTED, wait_and_set );
    recorder_begin( &recorder );
    recorder.answer = COPYFILE2_PROGRESS_QUIET;
    recorder.answer_to = COPYFILE2_CALLBACK_STREAM_STARTED;
    recorder.answer_at = 1;
    recorder.hook = tell_canceler;
    recorder.hook_context = &canceler;
    params.ioDesiredRate = COPYFILE2_IO_RATE_MIN;
    params.pfCancel = &canceler.flag;
    params.pProgressRoutine = recorder_callback;
    params.pvCallbackContext = &recorder;
    hr = copy_with( L"src.bin", L"dst.bin", &params );
    if (!broken( hr == E_INVALIDARG ))
    {
        ok( hr == ABORTED, "got %#lx", hr );
        ok( recorder.count == 1, "%u messages", recorder.count );
        ok( !file_exists( L"dst.bin" ), "the destination is still there" );
    }
    canceler_end( &canceler );
    recorder_end( &recorder );
}

/* A thread may come too late for one copy, but not for every one. */
#define ATTEMPTS 10

/* The copy has one large chunk. Sets the flag when a little of it has arrived. */
static DWORD CALLBACK set_within_chunk( void *context )
{
    struct canceler *canceler = context;
    OVERLAPPED at = { .Offset = 4 * 1024 * 1024 };
    DWORD got, word = 0;
    HANDLE file;

    WaitForSingleObject( canceler->go, INFINITE );
    file = CreateFileW( L"dst.bin", GENERIC_READ, SHARE_ALL, NULL, OPEN_EXISTING, 0, NULL );
    while (!word && ReadFile( file, &word, sizeof( word ), &got, &at )) Sleep( 0 );
    canceler->flag = TRUE;
    CloseHandle( file );
    return 0;
}

/* A canceled copy must not go on to the end of a large chunk. Answers whether the copy ended in the middle of one. */
static bool cancel_within_chunk( void )
{
    struct canceler canceler;
    struct recorder recorder;
    bool in_time;
    HRESULT hr;

    canceler_begin( &canceler, COPYFILE2_CALLBACK_CHUNK_STARTED, set_within_chunk );
    recorder_begin( &recorder );
    recorder.hook = tell_canceler;
    recorder.hook_context = &canceler;
    hr = copy_in_chunks( L"src.bin", L"dst.bin", COPYFILE2_IO_CYCLE_SIZE_MAX, &canceler.flag, &recorder );
    canceler_end( &canceler );
    ok( hr == S_OK || hr == ABORTED || broken( hr == E_INVALIDARG ), "got %#lx", hr );
    in_time = hr == ABORTED && recorder.last.Type == COPYFILE2_CALLBACK_CHUNK_STARTED;
    if (hr == ABORTED) ok( !file_exists( L"dst.bin" ), "the destination is still there" );
    DeleteFileW( L"dst.bin" );
    recorder_end( &recorder );
    return in_time;
}

static void test_pfcancel_within_chunk( void )
{
    bool in_time = false;

    file_fill( L"src.bin", 256 * 1024 * 1024, 1 );
    for (int i = 0; i < ATTEMPTS && !in_time; i++) in_time = cancel_within_chunk();
    ok( in_time || broken( true ), "the flag was never seen within a chunk" );
}

/* The copy has no callback here, so the thread looks for the destination, and cancels once it exists. */
static DWORD CALLBACK set_when_begun( void *context )
{
    BOOL *flag = context;

    while (!file_exists( L"dst.bin" )) Sleep( 0 );
    *flag = TRUE;
    return 0;
}

static void test_pfcancel_no_callback( void )
{
    HRESULT hr = S_OK;

    file_fill( L"src.bin", 256 * 1024 * 1024, 1 );
    for (int i = 0; i < ATTEMPTS && hr == S_OK; i++)
    {
        COPYFILE2_EXTENDED_PARAMETERS params = { sizeof( params ) };
        BOOL flag = FALSE;
        HANDLE thread;

        DeleteFileW( L"dst.bin" );
        thread = CreateThread( NULL, 0, set_when_begun, &flag, 0, NULL );
        params.pfCancel = &flag;
        hr = copy_with( L"src.bin", L"dst.bin", &params );
        if (hr != S_OK && !flag) file_write_text( L"dst.bin", "so that the thread ends" );
        WaitForSingleObject( thread, INFINITE );
        CloseHandle( thread );
    }
    ok( hr == ABORTED, "got %#lx", hr );
    ok( !file_exists( L"dst.bin" ), "the destination is still there" );
}

static const struct test_case cases[] = {
    { .name = "pfcancel_mid",
      .row = "21",
      .claim = "callback sets *pfCancel, returns CONTINUE: hr(1235), dest gone",
      .sure = "A",
      .run = test_pfcancel_mid },
    { .name = "quiet_pfcancel",
      .row = "31",
      .claim = "QUIET, other thread sets pfCancel: hr(1235)",
      .sure = "C",
      .run = test_quiet_pfcancel },
    { .name = "preset_pfcancel",
      .row = "78",
      .claim = "*pfCancel TRUE at entry: hr(1235), dest not present after",
      .sure = "C",
      .run = test_preset_pfcancel },
    { .name = "preset_existing", .row = "-", .run = test_preset_existing },
    { .name = "preset_other_error", .row = "-", .run = test_preset_other_error },
    { .name = "not_set", .row = "-", .run = test_not_set },
    { .name = "pfcancel_within_chunk", .row = "-", .run = test_pfcancel_within_chunk },
    { .name = "pfcancel_no_callback", .row = "-", .run = test_pfcancel_no_callback },
};

TEST_MAIN( "cancel", cases )
