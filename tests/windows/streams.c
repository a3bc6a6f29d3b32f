/* SPDX-License-Identifier: MIT */

/* The files of these cases have named streams. The cases claim which streams are copied, told and left in the
 * destination. */

#include "harness/streams.h"
#include "streams_odd.h"

static const char zone[] = "[ZoneTransfer]\r\nZoneId=3\r\n";

/* Each stream has new handles; those of the main file stay open beside them. */
struct handles
{
    HANDLE main_source, main_destination;
    unsigned int streams;
};

static void look_at_handles( const COPYFILE2_MESSAGE *message, void *context )
{
    struct handles *handles = context;
    HANDLE source = message->Info.StreamStarted.hSourceFile, destination = message->Info.StreamStarted.hDestinationFile;
    LARGE_INTEGER size;

    if (message->Type != COPYFILE2_CALLBACK_STREAM_STARTED) return;
    handles->streams++;
    ok( message->Info.StreamStarted.dwStreamNumber == handles->streams, "stream %lu comes at place %u",
        message->Info.StreamStarted.dwStreamNumber, handles->streams );
    if (handles->streams == 1)
    {
        handles->main_source = source;
        handles->main_destination = destination;
        return;
    }
    ok( source != handles->main_source && destination != handles->main_destination, "the main file's handles" );
    ok( GetFileSizeEx( source, &size ) && size.QuadPart == (LONGLONG)message->Info.StreamStarted.uliStreamSize.QuadPart,
        "the source handle shows %lld bytes", size.QuadPart );
}

static void test_order( void )
{
    struct recorder recorder;
    HRESULT hr;

    make_source();
    recorder_begin( &recorder );
    hr = copy_in_chunks( L"src.txt", L"dst.txt", 4096, NULL, &recorder );
    ok( hr == S_OK, "result %08lx", hr );
    expect_said( &recorder, MAIN_SAID EMPTY_SAID ONE_SAID TWO_SAID );
    recorder_end( &recorder );
    check_copied();
}

/* The same streams arrive when no callback is told of them. */
static void test_numbers( void )
{
    struct handles handles = { 0 };
    struct recorder recorder;
    HRESULT hr;

    make_source();
    recorder_begin( &recorder );
    recorder.hook = look_at_handles;
    recorder.hook_context = &handles;
    hr = copy_recorded( L"src.txt", L"told.txt", 0, &recorder );
    ok( hr == S_OK && handles.streams == 4, "result %08lx, %u streams", hr, handles.streams );
    recorder_end( &recorder );
    hr = copy( L"src.txt", L"dst.txt", COPY_FILE_FAIL_IF_EXISTS );
    ok( hr == S_OK, "result %08lx", hr );
    check_copied();
}

static void test_zone( void )
{
    HRESULT hr;

    file_write_text( L"setup.exe", "MZ" );
    file_write_text( L"setup.exe:Zone.Identifier", zone );
    hr = copy( L"setup.exe", L"copy.exe", 0 );
    ok( hr == S_OK, "result %08lx", hr );
    ok( file_is_text( L"copy.exe:Zone.Identifier", zone ), "the mark of the web is lost" );
    ok( file_is_text( L"setup.exe:Zone.Identifier", zone ), "the source's has changed" );
}

static void test_skipped( void )
{
    struct recorder recorder;
    HRESULT hr;

    make_source();
    recorder_begin( &recorder );
    hr = copy_recorded( L"src.txt", L"dst.txt", COPY_FILE_SKIP_ALTERNATE_STREAMS, &recorder );
    ok( hr == S_OK, "result %08lx", hr );
    expect_said( &recorder, STARTED( 1, 9000, 9000 ) CHUNK( 1, 0, 9000, 9000, 9000, 9000, 9000 )
                                FINISHED( 1, 9000, 9000, 9000, 9000 ) );
    recorder_end( &recorder );
    ok( file_equal( L"src.txt", L"dst.txt" ), "other bytes" );
    ok( !file_exists( L"dst.txt:one" ) && !file_exists( L"dst.txt:empty" ), "a stream is there" );
}

