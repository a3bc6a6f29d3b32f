/* SPDX-License-Identifier: MIT */

/* Ends every copy, good or bad: keeps, cuts or deletes the destination, and closes. */

#include "engine/finish.h"
#include "files/handle.h"

/* What of the main stream was copied whole stays so, where it cannot go. */
static void undo_destination( const struct files *files, const struct failure *failure,
                              const struct position *position )
{
    if (!files->destination || !files->destination_is_file) return;
    if (failure->keep_record) return; /* its length and its time are part of it */
    if (files->destination_is_directory)
    {
        /* one that was there is everybody's, and what was added to it is not known any more */
        if (files->destination_is_new && !failure->keep_fragment && files->destination_deletable)
            handle_remove( files->destination );
        return;
    }
    if (!failure->keep_fragment && files->destination_deletable && NT_SUCCESS( handle_remove( files->destination ) ))
        return;
    if (stream_is_main( position->stream )) handle_cut( files->source, files->destination, position->stream_done );
}

void finish( struct files *files, struct streams *streams, const struct failure *failure,
             const struct position *position )
{
    if (failure->where != FAILURE_NOWHERE)
    {
        streams_undo( streams, failure, position->stream, position->stream_done );
        undo_destination( files, failure, position );
    }
    streams_close( streams );
    streams_free( streams );
    if (files->destination) NtClose( files->destination );
    if (files->source) NtClose( files->source );
    RtlFreeUnicodeString( &files->destination_name );
    RtlFreeUnicodeString( &files->source_name );
}
