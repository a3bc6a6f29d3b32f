/* Named streams: what is copied, told and left, and which streams the destination had. */

#include "recorder.h"
#include "files.h"
#include "test.h"

#define STARTED( n, size, total ) "STREAM_STARTED stream=" #n " size=" #size " total=" #total "\n"
#define CHUNK_STARTED( n, chunk, length, size, total )                                                                 \
    "CHUNK_STARTED stream=" #n " chunk=" #chunk " chunk_size=" #length " size=" #size " total=" #total "\n"
#define CHUNK_FINISHED( n, chunk, length, size, done, total, total_done )                                              \
    "CHUNK_FINISHED stream=" #n " flags=0 chunk=" #chunk " chunk_size=" #length " size=" #size " done=" #done          \
    " total=" #total " total_done=" #total_done "\n"
#define CHUNK( n, chunk, length, size, done, total, total_done )                                                       \
    CHUNK_STARTED( n, chunk, length, size, total ) CHUNK_FINISHED( n, chunk, length, size, done, total, total_done )
#define FINISHED( n, size, done, total, total_done )                                                                   \
    "STREAM_FINISHED stream=" #n " size=" #size " done=" #done " total=" #total " total_done=" #total_done "\n"
#define ERROR_IN( phase, n, hr, size, total, total_done )                                                              \
    "ERROR phase=" #phase " stream=" #n " hr=" #hr " chunk=0 size=" #size " done=0 total=" #total                      \
    " total_done=" #total_done "\n"

#define ABORTED hr_from_error( ERROR_REQUEST_ABORTED )

static const char zone[] = "[ZoneTransfer]\r\nZoneId=3\r\n";

/* src.txt with the streams `empty`, `one` of 5 bytes and `two` of 6,000: 15,005 bytes with its own 9,000. Wine shows streams by
 * name, Windows as it likes; these were made in that order, too. */
static void make_source( void )
{
    file_fill( L"src.txt", 9000, 1 );
    file_write( L"src.txt:empty", "", 0 );
    file_write_text( L"src.txt:one", "first" );
    file_fill( L"src.txt:two", 6000, 2 );
}

static void check_copied( void )
{
    ok( file_equal( L"src.txt", L"dst.txt" ), "other bytes" );
    ok( !file_size( L"dst.txt:empty" ), "`empty` has %lld bytes", file_size( L"dst.txt:empty" ) );
    ok( file_is_text( L"dst.txt:one", "first" ), "`one` differs" );
    ok( file_equal( L"src.txt:two", L"dst.txt:two" ), "`two` differs" );
}

static void check_nothing_left( void )
{
    ok( !file_exists( L"dst.txt" ), "the destination is there" );
    ok( !file_exists( L"dst.txt:empty" ), "`empty` is there" );
    ok( !file_exists( L"dst.txt:one" ), "`one` is there" );
    ok( !file_exists( L"dst.txt:two" ), "`two` is there" );
}

#define MAIN_SAID                                                                                                      \
    STARTED( 1, 9000, 15005 )                                                                                          \
    CHUNK( 1, 0, 4096, 9000, 4096, 15005, 4096 )                                                                       \
    CHUNK( 1, 1, 4096, 9000, 8192, 15005, 8192 )                                                                       \
    CHUNK( 1, 2, 808, 9000, 9000, 15005, 9000 ) FINISHED( 1, 9000, 9000, 15005, 9000 )
#define EMPTY_SAID STARTED( 2, 0, 15005 ) FINISHED( 2, 0, 0, 15005, 9000 )
#define ONE_SAID                                                                                                       \
    STARTED( 3, 5, 15005 ) CHUNK( 3, 0, 5, 5, 5, 15005, 9005 ) FINISHED( 3, 5, 5, 15005, 9005 )
