/* SPDX-License-Identifier: MIT */

/* Errors of the host, and what becomes of them: each call of a copy fails in its turn, until none is left.
 * host_faults.sh runs this in a place of its own, under fault_calls.c (LD_PRELOAD) and, for some cases, on faultfs. */

#include "harness/recorder.h"
#include "harness/files.h"
#include "harness/test.h"

#define SIZE  20480
#define CHUNK 8192

static const char old[] = "jumps over the lazy dog, who was here first";
static BYTE bytes[SIZE];
static WCHAR calls_file[MAX_PATH];
static bool on_faultfs;

/* As fault_calls.c has it. */
static struct control
{
    char call[32];
    LONG err, at, calls, hits, descriptors;
} control;

static void write_whole( PCWSTR name, const void *data, DWORD size )
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

/* Where a fault is made: by the file system, or in this process. */
struct fault
{
    const char *call; /* of fault_calls.c; NULL: an operation of faultfs */
    const char *operation;
    const char *name; /* of the file; NULL: any */
    const char *err;
    LONG number; /* Linux' */
};

static void arm( const struct fault *fault, unsigned int nth )
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

/* Answers how often it struck. */
static int disarm( const struct fault *fault )
{
    static const char none[sizeof( control.call )];
    char told[1024] = "\n", *line;
    char wanted[40];
    int calls, hits = -1;

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
    ok( line && sscanf( line + strlen( wanted ), "%d %d", &calls, &hits ) == 2, "no count of %s", fault->operation );
    return hits;
}

static bool place_is_missing( void )
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
    for (size_t i = 0; i < SIZE; i++) bytes[i] = (BYTE)( i * 7 + i / 256 );
    DeleteFileW( L"dst.bin" );
    file_write( L"src.bin", bytes, SIZE );
    return false;
}

static bool is_nt( void )
{
    char backend[8] = "";

    GetEnvironmentVariableA( "COPYFILE2_BACKEND", backend, sizeof( backend ) );
    return !strcmp( backend, "nt" );
}

/* ---- what a copy holds
 * --------------------------------------------------------------------------------------------------- */

struct holdings
{
    DWORD handles;
    LONG descriptors;
    SIZE_T heap;
};

static struct holdings count_holdings( void )
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

/* Wine 9 and later keep heaps of their own for small blocks, and take them now and then; all of a leak is more than
 * that. */
static bool has_heap( SIZE_T now, SIZE_T before )
{
    const char *( CDECL * version )( void ) =
        (void *)GetProcAddress( GetModuleHandleW( L"ntdll.dll" ), "wine_get_version" );
    static SIZE_T first;

    if (!first) first = before;
    if (version && *version() == '8') return now == before;
    return now <= first + 65536;
}

static void check_holdings( const struct holdings *before )
{
    struct holdings now = count_holdings();

    ok( now.descriptors > 0, "descriptors are not counted" );
    ok( now.handles == before->handles, "%lu handles, were %lu", now.handles, before->handles );
    ok( now.descriptors == before->descriptors, "%ld descriptors, were %ld", now.descriptors, before->descriptors );
    ok( has_heap( now.heap, before->heap ), "%llu bytes of memory, were %llu", (unsigned long long)now.heap,
        (unsigned long long)before->heap );
}

/* ---- the law
 * ------------------------------------------------------------------------------------------------------------- */

/* One copy with chunks that are told of, or without. */
static HRESULT copy_once( struct recorder *recorder, DWORD flags )
{
    COPYFILE2_EXTENDED_PARAMETERS_V2 params = { sizeof( params ), flags };

    params.ioDesiredSize = CHUNK;
    if (recorder)
    {
        params.pProgressRoutine = recorder_callback;
        params.pvCallbackContext = recorder;
    }
    return copy_with( L"src.bin", L"dst.bin", &params );
}

