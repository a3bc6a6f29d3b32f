/* SPDX-License-Identifier: MIT */

/* This file writes one line about a copy. The line says first what was done, and which mover moved how many bytes, and
 * then why each faster way could not be used. */

#include "common/trace.h"
#include "common/fault.h"
#include "platform/unix_call.h"

/* These are declared as in wine/debug.h of Wine 8.0 to 11. */
struct wine_channel
{
    unsigned char flags;
    char name[15];
};
#define CLASS_TRACE 3
typedef unsigned char( CDECL *get_flags_function )( struct wine_channel *channel );
typedef int( CDECL *header_function )( int class, struct wine_channel *channel, const char *function );
typedef int( CDECL *output_function )( const char *line );

struct text
{
    char *bytes;
    size_t length, size;
};

static struct trace_note *note_of( struct trace *trace, const char *mover )
{
    for (size_t i = 0; i < trace->count; i++)
        if (trace->notes[i].mover == mover) return &trace->notes[i];
    trace->notes[trace->count] = ( struct trace_note ){ .mover = mover };
    return &trace->notes[trace->count++];
}

void trace_moved( struct trace *trace, const char *mover, uint64_t bytes, uint32_t threads )
{
    struct trace_note *note;

    if (!bytes) return;
    note = note_of( trace, mover );
    note->moved += bytes;
    if (threads > note->threads) note->threads = threads;
}

void trace_refused( struct trace *trace, const char *mover, const char *why, int32_t err )
{
    struct trace_note *note = note_of( trace, mover );

    note->refused = true;
    note->why = why;
    note->err = err;
}

void trace_taken( struct trace_way *way )
{
    way->state = TRACE_WAY_TAKEN;
}

void trace_not_taken( struct trace_way *way, const char *why, int32_t err )
{
    *way = ( struct trace_way ){ .state = TRACE_WAY_REFUSED, .why = why, .err = err };
}

static void add( struct text *text, const char *more )
{
    while (*more && text->length + 1 < text->size) text->bytes[text->length++] = *more++;
    text->bytes[text->length] = 0;
}

static void add_number( struct text *text, uint64_t number, unsigned int base )
{
    char digits[24], *digit = digits + sizeof( digits ) - 1;

    *digit = 0;
    do *--digit = "0123456789abcdef"[number % base];
    while (number /= base);
    add( text, digit );
}

static void add_name( struct text *text, PCWSTR name )
{
    size_t room = text->size - text->length;
    int got = WideCharToMultiByte( CP_UTF8, 0, name, -1, text->bytes + text->length, (int)room, NULL, NULL );

    if (got > 0) text->length += (size_t)got - 1;
}

static void add_threads( struct text *text, uint32_t threads )
{
    add( text, " in " );
    add_number( text, threads, 10 );
    add( text, " threads" );
}

static void add_moved( struct text *text, const struct trace *trace )
{
    const char *between = "";

    for (size_t i = 0; i < trace->count; i++)
    {
        if (!trace->notes[i].moved) continue;
        add( text, between );
        add_number( text, trace->notes[i].moved, 10 );
        add( text, " bytes by " );
        add( text, trace->notes[i].mover );
        if (trace->notes[i].threads > 1) add_threads( text, trace->notes[i].threads );
        between = ", ";
    }
    if (!*between) add( text, "0 bytes" );
}

/* The numbers of the host's errnos are not known in a Windows program, so the table goes by their names. */
static const struct
{
    const char *name;
    const char *words;
} errno_words[] = {
    { .name = "EOPNOTSUPP", .words = "the file system cannot do that" },
    { .name = "ENOTTY", .words = "the file system cannot do that" },
    { .name = "EINVAL", .words = "the file system does not do that here" },
    { .name = "EXDEV", .words = "the files lie on two file systems" },
    { .name = "EAGAIN", .words = "a program has the file open" },
    { .name = "ELOOP", .words = "a link is in the way" },
    { .name = "EMFILE", .words = "this user or program has too many open" },
    { .name = "ENOSPC", .words = "there is no room left for it" },
    { .name = "EACCES", .words = "there is no permission" },
    { .name = "EPERM", .words = "there is no permission" },
};

static bool is_same( const char *one, const char *other )
{
    for (; *one && *one == *other; other++) one++;
    return *one == *other;
}