#define TWO_SAID                                                                                                       \
    STARTED( 4, 6000, 15005 )                                                                                          \
    CHUNK( 4, 0, 4096, 6000, 4096, 15005, 13101 )                                                                      \
    CHUNK( 4, 1, 1904, 6000, 6000, 15005, 15005 ) FINISHED( 4, 6000, 6000, 15005, 15005 )

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
    expect_said( &recorder,
                 STARTED( 1, 9000, 15005 ) CHUNK( 1, 0, 9000, 9000, 9000, 15005, 9000 )
                     FINISHED( 1, 9000, 9000, 15005, 9000 ) EMPTY_SAID
                         ERROR_IN( PREPARE_DEST, 3, 80070050, 5, 15005, 9000 ) );
    recorder_end( &recorder );
    ok( !file_exists( L"dst.txt" ) && !file_exists( L"dst.txt:empty" ), "what was made is there" );
    ok( file_is_text( L"dst.txt:one", "left over" ), "what was not made has changed" );
}

/* A stream that is in the way, here as a folder. */
static void test_not_made( void )
{
    struct recorder recorder;
    HRESULT hr;

    if (!running_under_wine())
    {
        skip( "a stream can always be made here" );
        return;
    }
    make_source();
    ok( CreateDirectoryW( L"dst.txt:two", NULL ), "cannot make it: error %lu", GetLastError() );
    recorder_begin( &recorder );
    hr = copy_in_chunks( L"src.txt", L"dst.txt", 4096, NULL, &recorder );
    ok( hr == hr_from_error( ERROR_ACCESS_DENIED ), "result %08lx", hr );
    expect_said( &recorder, MAIN_SAID EMPTY_SAID ONE_SAID ERROR_IN( PREPARE_DEST, 4, 80070005, 6000, 15005, 9005 ) );
    recorder_end( &recorder );
    ok( !file_exists( L"dst.txt" ) && !file_exists( L"dst.txt:empty" ) && !file_exists( L"dst.txt:one" ),
        "what was made is there" );
    ok( file_exists( L"dst.txt:two" ), "the folder has gone" );
}

/* ... and a stream of the source that somebody shares with nobody. */
static void test_source_locked( void )
{
    struct recorder recorder;
    HANDLE holder;
    HRESULT hr;

    make_source();
    holder = file_hold( L"src.txt:one", GENERIC_READ, SHARE_NONE );
    recorder_begin( &recorder );
    hr = copy_in_chunks( L"src.txt", L"dst.txt", 4096, NULL, &recorder );
    CloseHandle( holder );
    ok( hr == hr_from_error( ERROR_SHARING_VIOLATION ), "result %08lx", hr );
    expect_said( &recorder, MAIN_SAID EMPTY_SAID ERROR_IN( PREPARE_SOURCE, 3, 80070020, 5, 15005, 9000 ) );
    recorder_end( &recorder );
    check_nothing_left();
}

struct end
{
    COPYFILE2_MESSAGE_TYPE to;
    unsigned int nth;
    const char *said;
    int64_t left[4]; /* bytes of each stream, -1: it is not there; of STOP */
};

static const struct end ends[] = {
    { COPYFILE2_CALLBACK_STREAM_FINISHED, 1, MAIN_SAID, { 9000, -1, -1, -1 } },
    { COPYFILE2_CALLBACK_STREAM_STARTED, 2, MAIN_SAID STARTED( 2, 0, 15005 ), { 9000, 0, -1, -1 } },
    { COPYFILE2_CALLBACK_STREAM_FINISHED, 2, MAIN_SAID EMPTY_SAID, { 9000, 0, -1, -1 } },
    { COPYFILE2_CALLBACK_CHUNK_STARTED,
      4,
      MAIN_SAID EMPTY_SAID STARTED( 3, 5, 15005 ) CHUNK_STARTED( 3, 0, 5, 5, 15005 ),
      { 9000, 0, 0, -1 } },
    { COPYFILE2_CALLBACK_CHUNK_FINISHED,
      5,
      MAIN_SAID EMPTY_SAID ONE_SAID STARTED( 4, 6000, 15005 ) CHUNK( 4, 0, 4096, 6000, 4096, 15005, 13101 ),
      { 9000, 0, 5, 4096 } },
};

