/* SPDX-License-Identifier: MIT */

/* CopyFileExW, CopyFileExA, CopyFileW and CopyFileA. */

#include "harness/family.h"
#include "harness/files.h"
#include "harness/test.h"

#define READ_WRITE ( GENERIC_READ | GENERIC_WRITE )

static BOOL( WINAPI *copy_ex_w )( LPCWSTR, LPCWSTR, LPPROGRESS_ROUTINE, LPVOID, LPBOOL, DWORD );
static BOOL( WINAPI *copy_ex_a )( LPCSTR, LPCSTR, LPPROGRESS_ROUTINE, LPVOID, LPBOOL, DWORD );
static BOOL( WINAPI *copy_w )( LPCWSTR, LPCWSTR, BOOL );
static BOOL( WINAPI *copy_a )( LPCSTR, LPCSTR, BOOL );

/* These give the four functions one form: without a callback, and fail says whether an existing destination is
 * refused. */
static BOOL by_copy_ex_w( PCWSTR source, PCWSTR destination, BOOL fail )
{
    return copy_ex_w( source, destination, NULL, NULL, NULL, fail ? COPY_FILE_FAIL_IF_EXISTS : 0 );
}

static void narrow( PCWSTR name, char *bytes )
{
    WideCharToMultiByte( CP_ACP, 0, name, -1, bytes, MAX_PATH, NULL, NULL );
}

static BOOL by_copy_ex_a( PCWSTR source, PCWSTR destination, BOOL fail )
{
    char names[2][MAX_PATH];

    narrow( source, names[0] );
    narrow( destination, names[1] );
    SetLastError( 0xdead );
    return copy_ex_a( names[0], names[1], NULL, NULL, NULL, fail ? COPY_FILE_FAIL_IF_EXISTS : 0 );
}

static BOOL by_copy_w( PCWSTR source, PCWSTR destination, BOOL fail )
{
    return copy_w( source, destination, fail );
}

static BOOL by_copy_a( PCWSTR source, PCWSTR destination, BOOL fail )
{
    char names[2][MAX_PATH];

    narrow( source, names[0] );
    narrow( destination, names[1] );
    SetLastError( 0xdead );
    return copy_a( names[0], names[1], fail );
}

static const struct
{
    const char *name;
    BOOL ( *copy )( PCWSTR, PCWSTR, BOOL );
} functions[] = {
    { .name = "CopyFileExW", .copy = by_copy_ex_w },
    { .name = "CopyFileExA", .copy = by_copy_ex_a },
    { .name = "CopyFileW", .copy = by_copy_w },
    { .name = "CopyFileA", .copy = by_copy_a },
};

static void load( void )
{
    copy_ex_w = test_function( "CopyFileExW" );
    copy_ex_a = test_function( "CopyFileExA" );
    copy_w = test_function( "CopyFileW" );
    copy_a = test_function( "CopyFileA" );
}

/* Runs a check for each of the four. */
static void each( void ( *check )( BOOL ( *copy )( PCWSTR, PCWSTR, BOOL ) ) )
{
    load();
    for (size_t i = 0; i < ARRAY_SIZE( functions ); i++)
    {
        push_context( "%s", functions[i].name );
        file_write_text( L"src.txt", "fresh" );
        file_write_text( L"dst.txt", "an older text" );
        check( functions[i].copy );
        pop_context();
    }
}

static void expect( BOOL done, DWORD error )
{
    DWORD last = GetLastError();

    ok( done == !error, "answered %d", done );
    ok( last == error, "last error %lu, not %lu", last, error );
}

static void check_basic( BOOL ( *copy )( PCWSTR, PCWSTR, BOOL ) )
{
    SetLastError( 0xdead );
    expect( copy( L"src.txt", L"dst.txt", FALSE ), 0 );
    ok( file_is_text( L"dst.txt", "fresh" ), "other bytes" );
    DeleteFileW( L"dst.txt" );
    expect( copy( L"src.txt", L"dst.txt", TRUE ), 0 );
    ok( file_is_text( L"dst.txt", "fresh" ), "other bytes" );
}

static void test_basic( void )
{
    each( check_basic );
}

