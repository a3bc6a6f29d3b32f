/* SPDX-License-Identifier: MIT */

/* This file explains the failures that people meet most, in words. */

#include "reason.h"
#include "heap.h"

#include <copyfile2.h>
#include <stdlib.h>

static bool identify( const WCHAR *path, BY_HANDLE_FILE_INFORMATION *info )
{
    HANDLE file = CreateFileW( path, 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING,
                               FILE_FLAG_BACKUP_SEMANTICS, NULL );
    bool found = file != INVALID_HANDLE_VALUE && GetFileInformationByHandle( file, info );

    if (file != INVALID_HANDLE_VALUE) CloseHandle( file );
    return found;
}

static bool is_same( const BY_HANDLE_FILE_INFORMATION *one, const WCHAR *path )
{
    BY_HANDLE_FILE_INFORMATION other;

    return identify( path, &other ) && one->dwVolumeSerialNumber == other.dwVolumeSerialNumber &&
           one->nFileIndexHigh == other.nFileIndexHigh && one->nFileIndexLow == other.nFileIndexLow;
}

bool reason_is_same_file( const struct entry *entry )
{
    BY_HANDLE_FILE_INFORMATION source;

    return identify( entry->source_path, &source ) && is_same( &source, entry->destination_path );
}

/* True means that the path, or a folder in which it lies, is the folder of INFO. */
static bool is_above( const BY_HANDLE_FILE_INFORMATION *info, const WCHAR *below )
{
    WCHAR *path = heap_text( below ), *end;
    bool found;

    /* The loop ends before the prefix \\?\, which is no folder. */
    do
    {
        found = is_same( info, path );
        end = wcsrchr( path, '\\' );
        if (end) *end = 0;
    } while (!found && end && end > path + 4);
    free( path );
    return found;
}

bool reason_is_into_itself( const struct entry *entry )
{
    BY_HANDLE_FILE_INFORMATION source;

    return identify( entry->source_path, &source ) && is_above( &source, entry->destination_path );
}

bool reason_is_loop( const struct entry *entry )
{
    BY_HANDLE_FILE_INFORMATION folder;
    WCHAR *parent = heap_text( entry->source_path ), *end = wcsrchr( parent, '\\' );
    bool found;

    if (end) *end = 0;
    found = end && identify( entry->source_path, &folder ) && is_above( &folder, parent );
    free( parent );
    return found;
}

const WCHAR *reason_of( const struct entry *entry, HRESULT hr )
{
    DWORD source = GetFileAttributesW( entry->source_path ), found = GetFileAttributesW( entry->destination_path );

    if (found == INVALID_FILE_ATTRIBUTES) found = 0;
    if (source == INVALID_FILE_ATTRIBUTES) source = 0;
    switch ((DWORD)hr)
    {
    case (DWORD)HRESULT_FROM_WIN32( ERROR_REQUEST_ABORTED ): return L"canceled";
    case (DWORD)HRESULT_FROM_WIN32( ERROR_REQUEST_PAUSED ): return L"paused; the same command goes on with this copy";
    case (DWORD)HRESULT_FROM_WIN32( ERROR_SHARING_VIOLATION ):
        return reason_is_same_file( entry ) ? L"both are the same file" : NULL;
    case (DWORD)HRESULT_FROM_WIN32( ERROR_ACCESS_DENIED ):
        if (!( source & FILE_ATTRIBUTE_DIRECTORY ) && found & FILE_ATTRIBUTE_DIRECTORY)
            return L"the destination is a folder";
        if (found & FILE_ATTRIBUTE_READONLY) return L"the destination is read-only, and --force replaces it";
        return NULL;
    case (DWORD)HRESULT_FROM_WIN32( ERROR_ALREADY_EXISTS ):
    case (DWORD)HRESULT_FROM_WIN32( ERROR_FILE_EXISTS ):
    case (DWORD)HRESULT_FROM_WIN32( ERROR_DIRECTORY ):
        return source & FILE_ATTRIBUTE_DIRECTORY && found && !( found & FILE_ATTRIBUTE_DIRECTORY )
                   ? L"the destination is a file, and the source is a folder"
                   : NULL;
    default: return NULL;
    }
}
