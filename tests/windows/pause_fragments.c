/* SPDX-License-Identifier: MIT */

/* A resumed copy must not believe these fragments, because they or their source have changed. */

#include "pause.h"

#include <stdlib.h>

/* With FAIL_IF_EXISTS the file is an obstacle, and stays what it is; without, it is overwritten. */
static void check_not_believed( void )
{
    int64_t size = file_size( L"dst.bin" );
    struct recorder recorder;
    HRESULT hr;

    CopyFileW( L"dst.bin", L"before.bin", FALSE );
    hr = resume_quietly( RESUME | COPY_FILE_FAIL_IF_EXISTS );
    ok( hr == EXISTS, "got %#lx", hr );
    ok( file_size( L"dst.bin" ) == size && file_equal( L"dst.bin", L"before.bin" ), "the destination has changed" );
    hr = copy_and_answer( RESUME, COPYFILE2_PROGRESS_CONTINUE, CHUNK_FINISHED, 0, &recorder );
    ok( hr == S_OK, "got %#lx", hr );
    ok( recorder.counts[CHUNK_FINISHED] == ( file_size( L"src.bin" ) + CHUNK - 1 ) / CHUNK || broken( true ),
        "%u chunks: not all was copied again", recorder.counts[CHUNK_FINISHED] );
    check_complete();
    recorder_end( &recorder );
}

static BYTE *read_whole( PCWSTR name, DWORD *size )
{
    HANDLE file = file_hold( name, GENERIC_READ, SHARE_ALL );
    BYTE *bytes;

    *size = GetFileSize( file, NULL );
    bytes = malloc( *size + MANY );
    ok( ReadFile( file, bytes, *size, size, NULL ), "cannot read" );
    CloseHandle( file );
    return bytes;
}

static FILETIME time_of_write( PCWSTR name )
{
    return file_information( name ).ftLastWriteTime;
}

/* Writes other bytes into the fragment, and gives it the old time, as if nobody had touched it. */
static void write_with_time( const BYTE *bytes, DWORD size, FILETIME time )
{
    file_write( L"dst.bin", bytes, size );
    file_set_times( L"dst.bin", NULL, &time );
}

/* The control: the same bytes with the same time are believed. */
static void check_believed( const BYTE *bytes, DWORD size, FILETIME time )
{
    write_with_time( bytes, size, time );
    ok( copy_and_pause( RESUME | COPY_FILE_FAIL_IF_EXISTS, CHUNK_FINISHED, 100 ) == S_OK, "not believed" );
    check_complete();
}

void test_hostile_bytes( void )
{
    FILETIME time;
    DWORD size;
    BYTE *bytes;

    make_paused();
    time = time_of_write( L"dst.bin" );
    bytes = read_whole( L"dst.bin", &size );
    check_believed( bytes, size, time );
    for (DWORD at = 1; at <= RECORD; at++)
    {
        push_context( "the byte %lu before the end", at );
        bytes[size - at] ^= (BYTE)( 1 << at % 8 );
        write_with_time( bytes, size, time );
        check_not_believed();
        bytes[size - at] ^= (BYTE)( 1 << at % 8 );
        pop_context();
    }
    free( bytes );
}

void test_hostile_lengths( void )
{
    FILETIME time;
    DWORD size;
    BYTE *bytes;

    make_paused();
    time = time_of_write( L"dst.bin" );
    bytes = read_whole( L"dst.bin", &size );
    memset( bytes + size, 0, MANY );
    for (DWORD less = 1; less <= RECORD + 1; less++)
    {
        push_context( "%lu bytes less", less );
        write_with_time( bytes, size - less, time );
        check_not_believed();
        pop_context();
    }
    for (DWORD more = 1; more < MANY; more = more * 2 + 1)
    {
        push_context( "%lu bytes more", more );
        write_with_time( bytes, size + more, time );
        check_not_believed();
        pop_context();
    }
    push_context( "the record alone" );
    write_with_time( bytes + size - RECORD, RECORD, time );
    check_not_believed();
    pop_context();
    push_context( "the record twice" );
    memcpy( bytes + size, bytes + size - RECORD, RECORD );
    write_with_time( bytes, size + RECORD, time );
    check_not_believed();
    pop_context();
    push_context( "the record at the end of the whole file" );
    memset( bytes + size, 7, MANY - size );
    memcpy( bytes + MANY - RECORD, bytes + size - RECORD, RECORD );
    write_with_time( bytes, MANY, time );
    check_not_believed();
    pop_context();
    free( bytes );
}

/* Somebody wrote into the fragment. Its time tells, or its bytes do where the time was put back. */
void test_changed_fragment( void )
{
    static const DWORD places[] = { 0, 1, 3 * CHUNK - 1 };
    FILETIME time;

    make_paused();
    file_patch( L"dst.bin", 5000, "x", 1 );
    check_not_believed();
    for (size_t i = 0; i < ARRAY_SIZE( places ); i++)
    {
        push_context( "at %lu, with its time put back", places[i] );
        make_paused();
        time = time_of_write( L"dst.bin" );
        file_patch( L"dst.bin", places[i], "x", 1 );
        file_set_times( L"dst.bin", NULL, &time );
        check_not_believed();
        pop_context();
    }
}

void test_changed_source( void )
{
    FILETIME time, other = file_time( 2001 );

    push_context( "another time" );
    make_paused();
    file_set_times( L"src.bin", NULL, &other );
    check_not_believed();
    pop_context();
    push_context( "other bytes, another time" );
    make_paused();
    file_patch( L"src.bin", MANY - 1, "x", 1 );
    check_not_believed();
    pop_context();
    push_context( "longer" );
    make_paused();
    time = time_of_write( L"src.bin" );
    file_patch( L"src.bin", MANY, "x", 1 );
    file_set_times( L"src.bin", NULL, &time );
    check_not_believed();
    pop_context();
    push_context( "other bytes where they are compared, the same time" );
    make_paused();
    time = time_of_write( L"src.bin" );
    file_patch( L"src.bin", 3 * CHUNK - 1, "x", 1 );
    file_set_times( L"src.bin", NULL, &time );
    check_not_believed();
    pop_context();
}

/* The source is equal in size, time and bytes so far, but it is another file. */
void test_foreign_record( void )
{
    FILETIME time;

    make_paused();
    time = time_of_write( L"src.bin" );
    ok( MoveFileW( L"src.bin", L"moved.bin" ), "cannot move" );
    ok( CopyFileW( L"moved.bin", L"src.bin", FALSE ), "cannot copy" );
    file_set_times( L"src.bin", NULL, &time );
    check_not_believed();
}

/* The source is a fragment itself, and the record in it counts as data. */
void test_fragment_of_fragment( void )
{
    HRESULT hr;

    make_paused();
    ok( MoveFileW( L"dst.bin", L"inner.bin" ), "cannot move" );
    DeleteFileW( L"src.bin" );
    ok( MoveFileW( L"inner.bin", L"src.bin" ), "cannot move" );
    ok( copy_and_pause( 0, CHUNK_FINISHED, 2 ) == PAUSED, "not paused" );
    hr = resume_quietly( RESUME );
    ok( hr == S_OK, "got %#lx", hr );
    check_complete();
    hr = resume_quietly( RESUME | COPY_FILE_FAIL_IF_EXISTS );
    ok( hr == EXISTS, "a complete copy of a fragment: got %#lx", hr );
}