static void check_errors( BOOL ( *copy )( PCWSTR, PCWSTR, BOOL ) )
{
    expect( copy( L"src.txt", L"dst.txt", TRUE ), ERROR_FILE_EXISTS );
    expect( copy( L"none.txt", L"dst.txt", FALSE ), ERROR_FILE_NOT_FOUND );
    expect( copy( L"no\\src.txt", L"dst.txt", FALSE ), ERROR_PATH_NOT_FOUND );
    expect( copy( L"src.txt", L"no\\dst.txt", FALSE ), ERROR_PATH_NOT_FOUND );
    expect( copy( L"src.txt", L"src.txt", FALSE ), ERROR_SHARING_VIOLATION );
    expect( copy( L"a*b", L"new.txt", FALSE ), ERROR_INVALID_NAME );
    expect( copy( L".", L"new.txt", FALSE ), ERROR_ACCESS_DENIED );
    expect( copy( L"src.txt", L".", FALSE ), ERROR_ACCESS_DENIED );
    expect( copy( L"", L"new.txt", FALSE ), ERROR_PATH_NOT_FOUND );
    ok( file_is_text( L"src.txt", "fresh" ), "the source has changed" );
    ok( file_is_text( L"dst.txt", "an older text" ), "the destination has changed" );
    ok( !file_exists( L"new.txt" ), "a destination was made" );
    file_set_attributes( L"dst.txt", FILE_ATTRIBUTE_READONLY );
    expect( copy( L"src.txt", L"dst.txt", FALSE ), ERROR_ACCESS_DENIED );
}

static void test_errors( void )
{
    each( check_errors );
}

static void test_null_names( void )
{
    load();
    expect( copy_a( NULL, "dst.txt", FALSE ), ERROR_PATH_NOT_FOUND );
    expect( copy_a( "src.txt", NULL, FALSE ), ERROR_PATH_NOT_FOUND );
    expect( copy_ex_a( NULL, "dst.txt", NULL, NULL, NULL, 0 ), ERROR_PATH_NOT_FOUND );
    expect( copy_ex_a( "src.txt", NULL, NULL, NULL, NULL, 0 ), ERROR_PATH_NOT_FOUND );
    ok( !copy_w( NULL, L"dst.txt", FALSE ), "CopyFileW took no source" );
    ok( GetLastError() == ERROR_INVALID_PARAMETER || GetLastError() == ERROR_PATH_NOT_FOUND, "last error %lu",
        GetLastError() );
    ok( !copy_ex_w( L"src.txt", NULL, NULL, NULL, NULL, 0 ), "CopyFileExW took no destination" );
    ok( GetLastError() == ERROR_INVALID_PARAMETER || GetLastError() == ERROR_PATH_NOT_FOUND, "last error %lu",
        GetLastError() );
}

/* The handles that are in the way of CopyFile2 are in the way of all four functions, too. */
static const struct
{
    PCWSTR name;
    DWORD access, share, error;
} holders[] = {
    { .name = L"src.txt", .access = READ_WRITE, .share = SHARE_W, .error = ERROR_SHARING_VIOLATION },
    { .name = L"src.txt", .access = READ_WRITE, .share = SHARE_R, .error = 0 },
    { .name = L"src.txt", .access = DELETE, .share = SHARE_R, .error = 0 },
    { .name = L"dst.txt", .access = GENERIC_WRITE, .share = SHARE_R, .error = ERROR_SHARING_VIOLATION },
    { .name = L"dst.txt", .access = READ_WRITE, .share = SHARE_W, .error = 0 },
    { .name = L"dst.txt", .access = DELETE, .share = SHARE_ALL, .error = ERROR_SHARING_VIOLATION },
    { .name = L"dst.txt", .access = GENERIC_READ, .share = SHARE_R | SHARE_W, .error = 0 },
    { .name = L"dst.txt", .access = GENERIC_READ, .share = SHARE_R, .error = ERROR_SHARING_VIOLATION },
};

static void check_sharing( BOOL ( *copy )( PCWSTR, PCWSTR, BOOL ) )
{
    for (size_t i = 0; i < ARRAY_SIZE( holders ); i++)
    {
        HANDLE holder;

        push_context( "%ls access %#lx sharing %#lx", holders[i].name, holders[i].access, holders[i].share );
        file_write_text( L"dst.txt", "an older text" );
        holder = file_hold( holders[i].name, holders[i].access, holders[i].share );
        expect( copy( L"src.txt", L"dst.txt", FALSE ), holders[i].error );
        CloseHandle( holder );
        ok( holders[i].error ? file_is_text( L"dst.txt", "an older text" ) : file_is_text( L"dst.txt", "fresh" ),
            "other bytes" );
        pop_context();
    }
}

