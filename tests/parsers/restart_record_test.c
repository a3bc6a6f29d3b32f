/* SPDX-License-Identifier: MIT */

/* This tests the restart record by itself, under the sanitizers: which is found at the end of a file, and above all
 * which is not. */

#include "resume/restart_record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SIZE 10240

static const struct restart_source source = { SIZE, 0x01d9aabbccddeeff, 77 };
static unsigned int count, failures;

static void check( bool claim, const char *name )
{
    printf( "%sok %u - %s\n", claim ? "" : "not ", ++count, name );
    failures += !claim;
}

static struct restart_record at_rest( uint64_t done )
{
    return ( struct restart_record ){ .kind = RESTART_RECORD_AT_REST,
                                      .stream = 1,
                                      .place = done,
                                      .main_done = done,
                                      .stream_done = done,
                                      .stream_size = SIZE,
                                      .source = source,
                                      .destination_time = 5 };
}

static struct restart_record under_way( uint64_t done, uint64_t sequence )
{
    struct restart_record record = at_rest( done );

    record.kind = RESTART_RECORD_UNDER_WAY;
    record.sequence = sequence;
    record.place = restart_record_slot( &source, sequence );
    record.destination_time = 0;
    return record;
}

/* Gives the reader the end of a file in memory of just that size, so that a look beside it is seen. */
static bool find( const uint8_t *file, uint64_t file_size, struct restart_record *found )
{
    size_t size = file_size < RESTART_RECORD_TAIL ? (size_t)file_size : RESTART_RECORD_TAIL;
    uint8_t *tail = malloc( size ? size : 1 );
    bool is_found;

    memcpy( tail, file + file_size - size, size );
    is_found = restart_record_find( tail, size, file_size, &source, found );
    free( tail );
    return is_found;
}

static bool is_equal( const struct restart_record *a, const struct restart_record *b )
{
    return a->kind == b->kind && a->stream == b->stream && a->sequence == b->sequence && a->place == b->place &&
           a->main_done == b->main_done && a->stream_done == b->stream_done && a->stream_size == b->stream_size &&
           a->source.size == b->source.size && a->source.last_write_time == b->source.last_write_time &&
           a->source.id == b->source.id && a->destination_time == b->destination_time;
}

/* Writes the record where it says, and looks for it. */
static bool finds( struct restart_record record, uint64_t file_size )
{
    uint8_t *file = calloc( 1, file_size + RESTART_RECORD_SIZE );
    struct restart_record found;
    bool is_found;

    if (record.place + RESTART_RECORD_SIZE <= file_size) restart_record_write( &record, file + record.place );
    is_found = find( file, file_size, &found ) && is_equal( &record, &found );
    free( file );
    return is_found;
}

static void test_round_trips( void )
{
    bool rest = true, way = true;

    for (uint64_t done = 0; done <= SIZE; done++) rest = rest && finds( at_rest( done ), done + RESTART_RECORD_SIZE );
    check( rest, "a record at rest is found, whatever it tells" );
    for (uint64_t done = 0; done <= SIZE; done += 512)
        way = way && finds( under_way( done, done / 512 ), restart_record_end( &source ) );
    check( way, "a record under way is found in either slot" );
    check( finds( at_rest( 0 ), RESTART_RECORD_SIZE ), "a record alone is found" );
}

static void test_places( void )
{
    struct restart_record record = at_rest( 4096 );
    bool found = false;

    for (uint64_t size = 0; size < 2 * SIZE; size++)
        if (size != 4096 + RESTART_RECORD_SIZE) found = found || finds( record, size );
    check( !found, "a record at rest counts at the end of its file only" );
    found = false;
    for (uint64_t size = 0; size < 2 * SIZE; size++)
        if (size != restart_record_end( &source )) found = found || finds( under_way( 4096, 3 ), size );
    check( !found, "a record under way counts in a file of its length only" );

    record.place = 4097;
    check( !finds( record, 4097 + RESTART_RECORD_SIZE ), "a record that lies behind its data does not count" );
    record = under_way( 4096, 2 );
    record.place = restart_record_slot( &source, 3 );
    check( !finds( record, restart_record_end( &source ) ), "a record in the other slot does not count" );
}

static void test_every_bit( void )
{
    uint8_t file[4096 + RESTART_RECORD_SIZE] = { 0 };
    struct restart_record record = at_rest( 4096 ), found;
    bool believed = false;

    restart_record_write( &record, file + 4096 );
    for (unsigned int bit = 0; bit < 8 * RESTART_RECORD_SIZE; bit++)
    {
        file[4096 + bit / 8] ^= (uint8_t)( 1 << bit % 8 );
        believed = believed || find( file, sizeof( file ), &found );
        file[4096 + bit / 8] ^= (uint8_t)( 1 << bit % 8 );
    }
    check( !believed, "no record with a wrong bit counts" );
    check( find( file, sizeof( file ), &found ), "the same record with all bits right does" );
}

