/* SPDX-License-Identifier: MIT */

/* Copies go to names that are new to their folder, and to names that only seem so: other spellings, and names that
 * another copy makes first. */

#include "harness/recorder.h"
#include "harness/files.h"
#include "harness/test.h"

#include <stdlib.h>

#define THREADS 6
#define ROUNDS  60

static const char contents[] = "the one";

static unsigned int count_entries( PCWSTR pattern )
{
    WIN32_FIND_DATAW data;
    HANDLE find = FindFirstFileW( pattern, &data );
    unsigned int count = 0;

    if (find == INVALID_HANDLE_VALUE) return 0;
    do count += wcscmp( data.cFileName, L"." ) && wcscmp( data.cFileName, L".." );
    while (FindNextFileW( find, &data ));
    FindClose( find );
    return count;
}

static void check_taken( PCWSTR name )
{
    HRESULT hr = copy( L"src.txt", name, COPY_FILE_FAIL_IF_EXISTS );

    ok( hr == hr_from_error( ERROR_FILE_EXISTS ), "got %#lx", hr );
}

static void check_free( PCWSTR name )
{
    HRESULT hr = copy( L"src.txt", name, COPY_FILE_FAIL_IF_EXISTS );

    ok( hr == S_OK, "got %#lx", hr );
    ok( file_is_text( name, contents ), "other bytes" );
}

/* Another spelling appears, changes, and goes, by other means than a copy. */
static void test_other_spellings( void )
{
    file_write_text( L"src.txt", contents );
    CreateDirectoryW( L"dir", NULL );
    check_free( L"dir\\first.txt" );
    check_taken( L"dir\\FIRST.txt" );
    check_taken( L"DIR\\First.Txt" );

    file_write_text( L"dir\\Second.txt", "another" );
    check_taken( L"dir\\second.txt" );
    ok( MoveFileW( L"dir\\Second.txt", L"dir\\Third.txt" ), "error %lu", GetLastError() );
    check_taken( L"dir\\third.txt" );
    check_free( L"dir\\second.txt" );

    ok( DeleteFileW( L"dir\\THIRD.TXT" ), "error %lu", GetLastError() );
    check_free( L"dir\\third.txt" );
    ok( CreateDirectoryW( L"dir\\Folder", NULL ), "error %lu", GetLastError() );
    ok( copy( L"src.txt", L"dir\\folder", 0 ) == hr_from_error( ERROR_ACCESS_DENIED ), "a folder was overwritten" );
    ok( copy( L"src.txt", L"dir\\SECOND.TXT", 0 ) == S_OK, "not overwritten" );
    ok( count_entries( L"dir\\*" ) == 4, "%u entries", count_entries( L"dir\\*" ) );
}

static void test_other_folder( void )
{
    file_write_text( L"src.txt", contents );
    CreateDirectoryW( L"dir", NULL );
    check_free( L"dir\\one.txt" );
    ok( MoveFileW( L"dir", L"away" ), "error %lu", GetLastError() );
    ok( copy( L"src.txt", L"dir\\two.txt", 0 ) == hr_from_error( ERROR_PATH_NOT_FOUND ), "a folder that is gone" );
    CreateDirectoryW( L"dir", NULL );
    file_write_text( L"dir\\TWO.txt", "another" );
    check_free( L"dir\\one.txt" );
    check_taken( L"dir\\two.txt" );
    check_free( L"away\\two.txt" );
    check_taken( L"AWAY\\One.txt" );
    ok( count_entries( L"dir\\*" ) == 2 && count_entries( L"away\\*" ) == 2, "%u and %u entries",
        count_entries( L"dir\\*" ), count_entries( L"away\\*" ) );
}

/* Takes every letter for which NT has an upper case. A file has the one in its name, and the copy asks for the
 * other. */