static void test_sharing( void )
{
    each( check_sharing );
}

static void check_mapped( BOOL ( *copy )( PCWSTR, PCWSTR, BOOL ) )
{
    HANDLE holder = file_hold( L"dst.txt", GENERIC_READ, SHARE_R | SHARE_W );
    HANDLE section = CreateFileMappingW( holder, NULL, PAGE_READONLY, 0, 0, NULL );

    expect( copy( L"src.txt", L"dst.txt", FALSE ), ERROR_USER_MAPPED_FILE );
    CloseHandle( section );
    CloseHandle( holder );
}

static void test_mapped( void )
{
    each( check_mapped );
}

static void check_metadata( BOOL ( *copy )( PCWSTR, PCWSTR, BOOL ) )
{
    FILETIME past = file_time( 1999 );
    WIN32_FILE_ATTRIBUTE_DATA data;

    file_set_times( L"src.txt", NULL, &past );
    file_set_attributes( L"src.txt", FILE_ATTRIBUTE_READONLY );
    expect( copy( L"src.txt", L"dst.txt", FALSE ), 0 );
    data = file_information( L"dst.txt" );
    ok( !CompareFileTime( &data.ftLastWriteTime, &past ), "another last-write time" );
    ok( data.dwFileAttributes & FILE_ATTRIBUTE_READONLY, "not read-only" );
    file_set_attributes( L"src.txt", FILE_ATTRIBUTE_NORMAL );
}

static void test_metadata( void )
{
    each( check_metadata );
}

static const DWORD refused[] = { 0x10,
                                 0x10000,
                                 0x40000000,
                                 COPY_FILE_REQUEST_SECURITY_PRIVILEGES,
                                 COPY_FILE_RESUME_FROM_PAUSE,
                                 COPY_FILE_ENABLE_LOW_FREE_SPACE_MODE };
static const DWORD taken[] = { COPY_FILE_OPEN_SOURCE_FOR_WRITE,
                               COPY_FILE_ALLOW_DECRYPTED_DESTINATION,
                               COPY_FILE_NO_BUFFERING,
                               COPY_FILE_SKIP_ALTERNATE_STREAMS,
                               COPY_FILE_NO_OFFLOAD,
                               COPY_FILE_DISABLE_PRE_ALLOCATION,
                               COPY_FILE_REQUEST_COMPRESSED_TRAFFIC };

static void test_flags( void )
{
    load();
    file_write_text( L"src.txt", "fresh" );
    for (size_t i = 0; engine_is_ours() && i < ARRAY_SIZE( refused ); i++)
    {
        push_context( "flag %#lx", refused[i] );
        expect( copy_ex_w( L"src.txt", L"dst.txt", NULL, NULL, NULL, refused[i] ), ERROR_INVALID_PARAMETER );
        ok( !file_exists( L"dst.txt" ), "a destination was made" );
        pop_context();
    }
    for (size_t i = 0; i < ARRAY_SIZE( taken ); i++)
    {
        push_context( "flag %#lx", taken[i] );
        expect( copy_ex_w( L"src.txt", L"dst.txt", NULL, NULL, NULL, taken[i] ), 0 );
        ok( file_is_text( L"dst.txt", "fresh" ), "other bytes" );
        pop_context();
    }
}

static BOOL copy_recorded_w( struct family_recorder *recorder, BOOL *cancel )
{
    return copy_ex_w( L"src.bin", L"dst.bin", family_callback, recorder, cancel, 0 );
}

static BOOL copy_recorded_a( struct family_recorder *recorder, BOOL *cancel )
{
    return copy_ex_a( "src.bin", "dst.bin", family_callback, recorder, cancel, 0 );
}

static void test_answers_w( void )
{
    load();
    family_check_answers( copy_recorded_w, false );
}

static void test_answers_a( void )
{
    load();
    family_check_answers( copy_recorded_a, false );
}

static HANDLE held;

static void let_go( HANDLE source, HANDLE destination )
{
    (void)source, (void)destination;
    if (held) CloseHandle( held );
    held = NULL;
}