static void check_result( HRESULT hr, const struct recorder *recorder, bool over, const struct fault *fault )
{
    COPYFILE2_COPY_PHASE phase = recorder->last.Info.Error.CopyPhase;

    if (hr == S_OK)
    {
        ok( file_is( L"dst.bin", bytes, SIZE ), "%lld bytes, or others", file_size( L"dst.bin" ) );
        ok( !recorder->counts[COPYFILE2_CALLBACK_ERROR], "an error was told" );
        return;
    }
    ok( recorder->counts[COPYFILE2_CALLBACK_ERROR] == 1, "%u errors", recorder->counts[COPYFILE2_CALLBACK_ERROR] );
    ok( recorder->last.Type == COPYFILE2_CALLBACK_ERROR, "the last message is %u", recorder->last.Type );
    ok( recorder->last.Info.Error.hrFailure == hr, "%#lx was told, %#lx is the result",
        recorder->last.Info.Error.hrFailure, hr );
    ok( recorder->last.Info.Error.uliChunkNumber.QuadPart == recorder->counts[COPYFILE2_CALLBACK_CHUNK_FINISHED],
        "chunk %llu", recorder->last.Info.Error.uliChunkNumber.QuadPart );
    ok( phase < COPYFILE2_PHASE_MAX, "phase %d", phase );
    if (over && phase <= COPYFILE2_PHASE_PREPARE_DEST && file_is_text( L"dst.bin", old )) return;
    /* Wine's server leaves what it made and then cannot look at; the copy never had it in hand. */
    if (fault->operation && !strcmp( fault->operation, "getattr" ) && phase == COPYFILE2_PHASE_PREPARE_DEST &&
        file_is( L"dst.bin", "", 0 ))
        return;
    ok( !file_exists( L"dst.bin" ), "%lld bytes are left", file_size( L"dst.bin" ) );
}

/* Answers whether the fault struck. */
static bool check_fault( const struct fault *fault, unsigned int nth, bool over, DWORD flags )
{
    struct holdings before;
    struct recorder recorder;
    HRESULT hr;
    int hits;

    push_context( "%s %s, call %u, over %s file, flags %#lx", fault->call ? fault->call : fault->operation, fault->err,
                  nth, over ? "a" : "no", flags );
    DeleteFileW( L"dst.bin" );
    if (over) file_write_text( L"dst.bin", old );
    recorder_begin( &recorder );
    before = count_holdings();
    arm( fault, nth );
    hr = copy_once( &recorder, flags );
    hits = disarm( fault );
    check_result( hr, &recorder, over, fault );
    check_holdings( &before );
    ok( file_is( L"src.bin", bytes, SIZE ), "the source has changed" );
    ok( hits || hr == S_OK, "no fault, and %#lx", hr );
    recorder_end( &recorder );
    ok( copy_once( NULL, 0 ) == S_OK && file_is( L"dst.bin", bytes, SIZE ), "the next copy fails" );
    pop_context();
    return hits;
}

static void check_law( const struct fault *fault, DWORD flags, unsigned int *struck )
{
    for (int over = 0; over < 2; over++)
    {
        unsigned int nth = 1;

        while (nth < 100 && check_fault( fault, nth, over, flags )) nth++;
        ok( nth < 100, "%s does not end", fault->call ? fault->call : fault->operation );
        *struck += nth - 1;
    }
}

static const struct
{
    const char *name;
    LONG number;
} errors[] = { { "EIO", 5 }, { "ENOSPC", 28 }, { "EOPNOTSUPP", 95 }, { "EINTR", 4 } };

static void test_calls( void )
{
    static const char *const host[] = {
        "ioctl",   "copy_file_range", "pread64",     "pwrite64",  "preadv64v2",      "pwritev64v2",
        "lseek64", "fallocate64",     "ftruncate64", "fstat64",   "fstatfs64",       "futimens",
        "fchmod",  "flistxattr",      "fgetxattr",   "fsetxattr", "posix_fadvise64", "close",
        "pread",   "pwrite",          "ftruncate",   "fstat"
    };
    const DWORD flags[] = { 0, COPY_FILE_NO_BUFFERING | COPY_FILE_NO_OFFLOAD, COPY_FILE_DISABLE_PRE_ALLOCATION };

    if (place_is_missing()) return;
    copy_once( NULL, 0 );
    for (size_t i = 0; i < ARRAY_SIZE( host ); i++)
    {
        unsigned int struck = 0;

        for (size_t j = 0; j < ARRAY_SIZE( errors ) * ARRAY_SIZE( flags ); j++)
        {
            const struct fault fault = { host[i], NULL, NULL, errors[j % ARRAY_SIZE( errors )].name,
                                         errors[j % ARRAY_SIZE( errors )].number };

            check_law( &fault, flags[j / ARRAY_SIZE( errors )], &struck );
        }
        trace( "%s: %u faults", host[i], struck );
    }
}

