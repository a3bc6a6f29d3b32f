/* SPDX-License-Identifier: MIT */

/* Writing to a file moves its times. So this file copies times and attributes in the last step, after which we change
 * nothing that would move them again. */

#include "files/metadata.h"
#include "files/files.h"
#include "files/handle.h"
#include "platform/backend.h"
#include "platform/unix_call.h"

/* NT limits all extended attributes of one file together to less than this. */
#define LARGEST_EXTENDED 0x20000

/* A copy does not take over every attribute. The folder decides about COMPRESSED, and OFFLINE, REPARSE_POINT,
 * SPARSE_FILE and the like tell how the file itself is stored. */
#define COPIED_ATTRIBUTES                                                                                              \
    ( FILE_ATTRIBUTE_READONLY | FILE_ATTRIBUTE_HIDDEN | FILE_ATTRIBUTE_SYSTEM | FILE_ATTRIBUTE_TEMPORARY |             \
      FILE_ATTRIBUTE_NOT_CONTENT_INDEXED )

ULONG metadata_attributes( const FILE_BASIC_INFORMATION *source )
{
    /* Backup programs do not look at the mark of a directory, so the copy has it only if the source has it. */
    if (source->FileAttributes & FILE_ATTRIBUTE_DIRECTORY)
        return source->FileAttributes & ( COPIED_ATTRIBUTES | FILE_ATTRIBUTE_ARCHIVE );
    /* A copied file always has to be archived, whatever mark its source has (attributes.c, archive_cleared). */
    return ( source->FileAttributes & COPIED_ATTRIBUTES ) | FILE_ATTRIBUTE_ARCHIVE;
}

/* Wine 8.0 to 10.0 cannot hide a file that its owner may not write to. So a read-only file gets its other marks while
 * it is still writable (attributes.c, attr_copy; user.sh). */
static void set_marks( HANDLE file, ULONG attributes )
{
    FILE_BASIC_INFORMATION marks = { .FileAttributes = attributes & ~FILE_ATTRIBUTE_READONLY };

    if (!( attributes & FILE_ATTRIBUTE_READONLY )) return;
    if (!( attributes & ( FILE_ATTRIBUTE_HIDDEN | FILE_ATTRIBUTE_SYSTEM ) )) return;
    handle_set_basic( file, &marks );
}

/* Extended attributes are copied as they are. Like times, they cannot fail a copy. Wine has none, and complains when it
 * is asked for them. */
static void copy_extended( HANDLE source, HANDLE destination )
{
    FILE_EA_INFORMATION extended;
    IO_STATUS_BLOCK io;
    void *buffer;

    if (backend_is_wine()) return;
    if (!NT_SUCCESS( NtQueryInformationFile( source, &io, &extended, sizeof( extended ), FileEaInformation ) )) return;
    if (!extended.EaSize) return;
    buffer = HeapAlloc( GetProcessHeap(), 0, LARGEST_EXTENDED );
    if (!buffer) return;
    if (NT_SUCCESS( NtQueryEaFile( source, &io, buffer, LARGEST_EXTENDED, FALSE, NULL, 0, NULL, TRUE ) ))
        NtSetEaFile( destination, &io, buffer, (ULONG)io.Information );
    HeapFree( GetProcessHeap(), 0, buffer );
}

/* Nobody remembers whether a fragment of an earlier call began as a new file. So it gets the x bits like a new one. A
 * program that cannot be run would be worse than a replaced file that loses its mode. */
bool metadata_is_of_new_file( const struct files *files )
{
    return files->destination_is_new || files->destination_resumed;
}

/* A member of 0 leaves a time as it is, so the copy keeps its own times of creation and last access (attributes.c,
 * ctime_new, ctime_over). The last-write time is set after the last message, so it wins over one that a callback has
 * set (handles.c, mtime_cb). Windows ignores that a destination cannot keep times or attributes, and so do we. */
void metadata_copy( const struct files *files )
{
    FILE_BASIC_INFORMATION information = {
        .LastWriteTime = files->source_information.LastWriteTime,
        .ChangeTime = files->source_information.ChangeTime,
        .FileAttributes = metadata_attributes( &files->source_information ),
    };

    struct host_metadata host = {
        .last_write_time = (uint64_t)files->source_information.LastWriteTime.QuadPart,
        .flags = metadata_is_of_new_file( files ) ? HOST_METADATA_X_BITS : 0,
    };

    if (!files->destination_is_file) return;
    copy_extended( files->source, files->destination );
    set_marks( files->destination, information.FileAttributes );
    handle_set_basic( files->destination, &information );
    if (unix_is_there()) unix_metadata( files->source, files->destination, &host );
}
