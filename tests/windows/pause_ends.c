/* SPDX-License-Identifier: MIT */

/* These copies are resumed: with holes, with attributes, onto protected files, and with other ends. */

#include "pause.h"

/* The source's holes read as zeros in the copy, also where the record lay. */
void test_holes( void )
{
    file_make_sparse( L"src.bin", 64 * CHUNK );
    file_patch( L"src.bin", 40 * CHUNK, "data", 4 );
    for (unsigned int nth = 1; nth < 64; nth += 9)
    {
        for (DWORD flags = 0; flags <= COPY_FILE_RESTARTABLE; flags += COPY_FILE_RESTARTABLE)
        {
            push_context( "chunk %u, flags %#lx", nth, flags );
            DeleteFileW( L"dst.bin" );
            ok( copy_and_pause( flags, CHUNK_FINISHED, nth ) == PAUSED, "not paused" );
            ok( resume_quietly( flags | RESUME ) == S_OK, "not resumed" );
            check_complete();
            pop_context();
        }
    }
}

/* A fragment of a protected file can be resumed, and the finished copy has the source's attributes. */
void test_attributes( void )
{
    static const DWORD attributes[] = { FILE_ATTRIBUTE_READONLY, FILE_ATTRIBUTE_HIDDEN, FILE_ATTRIBUTE_SYSTEM,
                                        FILE_ATTRIBUTE_READONLY | FILE_ATTRIBUTE_HIDDEN };
    HRESULT hr;

    if (!file_system_keeps_attributes())
    {
        skip( "this file system keeps no attributes" );
        return;
    }
    file_fill( L"src.bin", MANY, 1 );
    for (size_t i = 0; i < ARRAY_SIZE( attributes ); i++)
    {
        for (DWORD flags = 0; flags <= COPY_FILE_RESTARTABLE; flags += COPY_FILE_RESTARTABLE)
        {
            push_context( "attributes %#lx, flags %#lx", attributes[i], flags );
            file_set_attributes( L"src.bin", attributes[i] );
            ok( copy_and_pause( flags, CHUNK_FINISHED, 3 ) == PAUSED, "not paused" );
            hr = resume_quietly( flags | RESUME | COPY_FILE_FAIL_IF_EXISTS );
            ok( hr == S_OK, "got %#lx", hr );
            check_complete();
            ok( file_attributes( L"dst.bin" ) == ( attributes[i] | FILE_ATTRIBUTE_ARCHIVE ), "attributes %#lx",
                file_attributes( L"dst.bin" ) );
            file_set_attributes( L"dst.bin", FILE_ATTRIBUTE_NORMAL );
            DeleteFileW( L"dst.bin" );
            pop_context();
        }
    }
    file_set_attributes( L"src.bin", FILE_ATTRIBUTE_NORMAL );
}

/* A fragment is protected as any file is. */
void test_protected_fragment( void )
{
    int64_t size;
    HRESULT hr;

    make_paused();
    size = file_size( L"dst.bin" );
    file_set_attributes( L"dst.bin", FILE_ATTRIBUTE_READONLY );
    hr = resume_quietly( RESUME );
    ok( hr == hr_from_error( ERROR_ACCESS_DENIED ), "got %#lx", hr );
    file_set_attributes( L"dst.bin", FILE_ATTRIBUTE_NORMAL );
    ok( file_size( L"dst.bin" ) == size, "%lld bytes", (long long)file_size( L"dst.bin" ) );
}

/* CANCEL deletes what was there, STOP cuts it, as always. */
void test_other_answers( void )
{
    struct recorder recorder;
    HRESULT hr;

    make_paused();
    hr = copy_and_answer( RESUME, COPYFILE2_PROGRESS_CANCEL, CHUNK_FINISHED, 1, &recorder );
    ok( hr == ABORTED, "got %#lx", hr );
    ok( !file_exists( L"dst.bin" ), "the destination is still there" );
    recorder_end( &recorder );

    make_paused();
    hr = copy_and_answer( RESUME, COPYFILE2_PROGRESS_STOP, CHUNK_FINISHED, 1, &recorder );
    ok( hr == ABORTED, "got %#lx", hr );
    if (engine_is_ours()) ok( file_size( L"dst.bin" ) == 4 * CHUNK, "%lld bytes", (long long)file_size( L"dst.bin" ) );
    ok( resume_quietly( RESUME | COPY_FILE_FAIL_IF_EXISTS ) == EXISTS, "a fragment without record was gone on with" );
    recorder_end( &recorder );

    make_paused();
    hr = copy_and_answer( RESUME, COPYFILE2_PROGRESS_QUIET, STREAM_STARTED, 1, &recorder );
    ok( hr == S_OK && recorder.count == 1, "got %#lx, %u messages", hr, recorder.count );
    check_complete();
    recorder_end( &recorder );
}

static COPYFILE2_MESSAGE_ACTION CALLBACK pause_then( const COPYFILE2_MESSAGE *message, void *context )
{
    if (message->Type == STREAM_FINISHED) return *(COPYFILE2_MESSAGE_ACTION *)context;
    return message->Type == CHUNK_FINISHED ? COPYFILE2_PROGRESS_PAUSE : COPYFILE2_PROGRESS_CONTINUE;
}

void test_answer_after_pause( void )
{
    file_fill( L"src.bin", 3 * 1024 * 1024, 1 );
    for (COPYFILE2_MESSAGE_ACTION answer = COPYFILE2_PROGRESS_CONTINUE; answer <= COPYFILE2_PROGRESS_PAUSE; answer++)
    {
        COPYFILE2_EXTENDED_PARAMETERS params = { sizeof( params ), 0, NULL, pause_then, &answer };
        HRESULT hr;

        push_context( "answer %d", (int)answer );
        DeleteFileW( L"dst.bin" );
        hr = copy_with( L"src.bin", L"dst.bin", &params );
        ok( hr == PAUSED || broken( true ), "got %#lx", hr );
        ok( resume_quietly( RESUME | COPY_FILE_FAIL_IF_EXISTS ) == S_OK || broken( true ), "not resumed" );
        check_complete();
        pop_context();
    }
}

/* A flag that is set at entry leaves the fragment alone; one that is set later deletes it. */
void test_pfcancel( void )
{
    BOOL cancel = TRUE;
    HRESULT hr;

    make_paused();
    hr = copy_in_chunks_with( L"src.bin", L"dst.bin", RESUME, CHUNK, &cancel, NULL );
    ok( hr == ABORTED, "got %#lx", hr );
    ok( resume_quietly( RESUME | COPY_FILE_FAIL_IF_EXISTS ) == S_OK, "the fragment is of no use any more" );
    check_complete();
}

void test_onto_itself( void )
{
    HRESULT hr;

    file_fill( L"src.bin", MANY, 1 );
    hr = copy_in_chunks_with( L"src.bin", L"src.bin", RESUME, CHUNK, NULL, NULL );
    ok( hr == hr_from_error( ERROR_SHARING_VIOLATION ), "got %#lx", hr );
    hr = copy_in_chunks_with( L"src.bin", L"src.bin", RESUME | COPY_FILE_FAIL_IF_EXISTS, CHUNK, NULL, NULL );
    ok( hr == EXISTS || broken( hr == hr_from_error( ERROR_SHARING_VIOLATION ) ), "got %#lx", hr );
    ok( file_size( L"src.bin" ) == MANY, "%lld bytes", (long long)file_size( L"src.bin" ) );
}