/* The last message of STOP tells how far the current stream came. */
static const char *const stop_tails[] = {
    "",
    FINISHED( 2, 0, 0, 15005, 9000 ),
    "",
    FINISHED( 3, 5, 0, 15005, 9000 ),
    FINISHED( 4, 6000, 4096, 15005, 13101 ),
};

static void end_copy( const struct end *end, COPYFILE2_MESSAGE_ACTION answer, const char *tail )
{
    struct recorder recorder;
    char said[4096];
    HRESULT hr;

    push_context( "answer %d to the message %u of type %u", answer, end->nth, end->to );
    make_source();
    recorder_begin( &recorder );
    recorder.answer = answer;
    recorder.answer_to = end->to;
    recorder.answer_at = end->nth;
    hr = copy_in_chunks( L"src.txt", L"dst.txt", 4096, NULL, &recorder );
    ok( hr == ABORTED, "result %08lx", hr );
    snprintf( said, sizeof( said ), "%s%s", end->said, tail );
    expect_said( &recorder, said );
    recorder_end( &recorder );
    pop_context();
}

static void test_cancel( void )
{
    for (size_t i = 0; i < ARRAY_SIZE( ends ); i++)
    {
        end_copy( &ends[i], COPYFILE2_PROGRESS_CANCEL, "" );
        check_nothing_left();
    }
}

static void test_cancel_overwriting( void )
{
    file_write_text( L"dst.txt", "who was here first" );
    file_write_text( L"dst.txt:one", "old" );
    end_copy( &ends[2], COPYFILE2_PROGRESS_CANCEL, "" );
    ok( !file_exists( L"dst.txt" ), "the destination is there" );
    ok( !file_exists( L"dst.txt:empty" ), "`empty` is there" );
    /* on Windows it went with its file */
    ok( !file_exists( L"dst.txt:one" ), "`one` is there" );
}

static void test_stop( void )
{
    static const WCHAR *const names[] = { L"dst.txt", L"dst.txt:empty", L"dst.txt:one", L"dst.txt:two" };

    for (size_t i = 0; i < ARRAY_SIZE( ends ); i++)
    {
        end_copy( &ends[i], COPYFILE2_PROGRESS_STOP, stop_tails[i] );
        for (size_t n = 0; n < ARRAY_SIZE( names ); n++)
        {
            ok( file_size( names[n] ) == ends[i].left[n], "case %u: %ls has %lld bytes", (unsigned int)i, names[n],
                file_size( names[n] ) );
            DeleteFileW( names[n] );
        }
    }
}

static void test_quiet( void )
{
    struct recorder recorder;
    HRESULT hr;

    make_source();
    recorder_begin( &recorder );
    recorder.answer = COPYFILE2_PROGRESS_QUIET;
    recorder.answer_to = COPYFILE2_CALLBACK_STREAM_FINISHED;
    recorder.answer_at = 1;
    hr = copy_in_chunks( L"src.txt", L"dst.txt", 4096, NULL, &recorder );
    ok( hr == S_OK, "result %08lx", hr );
    expect_said( &recorder, MAIN_SAID );
    recorder_end( &recorder );
    check_copied();
}

struct flag_setting
{
    COPYFILE2_MESSAGE_TYPE at;
    unsigned int nth, seen;
    BOOL cancel;
};

static void set_flag( const COPYFILE2_MESSAGE *message, void *context )
{
    struct flag_setting *setting = context;

    if (message->Type == setting->at && ++setting->seen == setting->nth) setting->cancel = TRUE;
}

