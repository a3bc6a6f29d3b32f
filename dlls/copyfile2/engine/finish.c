/* SPDX-License-Identifier: MIT */

/* Every copy ends here, good or bad: the destination is kept, cut or deleted, and everything is closed. */

#include "engine/finish.h"
#include "files/handle.h"

/* To delete a name does not destroy the content: another hard link, a mount or a handle may still lead to an old file.
 * Wine deletes with the last close, and tells nobody when that fails. So an old file is first cut to the bytes that
 * were copied, and so is a new one that stays. A file that stays ends where its data ends. When the copy
 * ended in a named stream, the main stream is whole, and stays as it is. */
static void undo_destination( const struct files *files, const struct failure *failure,
                              const struct position *position )
{
    bool goes;

    if (!files->destination || !files->destination_is_file) return;
    if (failure->keep_record) return; /* The record counts on the length and the time of the file. */
    if (files->destination_is_directory)
    {
        /* A directory that was there before may be in use by others, and nobody knows what was added to it. So it stays
         * as it is. */
        if (files->destination_is_new && !failure->keep_fragment && files->destination_deletable)
            handle_remove( files->destination );
        return;
    }
    goes = !failure->keep_fragment && files->destination_deletable;
    if (goes && files->destination_is_new && NT_SUCCESS( handle_remove( files->destination ) )) return;
    if (stream_is_main( position->stream )) handle_cut( files->source, files->destination, position->stream_done );
    if (goes) handle_remove( files->destination );
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
}