static void add_errno( struct text *text, int32_t err )
{
    char name[32];

    unix_errno_name( err, name, sizeof( name ) );
    for (size_t i = 0; i < ARRAYSIZE( errno_words ); i++)
    {
        if (!is_same( errno_words[i].name, name )) continue;
        add( text, errno_words[i].words );
        add( text, " (" );
        add( text, name );
        add( text, ")" );
        return;
    }
    add( text, name );
}

static void add_reason( struct text *text, const char *why, int32_t err )
{
    add( text, ": " );
    if (why) add( text, why );
    else add_errno( text, err );
}

static void add_way( struct text *text, const struct trace_way *way, const char *refused )
{
    if (way->state != TRACE_WAY_REFUSED) return;
    add( text, refused );
    add_reason( text, way->why, way->err );
}

static bool for_the_same_reason( const struct trace_note *one, const struct trace_note *next )
{
    return next->refused && one->why && next->why == one->why;
}

static void add_movers_not_taken( struct text *text, const struct trace *trace )
{
    for (size_t i = 0; i < trace->count; i++)
    {
        const struct trace_note *note = &trace->notes[i];

        if (!note->refused) continue;
        add( text, "; not by " );
        add( text, note->mover );
        for (; i + 1 < trace->count && for_the_same_reason( note, &trace->notes[i + 1] ); i++)
        {
            add( text, " or " );
            add( text, trace->notes[i + 1].mover );
        }
        add_reason( text, note->why, note->err );
    }
}

/* Answers where the last name of this path begins. */
static PCWSTR last_name( PCWSTR path )
{
    PCWSTR last = path;

    for (; *path; path++)
        if (*path == '\\' || *path == '/' || *path == ':') last = path + 1;
    return last;
}

static bool ends_with( const char *path, const char *name )
{
    int length = lstrlenA( path ), wanted = lstrlenA( name );

    return length >= wanted && is_same( path + length - wanted, name );
}

/* Windows ignores the case of a name, and the dots and blanks at its end. So the file that was written may have another
 * name than the caller gave. */
static void add_other_name( struct text *text, const struct plan *plan, const UNICODE_STRING *destination )
{
    char path[4 * MAX_PATH], given[4 * MAX_PATH];
    ULONG size = sizeof( path );
    const char *name = path;

    if (!NT_SUCCESS( unix_path( destination, path, &size ) ) ||
        !WideCharToMultiByte( CP_UTF8, 0, last_name( plan->destination_name ), -1, given, sizeof( given ), NULL,
                              NULL ) ||
        ends_with( path, given ))
        return;
    for (const char *c = path; *c; c++)
        if (*c == '/') name = c + 1;
    add( text, "; the file is called " );
    add( text, name );
}

static void add_what_was_done( struct text *text, const struct trace *trace, const struct plan *plan,
                               const UNICODE_STRING *destination, const struct failure *failure )
{
    add_moved( text, trace );
    if (trace->index.state == TRACE_WAY_TAKEN) add( text, "; new name by index" );
    if (trace->small.state == TRACE_WAY_TAKEN) add( text, "; without handles" );
    if (trace->written_over) add( text, "; over the old content" );
    if (failure->where == FAILURE_NOWHERE) add_other_name( text, plan, destination );
}

static void add_why_not_faster( struct text *text, const struct trace *trace )
{
    add_movers_not_taken( text, trace );
    add_way( text, &trace->index, "; not by index" );
    add_way( text, &trace->small, "; not without handles" );
}

/* A test that relies on a fault has to know that the fault was never reached, so the trace tells of such faults too. */
static void add_faults( struct text *text, const struct faults *faults )
{
    for (size_t i = 0; faults && i < faults->count; i++)
    {
        add( text, faults->list[i].countdown ? "; not reached: " : "; rehearsed: " );
        add( text, faults->list[i].text );
    }
}

/* These are the errors that a copy may meet, and those of a copy that its caller has ended. */
#define WIN32_ERROR( win32_error ) { .name = #win32_error, .error = win32_error },
static const struct
{
    const char *name;
    DWORD error;
} errors[] = {
#include "common/win32_names.h"
    WIN32_ERROR( ERROR_REQUEST_ABORTED ) WIN32_ERROR( ERROR_REQUEST_PAUSED )
};

static const char *const phases[] = {
    [COPYFILE2_PHASE_PREPARE_SOURCE] = "PREPARE_SOURCE", [COPYFILE2_PHASE_PREPARE_DEST] = "PREPARE_DEST",
    [COPYFILE2_PHASE_READ_SOURCE] = "READ_SOURCE",       [COPYFILE2_PHASE_WRITE_DESTINATION] = "WRITE_DESTINATION",
    [COPYFILE2_PHASE_SERVER_COPY] = "SERVER_COPY",       [COPYFILE2_PHASE_NAMEGRAFT_COPY] = "NAMEGRAFT_COPY",
};