/* On NTFS an overwritten file loses its streams. Under Wine a name with a colon may be a file of its own, and only the
 * mark of the web is surely a stream. */
static void test_old_streams( void )
{
    static const DWORD flags[] = { 0, COPY_FILE_SKIP_ALTERNATE_STREAMS };

    for (size_t i = 0; i < ARRAY_SIZE( flags ); i++)
    {
        HRESULT hr;

        push_context( "flags %lx", flags[i] );
        make_source();
        file_write_text( L"dst.txt", "who was here first" );
        file_write_text( L"dst.txt:old", "old" );
        file_write_text( L"dst.txt:one", "longer than the new one" );
        file_write_text( L"dst.txt:Zone.Identifier", zone );
        file_write_text( L"dst.txt2:old", "of another file" );
        hr = copy( L"src.txt", L"dst.txt", flags[i] );
        ok( hr == S_OK, "result %08lx", hr );
        ok( file_is_text( L"dst.txt:old", "old" ) || !running_under_wine(), "the neighbour has changed" );
        ok( !file_exists( L"dst.txt:old" ) || running_under_wine(), "the old stream is there" );
        ok( !file_exists( L"dst.txt:Zone.Identifier" ), "the old mark of the web is there" );
        if (!flags[i]) check_copied();
        ok( file_exists( L"dst.txt2:old" ), "another file's stream has gone" );
        pop_context();
    }
}

/* A copy that fails deletes no stream that was there before. */
static void test_old_streams_of_failure( void )
{
    HANDLE holder;

    file_write_text( L"src.txt", "main" );
    file_write_text( L"dst.txt", "who was here first" );
    file_write_text( L"dst.txt:old", "old" );
    file_write_text( L"dst.txt:Zone.Identifier", zone );
    holder = file_hold( L"dst.txt", GENERIC_READ, SHARE_R );
    ok( copy( L"src.txt", L"dst.txt", 0 ) == hr_from_error( ERROR_SHARING_VIOLATION ), "copied" );
    CloseHandle( holder );
    if (engine_is_ours())
    {
        SetEnvironmentVariableA( "COPYFILE2_FAULT", "write:ENOSPC@1" );
        copy( L"src.txt", L"dst.txt", 0 );
        SetEnvironmentVariableA( "COPYFILE2_FAULT", NULL );
    }
    ok( file_is_text( L"dst.txt:old", "old" ) || !running_under_wine(), "the neighbour has changed" );
    ok( file_is_text( L"dst.txt:Zone.Identifier", zone ) || !running_under_wine(), "the mark has changed" );
}

static void test_old_streams_kept( void )
{
    HRESULT hr;

    make_source();
    file_write_text( L"dst.txt", "who was here first" );
    file_write_text( L"dst.txt:old", "old" );
    hr = copy( L"src.txt", L"dst.txt", COPY_FILE_FAIL_IF_EXISTS );
    ok( hr == hr_from_error( ERROR_FILE_EXISTS ), "result %08lx", hr );
    ok( file_is_text( L"dst.txt:old", "old" ), "the old stream has changed" );
    ok( !file_exists( L"dst.txt:one" ), "a new stream is there" );
}

/* Wine keeps streams when their file is deleted, so they may be older than the destination. */
static void test_left_over( void )
{
    struct recorder recorder;
    HRESULT hr;

    if (!running_under_wine())
    {
        skip( "no stream is without its file here" );
        return;
    }
    make_source();
    file_write_text( L"dst.txt:one", "left over" );
    recorder_begin( &recorder );
    hr = copy_in_chunks( L"src.txt", L"dst.txt", 4096, NULL, &recorder );
    ok( hr == S_OK, "result %08lx", hr );
    recorder_end( &recorder );
    check_copied();

    ok( DeleteFileW( L"dst.txt" ), "cannot delete: error %lu", GetLastError() );
    file_write_text( L"dst.txt:one", "left over" );
    ok( DeleteFileW( L"dst.txt:empty" ), "cannot delete: error %lu", GetLastError() );
    recorder_begin( &recorder );
    hr = copy_recorded( L"src.txt", L"dst.txt", COPY_FILE_FAIL_IF_EXISTS, &recorder );
    ok( hr == hr_from_error( ERROR_FILE_EXISTS ), "result %08lx", hr );
    expect_said( &recorder, STARTED( 1, 9000, 15005 ) CHUNK( 1, 0, 9000, 9000, 9000, 15005, 9000 )
                                FINISHED( 1, 9000, 9000, 15005, 9000 )
                                    EMPTY_SAID ERROR_IN( PREPARE_DEST, 3, 80070050, 5, 15005, 9000 ) );
    recorder_end( &recorder );
    ok( !file_exists( L"dst.txt" ) && !file_exists( L"dst.txt:empty" ), "what was made is there" );
    ok( file_is_text( L"dst.txt:one", "left over" ), "what was not made has changed" );
}