/* CANCEL deletes a file that was there before only where deleting was shared when the copy began. */
static void check_cancel( DWORD share, bool stays )
{
    struct family_recorder recorder;

    load();
    family_begin( &recorder );
    recorder.answer = PROGRESS_CANCEL;
    recorder.answer_at = 1;
    recorder.hook = let_go;
    file_write_text( L"src.txt", "" );
    file_write_text( L"dst.txt", "" );
    held = file_hold( L"dst.txt", GENERIC_READ, share );
    expect( copy_ex_w( L"src.txt", L"dst.txt", family_callback, &recorder, NULL, 0 ), ERROR_REQUEST_ABORTED );
    ok( recorder.count == 1 && recorder.calls[0].reason == CALLBACK_STREAM_SWITCH, "%u calls", recorder.count );
    ok( file_exists( L"dst.txt" ) == stays, "the destination is %s", stays ? "gone" : "there" );
}

static void test_cancel_keep( void )
{
    check_cancel( SHARE_R | SHARE_W, true );
}

static void test_cancel_delete( void )
{
    check_cancel( SHARE_ALL, false );
}

static void test_preset_cancel( void )
{
    BOOL cancel = TRUE;

    load();
    file_write_text( L"src.txt", "fresh" );
    expect( copy_ex_w( L"src.txt", L"dst.txt", NULL, NULL, &cancel, 0 ), ERROR_REQUEST_ABORTED );
    ok( !file_exists( L"dst.txt" ), "the destination is there" );
}

/* The letter a with a diaeresis is another byte in each code page. */
static void check_code_page( UINT code_page, bool oem )
{
    static const WCHAR source[] = L"s\xe4.txt", destination[] = L"d\xe4.txt";
    char names[2][MAX_PATH];

    WideCharToMultiByte( code_page, 0, source, -1, names[0], MAX_PATH, NULL, NULL );
    WideCharToMultiByte( code_page, 0, destination, -1, names[1], MAX_PATH, NULL, NULL );
    file_write_text( source, "fresh" );
    if (oem) SetFileApisToOEM();
    expect( copy_a( names[0], names[1], TRUE ), 0 );
    ok( file_is_text( destination, "fresh" ), "CopyFileA: other bytes" );
    DeleteFileW( destination );
    expect( copy_ex_a( names[0], names[1], NULL, NULL, NULL, COPY_FILE_FAIL_IF_EXISTS ), 0 );
    ok( file_is_text( destination, "fresh" ), "CopyFileExA: other bytes" );
    SetFileApisToANSI();
    DeleteFileW( destination );
}

static void test_code_pages( void )
{
    BOOL lossy = FALSE;
    char byte[8];

    load();
    WideCharToMultiByte( CP_ACP, WC_NO_BEST_FIT_CHARS, L"\xe4", -1, byte, sizeof( byte ), NULL,
                         GetACP() == CP_UTF8 ? NULL : &lossy );
    if (!lossy) check_code_page( CP_ACP, false );
    else check_code_page( CP_ACP, GetACP() == GetOEMCP() );
    check_code_page( CP_OEMCP, true );
}

static const struct test_case cases[] = {
    { .name = "basic", .row = "1, 2, 77", .run = test_basic },
    { .name = "errors", .row = "3, 4, 6, 41, 42, 44, 57, 58", .run = test_errors },
    { .name = "null_names", .row = "59", .run = test_null_names },
    { .name = "sharing", .row = "8-15", .run = test_sharing },
    { .name = "mapped", .row = "16", .run = test_mapped },
    { .name = "metadata", .row = "7, 47", .run = test_metadata },
    { .name = "flags", .row = "51", .run = test_flags },
    { .name = "answers_w", .row = "18, 21, 22, 30, 32-35", .run = test_answers_w },
    { .name = "answers_a", .row = "18, 21, 22, 30, 32-35", .run = test_answers_a },
    { .name = "cancel_keep", .row = "19", .run = test_cancel_keep },
    { .name = "cancel_delete", .row = "20", .run = test_cancel_delete },
    { .name = "preset_cancel", .row = "78", .run = test_preset_cancel },
    { .name = "code_pages", .row = "-", .run = test_code_pages },
};

TEST_MAIN( "copy_ex", cases )
