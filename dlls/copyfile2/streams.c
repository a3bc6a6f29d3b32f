/* SPDX-License-Identifier: MIT */

/* Lists the streams of the source. This version copies the unnamed one; it refuses to lose another. */

#include "streams.h"
#include "metadata.h"
#include "system.h"

/* More than one stream, by FileStreamInformation. Wine 8.0 to 11 has no named streams, and complains of the question. */
static bool has_named_streams( HANDLE source )
{
    /* the unnamed stream comes first as ::$DATA; what does not fit is one more stream */
    struct
    {
        FILE_STREAM_INFORMATION first;
        WCHAR rest_of_name[ARRAYSIZE( L"::$DATA" )];
    } streams;
    IO_STATUS_BLOCK io;
    NTSTATUS status;

    if (system_is_wine()) return false;
    status = NtQueryInformationFile( source, &io, &streams, sizeof( streams ), FileStreamInformation );
    if (status == STATUS_BUFFER_OVERFLOW) return true;
    return NT_SUCCESS( status ) && io.Information && streams.first.NextEntryOffset;
}

bool streams_list( struct streams *streams, const struct files *files, const struct plan *plan, struct failure *failure )
{
    if (!plan->main_stream_only && has_named_streams( files->source ))
        return failure_set( failure, FAILURE_SOURCE, STATUS_NOT_SUPPORTED );

    streams->main.size = files->source_size;
    streams->total_size = streams->main.size;
    return true;
}

void stream_open( struct stream *stream, const struct files *files )
{
    stream->source = files->source;
    stream->destination = files->destination;
    stream->has_size = files->destination_is_file;
    stream->is_plain = metadata_attributes( &files->source_information ) == FILE_ATTRIBUTE_ARCHIVE;
    stream->last_write_time = (uint64_t)files->source_information.LastWriteTime.QuadPart;
}
