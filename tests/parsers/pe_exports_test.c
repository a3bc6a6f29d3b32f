/* SPDX-License-Identifier: MIT */

/* This tests the export augmenter of wine-copyfile2 on small images made here, and on every DLL of the installed Wine.
 * A loader of the test's own reads the images back. The native program prints the Test Anything Protocol.
 * `pe_exports_test FILE...` takes these files instead of the installed Wine's. */

#include "pe_exports_test.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *forward_list( const struct pe_forwarder *list, size_t length, size_t size, uint8_t **result,
                          size_t *result_size )
{
    *result = NULL;
    *result_size = 0;
    return pe_exports_forward( image, size, list, length, result, result_size );
}

const char *forward( const char *name, const char *target, uint8_t **result, size_t *result_size )
{
    return forward_list( &( struct pe_forwarder ){ name, target, NULL }, 1, IMAGE_SIZE, result, result_size );
}

/* Forwards the name in the image that was made and compares; the result is to be freed. */
static void check_forward( const char *name, const char *target )
{
    uint8_t *result;
    size_t size;
    const char *wrong = forward( name, target, &result, &size );
    struct loaded before = load( image, IMAGE_SIZE ), after;

    if (expect_text( __LINE__, "the answer", wrong, NULL ))
    {
        after = load( result, size );
        compare( &before, &after, name, target );
        expect( pe_exports_is_result( result, size ) );
        expect( !pe_exports_is_result( image, IMAGE_SIZE ) );
        free( after.memory );
    }
    free( before.memory );
    free( result );
}

void check_refused_size( int line, size_t size, const char *reason )
{
    uint8_t *result;
    size_t result_size;

    expect_text( line, "the answer",
                 forward_list( &( struct pe_forwarder ){ "New", "a.New", NULL }, 1, size, &result, &result_size ),
                 reason );
    expect( !result );
}

static void test_adding( void )
{
    static const char *const names[] = { "AAA", "Beta", "Zzz", "Copy2", "copy" };
    struct small_image narrow = ordinary;

    for (unsigned int i = 0; i < ARRAY_SIZE( names ); i++)
    {
        make( &ordinary );
        check_forward( names[i], "copyfile2.CopyFile2" );
    }
    end_case( "a new name, PE32+" );

    narrow.narrow = true;
    make( &narrow );
    check_forward( "New", "copyfile2.CopyFile2" );
    end_case( "a new name, PE32" );
}

static void test_replacing( void )
{
    struct small_image twins = ordinary;

    make( &ordinary );
    check_forward( "Copy", "copyfile2.CopyFile2" );
    end_case( "a function becomes a forwarder, by its ordinal too" );

    make( &ordinary );
    check_forward( "Far", "copyfile2.CopyFile2" );
    end_case( "a forwarder becomes another" );

    twins.names[3] = ( struct small_name ){ "Twin", 4 };
    make( &twins );
    check_forward( "Copy", "copyfile2.CopyFile2" );
    end_case( "a function with two names: the other name and the ordinal stay" );
}

static void test_several( void )
{
    static const struct pe_forwarder list[] = {
        { .name = "Mike", .target = "a.Mike", .kept = NULL },
        { .name = "Alpha", .target = "a.Alpha", .kept = NULL },
        { .name = "Bravo", .target = "a.Bravo", .kept = NULL },
    };
    uint8_t *result;
    size_t size;
    struct loaded after;

    make( &ordinary );
    if (!expect( !forward_list( list, ARRAY_SIZE( list ), IMAGE_SIZE, &result, &size ) )) return;
    after = load( result, size );
    expect( after.name_count == 6 && after.function_count == 7 );
    for (unsigned int i = 0; i < ARRAY_SIZE( list ); i++)
    {
        uint32_t found = find_name( &after, list[i].name );

        if (expect( found != UINT32_MAX ))
            expect_text( __LINE__, list[i].name, forwarder( &after, found ), list[i].target );
    }
    free( after.memory );
    free( result );
    end_case( "several at once" );
}

/* Claims that the kept name leads to that address, or forwarder, and the first name to its target. */
static void check_kept( const struct loaded *after, const struct pe_forwarder *wanted, uint32_t address,
                        const char *text )
{
    uint32_t found = find_name( after, wanted->name ), kept = find_name( after, wanted->kept );

    if (!expect( found != UINT32_MAX && kept != UINT32_MAX )) return;
    expect_text( __LINE__, wanted->name, forwarder( after, found ), wanted->target );
    if (text) expect_text( __LINE__, wanted->kept, forwarder( after, kept ), text );
    else expect( !forwarder( after, kept ) && function_address( after, kept ) == address );
}

