/* SPDX-License-Identifier: MIT */

/* This tests names of files: their case, their letters, and NUL, which is no file. */

#include "harness/recorder.h"
#include "harness/files.h"
#include "harness/test.h"

static const char contents[] = "what is in a name";

/* Answers how many names the pattern matches, and sets name to the last one. */
static unsigned int count_entries( PCWSTR pattern, WCHAR name[MAX_PATH] )
{
    WIN32_FIND_DATAW data;
    HANDLE find = FindFirstFileW( pattern, &data );
    unsigned int count = 0;

    if (find == INVALID_HANDLE_VALUE) return 0;
    do
    {
        wcscpy( name, data.cFileName );
        count++;
    } while (FindNextFileW( find, &data ));
    FindClose( find );
    return count;
}

/* Copies to a name that is there in another spelling, which stays the only one. No name is printed: it need not be
 * ASCII. */
static void check_other_case( PCWSTR there, PCWSTR spelled, PCWSTR pattern )
{
    WCHAR name[MAX_PATH] = L"";
    unsigned int count;
    HRESULT hr;

    file_write_text( there, "something longer that was there before" );
    hr = copy( L"src.txt", spelled, 0 );
    ok( hr == S_OK, "got %#lx", hr );
    ok( file_is_text( there, contents ), "other bytes" );
    count = count_entries( pattern, name );
    ok( count == 1, "%u entries", count );
    ok( !wcscmp( name, there ), "the name has changed" );
    hr = copy( L"src.txt", spelled, COPY_FILE_FAIL_IF_EXISTS );
    ok( hr == hr_from_error( ERROR_FILE_EXISTS ), "got %#lx", hr );
    DeleteFileW( there );
}

static void test_case_insensitive( void )
{
    static const struct
    {
        PCWSTR there, spelled, pattern;
    } names[] = {
        { .there = L"dst.txt", .spelled = L"DST.txt", .pattern = L"dst*" },
        { .there = L"Mixed Case.TXT", .spelled = L"mIXED cASE.txt", .pattern = L"mixed*" },
        /* beyond ASCII: A and O with diaeresis, Cyrillic, Greek */
        { .there = L"\x00c4\x00f6 \x0416\x0434 \x03a9.txt",
          .spelled = L"\x00e4\x00d6 \x0436\x0414 \x03c9.TXT",
          .pattern = L"\x00e4*" },
    };

    file_write_text( L"src.txt", contents );
    for (size_t i = 0; i < ARRAY_SIZE( names ); i++)
    {
        push_context( "name %u", (unsigned int)i );
        check_other_case( names[i].there, names[i].spelled, names[i].pattern );
        pop_context();
    }
}

static void test_case_insensitive_source( void )
{
    HRESULT hr;

    file_write_text( L"src.txt", contents );
    hr = copy( L"SRC.TXT", L"dst.txt", 0 );
    ok( hr == S_OK, "got %#lx", hr );
    ok( file_is_text( L"dst.txt", contents ), "other bytes" );
    hr = copy( L"Src.txt", L"sRC.txt", 0 );
    ok( hr == hr_from_error( ERROR_SHARING_VIOLATION ), "onto itself: got %#lx", hr );
    ok( file_is_text( L"src.txt", contents ), "the source has changed" );
}

/* A copy to a new name has exactly that name, letter by letter. */
static void check_name( PCWSTR name )
{
    WCHAR found[MAX_PATH] = L"";
    unsigned int count;
    HRESULT hr;

    CreateDirectoryW( L"sub", NULL );
    SetCurrentDirectoryW( L"sub" );
    hr = copy( L"..\\src.txt", name, 0 );
    ok( hr == S_OK, "to it: got %#lx", hr );
    ok( file_is_text( name, contents ), "to it: other bytes" );
    count = count_entries( L"*", found );
    ok( count == 3, "%u entries with . and ..", count );
    hr = copy( name, L"..\\dst.txt", 0 );
    ok( hr == S_OK, "from it: got %#lx", hr );
    ok( file_is_text( L"..\\dst.txt", contents ), "from it: other bytes" );
    count = count_entries( name, found );
    ok( count == 1 && !wcscmp( found, name ), "it is called otherwise" );
    DeleteFileW( name );
    SetCurrentDirectoryW( L".." );
    DeleteFileW( L"dst.txt" );
}

static void check_names( const PCWSTR *names, size_t count )
{
    file_write_text( L"src.txt", contents );
    for (size_t i = 0; i < count; i++)
    {
        push_context( "name %u", (unsigned int)i );
        check_name( names[i] );
        pop_context();
    }
}

static void test_unicode( void )
{
    static const PCWSTR names[] = {
        L"\x6587\x66f8.txt",                    /* CJK */
        L"\xd83d\xdcc4\xd83d\xdc68.txt",        /* two surrogate pairs */
        L"cafe\x0301.txt",                      /* a combining accent, ... */
        L"caf\x00e9.txt",                       /* ... and the same word with the accented letter as one character */
        L"\x05e9\x05dc\x05d5\x05dd \x0645.txt", /* from right to left */
        L"\xfb01\x212b\x00df.txt",              /* characters that other systems would normalize */
    };

    check_names( names, ARRAY_SIZE( names ) );
}

