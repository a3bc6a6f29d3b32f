/* SPDX-License-Identifier: MIT */

/* The files of a model_copy. Their bytes come from one pool, each stream's from another place of it. */

#include "model_files.h"
#include "harness/files.h"
#include "harness/test.h"

#include <stdlib.h>

/* Where in the pool a stream begins; the destination's old content comes behind them all. */
#define PLACE( stream ) ( ( stream ) * 977 )
#define OLD_PLACE       PLACE( MODEL_STREAMS )
#define POOL            ( MODEL_LARGEST + PLACE( MODEL_STREAMS + 1 ) )

static const BYTE *pool( void )
{
    static BYTE *bytes;
    uint64_t state = 88172645463325252ull;

    if (bytes) return bytes;
    bytes = malloc( POOL );
    for (size_t i = 0; i < POOL; i++)
    {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes[i] = (BYTE)( state >> 32 );
    }
    return bytes;
}

/* The unnamed stream is 0. */
static PCWSTR name_of( PCWSTR file, unsigned int stream )
{
    static const PCWSTR names[MODEL_STREAMS] = { L"", L":a", L":b", L":c" };
    static WCHAR name[32];

    _snwprintf( name, ARRAY_SIZE( name ), L"%ls%ls", file, names[stream] );
    return name;
}

static HANDLE open_alone( PCWSTR name )
{
    return CreateFileW( name, GENERIC_READ | GENERIC_WRITE | DELETE, 0, NULL, OPEN_EXISTING, 0, NULL );
}

/* This time is so long ago that no new copy has it by itself. */
static FILETIME source_time( void )
{
    return ( FILETIME ){ .dwHighDateTime = 0x01c00000, .dwLowDateTime = 0x12345678 };
}

static void make_stream( PCWSTR name, const BYTE *bytes, uint64_t size, const FILETIME *time )
{
    HANDLE file = CreateFileW( name, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL );
    DWORD put = 0;

    ok( file != INVALID_HANDLE_VALUE, "cannot make %ls: error %lu", name, GetLastError() );
    ok( !size || ( WriteFile( file, bytes, (DWORD)size, &put, NULL ) && put == size ), "cannot write %ls", name );
    if (time) ok( SetFileTime( file, NULL, NULL, time ), "cannot set the time of %ls", name );
    CloseHandle( file );
}

/* The last copies left these files here. */
static struct
{
    bool source;
    uint64_t sizes[MODEL_STREAMS];
    unsigned int streams, most_streams;
    bool before[MODEL_STREAMS]; /* the destination had this stream */
} here;

static void remove_all( PCWSTR file )
{
    for (unsigned int i = here.most_streams; i > 0; i--) DeleteFileW( name_of( file, i - 1 ) );
}

/* A source that is as it has to be, and was found so behind the last copy, is not made again. Each case begins in an
 * empty folder. */
void model_files_make_source( const struct model_copy *copy )
{
    const FILETIME time = source_time();

    if (here.source && file_exists( MODEL_SOURCE ) && !copy->missing && here.streams == copy->streams &&
        !memcmp( here.sizes, copy->sizes, sizeof( here.sizes ) ))
        return;
    if (here.most_streams < copy->streams) here.most_streams = copy->streams;
    remove_all( MODEL_SOURCE );
    here.source = !copy->missing;
    if (copy->missing) return;
    here.streams = copy->streams;
    memcpy( here.sizes, copy->sizes, sizeof( here.sizes ) );
    for (unsigned int i = 1; i < copy->streams; i++)
        make_stream( name_of( MODEL_SOURCE, i ), pool() + PLACE( i ), copy->sizes[i], NULL );
    make_stream( MODEL_SOURCE, pool(), copy->sizes[0], &time );
}

void model_files_make_destination( const struct model_copy *copy )
{
    remove_all( MODEL_DESTINATION );
    if (copy->exists) make_stream( MODEL_DESTINATION, pool() + OLD_PLACE, copy->old_size, NULL );
}

HANDLE model_files_hold_destination( void )
{
    return file_hold( MODEL_DESTINATION, GENERIC_READ, SHARE_NONE );
}

