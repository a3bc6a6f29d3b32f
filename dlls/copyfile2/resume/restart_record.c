/* SPDX-License-Identifier: MIT */

/* This file writes and reads the restart record: 128 bytes, little-endian, of which the last 8 are a checksum of the
 * rest. */

#include "resume/restart_record.h"

#define RECORD_VERSION 1

/* These are the offsets of the values in a record. Bytes that have no name here are 0. */
#define AT_MAGIC            0
#define AT_VERSION          16
#define AT_KIND             20
#define AT_PLACE            24
#define AT_SEQUENCE         32
#define AT_MAIN_DONE        40
#define AT_STREAM_DONE      48
#define AT_STREAM           56
#define AT_STREAM_SIZE      64
#define AT_SOURCE_SIZE      72
#define AT_SOURCE_TIME      80
#define AT_SOURCE_ID        88
#define AT_DESTINATION_TIME 96
#define AT_CHECKSUM         120

/* Sizes are signed in NT and Linux, and the slots lie behind the source. So a larger source cannot have slots. */
#define LARGEST ( (uint64_t)INT64_MAX - 2 * RESTART_RECORD_TAIL )

#define MAGIC_SIZE 16
static const char magic[] = "CopyFile2Restart";
_Static_assert( sizeof( magic ) == MAGIC_SIZE + 1, "the 0 of the text is not in the record" );

static void put( uint8_t *bytes, unsigned int count, uint64_t value )
{
    for (unsigned int i = 0; i < count; i++) bytes[i] = (uint8_t)( value >> 8 * i );
}

static uint64_t get( const uint8_t *bytes, unsigned int count )
{
    uint64_t value = 0;

    for (unsigned int i = 0; i < count; i++) value |= (uint64_t)bytes[i] << 8 * i;
    return value;
}

/* This is the reflected CRC-64 of ECMA 182, as xz uses it. A record is written too seldom to be worth a table. */
static uint64_t checksum( const uint8_t *bytes )
{
    uint64_t crc = UINT64_MAX;

    for (unsigned int i = 0; i < AT_CHECKSUM; i++)
    {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++) crc = crc >> 1 ^ ( crc & 1 ? 0xc96c5795d7870f42u : 0 );
    }
    return ~crc;
}

static uint64_t first_slot( const struct restart_source *source )
{
    return ( source->size + RESTART_RECORD_SLOT - 1 ) & ~(uint64_t)( RESTART_RECORD_SLOT - 1 );
}

uint64_t restart_record_slot( const struct restart_source *source, uint64_t sequence )
{
    if (source->size > LARGEST) return 0;
    return first_slot( source ) + sequence % RESTART_RECORD_SLOTS * RESTART_RECORD_SLOT;
}

uint64_t restart_record_end( const struct restart_source *source )
{
    return source->size > LARGEST ? 0 : first_slot( source ) + RESTART_RECORD_TAIL;
}

void restart_record_write( const struct restart_record *record, uint8_t bytes[RESTART_RECORD_SIZE] )
{
    for (unsigned int i = 0; i < RESTART_RECORD_SIZE; i++) bytes[i] = i < MAGIC_SIZE ? (uint8_t)magic[i] : 0;
    put( bytes + AT_VERSION, 4, RECORD_VERSION );
    put( bytes + AT_KIND, 4, record->kind );
    put( bytes + AT_PLACE, 8, record->place );
    put( bytes + AT_SEQUENCE, 8, record->sequence );
    put( bytes + AT_MAIN_DONE, 8, record->main_done );
    put( bytes + AT_STREAM_DONE, 8, record->stream_done );
    put( bytes + AT_STREAM, 4, record->stream );
    put( bytes + AT_STREAM_SIZE, 8, record->stream_size );
    put( bytes + AT_SOURCE_SIZE, 8, record->source.size );
    put( bytes + AT_SOURCE_TIME, 8, record->source.last_write_time );
    put( bytes + AT_SOURCE_ID, 8, record->source.id );
    put( bytes + AT_DESTINATION_TIME, 8, record->destination_time );
    put( bytes + AT_CHECKSUM, 8, checksum( bytes ) );
}

/* True when the checksum is right, and so are the bytes that are the same in every record of version 1. Only then may
 * the values be used. */
