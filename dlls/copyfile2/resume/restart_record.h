/* SPDX-License-Identifier: MIT */

/* The restart record: what an unfinished copy leaves at the end of its destination, so that a later call can go on
 * from there.
 *
 * At rest, after PAUSE or STOP, the file is data and then the record, nothing else. Under way, during a restartable
 * copy, two slots lie behind the room of the whole file; the newer one counts, so that one torn by a crash leaves
 * the other. A record is read from a file that anybody may have made: nothing of it is believed before all of it was
 * checked.
 *
 * Knows nothing of Windows, so that it can be tested and fuzzed anywhere. */

#ifndef COPYFILE2_RESTART_RECORD_H
#define COPYFILE2_RESTART_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RESTART_RECORD_SIZE 128

/* A slot is a sector of its own, which a disk writes whole or not at all. */
#define RESTART_RECORD_SLOT  512
#define RESTART_RECORD_SLOTS 2

/* So many bytes at the end of a file are all that has to be looked at. */
#define RESTART_RECORD_TAIL ( RESTART_RECORD_SLOTS * RESTART_RECORD_SLOT )

/* Of the data of an unnamed stream that was complete, no more gives way to a record at rest. */
#define RESTART_RECORD_LARGEST_GAP ( 2 * RESTART_RECORD_TAIL )

enum restart_record_kind
{
    RESTART_RECORD_AT_REST = 1,
    RESTART_RECORD_UNDER_WAY = 2
};

/* Which file is copied; another one of these makes the record worthless. */
struct restart_source
{
    uint64_t size;
    uint64_t last_write_time;
    uint64_t id;
};

struct restart_record
{
    uint32_t kind;
    uint32_t stream;      /* the one to go on with: 1 is the unnamed one */
    uint64_t sequence;    /* of two slots, the higher one is newer */
    uint64_t place;       /* where in the file this record lies */
    uint64_t main_done;   /* bytes of the unnamed stream that are surely there */
    uint64_t stream_done; /* bytes of the stream to go on with; of stream 1: main_done */
    uint64_t stream_size;
    struct restart_source source;
    uint64_t destination_time; /* of the last write to the file; 0: not known */
};

/* True when the copy is to go on in the unnamed stream. */
static inline bool restart_record_is_in_main( const struct restart_record *record )
{
    return record->stream == 1;
}

/* Where the slots of a copy under way lie, and how long its file is; 0: such a source is too large for it. */
uint64_t restart_record_slot( const struct restart_source *source, uint64_t sequence );
uint64_t restart_record_end( const struct restart_source *source );

void restart_record_write( const struct restart_record *record, uint8_t bytes[RESTART_RECORD_SIZE] );

/* The record of this source among the last bytes of a file of that size; tail_size is the lesser of the file's size and
 * RESTART_RECORD_TAIL. False: there is none that is whole, of this source, and where it says. */
bool restart_record_find( const uint8_t *tail, size_t tail_size, uint64_t file_size,
                          const struct restart_source *source, struct restart_record *found );

#endif
