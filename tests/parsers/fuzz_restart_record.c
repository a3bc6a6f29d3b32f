/* SPDX-License-Identifier: MIT */

/* This libFuzzer target gives any end of a file to the reader of restart records. A record that it accepts has to be of
 * the source, within the file, and as the writer writes it. The first bytes say how long the file is, and whether the
 * checksums are put right, so that the fuzzer gets behind them. */

#include "resume/restart_record.h"

#include <stdlib.h>
#include <string.h>

static const struct restart_source sources[] = {
    { .size = 0, .last_write_time = 1, .id = 2 },
    { .size = 1, .last_write_time = 1, .id = 2 },
    { .size = 128, .last_write_time = 1, .id = 2 },
    { .size = 10240, .last_write_time = 1, .id = 2 },
    { .size = (uint64_t)1 << 40, .last_write_time = 1, .id = 2 },
    { .size = INT64_MAX, .last_write_time = 1, .id = 2 },
    { .size = UINT64_MAX, .last_write_time = 1, .id = 2 },
};

static void must( bool claim )
{
    if (!claim) abort();
}

static void check_found( const struct restart_record *found, const struct restart_source *source, const uint8_t *tail,
                         size_t tail_size, uint64_t file_size )
{
    uint8_t again[RESTART_RECORD_SIZE];

    must( !memcmp( &found->source, source, sizeof( *source ) ) );
    must( found->main_done <= source->size && found->stream >= 1 && found->stream_done <= found->stream_size );
    must( found->stream > 1 || found->stream_done == found->main_done );
    must( found->main_done <= file_size && found->place <= file_size - RESTART_RECORD_SIZE );
    must( found->main_done <= found->place );
    restart_record_write( found, again );
    must( !memcmp( again, tail + tail_size - ( file_size - found->place ), sizeof( again ) ) );
}

/* Makes a record of the fuzzer's bytes that has a right checksum: it reads the values by the record's layout, and
 * writes them. */
static void put_right( uint8_t *bytes, const struct restart_source *source, uint64_t place, bool all )
{
    struct restart_record record = { .source = *source };

    memcpy( &record.kind, bytes + 20, 4 );
    record.kind %= 4;
    memcpy( &record.stream, bytes + 56, 4 );
    record.stream %= 4;
    memcpy( &record.sequence, bytes + 32, 8 );
    memcpy( &record.place, bytes + 24, 8 );
    memcpy( &record.main_done, bytes + 40, 8 );
    memcpy( &record.stream_done, bytes + 48, 8 );
    memcpy( &record.stream_size, bytes + 64, 8 );
    memcpy( &record.destination_time, bytes + 96, 8 );
    if (all)
    {
        record.place = record.main_done = record.stream_done = place;
        record.stream_size = source->size;
    }
    restart_record_write( &record, bytes );
}

/* Puts the record right that lies so many bytes before the end, if the fuzzer wants that. */
static void put_right_at( uint8_t *tail, size_t tail_size, size_t before_end, uint8_t wanted, uint64_t file_size,
                          const struct restart_source *source )
{
    if (!( wanted & 1 ) || tail_size < before_end) return;
    put_right( tail + tail_size - before_end, source, file_size - before_end, wanted & 8 );
}

int LLVMFuzzerTestOneInput( const uint8_t *data, size_t size );

int LLVMFuzzerTestOneInput( const uint8_t *data, size_t size )
{
    uint8_t tail[RESTART_RECORD_TAIL];
    struct restart_record found;
    uint64_t file_size;
    size_t tail_size;

    if (size < 9) return 0;
    memcpy( &file_size, data, 8 );
    if (data[8] & 128) file_size %= 32768;
    tail_size = size - 9 < sizeof( tail ) ? size - 9 : sizeof( tail );
    memcpy( tail, data + 9, tail_size );
    for (size_t i = 0; i < sizeof( sources ) / sizeof( sources[0] ); i++)
    {
        put_right_at( tail, tail_size, RESTART_RECORD_SIZE, data[8], file_size, &sources[i] );
        put_right_at( tail, tail_size, RESTART_RECORD_SLOT, data[8] >> 1, file_size, &sources[i] );
        put_right_at( tail, tail_size, RESTART_RECORD_TAIL, data[8] >> 2, file_size, &sources[i] );
        if (restart_record_find( tail, tail_size, file_size, &sources[i], &found ))
            check_found( &found, &sources[i], tail, tail_size, file_size );
    }
    return 0;
}