static bool is_whole( const uint8_t *bytes )
{
    for (unsigned int i = 0; i < MAGIC_SIZE; i++)
        if (bytes[i] != (uint8_t)magic[i]) return false;
    if (get( bytes + AT_VERSION, 4 ) != RECORD_VERSION) return false;
    if (get( bytes + AT_STREAM + 4, 4 )) return false;
    if (get( bytes + AT_DESTINATION_TIME + 8, 8 ) || get( bytes + AT_DESTINATION_TIME + 16, 8 )) return false;
    return get( bytes + AT_CHECKSUM, 8 ) == checksum( bytes );
}

static void take( struct restart_record *record, const uint8_t *bytes )
{
    record->kind = (uint32_t)get( bytes + AT_KIND, 4 );
    record->stream = (uint32_t)get( bytes + AT_STREAM, 4 );
    record->sequence = get( bytes + AT_SEQUENCE, 8 );
    record->place = get( bytes + AT_PLACE, 8 );
    record->main_done = get( bytes + AT_MAIN_DONE, 8 );
    record->stream_done = get( bytes + AT_STREAM_DONE, 8 );
    record->stream_size = get( bytes + AT_STREAM_SIZE, 8 );
    record->source.size = get( bytes + AT_SOURCE_SIZE, 8 );
    record->source.last_write_time = get( bytes + AT_SOURCE_TIME, 8 );
    record->source.id = get( bytes + AT_SOURCE_ID, 8 );
    record->destination_time = get( bytes + AT_DESTINATION_TIME, 8 );
}

static bool is_of( const struct restart_record *record, const struct restart_source *source )
{
    return record->source.size == source->size && record->source.last_write_time == source->last_write_time &&
           record->source.id == source->id && source->size <= LARGEST;
}

/* True when no number is larger than possible, and when numbers that the record holds twice are equal. */
static bool adds_up( const struct restart_record *record )
{
    if (!record->stream || record->main_done > record->source.size) return false;
    if (record->sequence > LARGEST) return false;
    if (record->stream_done > record->stream_size || record->stream_size > LARGEST) return false;
    /* When a later call is to go on in a named stream, the unnamed one lacks only the bytes that a record has
     * overwritten. */
    if (record->stream > 1) return record->source.size - record->main_done <= RESTART_RECORD_LARGEST_GAP;
    return record->stream_done == record->main_done && record->stream_size == record->source.size;
}

/* True when the record lies at the place that it names, and its kind can lie there in a file of this size. */
static bool lies_right( const struct restart_record *record, uint64_t place, uint64_t file_size )
{
    if (record->place != place) return false;
    switch (record->kind)
    {
    case RESTART_RECORD_AT_REST: return record->main_done == place && place + RESTART_RECORD_SIZE == file_size;
    case RESTART_RECORD_UNDER_WAY:
        return restart_record_slot( &record->source, record->sequence ) == place &&
               restart_record_end( &record->source ) == file_size;
    default: return false;
    }
}

/* Reads the record that begins so many bytes before the end of the file. True means that the record is whole, belongs
 * to this source, and lies where it says. */
static bool read_at( const uint8_t *tail, size_t tail_size, uint64_t file_size, size_t before_end,
                     const struct restart_source *source, struct restart_record *record )
{
    if (tail_size < before_end) return false;
    if (!is_whole( tail + tail_size - before_end )) return false;
    take( record, tail + tail_size - before_end );
    return is_of( record, source ) && adds_up( record ) && lies_right( record, file_size - before_end, file_size );
}

bool restart_record_find( const uint8_t *tail, size_t tail_size, uint64_t file_size,
                          const struct restart_source *source, struct restart_record *found )
{
    struct restart_record record;
    bool is_found = false;

    if (tail_size > file_size || file_size > INT64_MAX) return false;
    /* Bytes before a record at rest are data, even when they look like a record. */
    if (read_at( tail, tail_size, file_size, RESTART_RECORD_SIZE, source, found )) return true;

    for (unsigned int slot = 1; slot <= RESTART_RECORD_SLOTS; slot++)
    {
        if (!read_at( tail, tail_size, file_size, slot * RESTART_RECORD_SLOT, source, &record )) continue;
        if (is_found && record.sequence < found->sequence) continue;
        *found = record;
        is_found = true;
    }
    return is_found;
}
