/* Named streams: what is copied, told and left, and which streams the destination had. */

#include "harness/streams.h"

static const char zone[] = "[ZoneTransfer]\r\nZoneId=3\r\n";

/* New handles for each stream; those of the main file stay open beside them. */
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
    if (!handles->streams++)
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
    struct handles handles = { 0 };
    struct recorder recorder;
    HRESULT hr;

    make_source();
    recorder_begin( &recorder );
    recorder.hook = look_at_handles;
    recorder.hook_context = &handles;
    hr = copy_in_chunks( L"src.txt", L"dst.txt", 4096, NULL, &recorder );
    ok( hr == S_OK, "result %08lx", hr );
    expect_said( &recorder, MAIN_SAID EMPTY_SAID ONE_SAID TWO_SAID );
    recorder_end( &recorder );
    check_copied();
}

static void test_silent( void )
{
    HRESULT hr;

    make_source();
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

/* What is overwritten loses its streams, whatever the source has and the flags say. */
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
        file_write_text( L"dst.txt2:old", "of another file" );
        hr = copy( L"src.txt", L"dst.txt", flags[i] );
        ok( hr == S_OK, "result %08lx", hr );
        ok( !file_exists( L"dst.txt:old" ), "the old stream is there" );
        if (flags[i]) ok( !file_exists( L"dst.txt:one" ), "the other old stream is there" );
        else check_copied();
        ok( file_exists( L"dst.txt2:old" ), "another file's stream has gone" );
        pop_context();
    }
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

/* Wine keeps them when their file is deleted, so they may be older than the destination. */
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

/* Windows documents neither; to lose a stream without a word would be worse than to refuse. */
/* Linux has names of 255 bytes, so no file could be the stream's; the copy is made without it, as on FAT. */
static void test_long_name( void )
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

static void test_to_a_stream( void )
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

static void test_from_a_stream( void )
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
    ok( !file_exists( L"src.txt:two" ), "the old stream is there" );
}

/* Under Wine a stream can be a link of another file's, even of the source's, which somebody writes to. */
static void test_hard_link( void )
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

static void test_spelled_out( void )
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
static void test_read_only( void )
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

/* Nothing that was a stream's is held after the call. */
static void test_released( void )
{
    HRESULT hr;

    make_source();
    hr = copy( L"src.txt", L"dst.txt", 0 );
    ok( hr == S_OK, "result %08lx", hr );
    CloseHandle( file_hold( L"src.txt:two", GENERIC_WRITE, SHARE_NONE ) );
    CloseHandle( file_hold( L"dst.txt:two", GENERIC_WRITE, SHARE_NONE ) );
    CloseHandle( file_hold( L"dst.txt", GENERIC_WRITE, SHARE_NONE ) );
}

static void test_device( void )
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

static const struct test_case cases[] = {
    { "order", "36, 37", test_order },
    { "silent", "37", test_silent },
    { "zone", "38", test_zone },
    { "skip", "39", test_skipped },
    { "old_streams", "-", test_old_streams },
    { "old_streams_kept", "-", test_old_streams_kept },
    { "left_over", "-", test_left_over },
    { "case", "-", test_case },
    { "names", "-", test_names },
    { "many", "-", test_many },
    { "to_a_stream", "-", test_to_a_stream },
    { "long_name", "-", test_long_name },
    { "from_a_stream", "-", test_from_a_stream },
    { "hard_link", "-", test_hard_link },
    { "spelled_out", "-", test_spelled_out },
    { "read_only", "-", test_read_only },
    { "released", "-", test_released },
    { "device", "-", test_device },
};

TEST_MAIN( "streams", cases )
