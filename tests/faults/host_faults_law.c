/* SPDX-License-Identifier: MIT */

/* Each call, and each operation, fails in its turn until none is left. The same law holds after every fault. */

#include "host_faults.h"

static void check_told( HRESULT hr, const struct recorder *recorder )
{
    if (shape.silent) return;
    ok( recorder->counts[COPYFILE2_CALLBACK_ERROR] == 1, "%u errors", recorder->counts[COPYFILE2_CALLBACK_ERROR] );
    ok( recorder->last.Type == COPYFILE2_CALLBACK_ERROR, "the last message is %u", recorder->last.Type );
    ok( recorder->last.Info.Error.hrFailure == hr, "%#lx was told, %#lx is the result",
        recorder->last.Info.Error.hrFailure, hr );
    ok( recorder->last.Info.Error.uliChunkNumber.QuadPart == recorder->counts[COPYFILE2_CALLBACK_CHUNK_FINISHED],
        "chunk %llu", recorder->last.Info.Error.uliChunkNumber.QuadPart );
    ok( recorder->last.Info.Error.CopyPhase < COPYFILE2_PHASE_MAX, "phase %d", recorder->last.Info.Error.CopyPhase );
}

static void check_result( HRESULT hr, const struct recorder *recorder, bool over, const struct fault *fault )
{
    COPYFILE2_COPY_PHASE phase = recorder->last.Info.Error.CopyPhase;

    if (hr == S_OK)
    {
        ok( file_is( L"dst.bin", bytes, shape.size ), "%lld bytes, or others", file_size( L"dst.bin" ) );
        ok( !recorder->counts[COPYFILE2_CALLBACK_ERROR], "an error was told" );
        return;
    }
    check_told( hr, recorder );
    if (over && phase <= COPYFILE2_PHASE_PREPARE_DEST && file_is_text( L"dst.bin", old )) return;
    /* Wine's server leaves a file that it made and then cannot look at. The copy never had a handle of that file. */
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
    ok( file_is( L"src.bin", bytes, shape.size ), "the source has changed" );
    ok( hits || hr == S_OK, "no fault, and %#lx", hr );
    recorder_end( &recorder );
    ok( copy_once( NULL, 0 ) == S_OK && file_is( L"dst.bin", bytes, shape.size ), "the next copy fails" );
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
} errors[] = {
    { .name = "EIO", .number = 5 },
    { .name = "ENOSPC", .number = 28 },
    { .name = "EOPNOTSUPP", .number = 95 },
    { .name = "EINTR", .number = 4 },
};

void test_calls( void )
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
            const struct fault fault = { .call = host[i],
                                         .err = errors[j % ARRAY_SIZE( errors )].name,
                                         .number = errors[j % ARRAY_SIZE( errors )].number };

            check_law( &fault, flags[j / ARRAY_SIZE( errors )], &struck );
        }
        trace( "%s: %u faults", host[i], struck );
    }
}

/* Several threads move a large file, in one call or ahead of the calls. */
void test_calls_large( void )
{
    static const char *const host[] = { "pread64", "pwrite64", "preadv64v2",  "pwritev64v2",   "fstat64",
                                        "close",   "fcntl64",  "fallocate64", "pthread_create" };

    shape = ( struct shape ){ .size = LARGE_SIZE, .chunk = 1024 * 1024 };
    if (place_is_missing()) return;
    for (size_t i = 0; i < ARRAY_SIZE( host ); i++)
    {
        unsigned int struck = 0;

        for (size_t j = 0; j < 4; j++)
        {
            const struct fault fault = { .call = host[i], .err = errors[j % 2].name, .number = errors[j % 2].number };

            shape.silent = j < 2;
            copy_once( NULL, 0 );
            check_law( &fault, strchr( host[i], 'v' ) ? COPY_FILE_NO_BUFFERING : 0, &struck );
        }
        trace( "%s: %u faults", host[i], struck );
    }
    shape = ( struct shape ){ .size = SIZE, .chunk = CHUNK };
}

void test_operations( void )
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
            const struct fault fault = {
                .operation = operations[i], .name = names[j], .err = errors[j % 2].name, .number = errors[j % 2].number
            };

            /* arming a fault opens and looks at files, too */
            if (( looks || opens ) != ( j != 0 )) continue;
            check_law( &fault, 0, &struck );
            check_law( &fault, COPY_FILE_NO_OFFLOAD, &struck );
        }
        trace( "%s: %u faults", operations[i], struck );
    }
}
