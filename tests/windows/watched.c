/* SPDX-License-Identifier: MIT */

/* A program that watches the folder of a copy hears of the file, under its name, and of no other. */

#include "harness/files.h"
#include "harness/recorder.h"
#include "harness/test.h"

static const char contents[] = "what the watcher is to hear of";

struct watcher
{
    HANDLE folder;
    OVERLAPPED overlapped;
    DWORD filter;
    DWORD buffer[1024];
    unsigned int changes;
    unsigned int added;
    unsigned int of_others; /* changes of any name but dst.txt */
};

static void listen_again( struct watcher *watcher )
{
    ok( ReadDirectoryChangesW( watcher->folder, watcher->buffer, sizeof( watcher->buffer ), FALSE, watcher->filter,
                               NULL, &watcher->overlapped, NULL ),
        "cannot watch: error %lu", GetLastError() );
}

static void begin( struct watcher *watcher, DWORD filter )
{
    *watcher = ( struct watcher ){ .filter = filter };
    watcher->folder = CreateFileW( L".", FILE_LIST_DIRECTORY, SHARE_ALL, NULL, OPEN_EXISTING,
                                   FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OVERLAPPED, NULL );
    watcher->overlapped.hEvent = CreateEventW( NULL, FALSE, FALSE, NULL );
    listen_again( watcher );
}

static void count( struct watcher *watcher )
{
    static const WCHAR expected[] = L"dst.txt";
    const char *at = (const char *)watcher->buffer;
    const FILE_NOTIFY_INFORMATION *change;

    do
    {
        change = (const FILE_NOTIFY_INFORMATION *)at;
        watcher->changes++;
        watcher->added += change->Action == FILE_ACTION_ADDED;
        if (change->FileNameLength != sizeof( expected ) - sizeof( WCHAR ) ||
            memcmp( change->FileName, expected, change->FileNameLength ))
        {
            watcher->of_others++;
            trace( "heard of %.*ls", (int)( change->FileNameLength / sizeof( WCHAR ) ), change->FileName );
        }
        at += change->NextEntryOffset;
    } while (change->NextEntryOffset);
}

/* Counts the changes that come until none has come for a second, and closes the watcher. */
static void end( struct watcher *watcher )
{
    DWORD size;

    while (WaitForSingleObject( watcher->overlapped.hEvent, 1000 ) == WAIT_OBJECT_0)
    {
        if (GetOverlappedResult( watcher->folder, &watcher->overlapped, &size, FALSE ) && size) count( watcher );
        listen_again( watcher );
    }
    CancelIo( watcher->folder );
    WaitForSingleObject( watcher->overlapped.hEvent, 1000 );
    CloseHandle( watcher->folder );
    CloseHandle( watcher->overlapped.hEvent );
}

/* True when the watcher hears of the copy. */
static bool hears( DWORD filter, bool is_added )
{
    struct watcher watcher;
    HRESULT hr;

    begin( &watcher, filter );
    hr = copy( L"src.txt", L"dst.txt", 0 );
    ok( hr == S_OK, "got %#lx", hr );
    end( &watcher );
    ok( !watcher.of_others, "%u changes of other names", watcher.of_others );
    ok( !watcher.added == !is_added, "%u names were added", watcher.added );
    return watcher.changes;
}

static void test_new( void )
{
    static const DWORD filters[] = { FILE_NOTIFY_CHANGE_LAST_WRITE, FILE_NOTIFY_CHANGE_SIZE,
                                     FILE_NOTIFY_CHANGE_ATTRIBUTES };

    file_write_text( L"src.txt", contents );
    ok( hears( FILE_NOTIFY_CHANGE_FILE_NAME, true ), "heard nothing" );
    for (size_t i = 0; i < ARRAY_SIZE( filters ); i++)
    {
        DeleteFileW( L"dst.txt" );
        push_context( "filter %#lx", filters[i] );
        ok( hears( filters[i], false ), "heard nothing" );
        pop_context();
    }
}

static void test_empty( void )
{
    file_write( L"src.txt", "", 0 );
    ok( hears( FILE_NOTIFY_CHANGE_FILE_NAME, true ), "heard nothing" );
    DeleteFileW( L"dst.txt" );
    ok( hears( FILE_NOTIFY_CHANGE_LAST_WRITE, false ), "heard nothing" );
}

static void test_old( void )
{
    file_write_text( L"src.txt", contents );
    file_write_text( L"dst.txt", "something else" );
    ok( hears( FILE_NOTIFY_CHANGE_LAST_WRITE, false ), "heard nothing" );
    ok( hears( FILE_NOTIFY_CHANGE_SIZE, false ), "heard nothing" );
}

static void test_large( void )
{
    file_fill( L"src.txt", 1024 * 1024 + 1, 1 );
    ok( hears( FILE_NOTIFY_CHANGE_LAST_WRITE, false ), "heard nothing" );
    ok( hears( FILE_NOTIFY_CHANGE_LAST_WRITE, false ), "heard nothing of the second copy" );
}

static const struct test_case cases[] = {
    { .name = "new", .row = "-", .run = test_new },
    { .name = "empty", .row = "-", .run = test_empty },
    { .name = "old", .row = "-", .run = test_old },
    { .name = "large", .row = "-", .run = test_large },
};

TEST_MAIN( "watched", cases )