static void test_values( void )
{
    static const uint64_t extremes[] = { SIZE + 1, INT64_MAX, (uint64_t)INT64_MAX + 1, UINT64_MAX - 1, UINT64_MAX };
    struct restart_record record;
    bool believed = false;

    for (size_t i = 0; i < sizeof( extremes ) / sizeof( extremes[0] ); i++)
    {
        record = under_way( 4096, 2 );
        record.main_done = record.stream_done = extremes[i];
        believed = believed || finds( record, restart_record_end( &source ) );
        record = under_way( 4096, 2 );
        record.stream_size = extremes[i];
        believed = believed || finds( record, restart_record_end( &source ) );
        record = under_way( SIZE, 2 );
        record.stream = 2;
        record.stream_size = 5;
        record.stream_done = extremes[i];
        believed = believed || finds( record, restart_record_end( &source ) );
    }
    check( !believed, "no more can be done than there is" );
    record = under_way( 4096, UINT64_MAX );
    check( !finds( record, restart_record_end( &source ) ), "a count that would wrap around does not count" );
    record = at_rest( 4096 );
    record.stream = 0;
    check( !finds( record, 4096 + RESTART_RECORD_SIZE ), "there is no stream 0" );
    record.stream = 1;
    record.stream_done = 4095;
    check( !finds( record, 4096 + RESTART_RECORD_SIZE ), "what is said twice has to agree" );
    for (unsigned int kind = 0; kind < 256; kind++)
    {
        record = at_rest( 4096 );
        record.kind = kind;
        if (kind != RESTART_RECORD_AT_REST) believed = believed || finds( record, 4096 + RESTART_RECORD_SIZE );
    }
    check( !believed, "there are two kinds" );
}

static void test_foreign( void )
{
    struct restart_record record = at_rest( 4096 );

    record.source.id++;
    check( !finds( record, 4096 + RESTART_RECORD_SIZE ), "another file" );
    record = at_rest( 4096 );
    record.source.last_write_time++;
    check( !finds( record, 4096 + RESTART_RECORD_SIZE ), "another time" );
    record = at_rest( 4096 );
    record.source.size = record.stream_size = SIZE + 1;
    check( !finds( record, 4096 + RESTART_RECORD_SIZE ), "another size" );
}

static void test_slots( void )
{
    uint64_t size = restart_record_end( &source );
    uint8_t *file = calloc( 1, size );
    struct restart_record older = under_way( 4096, 6 ), newer = under_way( 8192, 7 ), found;
    bool kept = true;

    restart_record_write( &older, file + older.place );
    restart_record_write( &newer, file + newer.place );
    check( find( file, size, &found ) && is_equal( &found, &newer ), "of two slots the newer one counts" );
    for (unsigned int torn = 0; torn < RESTART_RECORD_SIZE; torn++)
    {
        uint8_t bytes[RESTART_RECORD_SIZE];

        memcpy( bytes, file + newer.place, sizeof( bytes ) );
        memset( file + newer.place + torn, 0xee, sizeof( bytes ) - torn );
        kept = kept && find( file, size, &found ) && is_equal( &found, &older );
        memcpy( file + newer.place, bytes, sizeof( bytes ) );
    }
    check( kept, "when that one is torn, anywhere, the older one does" );
    older = under_way( 9216, 8 );
    restart_record_write( &older, file + older.place );
    check( find( file, size, &found ) && is_equal( &found, &older ), "the slots take turns" );
    free( file );
}

/* Data that looks like a record lies before the true one. */
static void test_data( void )
{
    uint8_t file[8192 + RESTART_RECORD_SIZE] = { 0 };
    struct restart_record inner = at_rest( 8192 - RESTART_RECORD_SIZE ), record = at_rest( 8192 ), found;

    restart_record_write( &inner, file + inner.place );
    check( !find( file, sizeof( file ), &found ), "a record before the end does not count" );
    restart_record_write( &record, file + record.place );
    check( find( file, sizeof( file ), &found ) && is_equal( &found, &record ), "the one at the end does" );
}

static void test_limits( void )
{
    struct restart_source large = { UINT64_MAX, 1, 1 }, most = { INT64_MAX, 1, 1 }, empty = { 0, 1, 1 };

    check( !restart_record_end( &large ) && !restart_record_slot( &large, 0 ),
           "there is no room behind the largest number" );
    check( !restart_record_end( &most ), "nor behind the largest file" );
    check( restart_record_end( &empty ) == RESTART_RECORD_TAIL, "an empty file has room" );
}

int main( void )
{
    test_round_trips();
    test_places();
    test_every_bit();
    test_values();
    test_foreign();
    test_slots();
    test_data();
    test_limits();
    printf( "1..%u\n", count );
    return failures ? 1 : 0;
}
