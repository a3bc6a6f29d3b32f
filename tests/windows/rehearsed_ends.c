/* SPDX-License-Identifier: MIT */

/* The end of a copy with a rehearsed fault depends on the answer of the callback, and on the destination that is
 * there. */

#include "rehearsed.h"

/* A later copy goes on with the fragment that PAUSE left, in spite of FAIL_IF_EXISTS. */
static void check_resumed( void )
{
    const DWORD flags = COPY_FILE_RESUME_FROM_PAUSE | COPY_FILE_FAIL_IF_EXISTS;
    HRESULT hr = copy_in_chunks_with( L"src.bin", L"dst.bin", flags, CHUNK, NULL, NULL );

    ok( hr == S_OK, "resumed with %#lx", hr );
    ok( file_is( L"dst.bin", bytes, SIZE ), "the resumed copy is wrong" );
}

/* STOP keeps what was copied, PAUSE what can be resumed, every other answer deletes it, and none changes the result. */
static void check_answer( const char *faults, DWORD error, unsigned int kept, COPYFILE2_MESSAGE_ACTION answer )
{
    struct recorder recorder;
    HRESULT hr;

    push_context( "%s, answer %d", faults, answer );
    recorder_begin( &recorder );
    recorder.answer = answer;
    recorder.answer_to = COPYFILE2_CALLBACK_ERROR;
    recorder.answer_at = 1;
    hr = copy_rehearsed( faults, &recorder );
    ok( hr == hr_from_error( error ), "got %#lx", hr );
    ok( recorder.counts[COPYFILE2_CALLBACK_ERROR] == 1, "%u errors", recorder.counts[COPYFILE2_CALLBACK_ERROR] );
    ok( recorder.last.Type == COPYFILE2_CALLBACK_ERROR, "the last message is %u", recorder.last.Type );
    if (answer == COPYFILE2_PROGRESS_STOP)
        ok( file_is( L"dst.bin", bytes, kept ), "%lld bytes", file_size( L"dst.bin" ) );
    else if (answer == COPYFILE2_PROGRESS_PAUSE) check_resumed();
    else ok( !file_exists( L"dst.bin" ), "%lld bytes are left", file_size( L"dst.bin" ) );
    recorder_end( &recorder );
    DeleteFileW( L"dst.bin" );
    pop_context();
}

void test_answers( void )
{
    if (engine_is_not_ours()) return;
    for (int answer = COPYFILE2_PROGRESS_CONTINUE; answer <= COPYFILE2_PROGRESS_PAUSE; answer++)
    {
        check_answer( "reserve:ENOSPC@1", ERROR_DISK_FULL, 0, answer );
        check_answer( "read:EIO@1", ERROR_IO_DEVICE, 0, answer );
        check_answer( "read:EIO@3", ERROR_IO_DEVICE, 8192, answer );
        check_answer( "write:ENOSPC@2", ERROR_DISK_FULL, 4096, answer );
        check_answer( "SERVER_COPY:ETIMEDOUT@2", ERROR_SEM_TIMEOUT, 4096, answer );
        check_answer( "flush:EIO@1", ERROR_IO_DEVICE, SIZE, answer );
    }
    check_next_copy();
}

/* Each copy counts anew, and a fault that is not reached does nothing. */
void test_counts_anew( void )
{
    if (engine_is_not_ours()) return;
    for (int i = 0; i < 3; i++)
    {
        ok( copy_rehearsed( "write:ENOSPC@3", NULL ) == hr_from_error( ERROR_DISK_FULL ), "copy %d", i );
        ok( copy_rehearsed( "write:ENOSPC@4", NULL ) == S_OK, "copy %d", i );
        ok( file_is( L"dst.bin", bytes, SIZE ), "copy %d: other bytes", i );
    }
}

/* All faults count, and the first that is due ends the copy. */
void test_several( void )
{
    if (engine_is_not_ours()) return;
    ok( copy_rehearsed( "write:ENOSPC@2,read:EIO@3", NULL ) == hr_from_error( ERROR_DISK_FULL ), "write is first" );
    ok( copy_rehearsed( "write:ENOSPC@3,read:EIO@3", NULL ) == hr_from_error( ERROR_IO_DEVICE ), "read is first" );
    ok( copy_rehearsed( "read:EIO@2,read:ERROR_CRC@2", NULL ) == hr_from_error( ERROR_IO_DEVICE ), "the first of two" );
    ok( copy_rehearsed( "read:EIO@9,read:EIO@8,read:EIO@7,read:EIO@6,read:EIO@5,read:EIO@4,write:EIO@9,flush:ESTALE@1",
                        NULL ) == hr_from_error( ERROR_UNEXP_NET_ERR ),
        "eight" );
}

/* After QUIET the callback hears nothing of the fault, which ends the copy all the same. */
void test_quiet( void )
{
    struct recorder recorder;

    if (engine_is_not_ours()) return;
    recorder_begin( &recorder );
    recorder.answer = COPYFILE2_PROGRESS_QUIET;
    recorder.answer_to = COPYFILE2_CALLBACK_STREAM_STARTED;
    recorder.answer_at = 1;
    ok( copy_rehearsed( "read:EIO@3", &recorder ) == hr_from_error( ERROR_IO_DEVICE ), "no fault" );
    expect_said( &recorder, SAID_STREAM_STARTED( 10240 ) );
    ok( !file_exists( L"dst.bin" ), "%lld bytes are left", file_size( L"dst.bin" ) );
    recorder_end( &recorder );
}

/* Somebody holds the file and does not let it be deleted: what was copied stays. */
void test_kept( void )
{
    HANDLE holder;

    if (engine_is_not_ours()) return;
    file_write_text( L"dst.bin", rehearsed_old );
    holder = file_hold( L"dst.bin", GENERIC_READ, SHARE_R | SHARE_W );
    ok( copy_rehearsed( "write:ENOSPC@3", NULL ) == hr_from_error( ERROR_DISK_FULL ), "no fault" );
    CloseHandle( holder );
    ok( file_is( L"dst.bin", bytes, 2 * CHUNK ), "%lld bytes are left", file_size( L"dst.bin" ) );
}

/* This file of the kernel says that it has a whole page, and has 2 bytes. So the destination is cut, and that may
 * fail. */
#define TOO_LARGE L"Z:\\sys\\kernel\\fscaps"

void test_truncate( void )
{
    COPYFILE2_EXTENDED_PARAMETERS_V2 params = { sizeof( params ) };
    struct recorder recorder;
    HRESULT hr;

    if (engine_is_not_ours()) return;
    if (!file_exists( TOO_LARGE ))
    {
        skip( "no /sys" );
        return;
    }
    recorder_begin( &recorder );
    params.ioDesiredSize = CHUNK;
    params.pProgressRoutine = recorder_callback;
    params.pvCallbackContext = &recorder;
    rehearse( "truncate:EIO@1" );
    hr = copy_with( TOO_LARGE, L"dst.bin", &params );
    rehearse( NULL );
    ok( hr == hr_from_error( ERROR_IO_DEVICE ), "got %#lx", hr );
    ok( recorder.last.Type == COPYFILE2_CALLBACK_ERROR, "the last message is %u", recorder.last.Type );
    ok( recorder.last.Info.Error.CopyPhase == COPYFILE2_PHASE_WRITE_DESTINATION, "phase %d",
        recorder.last.Info.Error.CopyPhase );
    ok( !file_exists( L"dst.bin" ), "%lld bytes are left", file_size( L"dst.bin" ) );
    recorder_end( &recorder );
}
