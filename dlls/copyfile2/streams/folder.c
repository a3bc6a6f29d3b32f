/* SPDX-License-Identifier: MIT */

/* This file opens and lists folders. */

#include "streams/folder.h"
#include "files/nt_path.h"

UNICODE_STRING folder_of( const UNICODE_STRING *file )
{
    USHORT bytes = (USHORT)( nt_path_last_name( file ) * sizeof( WCHAR ) );

    return ( UNICODE_STRING ){ .Buffer = file->Buffer, .Length = bytes, .MaximumLength = bytes };
}

NTSTATUS folder_open( HANDLE *directory, UNICODE_STRING *path )
{
    OBJECT_ATTRIBUTES object;
    IO_STATUS_BLOCK io;

    InitializeObjectAttributes( &object, path, OBJ_CASE_INSENSITIVE, NULL, NULL );
    return NtCreateFile( directory, FILE_LIST_DIRECTORY | SYNCHRONIZE, &object, &io, NULL, 0,
                         FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, FILE_OPEN,
                         FILE_DIRECTORY_FILE | FILE_SYNCHRONOUS_IO_NONALERT, NULL, 0 );
}

NTSTATUS folder_list( HANDLE directory, UNICODE_STRING *mask, folder_found found, void *context )
{
    union
    {
        FILE_DIRECTORY_INFORMATION first;
        BYTE bytes[4096];
    } list;
    BOOLEAN restart = TRUE;
    IO_STATUS_BLOCK io;
    NTSTATUS status;

    for (;; restart = FALSE)
    {
        const BYTE *at = list.bytes;

        status = NtQueryDirectoryFile( directory, NULL, NULL, NULL, &io, &list, sizeof( list ),
                                       FileDirectoryInformation, FALSE, mask, restart );
        if (status == STATUS_NO_SUCH_FILE || status == STATUS_NO_MORE_FILES) return STATUS_SUCCESS;
        if (!NT_SUCCESS( status )) return status;
        for (;; at += ( (const FILE_DIRECTORY_INFORMATION *)at )->NextEntryOffset)
        {
            status = found( context, (const FILE_DIRECTORY_INFORMATION *)at );
            if (!NT_SUCCESS( status )) return status;
            if (!( (const FILE_DIRECTORY_INFORMATION *)at )->NextEntryOffset) break;
        }
    }
}