static void test_operations( void )
{
    static const char *const operations[] = { "open",      "create",   "read",  "write",    "copy_file_range",
                                              "fallocate", "truncate", "lseek", "getxattr", "setxattr",
                                              "utimens",   "chmod",    "flush", "release",  "getattr" };
    static const char *const names[] = { NULL, "src.bin", "dst.bin" };

    if (place_is_missing()) return;
    if (!on_faultfs)
    {
        skip( "not on faultfs" );
        return;
    }
    copy_once( NULL, 0 );
    for (size_t i = 0; i < ARRAY_SIZE( operations ); i++)
    {
        unsigned int struck = 0;

        for (size_t j = 0; j < ARRAY_SIZE( names ); j++)
        {
            const bool looks = !strcmp( operations[i], "getattr" ), opens = !strcmp( operations[i], "open" );
            const struct fault fault = { NULL, operations[i], names[j], errors[j % 2].name, errors[j % 2].number };

            /* to arm a fault opens and looks as well */
            if (( looks || opens ) != ( j != 0 )) continue;
            check_law( &fault, 0, &struck );
            check_law( &fault, COPY_FILE_NO_OFFLOAD, &struck );
        }
        trace( "%s: %u faults", operations[i], struck );
    }
}

/* ---- late errors
 * --------------------------------------------------------------------------------------------------------- */

/* What the daemon says at a close comes before the chunk is finished. */
static void test_late( void )
{
    static const struct fault fault = { NULL, "flush", "dst.bin", "ENOSPC", 28 };
    struct recorder recorder;
    HRESULT hr;

    if (place_is_missing()) return;
    if (!on_faultfs || is_nt())
    {
        skip( on_faultfs ? "Wine tells no error of a close" : "not on faultfs" );
        return;
    }
    recorder_begin( &recorder );
    arm( &fault, 4 ); /* a clone was tried, room was taken, a chunk was moved */
    hr = copy_once( &recorder, 0 );
    ok( disarm( &fault ) == 1, "no fault" );
    ok( hr == hr_from_error( ERROR_DISK_FULL ), "got %#lx", hr );
    expect_said( &recorder, SAID_STREAM_STARTED(
                                20480 ) "CHUNK_STARTED stream=1 chunk=0 chunk_size=8192 size=20480 total=20480\n"
                                        "CHUNK_FINISHED stream=1 flags=1 chunk=0 chunk_size=8192 size=20480 done=8192 "
                                        "total=20480 total_done=8192\n" SAID_CHUNK_STARTED( 1, 8192, 20480 )
                                            SAID_ERROR( WRITE_DESTINATION, 80070070, 1, 20480, 8192 ) );
    ok( !file_exists( L"dst.bin" ), "%lld bytes are left", file_size( L"dst.bin" ) );
    recorder_end( &recorder );
    arm( &fault, 1 ); /* all is one call */
    hr = copy_once( NULL, 0 );
    ok( disarm( &fault ) == 1, "no fault" );
    ok( hr == hr_from_error( ERROR_DISK_FULL ), "got %#lx without a callback", hr );
    ok( !file_exists( L"dst.bin" ), "%lld bytes are left", file_size( L"dst.bin" ) );
}

/* ---- every errno in every operation
 * -------------------------------------------------------------------------------------- */

#define ROW( err, status, error, open_error ) { #err, error, open_error },
static const struct
{
    const char *name;
    DWORD error, open_error;
} rows[] = {
#include "unix/errno_rows.h"
};

struct column
{
    const char *operation;
    const char *name;
    unsigned int nth;
    bool over, by_open;
    COPYFILE2_COPY_PHASE phase;
    const char *only; /* these errnos; "": all */
};

static unsigned int reached[COPYFILE2_PHASE_MAX];