/* The streams are listed by now and not yet open, so one can grow and one can shrink between the two. */
static void change_streams( const COPYFILE2_MESSAGE *message, void *context )
{
    (void)context;
    if (message->Type != COPYFILE2_CALLBACK_STREAM_STARTED || message->Info.StreamStarted.dwStreamNumber != 1) return;
    file_write_text( L"src.txt:one", "first, and more" );
    file_fill( L"src.txt:two", 1000, 3 );
}

/* The total follows the sizes, so it is right as soon as the last stream is open. */
static void test_changed( void )
{
    struct recorder recorder;
    HRESULT hr;

    make_source();
    recorder_begin( &recorder );
    recorder.hook = change_streams;
    hr = copy_in_chunks( L"src.txt", L"dst.txt", 4096, NULL, &recorder );
    ok( hr == S_OK, "result %08lx", hr );
    expect_said( &recorder,
                 MAIN_SAID EMPTY_SAID STARTED( 3, 15, 15015 ) CHUNK( 3, 0, 15, 15, 15, 15015, 9015 )
                     FINISHED( 3, 15, 15, 15015, 9015 ) STARTED( 4, 1000, 10015 )
                         CHUNK( 4, 0, 1000, 1000, 1000, 10015, 10015 ) FINISHED( 4, 1000, 1000, 10015, 10015 ) );
    recorder_end( &recorder );
    ok( file_equal( L"src.txt", L"dst.txt" ), "other bytes" );
    ok( file_is_text( L"dst.txt:one", "first, and more" ), "`one` has %lld bytes", file_size( L"dst.txt:one" ) );
    ok( file_equal( L"src.txt:two", L"dst.txt:two" ), "`two` has %lld bytes", file_size( L"dst.txt:two" ) );
}

static void test_case( void )
{
    struct recorder recorder;
    HRESULT hr;

    file_write_text( L"src.txt", "main" );
    file_write_text( L"SRC.TXT:Name", "named" );
    file_write_text( L"src.txtx:other", "of another file" );
    file_write_text( L"x.src.txt:other", "of another file" );
    recorder_begin( &recorder );
    hr = copy_recorded( L"Src.Txt", L"dst.txt", 0, &recorder );
    ok( hr == S_OK, "result %08lx", hr );
    expect_said( &recorder, STARTED( 1, 4, 9 ) CHUNK( 1, 0, 4, 4, 4, 9, 4 ) FINISHED( 1, 4, 4, 9, 4 ) STARTED( 2, 5, 9 )
                                CHUNK( 2, 0, 5, 5, 5, 9, 9 ) FINISHED( 2, 5, 5, 9, 9 ) );
    recorder_end( &recorder );
    ok( file_is_text( L"DST.TXT:nAME", "named" ), "the stream differs" );

    /* the destination's own has another spelling */
    file_write_text( L"other.txt", "main" );
    file_write_text( L"other.txt:NAME", "longer than the new one" );
    hr = copy( L"src.txt", L"other.txt", 0 );
    ok( hr == S_OK, "result %08lx", hr );
    ok( file_is_text( L"other.txt:name", "named" ), "the old stream was kept" );
}

