/* SPDX-License-Identifier: MIT */

/* This file reads a copy back and compares it with its source. */

#include "verify.h"
#include "cancel.h"
#include "heap.h"

#include <copyfile2.h>
#include <stdlib.h>
#include <string.h>

#define PIECE ( 1024 * 1024 )

struct reader
{
    HANDLE file;
    unsigned char *bytes;
    DWORD count;
};

static bool reader_open( struct reader *reader, const WCHAR *path )
{
    reader->file = CreateFileW( path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                                OPEN_EXISTING, FILE_FLAG_SEQUENTIAL_SCAN, NULL );
    reader->bytes = heap_get( PIECE );
    return reader->file != INVALID_HANDLE_VALUE;
}

static void reader_close( struct reader *reader )
{
    if (reader->file != INVALID_HANDLE_VALUE) CloseHandle( reader->file );
    free( reader->bytes );
}

/* A device or a pipe may answer less than was asked for, long before its end. So this reads until the buffer is full or
 * the end is reached. False means that GetLastError has the reason. */
static bool reader_next( struct reader *reader )
{
    DWORD got;

    reader->count = 0;
    do
    {
        if (!ReadFile( reader->file, reader->bytes + reader->count, PIECE - reader->count, &got, NULL ))
            return GetLastError() == ERROR_HANDLE_EOF;
        reader->count += got;
    } while (got && reader->count < PIECE);
    return true;
}

static HRESULT compare( struct reader *source, struct reader *copy, WCHAR why[VERIFY_TEXT_SIZE] )
{
    uint64_t done = 0;
    DWORD at, least;

    do
    {
        if (cancel_requested())
        {
            wcscpy( why, L"copied, but canceled before it was verified" );
            return HRESULT_FROM_WIN32( ERROR_REQUEST_ABORTED );
        }
        if (!reader_next( source ) || !reader_next( copy ))
        {
            HRESULT hr = HRESULT_FROM_WIN32( GetLastError() );

            swprintf( why, VERIFY_TEXT_SIZE, L"cannot be read back: 0x%08lX", (unsigned long)hr );
            return hr;
        }
        least = source->count < copy->count ? source->count : copy->count;
        for (at = 0; at < least && source->bytes[at] == copy->bytes[at]; at++) continue;
        if (at < least || source->count != copy->count)
        {
            swprintf( why, VERIFY_TEXT_SIZE, L"the copy differs from the source at byte %llu",
                      (unsigned long long)( done + at ) );
            return HRESULT_FROM_WIN32( ERROR_CRC );
        }
        done += source->count;
    } while (source->count);
    return S_OK;
}

HRESULT verify_copy( const struct entry *entry, WCHAR why[VERIFY_TEXT_SIZE] )
{
    struct reader source, copy;
    bool opened = reader_open( &source, entry->source_path );
    HRESULT hr = opened ? S_OK : HRESULT_FROM_WIN32( GetLastError() );

    if (reader_open( &copy, entry->destination_path ) && opened) hr = compare( &source, &copy, why );
    else
    {
        if (opened) hr = HRESULT_FROM_WIN32( GetLastError() );
        swprintf( why, VERIFY_TEXT_SIZE, L"cannot be read back: 0x%08lX", (unsigned long)hr );
    }
    reader_close( &source );
    reader_close( &copy );
    return hr;
}
