/* SPDX-License-Identifier: MIT */

/* An unfinished copy leaves a restart record at the end of its destination, so that a later call can go on from there.
 *
 * At rest, after PAUSE or STOP, the file is data and then the record, and nothing else. Under way, during a restartable
 * copy, two slots lie behind the room of the whole file. The newer slot counts, and when a crash destroys it, the other
 * one is left. Anybody may have made the file, so no value of a record is used before all of the record is checked.
 *
 * This file knows nothing of Windows, so that it can be tested and fuzzed anywhere. */

#ifndef COPYFILE2_RESTART_RECORD_H
#define COPYFILE2_RESTART_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RESTART_RECORD_SIZE 128

/* A slot is a sector of its own, which a disk writes whole or not at all. */
#define RESTART_RECORD_SLOT  512
#define RESTART_RECORD_SLOTS 2

/* A search for the record has to read only this many bytes at the end of a file. */
#define RESTART_RECORD_TAIL ( RESTART_RECORD_SLOTS * RESTART_RECORD_SLOT )

/* A record at rest may have overwritten the end of an unnamed stream that was complete. It overwrites at most this many
 * bytes. */
#define RESTART_RECORD_LARGEST_GAP ( 2 * RESTART_RECORD_TAIL )

enum restart_record_kind
{
    RESTART_RECORD_AT_REST = 1,
    RESTART_RECORD_UNDER_WAY = 2
};

/* These values identify the source. A record is worthless when one of them differs from the source's present value. */
struct restart_source
{
    uint64_t size;
    uint64_t last_write_time;
    uint64_t id;
};

struct restart_record
{
    uint32_t kind;
    uint32_t stream;      /* the number of the stream to go on with; 1 is the unnamed one */
    uint64_t sequence;    /* the higher one of two slots is newer */
    uint64_t place;       /* where in the file this record lies */
    uint64_t main_done;   /* bytes of the unnamed stream that are surely there */
    uint64_t stream_done; /* bytes of the stream to go on with; for stream 1 the same as main_done */
    uint64_t stream_size;
    struct restart_source source;
    uint64_t destination_time; /* the time of the last write to the file, or 0 when it is not known */
};

/* True when the copy is to go on in the unnamed stream. */
static inline bool restart_record_is_in_main( const struct restart_record *record )
{
    return record->stream == 1;
}

/* These answer where a slot of a copy under way lies, and how long the file is with both slots. The answer 0 means that
 * the source is too large for slots. */
uint64_t restart_record_slot( const struct restart_source *source, uint64_t sequence );
uint64_t restart_record_end( const struct restart_source *source );

/* Makes the bytes of a record, with its checksum. */
void restart_record_write( const struct restart_record *record, uint8_t bytes[RESTART_RECORD_SIZE] );

/* Finds the record of this source among the last bytes of a file of that size, and sets *found. The parameter tail_size
 * is the lesser of the file's size and RESTART_RECORD_TAIL. False means that no record there is whole, belongs to this
 * source and lies where it says; *found is then worthless. */
bool restart_record_find( const uint8_t *tail, size_t tail_size, uint64_t file_size,
                          const struct restart_source *source, struct restart_record *found );

#endif