static void test_kept( void )
{
    static const struct pe_forwarder list[] = {
        { .name = "Copy", .target = "a.Copy", .kept = "Kept_Copy" },
        { .name = "Far", .target = "a.Far", .kept = "Kept_Far" },
        { .name = "New", .target = "a.New", .kept = "Kept_New" },
    };
    uint8_t *once, *twice;
    size_t size, twice_size;
    struct loaded after;

    make( &ordinary );
    if (!expect( !forward_list( list, ARRAY_SIZE( list ), IMAGE_SIZE, &once, &size ) )) return;
    after = load( once, size );
    expect( after.name_count == 7 && after.function_count == 8 );
    check_kept( &after, &list[0], 0x1020, NULL );
    check_kept( &after, &list[1], 0, "other.Far" );
    expect( find_name( &after, "Kept_New" ) == UINT32_MAX );
    free( after.memory );
    end_case( "what was there is kept under another name" );

    if (!expect( !pe_exports_forward( once, size, list, ARRAY_SIZE( list ), &twice, &twice_size ) )) return;
    after = load( twice, twice_size );
    check_kept( &after, &list[0], 0x1020, NULL );
    check_kept( &after, &list[1], 0, "other.Far" );
    free( after.memory );
    free( once );
    free( twice );
    end_case( "and stays so when it is done again" );
}

static void test_odd_tables( void )
{
    static const struct small_image nameless = { .base = 1, .function_count = 1, .functions = { { 0x1000, NULL } } };
    static const struct small_image empty = { .base = 1 };
    struct small_image unsorted = ordinary;

    make( &nameless );
    check_forward( "New", "a.New" );
    end_case( "exports by ordinal only" );

    make( &empty );
    check_forward( "New", "a.New" );
    end_case( "a directory without exports" );

    unsorted.names[0] = ( struct small_name ){ "Zulu", 1 };
    unsorted.names[3] = ( struct small_name ){ "Alpha", 0 };
    make( &unsorted );
    check_forward( "New", "a.New" );
    end_case( "names out of order are put in order" );
}

static void test_again( void )
{
    uint8_t *once, *twice;
    size_t once_size, twice_size;
    struct loaded before, after;

    make( &ordinary );
    expect( !forward( "New", "a.New", &once, &once_size ) );
    expect( !pe_exports_forward( once, once_size, &( struct pe_forwarder ){ "New", "b.New", NULL }, 1, &twice,
                                 &twice_size ) );
    before = load( once, once_size );
    after = load( twice, twice_size );
    compare( &before, &after, "New", "b.New" );
    free( before.memory );
    free( after.memory );
    free( once );
    free( twice );
    end_case( "a result is an image like any other" );
}

static uint32_t checksum( const uint8_t *data, size_t size, size_t field )
{
    uint32_t sum = 0;

    for (size_t i = 0; i < size; i += 2)
    {
        sum += i == field || i == field + 2 ? 0 : pe_get16( data + i );
        sum = ( sum & 0xffff ) + ( sum >> 16 );
    }
    return sum + (uint32_t)size;
}

static void test_checksum( void )
{
    size_t field = NEW_HEADER + 24 + 64, size;
    uint8_t *result;

    make( &ordinary );
    expect( !forward( "New", "a.New", &result, &size ) );
    expect( pe_get32( result + field ) == 0 );
    free( result );

    pe_put32( image + field, 1 );
    expect( !forward( "New", "a.New", &result, &size ) );
    expect( pe_get32( result + field ) == checksum( result, size, field ) );
    free( result );
    end_case( "a checksum is right, none stays none" );
}

static void test_signatures( void )
{
    static const uint8_t nothing[sizeof( PE_BUILTIN_SIGNATURE )];
    uint8_t *result;
    size_t size;

    make( &ordinary );
    memcpy( image + 0x40, PE_BUILTIN_SIGNATURE, sizeof( PE_BUILTIN_SIGNATURE ) );
    expect( !forward( "New", "a.New", &result, &size ) );
    expect( !memcmp( result + 0x40, nothing, sizeof( nothing ) ) );
    free( result );

    make( &ordinary );
    memcpy( image + 0x40, "Some other stub text", 20 );
    expect( !forward( "New", "a.New", &result, &size ) );
    expect( !memcmp( result + 0x40, "Some other stub text", 20 ) );
    free( result );

    make( &ordinary );
    memcpy( image + 0x40, PE_FAKE_SIGNATURE, sizeof( PE_FAKE_SIGNATURE ) );
    check_refused( "it is Wine's placeholder, not the DLL itself" );
    end_case( "Wine's signatures" );
}