static void test_names( void )
{
    static const WCHAR *const names[] = { L"with space",
                                          L"{4c8cc155-6c1e-11d1-8e41-00c04fb9386d}",
                                          L"\xfc"
                                          L"ber",
                                          L"\x65e5\x672c",
                                          L"a.b.c",
                                          L"~$x",
                                          L"#%&'()+,-;=@[]^_`{}!" };
    WCHAR path[MAX_PATH];
    HRESULT hr;

    file_write_text( L"\x444.txt", "main" );
    for (size_t i = 0; i < ARRAY_SIZE( names ); i++)
    {
        swprintf( path, MAX_PATH, L"\x444.txt:%ls", names[i] );
        file_write( path, &i, sizeof( i ) );
    }
    hr = copy( L"\x444.txt", L"dst.txt", 0 );
    ok( hr == S_OK, "result %08lx", hr );
    for (size_t i = 0; i < ARRAY_SIZE( names ); i++)
    {
        swprintf( path, MAX_PATH, L"dst.txt:%ls", names[i] );
        ok( file_is( path, &i, sizeof( i ) ), "stream %u is not there", (unsigned int)i );
    }
}

static void test_many( void )
{
    WCHAR name[MAX_PATH];
    struct recorder recorder;
    HRESULT hr;

    file_write_text( L"src.txt", "main" );
    for (unsigned int i = 0; i < 100; i++)
    {
        swprintf( name, MAX_PATH, L"src.txt:a stream with a name of some length, number %u", i );
        file_write( name, &i, sizeof( i ) );
    }
    recorder_begin( &recorder );
    hr = copy_recorded( L"src.txt", L"dst.txt", 0, &recorder );
    ok( hr == S_OK, "result %08lx", hr );
    ok( recorder.counts[COPYFILE2_CALLBACK_STREAM_FINISHED] == 101, "%u streams",
        recorder.counts[COPYFILE2_CALLBACK_STREAM_FINISHED] );
    ok( recorder.last.Info.StreamFinished.uliTotalBytesTransferred.QuadPart == 404, "other total" );
    recorder_end( &recorder );
    for (unsigned int i = 0; i < 100; i++)
    {
        swprintf( name, MAX_PATH, L"dst.txt:a stream with a name of some length, number %u", i );
        ok( file_is( name, &i, sizeof( i ) ), "stream %u differs", i );
    }
}

static const struct test_case cases[] = {
    { .name = "order",
      .row = "36",
      .claim = "3 named streams: uliTotalFileSize is the sum of all in every message",
      .sure = "A",
      .run = test_order },
    { .name = "numbers",
      .row = "37",
      .claim = "3 named streams: main first, one after the other, numbers 1 to 4, new handles",
      .sure = "A",
      .run = test_numbers },
    { .name = "zone", .row = "38", .claim = "a mark of the web is copied", .sure = "A", .run = test_zone },
    { .name = "skip",
      .row = "39",
      .claim = "SKIP_ALTERNATE_STREAMS: main only, and the total is its size",
      .sure = "A/C",
      .run = test_skipped },
    { .name = "old_streams", .row = "-", .run = test_old_streams },
    { .name = "old_streams_of_failure", .row = "-", .run = test_old_streams_of_failure },
    { .name = "old_streams_kept", .row = "-", .run = test_old_streams_kept },
    { .name = "left_over", .row = "-", .run = test_left_over },
    { .name = "changed", .row = "-", .own = true, .run = test_changed },
    { .name = "case", .row = "-", .run = test_case },
    { .name = "names", .row = "-", .run = test_names },
    { .name = "many", .row = "-", .run = test_many },
    { .name = "long_name", .row = "-", .run = test_long_name },
    { .name = "to_a_stream", .row = "-", .run = test_to_a_stream },
    { .name = "from_a_stream", .row = "-", .run = test_from_a_stream },
    { .name = "hard_link", .row = "-", .run = test_hard_link },
    { .name = "spelled_out", .row = "-", .run = test_spelled_out },
    { .name = "read_only", .row = "-", .run = test_read_only },
    { .name = "released", .row = "-", .run = test_released },
    { .name = "device", .row = "-", .run = test_device },
};

TEST_MAIN( "streams", cases )
