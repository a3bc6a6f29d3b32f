/* SPDX-License-Identifier: MIT */

/* A probe prints what it observes where nobody knows what Windows does. Nothing is judged here. */

#include "probe.h"

#include <string.h>

#define LINES_SHOWN 24

/* A long list of messages says most at its ends. */
static void show_messages( const struct recorder *recorder )
{
    unsigned int lines = 0, line = 0;

    for (const char *next = recorder->text; ( next = strchr( next, '\n' ) ); next++) lines++;
    for (const char *said = recorder->text, *end; ( end = strchr( said, '\n' ) ); said = end + 1, line++)
    {
        if (lines <= LINES_SHOWN || line < LINES_SHOWN / 2 || line >= lines - LINES_SHOWN / 2)
            trace( "  %.*s", (int)( end - said ), said );
        else if (line == LINES_SHOWN / 2) trace( "  ... %u more ...", lines - LINES_SHOWN );
    }
}

struct listener
{
    struct recorder recorder;
    unsigned int polls;
};

static COPYFILE2_MESSAGE_ACTION CALLBACK probe_listen( const COPYFILE2_MESSAGE *message, void *context )
{
    struct listener *listener = context;

    listener->polls += message->Type == COPYFILE2_CALLBACK_POLL_CONTINUE;
    return recorder_callback( message, &listener->recorder );
}

static void fill( COPYFILE2_EXTENDED_PARAMETERS_V2 *params, const struct probe *probe, struct listener *listener )
{
    bool second = probe->flags_v2 || probe->io_size || probe->io_rate;

    params->dwSize = second ? sizeof( *params ) : sizeof( COPYFILE2_EXTENDED_PARAMETERS );
    if (probe->size) params->dwSize = probe->size;
    params->dwCopyFlags = probe->flags;
    params->dwCopyFlagsV2 = probe->flags_v2;
    params->ioDesiredSize = probe->io_size;
    params->ioDesiredRate = probe->io_rate;
    params->pfCancel = probe->cancel;
    params->pProgressRoutine = probe_listen;
    params->pvCallbackContext = listener;
    listener->recorder.answer = probe->answer;
    listener->recorder.answer_to = probe->answer_to;
    listener->recorder.answer_at = probe->answer_at;
    listener->recorder.hook = probe->hook;
    listener->recorder.hook_context = probe->hook_context;
}

HRESULT probe_copy( PCWSTR source, PCWSTR destination, const struct probe *probe )
{
    COPYFILE2_EXTENDED_PARAMETERS_V2 params = { 0 };
    struct listener listener = { .polls = 0 };
    LARGE_INTEGER frequency, begin, end;
    DWORD error;
    HRESULT hr;

    recorder_begin( &listener.recorder );
    fill( &params, probe, &listener );
    QueryPerformanceFrequency( &frequency );
    QueryPerformanceCounter( &begin );
    SetLastError( 0xdeadbeef );
    hr = copyfile2( source, destination, (COPYFILE2_EXTENDED_PARAMETERS *)&params );
    error = GetLastError();
    QueryPerformanceCounter( &end );
    trace( "result %08lx, last error %lu, %lld us, %u messages and %u polls, destination %lld bytes", hr, error,
           ( end.QuadPart - begin.QuadPart ) * 1000000 / frequency.QuadPart, listener.recorder.count, listener.polls,
           destination ? (long long)file_size( destination ) : -1 );
    if (!probe->silent) show_messages( &listener.recorder );
    recorder_end( &listener.recorder );
    return hr;
}

void probe_file( const char *what, PCWSTR name )
{
    WIN32_FILE_ATTRIBUTE_DATA data = { 0 };
    DWORD high = 0, low;

    if (!GetFileAttributesExW( name, GetFileExInfoStandard, &data ))
    {
        trace( "%s: is not there: error %lu", what, GetLastError() );
        return;
    }
    low = GetCompressedFileSizeW( name, &high );
    trace( "%s: %lld bytes, %lu:%lu on the disk, attributes %#lx, created %08lx%08lx, written %08lx%08lx, "
           "read %08lx%08lx",
           what, (long long)file_size( name ), high, low, data.dwFileAttributes, data.ftCreationTime.dwHighDateTime,
           data.ftCreationTime.dwLowDateTime, data.ftLastWriteTime.dwHighDateTime, data.ftLastWriteTime.dwLowDateTime,
           data.ftLastAccessTime.dwHighDateTime, data.ftLastAccessTime.dwLowDateTime );
}

void probe_begin( uint64_t size )
{
    SetFileAttributesW( DESTINATION, FILE_ATTRIBUTE_NORMAL );
    DeleteFileW( DESTINATION );
    file_fill( SOURCE, size, 1 );
}

#define PROBE( what, question ) { .name = #what, .row = "-", .claim = question, .run = probe_##what }

static const struct test_case probes[] = {
    PROBE( sizes, "what is said of files of these sizes; how long is a chunk by default?" ),
    PROBE( streams, "what is said of named streams, and of an empty one?" ),
    PROBE( answers, "what does each answer to each message come to?" ),
    PROBE( answers_to_error, "what does each answer to ERROR come to?" ),
    PROBE( errors, "is ERROR sent for a source or a destination that cannot be opened, and which error wins?" ),
    PROBE( cancel_flag, "when is pfCancel looked at: at the entry, in the last message?" ),
    PROBE( parameters, "which sizes of the parameters, and which members of V2, are refused?" ),
    PROBE( flags, "which bits of dwCopyFlags and dwCopyFlagsV2 are refused, one by one?" ),
    PROBE( io_size, "which ioDesiredSize is taken, and what do the chunks become?" ),
    PROBE( io_rate, "which ioDesiredRate is taken, how long does it take, is POLL_CONTINUE sent?" ),
    PROBE( names, "what do NULL, empty names and devices come to?" ),
    PROBE( pause, "how long is a paused destination, and what is said of a resumed copy?" ),
    PROBE( resized_source, "what becomes of a source that grows or shrinks meanwhile?" ),
    PROBE( metadata, "which times and attributes has the destination, new and overwritten?" ),
    PROBE( sparse, "does a sparse source stay sparse?" ),
    PROBE( directories, "what does COPY_FILE_DIRECTORY say to a file, a new and an old folder?" ),
    PROBE( junction, "what do the flags say to a junction?" ),
    PROBE( destination_open, "who else may open the two files meanwhile?" ),
    PROBE( phases, "what is said of each phase, when our engine rehearses a failure in it?" ),
};

struct test_program probe_program = { "probe", probes, ARRAY_SIZE( probes ), NULL };
