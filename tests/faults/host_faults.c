/* SPDX-License-Identifier: MIT */

/* The host makes errors: each call of a copy fails in its turn, until none is left. host_faults.sh runs this in a place
 * of its own, under fault_calls.c (LD_PRELOAD) and, for some cases, on faultfs. */

#include "host_faults.h"

/* The daemon tells some errors only at a close. The caller still gets them before the chunk is finished. */
static void test_late( void )
{
    static const struct fault fault = { .operation = "flush", .name = "dst.bin", .err = "ENOSPC", .number = 28 };
    struct recorder recorder;
    HRESULT hr;

    if (place_is_missing()) return;
    if (!on_faultfs || is_nt())
    {
        skip( on_faultfs ? "Wine tells no error of a close" : "not on faultfs" );
        return;
    }
    recorder_begin( &recorder );
    arm( &fault, 4 ); /* the first three came when a clone was tried, room was taken, and a chunk was moved */
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

#define MIB         ( 1024 * 1024 )
#define FLUSH_SIZE  ( (uint64_t)36 * MIB )
#define RECORD_SIZE 128

/* Linux tells of a failed flush once, and after that counts the lost bytes as written. So no later flush makes them
 * safe, and the record tells of the safe point before them. There is one every 16 MiB, and on a slow machine more. */
static void check_flush( unsigned int nth )
{
    static const struct fault fault = { .call = "fsync", .err = "ENOSPC", .number = 28 };
    struct recorder recorder;
    int64_t told, safe;
    HRESULT hr;

    push_context( "flush %u", nth );
    DeleteFileW( L"dst.bin" );
    recorder_begin( &recorder );
    arm( &fault, nth );
    hr = copy_once( &recorder, COPY_FILE_RESTARTABLE );
    ok( disarm( &fault ) == 1, "no fault" );
    ok( hr == hr_from_error( ERROR_DISK_FULL ), "got %#lx", hr );
    ok( recorder.last.Type == COPYFILE2_CALLBACK_ERROR, "the last message is %u", recorder.last.Type );
    ok( recorder.last.Info.Error.CopyPhase == COPYFILE2_PHASE_WRITE_DESTINATION, "phase %d",
        recorder.last.Info.Error.CopyPhase );
    told = (int64_t)recorder.last.Info.Error.uliTotalBytesTransferred.QuadPart;
    safe = file_size( L"dst.bin" ) - RECORD_SIZE;
    ok( safe < told && safe >= MIB * ( (int64_t)nth - 1 ) && safe <= 16 * MIB * ( (int64_t)nth - 1 ),
        "%lld bytes are safe, %lld were told of", safe, told );
    recorder_end( &recorder );

    recorder_begin( &recorder );
    hr = copy_once( &recorder, COPY_FILE_RESTARTABLE );
    ok( hr == S_OK && file_equal( L"src.bin", L"dst.bin" ), "got %#lx, or other bytes", hr );
    ok( recorder.counts[COPYFILE2_CALLBACK_CHUNK_FINISHED] == ( FLUSH_SIZE - (uint64_t)safe ) / MIB,
        "%u chunks behind %lld bytes", recorder.counts[COPYFILE2_CALLBACK_CHUNK_FINISHED], safe );
    recorder_end( &recorder );
    pop_context();
}

/* The third flush comes when all bytes are there, unless the machine is slow. */
static void test_flush( void )
{
    if (place_is_missing()) return;
    shape = ( struct shape ){ .size = SIZE, .chunk = MIB };
    file_fill( L"src.bin", FLUSH_SIZE, 1 );
    for (unsigned int nth = 1; nth <= 3; nth++) check_flush( nth );
    file_write( L"src.bin", bytes, SIZE );
    DeleteFileW( L"dst.bin" );
    shape = ( struct shape ){ .size = SIZE, .chunk = CHUNK };
}

static void wait_a_little( const COPYFILE2_MESSAGE *message, void *context )
{
    (void)message;
    (void)context;
    Sleep( 100 );
}

/* Answers how many writes came of a copy whose callback is slow and cancels after so many chunks. */
static int writes_until( unsigned int chunks )
{
    static const struct fault fault = { .operation = "write", .name = "dst.bin", .err = "EIO", .number = 5 };
    struct recorder recorder;
    HRESULT hr;

    DeleteFileW( L"dst.bin" );
    recorder_begin( &recorder );
    recorder.hook = wait_a_little;
    recorder.answer = COPYFILE2_PROGRESS_CANCEL;
    recorder.answer_to = COPYFILE2_CALLBACK_CHUNK_FINISHED;
    recorder.answer_at = chunks;
    arm( &fault, 100000 );
    write_whole( L".faultfs", "delay write 20", 14 );
    hr = copy_once( &recorder, COPY_FILE_NO_OFFLOAD );
    ok( hr == hr_from_error( ERROR_REQUEST_ABORTED ), "got %#lx", hr );
    recorder_end( &recorder );
    disarm( &fault );
    return told_calls;
}

/* A network or a daemon is slow to write, and slow to fail. So nothing is written there ahead of the calls. */
static void test_not_ahead( void )
{
    int one, four;

    shape = ( struct shape ){ .size = LARGE_SIZE, .chunk = 1024 * 1024 };
    if (place_is_missing()) return;
    if (!on_faultfs)
    {
        skip( "not on faultfs" );
        return;
    }
    one = writes_until( 1 );
    four = writes_until( 4 );
    ok( one > 0 && four == 4 * one, "%d writes of one chunk, and %d of four", one, four );
    shape = ( struct shape ){ .size = SIZE, .chunk = CHUNK };
}

/* The error of a clone on a broken or full disk is final, and belongs to neither file. Only the kernel gives it, so
 * fault_calls.c does that here. */
static void test_clone( void )
{
    static const struct
    {
        const char *err;
        LONG number;
        DWORD error;
    } final[] = {
        { .err = "EIO", .number = 5, .error = ERROR_IO_DEVICE },
        { .err = "ENOMEM", .number = 12, .error = ERROR_NOT_ENOUGH_MEMORY },
        { .err = "ENOSPC", .number = 28, .error = ERROR_DISK_FULL },
        { .err = "EDQUOT", .number = 122, .error = ERROR_DISK_FULL },
    };

    if (place_is_missing()) return;
    for (size_t i = 0; i < ARRAY_SIZE( final ); i++)
    {
        const struct fault fault = { .call = "ioctl", .err = final[i].err, .number = final[i].number };
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

/* Takes what the heap has left, block by block, while the system gives it no more. */
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
    static const struct fault fault = { .call = "mprotect", .err = "ENOMEM", .number = 12 };
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

/* host_faults.sh runs this case last on faultfs, for nothing is served any more. Source and destination are gone
 * alike. */
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
    { .name = "clone", .row = "-", .run = test_clone },
    { .name = "memory", .row = "-", .run = test_memory },
    { .name = "death", .row = "-", .run = test_death },
    { .name = "not_ahead", .row = "-", .run = test_not_ahead },
    { .name = "late", .row = "-", .run = test_late },
    { .name = "flush", .row = "-", .run = test_flush },
    { .name = "matrix", .row = "-", .run = test_matrix },
    { .name = "calls", .row = "-", .run = test_calls },
    { .name = "calls_large", .row = "-", .run = test_calls_large },
    { .name = "operations", .row = "-", .run = test_operations },
    { .name = "sizes", .row = "-", .run = test_sizes },
    { .name = "sizes_said", .row = "-", .run = test_sizes_said },
    { .name = "sizes_ended", .row = "-", .run = test_sizes_ended },
    { .name = "sizes_stream", .row = "-", .run = test_sizes_stream },
    { .name = "sizes_family", .row = "-", .run = test_sizes_family },
    { .name = "sizes_cut", .row = "-", .run = test_sizes_cut },
    { .name = "sizes_written", .row = "-", .run = test_sizes_written },
};

TEST_MAIN( "host_faults", cases )