/* What FUSE's kernel side takes for an answer of its own, or Linux tries again. */
static bool is_no_answer( const char *err, const struct column *column )
{
    if (!strcmp( err, "ENOSYS" ) || !strcmp( err, "EINTR" )) return true;
    /* Wine tries a folder then, and reads again after a fault of memory. */
    if (!strcmp( err, "EISDIR" ) && !strcmp( column->operation, "create" )) return true;
    if (!strcmp( err, "EFAULT" ) && is_nt()) return true;
    return column->by_open && !strcmp( err, "ESTALE" );
}

static void check_cell( const struct column *column, size_t row )
{
    const struct fault fault = { NULL, column->operation, column->name, rows[row].name, 0 };
    bool real = !column->only[0] || strstr( column->only, rows[row].name );
    DWORD error = column->by_open ? rows[row].open_error : rows[row].error;
    struct recorder recorder;
    HRESULT hr;

    push_context( "%s %s", column->operation, rows[row].name );
    DeleteFileW( L"dst.bin" );
    if (column->over) file_write_text( L"dst.bin", old );
    recorder_begin( &recorder );
    arm( &fault, column->nth );
    hr = copy_once( &recorder, COPY_FILE_NO_OFFLOAD );
    ok( disarm( &fault ) > 0, "no fault" );
    if (!real) ok( hr == S_OK && file_is( L"dst.bin", bytes, SIZE ), "got %#lx", hr );
    else
    {
        if (is_nt() && !column->by_open) ok( FAILED( hr ), "got %#lx", hr );
        else ok( hr == hr_from_error( error ), "got %#lx, not %lu", hr, error );
        ok( recorder.counts[COPYFILE2_CALLBACK_ERROR] == 1, "%u errors", recorder.counts[COPYFILE2_CALLBACK_ERROR] );
        ok( recorder.last.Info.Error.CopyPhase == column->phase, "phase %d", recorder.last.Info.Error.CopyPhase );
        if (recorder.last.Info.Error.CopyPhase < COPYFILE2_PHASE_MAX) reached[recorder.last.Info.Error.CopyPhase]++;
        if (column->by_open && column->over) ok( file_is_text( L"dst.bin", old ), "the old file has changed" );
        else ok( !file_exists( L"dst.bin" ), "%lld bytes are left", file_size( L"dst.bin" ) );
    }
    recorder_end( &recorder );
    pop_context();
}