static const char *error_name( DWORD error )
{
    for (size_t i = 0; i < ARRAYSIZE( errors ); i++)
        if (errors[i].error == error) return errors[i].name;
    return NULL;
}

/* The number is for programs and the name for people. A copy that the caller has ended has no phase. */
static void add_failure( struct text *text, const struct failure *failure )
{
    HRESULT hr = failure_hresult( failure );
    COPYFILE2_COPY_PHASE phase = failure_phase( failure );
    const char *name = error_name( (DWORD)HRESULT_CODE( hr ) );

    if (SUCCEEDED( hr )) return;
    add( text, "failed: 0x" );
    add_number( text, (DWORD)hr, 16 );
    if (name)
    {
        add( text, " " );
        add( text, name );
    }
    if (phase > COPYFILE2_PHASE_NONE && (size_t)phase < ARRAYSIZE( phases ) && phases[phase])
    {
        add( text, " in " );
        add( text, phases[phase] );
    }
    add( text, ", after " );
}

static void write_line( struct text *text, const struct trace *trace, const struct plan *plan,
                        const UNICODE_STRING *destination, const struct failure *failure )
{
    add_name( text, plan->source_name );
    add( text, " -> " );
    add_name( text, plan->destination_name );
    add( text, ": " );
    add_failure( text, failure );
    add_what_was_done( text, trace, plan, destination, failure );
    add_why_not_faster( text, trace );
    add_faults( text, plan->faults );
    add( text, "\n" );
}

static bool is_asked_for( void )
{
    WCHAR value[2];

    return GetEnvironmentVariableW( L"COPYFILE2_TRACE", value, ARRAYSIZE( value ) ) == 1 && value[0] == '1';
}

/* These are the functions for debug channels in Wine's ntdll. They are looked up once, and not at every copy, because
 * the loader is slow. Besides, in some programs Wine's loader has a damaged list of modules. */
static struct
{
    volatile LONG is_known;
    get_flags_function get_flags;
    header_function header;
    output_function output;
} wine;

static void find_wine( void )
{
    HMODULE ntdll = GetModuleHandleW( L"ntdll.dll" );

    wine.get_flags = (void *)GetProcAddress( ntdll, "__wine_dbg_get_channel_flags" );
    wine.header = (void *)GetProcAddress( ntdll, "__wine_dbg_header" );
    wine.output = (void *)GetProcAddress( ntdll, "__wine_dbg_output" );
    MemoryBarrier();
    wine.is_known = TRUE;
}

/* Wine looks up the channel in WINEDEBUG, and stores the answer in the channel's flags, so the channel is static.
 * Answers NULL when the channel is off. */
static struct wine_channel *wine_channel_on( void )
{
    static struct wine_channel channel = { .flags = 0xff, .name = "copyfile2" };

    if (!wine.is_known) find_wine();
    return wine.get_flags && ( wine.get_flags( &channel ) & ( 1 << CLASS_TRACE ) ) ? &channel : NULL;
}

static void write_to_wine( struct wine_channel *channel, const char *line )
{
    if (wine.header && wine.output && wine.header( CLASS_TRACE, channel, "CopyFile2" ) != -1) wine.output( line );
}

void trace_write( const struct trace *trace, const struct plan *plan, const UNICODE_STRING *destination,
                  const struct failure *failure )
{
    static const char prefix[] = "copyfile2: ";
    struct wine_channel *channel = wine_channel_on();
    bool to_stderr = is_asked_for();
    struct text text = { .size = 2048 };
    DWORD written;

    if (!channel && !to_stderr) return;
    text.size += 3 * ( (size_t)lstrlenW( plan->source_name ) + (size_t)lstrlenW( plan->destination_name ) );
    text.bytes = HeapAlloc( GetProcessHeap(), 0, text.size );
    if (!text.bytes) return;

    add( &text, prefix );
    write_line( &text, trace, plan, destination, failure );
    if (channel) write_to_wine( channel, text.bytes + sizeof( prefix ) - 1 );
    if (to_stderr) WriteFile( GetStdHandle( STD_ERROR_HANDLE ), text.bytes, (DWORD)text.length, &written, NULL );
    HeapFree( GetProcessHeap(), 0, text.bytes );
}
