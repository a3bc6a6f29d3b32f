/* SPDX-License-Identifier: MIT */

/* These probes show messages, answers, and the flag that cancels. */

#include "probe.h"

#define CHUNK 4096
#define SIZE  ( 2 * CHUNK + 2048 )

static const char *const types[] = { "NONE", "CHUNK_STARTED", "CHUNK_FINISHED", "STREAM_STARTED", "STREAM_FINISHED" };
static const char *const actions[] = { "CONTINUE", "CANCEL", "STOP", "QUIET", "PAUSE", "5" };

void probe_sizes( void )
{
    static const uint64_t sizes[] = { 0, 1, 65535, 65536, 65537, 1048575, 1048576, 1048577, 33554432 };

    for (size_t i = 0; i < ARRAY_SIZE( sizes ); i++)
    {
        probe_begin( sizes[i] );
        trace( "%llu bytes:", sizes[i] );
        probe_copy( SOURCE, DESTINATION, &( struct probe ){ 0 } );
    }
}

void probe_streams( void )
{
    probe_begin( SIZE );
    file_write( L"src.bin:empty", "", 0 );
    file_write( L"src.bin:one", "first", 5 );
    file_fill( L"src.bin:two", SIZE, 2 );
    file_write( L"src.bin:Zone.Identifier", "[ZoneTransfer]\r\nZoneId=3\r\n", 26 );
    probe_copy( SOURCE, DESTINATION, &( struct probe ){ .io_size = CHUNK } );
    trace( "SKIP_ALTERNATE_STREAMS:" );
    probe_copy( SOURCE, L"skip.bin", &( struct probe ){ .flags = COPY_FILE_SKIP_ALTERNATE_STREAMS } );
    trace( "STOP in the second stream:" );
    probe_copy( SOURCE, L"stop.bin",
                &( struct probe ){ .answer = COPYFILE2_PROGRESS_STOP,
                                   .answer_to = COPYFILE2_CALLBACK_STREAM_STARTED,
                                   .answer_at = 2 } );
    trace( "PAUSE in the second stream:" );
    probe_copy( SOURCE, L"pause.bin",
                &( struct probe ){ .answer = COPYFILE2_PROGRESS_PAUSE,
                                   .answer_to = COPYFILE2_CALLBACK_STREAM_STARTED,
                                   .answer_at = 2 } );
    probe_file( "pause.bin", L"pause.bin" );
}

static void probe_answer( int type, int action, unsigned int nth, DWORD flags )
{
    probe_begin( SIZE );
    trace( "%s to %s number %u, flags %#lx:", actions[action], types[type], nth, flags );
    probe_copy(
        SOURCE, DESTINATION,
        &( struct probe ){ .io_size = CHUNK, .flags = flags, .answer = action, .answer_to = type, .answer_at = nth } );
}

void probe_answers( void )
{
    for (int type = COPYFILE2_CALLBACK_CHUNK_STARTED; type <= COPYFILE2_CALLBACK_STREAM_FINISHED; type++)
        for (int action = 0; action < (int)ARRAY_SIZE( actions ); action++)
        {
            const bool once = type >= COPYFILE2_CALLBACK_STREAM_STARTED;

            probe_answer( type, action, once ? 1 : 2, 0 );
            if (!once) probe_answer( type, action, 3, 0 );
        }
    for (int action = 0; action < (int)ARRAY_SIZE( actions ); action++)
        probe_answer( COPYFILE2_CALLBACK_CHUNK_FINISHED, action, 2, COPY_FILE_RESTARTABLE );
}

/* A range that another handle has locked cannot be read. */
static void probe_locked( int action, DWORD flags )
{
    HANDLE holder;

    probe_begin( SIZE );
    holder = file_hold( SOURCE, GENERIC_READ, SHARE_ALL );
    ok( LockFile( holder, CHUNK + 100, 0, 100, 0 ), "cannot lock: error %lu", GetLastError() );
    trace( "%s to ERROR, flags %#lx, a range of the source is locked:", actions[action], flags );
    probe_copy( SOURCE, DESTINATION,
                &( struct probe ){ .io_size = CHUNK,
                                   .flags = flags,
                                   .answer = action,
                                   .answer_to = COPYFILE2_CALLBACK_ERROR,
                                   .answer_at = 1 } );
    CloseHandle( holder );
}

void probe_answers_to_error( void )
{
    for (int action = 0; action < (int)ARRAY_SIZE( actions ); action++)
    {
        HANDLE holder;

        probe_locked( action, 0 );
        probe_locked( action, COPY_FILE_RESTARTABLE );
        probe_begin( SIZE );
        file_write( DESTINATION, "old", 3 );
        holder = file_hold( DESTINATION, GENERIC_READ, SHARE_NONE );
        trace( "%s to ERROR, the destination is held:", actions[action] );
        probe_copy( SOURCE, DESTINATION,
                    &( struct probe ){ .answer = action, .answer_to = COPYFILE2_CALLBACK_ERROR, .answer_at = 1 } );
        CloseHandle( holder );
    }
}

/* Sets the flag in the nth message of a type. */
struct setter
{
    COPYFILE2_MESSAGE_TYPE type;
    unsigned int countdown;
    BOOL flag;
};

static void set_flag( const COPYFILE2_MESSAGE *message, void *context )
{
    struct setter *setter = context;

    if (message->Type == setter->type && !--setter->countdown) setter->flag = TRUE;
}

static void probe_set_in( COPYFILE2_MESSAGE_TYPE type, unsigned int nth )
{
    struct setter setter = { type, nth, FALSE };

    probe_begin( SIZE );
    trace( "set in %s number %u:", types[type], nth );
    probe_copy(
        SOURCE, DESTINATION,
        &( struct probe ){ .io_size = CHUNK, .cancel = &setter.flag, .hook = set_flag, .hook_context = &setter } );
}

void probe_cancel_flag( void )
{
    BOOL set = TRUE;

    probe_begin( SIZE );
    trace( "set at the entry, no destination:" );
    probe_copy( SOURCE, DESTINATION, &( struct probe ){ .cancel = &set } );
    file_write( DESTINATION, "old", 3 );
    trace( "set at the entry, a destination:" );
    probe_copy( SOURCE, DESTINATION, &( struct probe ){ .cancel = &set } );
    file_write( DESTINATION, "old", 3 );
    trace( "set at the entry, FAIL_IF_EXISTS:" );
    probe_copy( SOURCE, DESTINATION, &( struct probe ){ .cancel = &set, .flags = COPY_FILE_FAIL_IF_EXISTS } );
    trace( "set at the entry, no source:" );
    probe_copy( L"missing", DESTINATION, &( struct probe ){ .cancel = &set } );
    probe_set_in( COPYFILE2_CALLBACK_STREAM_STARTED, 1 );
    for (unsigned int nth = 1; nth <= 3; nth++)
    {
        probe_set_in( COPYFILE2_CALLBACK_CHUNK_STARTED, nth );
        probe_set_in( COPYFILE2_CALLBACK_CHUNK_FINISHED, nth );
    }
    probe_set_in( COPYFILE2_CALLBACK_STREAM_FINISHED, 1 );
}