static void test_rest_of_the_file( void )
{
    uint8_t *result;
    size_t size;

    make( &ordinary );
    memcpy( image + IMAGE_SIZE, "symbols", 7 );
    expect( !forward_list( &( struct pe_forwarder ){ "New", "a.New", NULL }, 1, IMAGE_SIZE + 7, &result, &size ) );
    expect( size > IMAGE_SIZE + 7 && !memcmp( result + IMAGE_SIZE, "symbols", 7 ) );
    expect( size % 0x200 == 0 );
    free( result );
    end_case( "what follows the sections stays in its place" );
}

struct totals
{
    unsigned int images, done, without;
};

static uint8_t *read_file( const char *path, size_t *size )
{
    FILE *file = fopen( path, "rb" );
    uint8_t *data = NULL;

    if (!file) return NULL;
    fseek( file, 0, SEEK_END );
    *size = (size_t)ftell( file );
    rewind( file );
    data = malloc( *size + 1 );
    if (fread( data, 1, *size, file ) != *size) *size = 0;
    fclose( file );
    return data;
}

/* Forwards a name that is new, and one that is there. */
static void round_trip( const char *path, struct totals *totals )
{
    size_t size, result_size;
    uint8_t *data = read_file( path, &size ), *result = NULL;
    const char *names[] = { "CopyFile2", NULL };
    struct loaded before;

    if (!data || size < 0x40 || memcmp( data, "MZ", 2 ))
    {
        free( data );
        return;
    }
    totals->images++;
    before = load( data, size );
    if (before.name_count) names[1] = name_at( &before, before.name_count / 2 );
    for (unsigned int i = 0; i < ARRAY_SIZE( names ) && names[i]; i++)
    {
        const char *wrong = pe_exports_forward(
            data, size, &( struct pe_forwarder ){ names[i], "copyfile2.CopyFile2", NULL }, 1, &result, &result_size );

        if (wrong)
        {
            totals->without++;
            if (before.directory || strcmp( wrong, "it exports nothing" )) printf( "# %s: %s\n", path, wrong );
            expect( !before.directory && !strcmp( wrong, "it exports nothing" ) );
            break;
        }
        struct loaded after = load( result, result_size );
        if (!compare( &before, &after, names[i], "copyfile2.CopyFile2" )) printf( "# %s: %s\n", path, names[i] );
        totals->done += i == 0;
        free( after.memory );
        free( result );
    }
    free( before.memory );
    free( data );
}

static void test_files( char **files, size_t length )
{
    struct totals totals = { 0, 0, 0 };
    char name[128];

    for (size_t i = 0; i < length; i++) round_trip( files[i], &totals );
    snprintf( name, sizeof( name ), "round trip of %u images, %u with exports", totals.images, totals.done );
    if (totals.images) expect( totals.done > 0 );
    if (totals.images) end_case( name );
    else skip_case( "round trip of Wine's DLLs", "no Wine found" );
}

static void test_installed_wine( void )
{
    static const char *const patterns[] = {
        "/usr/lib/*/wine/*-windows/*", "/usr/lib/wine/*-windows/*",        "/usr/lib64/wine/*-windows/*",
        "/usr/lib32/wine/*-windows/*", "/opt/wine*/lib*/wine/*-windows/*", "/usr/local/lib*/wine/*-windows/*",
    };
    glob_t found = { 0 };

    for (unsigned int i = 0; i < ARRAY_SIZE( patterns ); i++) glob( patterns[i], i ? GLOB_APPEND : 0, NULL, &found );
    test_files( found.gl_pathv, found.gl_pathc );
    globfree( &found );
}

int main( int argc, char **argv )
{
    test_adding();
    test_replacing();
    test_several();
    test_kept();
    test_odd_tables();
    test_again();
    test_checksum();
    test_signatures();
    test_rest_of_the_file();
    test_forwarder_texts();
    test_bad_headers();
    test_bad_layout();
    test_bad_exports();
    if (argc > 1) test_files( argv + 1, (size_t)argc - 1 );
    else test_installed_wine();
    return end_cases();
}
