/* SPDX-License-Identifier: MIT */

/* Wine has no named streams: `a.txt:strm` is a file of that name, which programs open by that name. This file finds
 * those files. Wine itself lists them, so that its rules for case and for names hold. */

#include "streams/siblings.h"
#include "files/nt_path.h"
#include "streams/folder.h"

/* Wine opens no name that has one of these or a control character, so no program has made such a stream. */
static const WCHAR forbidden[] = L"\"*/<>?\\|";

static bool contains( PCWSTR text, size_t length, WCHAR wanted )
{
    while (length)
        if (text[--length] == wanted) return true;
    return false;
}

bool siblings_is_stream( const UNICODE_STRING *path )
{
    size_t at = nt_path_last_name( path );

    return contains( path->Buffer + at, path->Length / sizeof( WCHAR ) - at, ':' );
}

static bool is_stream_suffix( PCWSTR suffix, size_t length )
{
    if (length < 2 || suffix[0] != ':') return false;
    for (size_t i = 0; i < length; i++)
        if (suffix[i] < ' ' || contains( forbidden, ARRAYSIZE( forbidden ) - 1, suffix[i] )) return false;
    return true;
}

struct search
{
    size_t base; /* the length of the file's own name */
    sibling_found found;
    void *context;
};

static NTSTATUS take_entry( void *context, const FILE_DIRECTORY_INFORMATION *entry )
{
    const struct search *search = context;
    size_t base = search->base, length = entry->FileNameLength / sizeof( WCHAR );

    if (entry->FileAttributes & FILE_ATTRIBUTE_DIRECTORY) return STATUS_SUCCESS;
    if (length <= base || !is_stream_suffix( entry->FileName + base, length - base )) return STATUS_SUCCESS;
    return search->found( search->context, entry->FileName + base, length - base, (uint64_t)entry->EndOfFile.QuadPart );
}

/* The mask matches the file's own name, a colon, and anything behind them. The caller frees its buffer. */
static NTSTATUS make_mask( const UNICODE_STRING *file, UNICODE_STRING *mask )
{
    size_t begin = nt_path_last_name( file ), length = file->Length / sizeof( WCHAR ) - begin;

    mask->Length = (USHORT)( ( length + 2 ) * sizeof( WCHAR ) );
    mask->MaximumLength = mask->Length;
    mask->Buffer = HeapAlloc( GetProcessHeap(), 0, mask->Length );
    if (!mask->Buffer) return STATUS_NO_MEMORY;
    memcpy( mask->Buffer, file->Buffer + begin, length * sizeof( WCHAR ) );
    mask->Buffer[length] = ':';
    mask->Buffer[length + 1] = '*';
    return STATUS_SUCCESS;
}

NTSTATUS siblings_list( const UNICODE_STRING *file, sibling_found found, void *context )
{
    struct search search = { .found = found, .context = context };
    UNICODE_STRING folder = folder_of( file ), mask;
    HANDLE directory;
    NTSTATUS status;

    if (file->Length == folder.Length) return STATUS_SUCCESS;
    /* A directory that may be traversed but not read shows no siblings, and neither does the directory of a device. */
    if (!NT_SUCCESS( folder_open( &directory, &folder ) )) return STATUS_SUCCESS;
    status = make_mask( file, &mask );
    if (NT_SUCCESS( status ))
    {
        search.base = mask.Length / sizeof( WCHAR ) - 2;
        status = folder_list( directory, &mask, take_entry, &search );
        HeapFree( GetProcessHeap(), 0, mask.Buffer );
    }
    NtClose( directory );
    return status;
}

/* A name in Linux has at most 255 bytes, and Wine writes names in UTF-8. */
bool siblings_can_be_named( const UNICODE_STRING *file, PCWSTR suffix )
{
    size_t begin = nt_path_last_name( file ), length = file->Length / sizeof( WCHAR ) - begin;
    int bytes = WideCharToMultiByte( CP_UTF8, 0, file->Buffer + begin, (int)length, NULL, 0, NULL, NULL );

    return bytes + WideCharToMultiByte( CP_UTF8, 0, suffix, lstrlenW( suffix ), NULL, 0, NULL, NULL ) <= 255;
}