static void test_letters( void )
{
    WCHAR( WINAPI * upcase )( WCHAR ) = (void *)GetProcAddress( GetModuleHandleA( "ntdll" ), "RtlUpcaseUnicodeChar" );
    unsigned int letters = 0, wrong = 0;

    file_write_text( L"src.txt", contents );
    CreateDirectoryW( L"dir", NULL );
    for (unsigned int letter = 0x80; letter < 0xd800; letter++)
    {
        WCHAR there[] = L"dir\\-x-", wanted[] = L"dir\\-x-";
        HANDLE file;

        wanted[5] = upcase( (WCHAR)letter );
        if (wanted[5] == letter) continue;
        there[5] = (WCHAR)letter;
        file = CreateFileW( there, GENERIC_WRITE, 0, NULL, CREATE_NEW, 0, NULL );
        if (file == INVALID_HANDLE_VALUE) continue; /* a third spelling of an earlier one */
        CloseHandle( file );
        letters++;
        if (copy( L"src.txt", wanted, COPY_FILE_FAIL_IF_EXISTS ) != hr_from_error( ERROR_FILE_EXISTS )) wrong++;
    }
    ok( letters > 500, "%u letters only", letters );
    ok( !wrong, "%u of %u letters are two files", wrong, letters );
    ok( count_entries( L"dir\\*" ) == letters, "%u entries", count_entries( L"dir\\*" ) );
    check_free( L"dir\\-\x5b57-" );
    check_free( L"dir\\-\xd83d\xde00-" );
    check_taken( L"dir\\-\xd83d\xde00-" );
}

struct racer
{
    HANDLE go;
    PCWSTR folder;
    HRESULT hr[ROUNDS];
};

static DWORD CALLBACK race( void *context )
{
    struct racer *racer = context;

    WaitForSingleObject( racer->go, INFINITE );
    for (int i = 0; i < ROUNDS; i++)
    {
        COPYFILE2_EXTENDED_PARAMETERS params = { sizeof( params ), COPY_FILE_FAIL_IF_EXISTS };
        WCHAR name[32];

        _snwprintf( name, ARRAY_SIZE( name ), L"%ls\\%d.txt", racer->folder, i );
        racer->hr[i] = copyfile2( L"src.txt", name, &params );
    }
    return 0;
}

/* One call makes the file, and the others are told that it exists. */
static void test_race( void )
{
    HANDLE go = CreateEventW( NULL, TRUE, FALSE, NULL ), threads[THREADS];
    static struct racer racers[THREADS];

    file_write_text( L"src.txt", contents );
    CreateDirectoryW( L"dir", NULL );
    for (int i = 0; i < THREADS; i++)
    {
        racers[i] = ( struct racer ){ go, L"dir", { 0 } };
        threads[i] = CreateThread( NULL, 0, race, &racers[i], 0, NULL );
    }
    SetEvent( go );
    WaitForMultipleObjects( THREADS, threads, TRUE, INFINITE );
    for (int i = 0; i < THREADS; i++) CloseHandle( threads[i] );
    CloseHandle( go );

    for (int round = 0; round < ROUNDS; round++)
    {
        unsigned int winners = 0;

        push_context( "round %d", round );
        for (int i = 0; i < THREADS; i++)
        {
            winners += racers[i].hr[round] == S_OK;
            ok( racers[i].hr[round] == S_OK || racers[i].hr[round] == hr_from_error( ERROR_FILE_EXISTS ), "got %#lx",
                racers[i].hr[round] );
        }
        ok( winners == 1, "%u winners", winners );
        pop_context();
    }
    ok( count_entries( L"dir\\*" ) == ROUNDS, "%u entries", count_entries( L"dir\\*" ) );
}

/* Asks for the name of the destination while it is copied. It is the name by which the file is opened later. */
static COPYFILE2_MESSAGE_ACTION CALLBACK look( const COPYFILE2_MESSAGE *message, void *context )
{
    if (message->Type == COPYFILE2_CALLBACK_STREAM_STARTED)
        GetFinalPathNameByHandleW( message->Info.StreamStarted.hDestinationFile, context, MAX_PATH, 0 );
    return COPYFILE2_PROGRESS_CONTINUE;
}

static void test_handle_name( void )
{
    WCHAR seen[MAX_PATH] = L"", plain[MAX_PATH] = L"";
    COPYFILE2_EXTENDED_PARAMETERS params = { sizeof( params ), 0, NULL, look, seen };
    HANDLE file;

    file_write_text( L"src.txt", contents );
    CreateDirectoryW( L"dir", NULL );
    ok( copyfile2( L"src.txt", L"dir\\New Name.txt", &params ) == S_OK, "failed" );
    file = file_hold( L"dir\\New Name.txt", GENERIC_READ, SHARE_ALL );
    GetFinalPathNameByHandleW( file, plain, MAX_PATH, 0 );
    CloseHandle( file );
    ok( seen[0] && !wcscmp( seen, plain ), "seen %ls, and %ls", seen, plain );
}