static void test_matrix( void )
{
#define WINE true
#define HOST false
#define OPERATION( what, operation, file, nth, over, whose, phase, only )                                              \
    { operation, file, nth, over, whose, COPYFILE2_PHASE_##phase, only },
    static const struct column columns[] = {
#include "manual/operation_rows.h"
    };

    if (place_is_missing()) return;
    if (!on_faultfs)
    {
        skip( "not on faultfs" );
        return;
    }
    for (size_t i = 0; i < ARRAY_SIZE( columns ); i++)
    {
        unsigned int cells = 0;

        /* what only the host half does */
        if (is_nt() && ( columns[i].only[0] || !strcmp( columns[i].operation, "flush" ) ||
                         !strcmp( columns[i].operation, "truncate" ) ))
            continue;
        for (size_t row = 0; row < ARRAY_SIZE( rows ); row++)
            if (!is_no_answer( rows[row].name, &columns[i] ))
            {
                check_cell( &columns[i], row );
                cells++;
            }
        trace( "%s of %s: %u errnos", columns[i].operation, columns[i].name, cells );
    }
    for (int phase = COPYFILE2_PHASE_PREPARE_SOURCE; phase <= COPYFILE2_PHASE_WRITE_DESTINATION; phase++)
        ok( reached[phase] >= 3, "phase %d was reached %u times", phase, reached[phase] );
}

/* ---- the phases at both ends
 * --------------------------------------------------------------------------------------------- */

/* A clone of a broken or full disk is final, and neither side's. Only the kernel of such a disk says so: here by
 * fault_calls.c. */
static void test_clone( void )
{
    static const struct
    {
        const char *err;
        LONG number;
        DWORD error;
    } final[] = {
        { "EIO", 5, ERROR_IO_DEVICE },
        { "ENOMEM", 12, ERROR_NOT_ENOUGH_MEMORY },
        { "ENOSPC", 28, ERROR_DISK_FULL },
        { "EDQUOT", 122, ERROR_DISK_FULL },
    };

    if (place_is_missing()) return;
    for (size_t i = 0; i < ARRAY_SIZE( final ); i++)
    {
        const struct fault fault = { "ioctl", NULL, NULL, final[i].err, final[i].number };
        struct recorder recorder;
        HRESULT hr;

        push_context( "%s", final[i].err );
        recorder_begin( &recorder );
        arm( &fault, 1 );
        hr = copy_once( &recorder, 0 );
        ok( disarm( &fault ) == 1, "no fault" );
        ok( hr == hr_from_error( final[i].error ), "got %#lx", hr );
        ok( recorder.last.Type == COPYFILE2_CALLBACK_ERROR, "the last message is %u", recorder.last.Type );
        ok( recorder.last.Info.Error.CopyPhase == COPYFILE2_PHASE_SERVER_COPY, "phase %d",
            recorder.last.Info.Error.CopyPhase );
        ok( !file_exists( L"dst.bin" ), "%lld bytes are left", file_size( L"dst.bin" ) );
        recorder_end( &recorder );
        pop_context();
    }
}

/* The heap takes what it has left, block by block, while the system gives it no more. */
static size_t exhaust_heap( void **blocks, size_t count )
{
    size_t taken = 0, size = 1 << 20;

    while (taken < count && size >= 8)
    {
        blocks[taken] = HeapAlloc( GetProcessHeap(), 0, size );
        if (blocks[taken]) taken++;
        else size /= 2;
    }
    return taken;
}

static void test_memory( void )
{
    static const struct fault fault = { "mprotect", NULL, NULL, "ENOMEM", 12 };
    static void *blocks[100000];
    struct recorder recorder;
    size_t taken;
    HRESULT hr;

    if (place_is_missing()) return;
    copy_once( NULL, 0 );
    DeleteFileW( L"dst.bin" );
    recorder_begin( &recorder );
    arm( &fault, 0 );
    taken = exhaust_heap( blocks, ARRAY_SIZE( blocks ) );
    hr = copy_once( &recorder, 0 );
    while (taken) HeapFree( GetProcessHeap(), 0, blocks[--taken] );
    disarm( &fault );
    ok( hr == hr_from_error( ERROR_NOT_ENOUGH_MEMORY ), "got %#lx", hr );
    expect_said( &recorder, "ERROR phase=NONE stream=1 hr=80070008 chunk=0 size=0 done=0 total=0 total_done=0\n" );
    ok( !file_exists( L"dst.bin" ), "%lld bytes are left", file_size( L"dst.bin" ) );
    recorder_end( &recorder );
    ok( copy_once( NULL, 0 ) == S_OK && file_is( L"dst.bin", bytes, SIZE ), "the next copy fails" );
}

/* The last case: nothing is served any more. Source and destination are gone alike. */
static void test_death( void )
{
    struct recorder recorder;
    HRESULT hr;

    if (place_is_missing()) return;
    if (!on_faultfs)
    {
        skip( "not on faultfs" );
        return;
    }
    recorder_begin( &recorder );
    write_whole( L".faultfs", "clear\ndie write at 2", 20 );
    hr = copy_once( &recorder, COPY_FILE_NO_OFFLOAD );
    ok( hr == hr_from_error( ERROR_NETNAME_DELETED ) || hr == hr_from_error( ERROR_UNEXP_NET_ERR ), "got %#lx", hr );
    ok( recorder.last.Type == COPYFILE2_CALLBACK_ERROR, "the last message is %u", recorder.last.Type );
    ok( recorder.last.Info.Error.CopyPhase == COPYFILE2_PHASE_WRITE_DESTINATION, "phase %d",
        recorder.last.Info.Error.CopyPhase );
    recorder_end( &recorder );
    hr = copyfile2( L"src.bin", L"dst.bin", NULL );
    ok( FAILED( hr ), "got %#lx without a daemon", hr );
}

static const struct test_case cases[] = {
    { "clone", "-", test_clone },           { "memory", "-", test_memory },
    { "death", "-", test_death },           { "late", "-", test_late },
    { "matrix", "-", test_matrix },         { "calls", "-", test_calls },
    { "operations", "-", test_operations },
};

TEST_MAIN( "host_faults", cases )