/* at_least: more bytes may follow. */
static bool check_stream( PCWSTR name, const BYTE *bytes, uint64_t size, bool at_least, FILETIME *time )
{
    static BYTE found[MODEL_LARGEST];
    HANDLE file = open_alone( name );
    LARGE_INTEGER length = { .QuadPart = 0 };
    DWORD got = 0;

    if (!ok( file != INVALID_HANDLE_VALUE, "cannot open %ls alone: error %lu", name, GetLastError() )) return false;
    GetFileSizeEx( file, &length );
    if (at_least) ok( length.QuadPart >= (LONGLONG)size, "%ls has %lld bytes only", name, length.QuadPart );
    else ok( length.QuadPart == (LONGLONG)size, "%ls has %lld bytes, expected %llu", name, length.QuadPart, size );
    if (size) ok( ReadFile( file, found, (DWORD)size, &got, NULL ), "cannot read %ls", name );
    if (time) GetFileTime( file, NULL, NULL, time );
    CloseHandle( file );
    return ok( got == size && !memcmp( found, bytes, size ), "%ls has other bytes", name );
}

static bool is_source_time( const FILETIME *time )
{
    const FILETIME source = source_time();

    return !CompareFileTime( time, &source );
}

void model_files_check_source( const struct model_copy *copy )
{
    FILETIME time = { 0 };
    bool good = check_stream( MODEL_SOURCE, pool(), copy->sizes[0], false, &time );

    for (unsigned int i = 1; i < copy->streams; i++)
        good &= check_stream( name_of( MODEL_SOURCE, i ), pool() + PLACE( i ), copy->sizes[i], false, NULL );
    good &= ok( is_source_time( &time ), "the source has another time" );
    here.source = good;
}

void model_files_look( void )
{
    for (unsigned int i = 0; i < MODEL_STREAMS; i++) here.before[i] = file_exists( name_of( MODEL_DESTINATION, i ) );
}

/* Under Wine a stream is a file beside the main file. A stream of an earlier copy stays when this copy has not come to
 * it. */
static void check_absent( PCWSTR file, unsigned int first )
{
    for (unsigned int i = first; i < here.most_streams; i++)
        if (!i || !here.before[i] || !running_under_wine())
            ok( !file_exists( name_of( file, i ) ), "%ls is there", name_of( file, i ) );
}

void model_files_check_untouched( const struct model_copy *copy )
{
    if (copy->exists) check_stream( MODEL_DESTINATION, pool() + OLD_PLACE, copy->old_size, false, NULL );
    check_absent( MODEL_DESTINATION, copy->exists ? 1 : 0 );
}

void model_files_check_gone( const struct model_copy *copy )
{
    (void)copy;
    check_absent( MODEL_DESTINATION, 0 );
}

/* A fragment must not have the source's time, or it would pass for the finished copy. */
void model_files_check_copied( const struct model_copy *copy, unsigned int stream, uint64_t done, bool finished )
{
    FILETIME time = { 0 };

    for (unsigned int i = 0; i < stream; i++)
        check_stream( name_of( MODEL_DESTINATION, i ), pool() + PLACE( i ), copy->sizes[i], false, i ? NULL : &time );
    if (!finished)
    {
        check_stream( name_of( MODEL_DESTINATION, stream ), pool() + PLACE( stream ), done, false,
                      stream ? NULL : &time );
        stream++;
    }
    check_absent( MODEL_DESTINATION, stream );
    ok( is_source_time( &time ) == finished, "the destination has %s time", finished ? "another" : "the source's" );
}

/* The file has the data and something behind it, and is shorter than the source, unless that is tiny. */
void model_files_check_recorded( const struct model_copy *copy, unsigned int stream, uint64_t done )
{
    int64_t size = file_size( MODEL_DESTINATION );

    check_stream( MODEL_DESTINATION, pool(), stream ? 0 : done, true, NULL );
    ok( size > 0, "the fragment has %lld bytes", size );
    if (copy->sizes[0] > MODEL_RECORD + 1)
        ok( size < (int64_t)copy->sizes[0], "the fragment has %lld bytes of %llu", size, copy->sizes[0] );
}