static void test_failed_copy( void )
{
    BOOL cancel = TRUE;
    COPYFILE2_EXTENDED_PARAMETERS params = { sizeof( params ), 0, &cancel };

    file_write_text( L"src.txt", contents );
    CreateDirectoryW( L"dir", NULL );
    ok( copyfile2( L"src.txt", L"dir\\new.txt", &params ) == hr_from_error( ERROR_REQUEST_ABORTED ), "not canceled" );
    ok( copy( L"no such.txt", L"dir\\new.txt", 0 ) == hr_from_error( ERROR_FILE_NOT_FOUND ), "found" );
    ok( copy( L"src.txt", L"src.txt\\new.txt", 0 ) == hr_from_error( ERROR_PATH_NOT_FOUND ), "a file is no folder" );
    ok( !count_entries( L"dir\\*" ), "%u entries", count_entries( L"dir\\*" ) );
    check_free( L"dir\\NEW.txt" );
}

static void test_attributes( void )
{
    file_write_text( L"src.txt", contents );
    CreateDirectoryW( L"dir", NULL );
    file_set_attributes( L"src.txt", FILE_ATTRIBUTE_READONLY );
    check_free( L"dir\\read-only.txt" );
    ok( file_attributes( L"dir\\read-only.txt" ) == ( FILE_ATTRIBUTE_READONLY | FILE_ATTRIBUTE_ARCHIVE ), "got %#lx",
        file_attributes( L"dir\\read-only.txt" ) );
    ok( copy( L"src.txt", L"dir\\READ-ONLY.txt", 0 ) == hr_from_error( ERROR_ACCESS_DENIED ), "overwritten" );
    file_set_attributes( L"dir\\read-only.txt", FILE_ATTRIBUTE_NORMAL );
    file_set_attributes( L"src.txt", FILE_ATTRIBUTE_NORMAL );
}

/* Makes a name of so many pairs of surrogates, which take four bytes each in UTF-8. */
static void make_long( WCHAR name[MAX_PATH], unsigned int pairs )
{
    wcscpy( name, L"d\\" );
    for (unsigned int i = 0; i < pairs; i++) wcscat( name, L"\xd83d\xdc68" );
}

/* A name on Linux has at most 255 bytes. A copy to a longer one fails, and makes no file of another name. */
static void test_long( void )
{
    static const unsigned int pairs[] = { 63, 64, 65, 127 };
    WCHAR name[MAX_PATH];

    file_write_text( L"src.txt", contents );
    for (size_t i = 0; i < 2 * ARRAY_SIZE( pairs ); i++)
    {
        DWORD flags = i % 2 ? COPY_FILE_NO_BUFFERING : 0;
        HRESULT hr;

        CreateDirectoryW( L"d", NULL );
        make_long( name, pairs[i / 2] );
        hr = copy( L"src.txt", name, flags );
        push_context( "%u pairs, flags %#lx: %#lx", pairs[i / 2], flags, hr );
        ok( hr == S_OK || ( running_under_wine() && pairs[i / 2] > 63 ), "failed" );
        ok( hr == S_OK || hr == hr_from_error( ERROR_PATH_NOT_FOUND ) || hr == hr_from_error( ERROR_FILE_NOT_FOUND ) ||
                hr == hr_from_error( ERROR_FILENAME_EXCED_RANGE ),
            "another error" );
        ok( file_exists( name ) == ( hr == S_OK ), "the file is %sthere", hr == S_OK ? "not " : "" );
        DeleteFileW( name );
        ok( RemoveDirectoryW( L"d" ), "a file of another name is there" );
        pop_context();
    }
}

static const struct test_case cases[] = {
    { .name = "other_spellings", .row = "-", .run = test_other_spellings },
    { .name = "other_folder", .row = "-", .run = test_other_folder },
    { .name = "letters", .row = "-", .run = test_letters },
    { .name = "long", .row = "-", .run = test_long },
    { .name = "race", .row = "3", .run = test_race },
    { .name = "handle_name", .row = "-", .run = test_handle_name },
    { .name = "failed_copy", .row = "-", .run = test_failed_copy },
    { .name = "new_attributes", .row = "47", .run = test_attributes },
};

TEST_MAIN( "new_names", cases )