/* Only the end of the last stream is too late. */
static void test_flag( void )
{
    static const struct
    {
        COPYFILE2_MESSAGE_TYPE at;
        unsigned int nth;
        HRESULT hr;
        const char *said;
    } all[] = {
        { COPYFILE2_CALLBACK_CHUNK_FINISHED, 3, hr_from_error( ERROR_REQUEST_ABORTED ),
          STARTED( 1, 9000, 15005 ) CHUNK( 1, 0, 4096, 9000, 4096, 15005, 4096 )
              CHUNK( 1, 1, 4096, 9000, 8192, 15005, 8192 ) CHUNK( 1, 2, 808, 9000, 9000, 15005, 9000 ) },
        { COPYFILE2_CALLBACK_STREAM_FINISHED, 1, hr_from_error( ERROR_REQUEST_ABORTED ), MAIN_SAID },
        { COPYFILE2_CALLBACK_STREAM_FINISHED, 3, hr_from_error( ERROR_REQUEST_ABORTED ),
          MAIN_SAID EMPTY_SAID ONE_SAID },
        { COPYFILE2_CALLBACK_CHUNK_FINISHED, 6, S_OK, MAIN_SAID EMPTY_SAID ONE_SAID TWO_SAID },
    };

    for (size_t i = 0; i < ARRAY_SIZE( all ); i++)
    {
        struct flag_setting setting = { .at = all[i].at, .nth = all[i].nth };
        struct recorder recorder;
        HRESULT hr;

        push_context( "case %u", (unsigned int)i );
        make_source();
        recorder_begin( &recorder );
        recorder.hook = set_flag;
        recorder.hook_context = &setting;
        hr = copy_in_chunks( L"src.txt", L"dst.txt", 4096, &setting.cancel, &recorder );
        ok( hr == all[i].hr, "result %08lx", hr );
        expect_said( &recorder, all[i].said );
        recorder_end( &recorder );
        if (all[i].hr == S_OK) check_copied();
        else check_nothing_left();
        pop_context();
    }
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
    expect_said( &recorder, STARTED( 1, 4, 9 ) CHUNK( 1, 0, 4, 4, 4, 9, 4 ) FINISHED( 1, 4, 4, 9, 4 )
                                STARTED( 2, 5, 9 ) CHUNK( 2, 0, 5, 5, 5, 9, 9 ) FINISHED( 2, 5, 5, 9, 9 ) );
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
    static const WCHAR *const names[] = { L"with space", L"{4c8cc155-6c1e-11d1-8e41-00c04fb9386d}",
                                          L"\xfc" L"ber", L"\x65e5\x672c", L"a.b.c", L"~$x", L"#%&'()+,-;=@[]^_`{}!" };
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
    recorder_begin( &recorder );
    hr = copy_recorded( L"src.txt", L"holder:new", 0, &recorder );
    ok( hr == hr_from_error( ERROR_INVALID_NAME ), "result %08lx", hr );
    expect_said( &recorder, STARTED( 1, 4, 9 ) CHUNK( 1, 0, 4, 4, 4, 9, 4 ) FINISHED( 1, 4, 4, 9, 4 )
                                ERROR_IN( PREPARE_DEST, 2, 8007007b, 5, 9, 4 ) );
    recorder_end( &recorder );
    ok( !file_exists( L"holder:new" ), "the stream is there" );
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
    { "not_made", "-", test_not_made },
    { "source_locked", "-", test_source_locked },
    { "cancel", "-", test_cancel },
    { "cancel_overwriting", "-", test_cancel_overwriting },
    { "stop", "-", test_stop },
    { "quiet", "-", test_quiet },
    { "flag", "-", test_flag },
    { "case", "-", test_case },
    { "names", "-", test_names },
    { "many", "-", test_many },
    { "to_a_stream", "-", test_to_a_stream },
    { "from_a_stream", "-", test_from_a_stream },
    { "spelled_out", "-", test_spelled_out },
    { "read_only", "-", test_read_only },
    { "released", "-", test_released },
    { "device", "-", test_device },
};

TEST_MAIN( "streams", cases )
