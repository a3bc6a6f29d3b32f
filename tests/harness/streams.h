/* SPDX-License-Identifier: MIT */

/* These functions make a source with named streams and check its copy; the macros spell the messages of that copy. */

#ifndef COPYFILE2_TEST_STREAMS_H
#define COPYFILE2_TEST_STREAMS_H

#include "files.h"
#include "recorder.h"
#include "test.h"

#define STARTED( n, size, total ) "STREAM_STARTED stream=" #n " size=" #size " total=" #total "\n"
#define CHUNK_STARTED( n, chunk, length, size, total )                                                                 \
    "CHUNK_STARTED stream=" #n " chunk=" #chunk " chunk_size=" #length " size=" #size " total=" #total "\n"
#define CHUNK_FINISHED( n, chunk, length, size, done, total, total_done )                                              \
    "CHUNK_FINISHED stream=" #n " flags=0 chunk=" #chunk " chunk_size=" #length " size=" #size " done=" #done          \
    " total=" #total " total_done=" #total_done "\n"
#define CHUNK( n, chunk, length, size, done, total, total_done )                                                       \
    CHUNK_STARTED( n, chunk, length, size, total ) CHUNK_FINISHED( n, chunk, length, size, done, total, total_done )
#define FINISHED( n, size, done, total, total_done )                                                                   \
    "STREAM_FINISHED stream=" #n " size=" #size " done=" #done " total=" #total " total_done=" #total_done "\n"
#define ERROR_IN( phase, n, hr, size, total, total_done )                                                              \
    "ERROR phase=" #phase " stream=" #n " hr=" #hr " chunk=0 size=" #size " done=0 total=" #total                      \
    " total_done=" #total_done "\n"

/* Makes a file of 9,000 bytes with the streams `empty`, `one` of 5 bytes and `two` of 6,000: 15,005 bytes. Wine lists
 * streams in the order of their names, and Windows as it likes. So these are made in the order of their names. */
static inline void make_source( void )
{
    file_fill( L"src.txt", 9000, 1 );
    file_write( L"src.txt:empty", "", 0 );
    file_write_text( L"src.txt:one", "first" );
    file_fill( L"src.txt:two", 6000, 2 );
}

static inline void check_copied( void )
{
    ok( file_equal( L"src.txt", L"dst.txt" ), "other bytes" );
    ok( !file_size( L"dst.txt:empty" ), "`empty` has %lld bytes", file_size( L"dst.txt:empty" ) );
    ok( file_is_text( L"dst.txt:one", "first" ), "`one` differs" );
    ok( file_equal( L"src.txt:two", L"dst.txt:two" ), "`two` differs" );
}

static inline void check_nothing_left( void )
{
    ok( !file_exists( L"dst.txt" ), "the destination is there" );
    ok( !file_exists( L"dst.txt:empty" ), "`empty` is there" );
    ok( !file_exists( L"dst.txt:one" ), "`one` is there" );
    ok( !file_exists( L"dst.txt:two" ), "`two` is there" );
}

/* These are the messages of its copy, in chunks of 4096 bytes. */
#define MAIN_SAID                                                                                                      \
    STARTED( 1, 9000, 15005 )                                                                                          \
    CHUNK( 1, 0, 4096, 9000, 4096, 15005, 4096 )                                                                       \
    CHUNK( 1, 1, 4096, 9000, 8192, 15005, 8192 )                                                                       \
    CHUNK( 1, 2, 808, 9000, 9000, 15005, 9000 ) FINISHED( 1, 9000, 9000, 15005, 9000 )
#define EMPTY_SAID STARTED( 2, 0, 15005 ) FINISHED( 2, 0, 0, 15005, 9000 )
#define ONE_SAID   STARTED( 3, 5, 15005 ) CHUNK( 3, 0, 5, 5, 5, 15005, 9005 ) FINISHED( 3, 5, 5, 15005, 9005 )
#define TWO_SAID                                                                                                       \
    STARTED( 4, 6000, 15005 )                                                                                          \
    CHUNK( 4, 0, 4096, 6000, 4096, 15005, 13101 )                                                                      \
    CHUNK( 4, 1, 1904, 6000, 6000, 15005, 15005 ) FINISHED( 4, 6000, 6000, 15005, 15005 )

#endif
