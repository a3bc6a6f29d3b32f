/* SPDX-License-Identifier: MIT */

/* These cases pause and resume the copy of a file with named streams. */

#include "pause.h"

static const struct
{
    PCWSTR source, destination;
    uint64_t size;
} streams[] = {
    { .source = L"src.bin", .destination = L"dst.bin", .size = MANY },
    { .source = L"src.bin:a", .destination = L"dst.bin:a", .size = 10000 },
    { .source = L"src.bin:b", .destination = L"dst.bin:b", .size = 5 },
    { .source = L"src.bin:c", .destination = L"dst.bin:c", .size = 0 },
    { .source = L"src.bin:d", .destination = L"dst.bin:d", .size = 20000 },
};

static void make_streams( void )
{
    for (size_t i = 0; i < ARRAY_SIZE( streams ); i++) file_fill( streams[i].source, streams[i].size, (uint32_t)i + 1 );
}

static void check_streams( void )
{
    for (size_t i = 0; i < ARRAY_SIZE( streams ); i++)
        ok( file_equal( streams[i].source, streams[i].destination ), "%ls: other bytes; %lld of them",
            streams[i].destination, (long long)file_size( streams[i].destination ) );
}

static void delete_streams( void )
{
    for (size_t i = ARRAY_SIZE( streams ); i--;) DeleteFileW( streams[i].destination );
}

/* Pauses at the nth message, of any type. */
struct pauser
{
    unsigned int at, count;
    COPYFILE2_MESSAGE first;
    uint64_t total_done; /* by the last message */
};

static COPYFILE2_MESSAGE_ACTION CALLBACK pause_at( const COPYFILE2_MESSAGE *message, void *context )
{
    struct pauser *pauser = context;

    if (!pauser->count) pauser->first = *message;
    if (message->Type == STREAM_FINISHED)
        pauser->total_done = message->Info.StreamFinished.uliTotalBytesTransferred.QuadPart;
    return ++pauser->count == pauser->at ? COPYFILE2_PROGRESS_PAUSE : COPYFILE2_PROGRESS_CONTINUE;
}

static HRESULT copy_pausing( DWORD flags, unsigned int at, struct pauser *pauser )
{
    COPYFILE2_EXTENDED_PARAMETERS_V2 params = { sizeof( params ), flags };

    *pauser = ( struct pauser ){ .at = at };
    params.pProgressRoutine = pause_at;
    params.pvCallbackContext = pauser;
    params.ioDesiredSize = CHUNK;
    return copy_with( L"src.bin", L"dst.bin", &params );
}

/* The resumed copy has all streams and counts all of their bytes, whichever message is answered with PAUSE. */
static void check_streams_paused( DWORD flags )
{
    struct pauser pauser;
    HRESULT hr = PAUSED;

    for (unsigned int at = 1; hr == PAUSED; at++)
    {
        push_context( "message %u, flags %#lx", at, flags );
        delete_streams();
        hr = copy_pausing( flags, at, &pauser );
        if (hr == PAUSED)
        {
            ok( file_size( L"dst.bin" ) > 0 && file_size( L"dst.bin" ) < MANY, "%lld bytes",
                (long long)file_size( L"dst.bin" ) );
            ok( copy_pausing( flags | RESUME | COPY_FILE_FAIL_IF_EXISTS, 0, &pauser ) == S_OK, "not resumed" );
            ok( pauser.first.Type == STREAM_STARTED, "the first message is of type %d", (int)pauser.first.Type );
        }
        ok( pauser.total_done == MANY + 30005, "%llu bytes in all", pauser.total_done );
        check_streams();
        pop_context();
    }
    ok( hr == S_OK, "got %#lx", hr );
}

void test_streams( void )
{
    make_streams();
    check_streams_paused( 0 );
    check_streams_paused( COPY_FILE_RESTARTABLE );
}

/* Each call gets only a few messages further, and yet the copy comes to its end. */
void test_streams_chain( void )
{
    for (unsigned int at = 2; at < 7; at++)
    {
        struct pauser pauser;
        unsigned int calls = 0;
        HRESULT hr = PAUSED;

        push_context( "every %u messages", at );
        make_streams();
        delete_streams();
        while (hr == PAUSED && calls++ < 100) hr = copy_pausing( calls > 1 ? RESUME : 0, at + 1, &pauser );
        ok( hr == S_OK, "got %#lx", hr );
        check_streams();
        pop_context();
    }
}

/* The resumed copy looks at what was copied of named streams before it passes them. */
void test_streams_lost( void )
{
    struct pauser pauser;

    make_streams();
    for (size_t lost = 1; lost < ARRAY_SIZE( streams ); lost++)
    {
        for (int how = 0; how < 3; how++)
        {
            push_context( "%ls, way %d", streams[lost].destination, how );
            delete_streams();
            ok( copy_pausing( 0, 45, &pauser ) == PAUSED, "not paused" );
            if (how == 0) DeleteFileW( streams[lost].destination );
            else if (how == 1) file_write_text( streams[lost].destination, "other" );
            else file_fill( streams[lost].destination, streams[lost].size + 1, 9 );
            ok( copy_pausing( RESUME | COPY_FILE_FAIL_IF_EXISTS, 0, &pauser ) == S_OK, "not resumed" );
            check_streams();
            pop_context();
        }
    }
}

/* CANCEL deletes all streams, also those that an earlier call made. */
static COPYFILE2_MESSAGE_ACTION CALLBACK cancel_first( const COPYFILE2_MESSAGE *message, void *context )
{
    (void)message, (void)context;
    return COPYFILE2_PROGRESS_CANCEL;
}

void test_streams_cancel( void )
{
    COPYFILE2_EXTENDED_PARAMETERS params = { sizeof( params ), RESUME, NULL, cancel_first, NULL };
    struct pauser pauser;

    make_streams();
    for (unsigned int at = 24; at < 40; at++)
    {
        push_context( "message %u", at );
        delete_streams();
        ok( copy_pausing( 0, at, &pauser ) == PAUSED, "not paused" );
        ok( copy_with( L"src.bin", L"dst.bin", &params ) == ABORTED, "not canceled" );
        for (size_t i = 0; i < ARRAY_SIZE( streams ); i++)
            ok( !file_exists( streams[i].destination ), "%ls is left", streams[i].destination );
        pop_context();
    }
}