/* Two spellings that look alike are two files. */
static void test_unicode_alike( void )
{
    file_write_text( L"src.txt", contents );
    file_write_text( L"caf\x00e9.txt", "other" );
    ok( copy( L"src.txt", L"cafe\x0301.txt", COPY_FILE_FAIL_IF_EXISTS ) == S_OK, "copy failed" );
    ok( file_is_text( L"cafe\x0301.txt", contents ), "other bytes" );
    ok( file_is_text( L"caf\x00e9.txt", "other" ), "the other file has changed" );
}

static void test_odd_letters( void )
{
    static const PCWSTR names[] = {
        L".hidden",      L"no extension", L"two  spaces", L" leading space", L"a.b.c...d",
        L"-option",      L"100%PATH%",    L"a&b;c,d=e",   L"[x]{y}(z)",      L"'quoted'`$HOME`",
        L"LONGNA~1.TXT", L"file~2",       L"#!@^+~",      L"con1",           L"nul2",
    };

    check_names( names, ARRAY_SIZE( names ) );
}

static DWORD type_of( PCWSTR name )
{
    HANDLE file = CreateFileW( name, GENERIC_READ | GENERIC_WRITE, SHARE_R | SHARE_W, NULL, OPEN_EXISTING, 0, NULL );
    DWORD type = file == INVALID_HANDLE_VALUE ? FILE_TYPE_UNKNOWN : GetFileType( file );

    CloseHandle( file );
    return type;
}

/* Nobody knows whether CopyFile2 copies to NUL on Windows, but the command "copy" there does. No end of a copy harms
 * the device.
 *
 * For root, the CopyFile2 of some Wines makes the host's /dev/null read-only for everybody. So they get no read-only
 * source. */
static void test_nul( void )
{
    static const PCWSTR names[] = { L"NUL", L"nul", L"\\\\.\\NUL", L".\\NUL" };
    static const COPYFILE2_MESSAGE_ACTION answers[] = { COPYFILE2_PROGRESS_CONTINUE, COPYFILE2_PROGRESS_CANCEL,
                                                        COPYFILE2_PROGRESS_STOP };

    file_write_text( L"src.txt", contents );
    if (engine_is_ours() || !running_under_wine()) file_set_attributes( L"src.txt", FILE_ATTRIBUTE_READONLY );
    for (size_t i = 0; i < ARRAY_SIZE( names ) * ARRAY_SIZE( answers ); i++)
    {
        PCWSTR name = names[i / ARRAY_SIZE( answers )];
        COPYFILE2_MESSAGE_ACTION answer = answers[i % ARRAY_SIZE( answers )];
        struct recorder recorder;
        HRESULT hr;

        recorder_begin( &recorder );
        recorder.answer = answer;
        recorder.answer_to = COPYFILE2_CALLBACK_CHUNK_FINISHED;
        recorder.answer_at = 1;
        hr = copy_recorded( L"src.txt", name, 0, &recorder );
        ok( hr == ( answer ? hr_from_error( ERROR_REQUEST_ABORTED ) : S_OK ) || broken( FAILED( hr ) ), "%ls: got %#lx",
            name, hr );
        ok( recorder.counts[COPYFILE2_CALLBACK_CHUNK_FINISHED] == 1 || broken( true ), "said\n%s", recorder.text );
        ok( type_of( name ) == FILE_TYPE_CHAR, "%ls: now a file of type %lu", name, type_of( name ) );
        recorder_end( &recorder );
    }
}

/* The source is a log that is being written. The copy asks whether the destination is the same file, and a device
 * cannot tell. */
static void test_nul_busy_source( void )
{
    HANDLE writer;
    HRESULT hr;

    file_write_text( L"src.txt", contents );
    writer = file_hold( L"src.txt", GENERIC_WRITE, SHARE_ALL );
    hr = copy( L"src.txt", L"NUL", 0 );
    ok( hr == S_OK || broken( FAILED( hr ) ), "got %#lx", hr );
    CloseHandle( writer );
}

static const struct test_case cases[] = {
    { .name = "case_insensitive", .row = "-", .run = test_case_insensitive },
    { .name = "case_insensitive_source", .row = "-", .run = test_case_insensitive_source },
    { .name = "unicode", .row = "-", .run = test_unicode },
    { .name = "unicode_alike", .row = "-", .run = test_unicode_alike },
    { .name = "odd_letters", .row = "-", .run = test_odd_letters },
    { .name = "nul", .row = "-", .run = test_nul },
    { .name = "nul_busy_source", .row = "-", .run = test_nul_busy_source },
};

TEST_MAIN( "names", cases )
