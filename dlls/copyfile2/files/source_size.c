/* SPDX-License-Identifier: MIT */

/* This file finds out whether the source ends where its size says. */

#include "files/source_size.h"
#include "files/handle.h"
#include "files/identity.h"

/* Somebody may be writing the source, so that each look finds another size. After this many looks the last size counts,
 * and bytes that come later are not part of the copy. */
#define MOST_LOOKS 4

/* A read at an offset moves the position of a synchronous handle, and a callback may read on at the old position. So
 * the position is put back. */
NTSTATUS source_size_look( HANDLE source, uint64_t offset )
{
    LARGE_INTEGER place = { .QuadPart = (LONGLONG)offset };
    FILE_POSITION_INFORMATION position;
    IO_STATUS_BLOCK io, ignored;
    NTSTATUS status, known;
    BYTE byte;

    known = NtQueryInformationFile( source, &ignored, &position, sizeof( position ), FilePositionInformation );
    status = NtReadFile( source, NULL, NULL, NULL, &io, &byte, sizeof( byte ), &place, NULL );
    if (NT_SUCCESS( known ))
        NtSetInformationFile( source, &ignored, &position, sizeof( position ), FilePositionInformation );
    if (NT_SUCCESS( status ) && !io.Information) return STATUS_END_OF_FILE;
    /* Programs lock ranges behind the end of a file, where there are no bytes. */
    return status == STATUS_FILE_LOCK_CONFLICT ? STATUS_END_OF_FILE : status;
}

/* Files of cloud drives tell their size only after they were read, so the size is asked for again after each look. When
 * the look fails and the size is 0, the source still has to be read, because only that shows what is wrong. When the
 * size is not 0, the reading of the data shows it, so the size is believed. */
NTSTATUS source_size_check( HANDLE source, uint64_t *size, bool *is_open_ended )
{
    NTSTATUS status, found;
    uint64_t told;

    *is_open_ended = false;
    if (!identity_is_disk_file( source )) return STATUS_SUCCESS;
    for (int looks = 0; looks < MOST_LOOKS; looks++)
    {
        found = source_size_look( source, *size );
        *is_open_ended = NT_SUCCESS( found ) || ( found != STATUS_END_OF_FILE && !*size );
        if (!NT_SUCCESS( found ) && found != STATUS_END_OF_FILE) return STATUS_SUCCESS;
        status = handle_size( source, &told );
        if (!NT_SUCCESS( status ) || told == *size) return status;
        *size = told;
    }
    *is_open_ended = false;
    return STATUS_SUCCESS;
}
