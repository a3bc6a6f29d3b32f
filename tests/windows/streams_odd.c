/* SPDX-License-Identifier: MIT */

/* Streams can be sources and destinations themselves, and files with streams have more odd cases. */

#include "harness/streams.h"
#include "streams_odd.h"

/* A name on Linux has at most 255 bytes. Where no file can have the stream's name, the copy is made without it, as on
 * FAT. */
void test_long_name( void )
{
    WCHAR name[256], stream[264];

    for (int length = 249; length <= 255; length++)
    {
        HRESULT hr;

        for (int i = 0; i < length; i++) name[i] = 'n';
        name[length] = 0;
        file_write_text( L"src.txt", "main" );
        file_write_text( L"src.txt:strm", "stream" );
        push_context( "%d letters", length );
        hr = copy( L"src.txt", name, 0 );
        ok( hr == S_OK, "got %#lx", hr );
        ok( file_is_text( name, "main" ), "other bytes" );
        _snwprintf( stream, ARRAY_SIZE( stream ), L"%ls:strm", name );
        ok( length > 250 || file_is_text( stream, "stream" ), "the stream differs" );
        DeleteFileW( name );
        pop_context();
    }
}

/* Windows documents no copy to a stream. A source with streams is refused, for to lose them without a word would be
 * worse. */
void test_to_a_stream( void )
{
    struct recorder recorder;
    HRESULT hr;

    file_write_text( L"plain", "bytes" );
    file_write_text( L"holder", "main" );
    hr = copy( L"plain", L"holder:strm", 0 );
    ok( hr == S_OK, "result %08lx", hr );
    ok( file_is_text( L"holder:strm", "bytes" ) && file_is_text( L"holder", "main" ), "other bytes" );

    file_write_text( L"src.txt", "main" );
    file_write_text( L"src.txt:one", "first" );
    file_write_text( L"holder:new", "old" );
    recorder_begin( &recorder );
    hr = copy_recorded( L"src.txt", L"holder:new", 0, &recorder );
    ok( hr == hr_from_error( ERROR_INVALID_NAME ), "result %08lx", hr );
    expect_said( &recorder, ERROR_IN( PREPARE_DEST, 1, 8007007b, 4, 9, 0 ) );
    recorder_end( &recorder );
    ok( file_is_text( L"holder:new", "old" ), "the old stream has changed" );
    hr = copy( L"src.txt", L"holder:new", COPY_FILE_SKIP_ALTERNATE_STREAMS );
    ok( hr == S_OK, "result %08lx", hr );
}

void test_from_a_stream( void )
{
    struct recorder recorder;
    HRESULT hr;

    make_source();
    recorder_begin( &recorder );
    hr = copy_recorded( L"src.txt:one", L"dst.txt", 0, &recorder );
    ok( hr == S_OK, "result %08lx", hr );
    expect_said( &recorder, STARTED( 1, 5, 5 ) CHUNK( 1, 0, 5, 5, 5, 5, 5 ) FINISHED( 1, 5, 5, 5, 5 ) );
    recorder_end( &recorder );
    ok( file_is_text( L"dst.txt", "first" ), "other bytes" );
    ok( !file_exists( L"dst.txt:one" ) && !file_exists( L"dst.txt:two" ), "a stream is there" );

    if (!running_under_wine()) return;
    /* what Windows does here is not known; the source is never lost */
    hr = copy( L"src.txt:one", L"src.txt", 0 );
    ok( hr == S_OK, "result %08lx", hr );
    ok( file_is_text( L"src.txt", "first" ), "other bytes" );
    ok( file_is_text( L"src.txt:one", "first" ), "the source has gone" );
    ok( file_exists( L"src.txt:two" ), "the neighbour has gone" );
}

/* Under Wine a stream can be a hard link to another file's stream, even to one of the source that somebody writes
 * to. */
void test_hard_link( void )
{
    HANDLE writer;
    HRESULT hr;

    if (!running_under_wine())
    {
        skip( "streams have no links here" );
        return;
    }
    make_source();
    ok( CreateHardLinkW( L"dst.txt:one", L"src.txt:one", NULL ), "no link: error %lu", GetLastError() );
    writer = file_hold( L"src.txt:one", GENERIC_WRITE, SHARE_ALL );
    hr = copy( L"src.txt", L"dst.txt", 0 );
    CloseHandle( writer );
    ok( hr == hr_from_error( ERROR_SHARING_VIOLATION ), "result %08lx", hr );
    ok( file_is_text( L"src.txt:one", "first" ), "the source has changed" );
    ok( !file_exists( L"dst.txt" ), "the destination is there" );
}

void test_spelled_out( void )
{
    HRESULT hr;

    make_source();
    hr = copy( L"src.txt::$DATA", L"dst.txt", 0 );
    ok( hr == S_OK, "result %08lx", hr );
    check_copied();
    hr = copy( L"src.txt", L"other.txt::$data", 0 );
    ok( hr == S_OK, "result %08lx", hr );
    ok( file_equal( L"src.txt", L"other.txt" ), "other bytes" );
    ok( file_is_text( L"other.txt:one", "first" ), "`one` differs" );
    hr = copy( L"src.txt", L"src.txt::$DATA", 0 );
    ok( hr == hr_from_error( ERROR_SHARING_VIOLATION ), "result %08lx", hr );
    ok( file_size( L"src.txt" ) == 9000, "the source has %lld bytes", file_size( L"src.txt" ) );
}

/* Attributes and times are the file's, and are set when its streams are there. */
void test_read_only( void )
{
    WIN32_FILE_ATTRIBUTE_DATA source, destination;
    FILETIME time = file_time( 2001 );
    HRESULT hr;

    make_source();
    file_set_times( L"src.txt", NULL, &time );
    file_set_attributes( L"src.txt", FILE_ATTRIBUTE_READONLY );
    hr = copy( L"src.txt", L"dst.txt", 0 );
    ok( hr == S_OK, "result %08lx", hr );
    source = file_information( L"src.txt" );
    destination = file_information( L"dst.txt" );
    ok( destination.dwFileAttributes & FILE_ATTRIBUTE_READONLY, "attributes %lx", destination.dwFileAttributes );
    ok( !CompareFileTime( &source.ftLastWriteTime, &destination.ftLastWriteTime ), "another time" );
    file_set_attributes( L"dst.txt", FILE_ATTRIBUTE_NORMAL );
    check_copied();
    file_set_attributes( L"src.txt", FILE_ATTRIBUTE_NORMAL );
}

/* No handle of a stream is open after the call. */
void test_released( void )
{
    HRESULT hr;

    make_source();
    hr = copy( L"src.txt", L"dst.txt", 0 );
    ok( hr == S_OK, "result %08lx", hr );
    CloseHandle( file_hold( L"src.txt:two", GENERIC_WRITE, SHARE_NONE ) );
    CloseHandle( file_hold( L"dst.txt:two", GENERIC_WRITE, SHARE_NONE ) );
    CloseHandle( file_hold( L"dst.txt", GENERIC_WRITE, SHARE_NONE ) );
}

void test_device( void )
{
    struct recorder recorder;
    HRESULT hr;

    make_source();
    recorder_begin( &recorder );
    hr = copy_recorded( L"src.txt", L"NUL", 0, &recorder );
    ok( hr == S_OK, "result %08lx", hr );
    expect_said( &recorder, STARTED( 1, 9000, 9000 ) CHUNK( 1, 0, 9000, 9000, 9000, 9000, 9000 )
                                FINISHED( 1, 9000, 9000, 9000, 9000 ) );
    recorder_end( &recorder );
}
