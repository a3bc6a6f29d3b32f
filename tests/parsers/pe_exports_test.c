/* SPDX-License-Identifier: MIT */

/* The export augmenter of wine-copyfile2: on small images made here, and on every DLL of the installed Wine. The images
 * are read back by a loader of the test's own. Native; prints the Test Anything Protocol. pe_exports_test [FILE...] the
 * files instead of the installed Wine's */

#include "pe_exports.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARRAY_SIZE( array ) ( sizeof( array ) / sizeof( ( array )[0] ) )

static unsigned int count, failures;
static bool case_failed;

#define expect( condition ) expect_at( __LINE__, ( condition ), #condition )
static bool expect_at( int line, bool condition, const char *text )
{
    if (condition) return true;
    printf( "# line %d: %s\n", line, text );
    case_failed = true;
    return false;
}

static bool expect_text( int line, const char *what, const char *found, const char *wanted )
{
    if (( !found && !wanted ) || ( found && wanted && !strcmp( found, wanted ) )) return true;
    printf( "# line %d: %s is \"%s\", not \"%s\"\n", line, what, found ? found : "nothing",
            wanted ? wanted : "nothing" );
    case_failed = true;
    return false;
}

static void end_case( const char *name )
{
    printf( "%sok %u - %s\n", case_failed ? "not " : "", ++count, name );
    failures += case_failed;
    case_failed = false;
}

/* ---- a loader ---------------------------------------------------------------------------------------------------- */

struct loaded
{
    uint8_t *memory; /* as long as the image, and a zero behind */
    uint32_t size;
    uint32_t headers_size;
    uint32_t directory, directory_size;
    uint32_t base, function_count, name_count;
    const uint8_t *functions, *names, *ordinals;
};

static uint32_t get( const struct loaded *image, uint32_t address )
{
    if (address + 4 > image->size || address + 4 < address) abort();
    return pe_get32( image->memory + address );
}

static const char *text_at( const struct loaded *image, uint32_t address )
{
    if (address >= image->size) abort();
    return (const char *)image->memory + address;
}

static void load_exports( struct loaded *image, uint32_t directories )
{
    image->directory = get( image, directories );
    image->directory_size = get( image, directories + 4 );
    if (!image->directory || !image->directory_size) return;
    image->base = get( image, image->directory + 16 );
    image->function_count = get( image, image->directory + 20 );
    image->name_count = get( image, image->directory + 24 );
    image->functions = image->memory + get( image, image->directory + 28 );
    image->names = image->memory + get( image, image->directory + 32 );
    image->ordinals = image->memory + get( image, image->directory + 36 );
}

/* The data is known to be an image. */
static struct loaded load( const uint8_t *data, size_t size )
{
    uint32_t header = pe_get32( data + 0x3c ), optional = header + 24;
    uint32_t sections = optional + pe_get16( data + header + 20 );
    struct loaded image = { .size = pe_get32( data + optional + 56 ),
                            .headers_size = pe_get32( data + optional + 60 ) };

    image.memory = calloc( 1, (size_t)image.size + 1 );
    memcpy( image.memory, data, image.headers_size );
    for (unsigned int i = 0; i < pe_get16( data + header + 6 ); i++)
    {
        const uint8_t *section = data + sections + i * 40;
        uint32_t memory_size = pe_get32( section + 8 ), file_size = pe_get32( section + 16 );
        uint32_t address = pe_get32( section + 12 ), offset = pe_get32( section + 20 );

        /* the rest of the last page comes from the file, too */
        memory_size = ( ( memory_size ? memory_size : file_size ) + 0xfff ) & ~0xfffu;
        if (file_size > memory_size) file_size = memory_size;
        if (offset + file_size > size || address + file_size > image.size) abort();
        memcpy( image.memory + address, data + offset, file_size );
    }
    load_exports( &image, optional + ( pe_get16( data + optional ) == 0x20b ? 112 : 96 ) );
    return image;
}

static uint32_t function_address( const struct loaded *image, uint32_t index )
{
    return pe_get32( image->functions + (size_t)index * 4 );
}

/* The target, or NULL for a function. */
static const char *forwarder( const struct loaded *image, uint32_t index )
{
    uint32_t address = function_address( image, index );

    if (address < image->directory || address >= image->directory + image->directory_size) return NULL;
    return text_at( image, address );
}

static const char *name_at( const struct loaded *image, uint32_t index )
{
    return text_at( image, pe_get32( image->names + (size_t)index * 4 ) );
}

static uint32_t name_function( const struct loaded *image, uint32_t index )
{
    return pe_get16( image->ordinals + (size_t)index * 2 );
}

/* As loaders do it: by halves, so the names must be sorted. UINT32_MAX when there is none. */
static uint32_t find_name( const struct loaded *image, const char *name )
{
    uint32_t low = 0, high = image->name_count;

    while (low < high)
    {
        uint32_t middle = ( low + high ) / 2;
        int order = strcmp( name_at( image, middle ), name );

        if (!order) return name_function( image, middle );
        if (order < 0) low = middle + 1;
        else high = middle;
    }
    return UINT32_MAX;
}

/* ---- before and after -------------------------------------------------------------------------------------------- */

static bool is_same_function( const struct loaded *before, uint32_t old, const struct loaded *after, uint32_t new )
{
    const char *target = forwarder( before, old ), *now = forwarder( after, new );

    if (target || now) return target && now && !strcmp( target, now );
    return function_address( before, old ) == function_address( after, new );
}

static bool has_name( const struct loaded *image, uint32_t function, const char *name, bool same )
{
    for (uint32_t i = 0; i < image->name_count; i++)
        if (name_function( image, i ) == function && !strcmp( name_at( image, i ), name ) == same) return true;
    return false;
}

static bool compare_names( const struct loaded *before, const struct loaded *after, const char *name )
{
    bool same = true;

    for (uint32_t i = 1; i < after->name_count; i++)
        same &= expect( strcmp( name_at( after, i - 1 ), name_at( after, i ) ) <= 0 );
    for (uint32_t i = 0; i < before->name_count; i++)
    {
        uint32_t now = find_name( after, name_at( before, i ) );

        if (!strcmp( name_at( before, i ), name )) continue;
        same &= expect( now != UINT32_MAX && now == name_function( before, i ) ) &&
                expect( is_same_function( before, name_function( before, i ), after, now ) );
    }
    return same;
}

static bool compare_ordinals( const struct loaded *before, const struct loaded *after, const char *name )
{
    bool same = expect( after->base == before->base ) && expect( after->function_count >= before->function_count ) &&
                expect( after->function_count <= before->function_count + 1 );

    for (uint32_t i = 0; i < before->function_count && same; i++)
    {
        bool replaced = has_name( before, i, name, true ) && !has_name( before, i, name, false );

        if (!replaced) same &= expect( is_same_function( before, i, after, i ) );
    }
    return same;
}

/* All that was loaded before the new section, without the headers. */
static bool compare_memory( const struct loaded *before, const struct loaded *after )
{
    return expect( after->size > before->size ) && expect( after->headers_size == before->headers_size ) &&
           expect( !memcmp( before->memory + before->headers_size, after->memory + before->headers_size,
                            before->size - before->headers_size ) );
}

static bool compare( const struct loaded *before, const struct loaded *after, const char *name, const char *target )
{
    uint32_t found = find_name( after, name );
    bool same = compare_names( before, after, name ) && compare_ordinals( before, after, name ) &&
                compare_memory( before, after );

    if (expect( found != UINT32_MAX )) same &= expect_text( __LINE__, name, forwarder( after, found ), target );
    same &= expect( after->name_count == before->name_count + ( find_name( before, name ) == UINT32_MAX ) );
    same &= expect_text( __LINE__, "the DLL", text_at( after, get( after, after->directory + 12 ) ),
                         text_at( before, get( before, before->directory + 12 ) ) );
    return same && expect( get( before, before->directory + 4 ) == get( after, after->directory + 4 ) );
}

/* ---- small images ------------------------------------------------------------------------------------------------ */

#define TEXT_ADDRESS  0x1000u
#define EDATA_ADDRESS 0x2000u
#define EDATA_OFFSET  0x600u
#define EDATA_SIZE    0x600u
#define IMAGE_SIZE    ( EDATA_OFFSET + EDATA_SIZE )
#define NEW_HEADER    0x80u

struct small_function
{
    uint32_t address;
    const char *forwarder;
};

struct small_name
{
    const char *name;
    uint16_t function;
};

/* Ends of the lists: a name that is NULL; function_count. */
struct small_image
{
    bool narrow;
    uint32_t base;
    uint32_t function_count;
    struct small_function functions[6];
    struct small_name names[6];
};

static uint8_t image[IMAGE_SIZE + 64];

static size_t optional_size( const struct small_image *small )
{
    return ( small->narrow ? 96u : 112u ) + 16 * 8;
}

static uint8_t *optional_header( void )
{
    return image + NEW_HEADER + 24;
}

static uint8_t *section_header( const struct small_image *small, unsigned int index )
{
    return optional_header() + optional_size( small ) + index * 40;
}

static uint8_t *directory_entry( const struct small_image *small, unsigned int index )
{
    return optional_header() + ( small->narrow ? 96 : 112 ) + index * 8;
}

static void make_section( uint8_t *header, const char *name, uint32_t address, uint32_t offset, uint32_t size )
{
    memcpy( header, name, strlen( name ) );
    pe_put32( header + 8, size );
    pe_put32( header + 12, address );
    pe_put32( header + 16, size );
    pe_put32( header + 20, offset );
}

static uint32_t make_text( uint32_t *next, const char *text )
{
    uint32_t at = *next;

    memcpy( image + EDATA_OFFSET + at, text, strlen( text ) + 1 );
    *next += (uint32_t)strlen( text ) + 1;
    return EDATA_ADDRESS + at;
}

static void make_exports( const struct small_image *small )
{
    uint8_t *edata = image + EDATA_OFFSET;
    uint32_t names = 0, next = 0x200;

    while (small->names[names].name) names++;
    pe_put32( edata + 4, 0x12345678 );
    pe_put32( edata + 12, make_text( &next, "small.dll" ) );
    pe_put32( edata + 16, small->base );
    pe_put32( edata + 20, small->function_count );
    pe_put32( edata + 24, names );
    pe_put32( edata + 28, EDATA_ADDRESS + 0x40 );
    pe_put32( edata + 32, EDATA_ADDRESS + 0x80 );
    pe_put32( edata + 36, EDATA_ADDRESS + 0xc0 );
    for (uint32_t i = 0; i < small->function_count && i < ARRAY_SIZE( small->functions ); i++)
    {
        const struct small_function *function = &small->functions[i];

        pe_put32( edata + 0x40 + i * 4,
                  function->forwarder ? make_text( &next, function->forwarder ) : function->address );
    }
    for (uint32_t i = 0; i < names; i++)
    {
        pe_put32( edata + 0x80 + i * 4, make_text( &next, small->names[i].name ) );
        pe_put16( edata + 0xc0 + i * 2, small->names[i].function );
    }
}

static void make( const struct small_image *small )
{
    uint8_t *optional = optional_header();

    memset( image, 0, sizeof( image ) );
    memcpy( image, "MZ", 2 );
    pe_put32( image + 0x3c, NEW_HEADER );
    memcpy( image + NEW_HEADER, "PE\0", 4 );
    pe_put16( image + NEW_HEADER + 4, small->narrow ? PE_MACHINE_I386 : PE_MACHINE_X86_64 );
    pe_put16( image + NEW_HEADER + 6, 2 );
    pe_put16( image + NEW_HEADER + 20, (uint16_t)optional_size( small ) );
    pe_put16( optional, small->narrow ? 0x10b : 0x20b );
    pe_put32( optional + 32, 0x1000 );
    pe_put32( optional + 36, 0x200 );
    pe_put32( optional + 56, 0x3000 );
    pe_put32( optional + 60, 0x400 );
    pe_put32( optional + ( small->narrow ? 92 : 108 ), 16 );
    pe_put32( directory_entry( small, 0 ), EDATA_ADDRESS );
    pe_put32( directory_entry( small, 0 ) + 4, EDATA_SIZE );
    make_section( section_header( small, 0 ), ".text", TEXT_ADDRESS, 0x400, 0x200 );
    make_section( section_header( small, 1 ), ".edata", EDATA_ADDRESS, EDATA_OFFSET, EDATA_SIZE );
    memset( image + 0x400, 0xc3, 0x200 );
    make_exports( small );
}

/* A hole at 2, a forwarder at 3. */
static const struct small_image ordinary = {
    .base = 5,
    .function_count = 5,
    .functions = { { 0x1000, NULL }, { 0x1010, NULL }, { 0, NULL }, { 0, "other.Far" }, { 0x1020, NULL } },
    .names = { { "Alpha", 0 }, { "Copy", 4 }, { "Far", 3 }, { "Zulu", 1 }, { NULL, 0 } },
};

static const char *forward_list( const struct pe_forwarder *list, size_t length, size_t size, uint8_t **result,
                                 size_t *result_size )
{
    *result = NULL;
    *result_size = 0;
    return pe_exports_forward( image, size, list, length, result, result_size );
}

static const char *forward( const char *name, const char *target, uint8_t **result, size_t *result_size )
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

static void check_refused_size( int line, size_t size, const char *reason )
{
    uint8_t *result;
    size_t result_size;

    expect_text( line, "the answer",
                 forward_list( &( struct pe_forwarder ){ "New", "a.New", NULL }, 1, size, &result, &result_size ),
                 reason );
    expect( !result );
}

#define check_refused( reason ) check_refused_size( __LINE__, IMAGE_SIZE, reason )

/* ---- cases ------------------------------------------------------------------------------------------------------- */

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
    static const struct pe_forwarder list[] = { { "Mike", "a.Mike", NULL },
                                                { "Alpha", "a.Alpha", NULL },
                                                { "Bravo", "a.Bravo", NULL } };
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

/* Whether the kept name leads to that address, or forwarder, and the first name to its target. */
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
    static const struct pe_forwarder list[] = { { "Copy", "a.Copy", "Kept_Copy" },
                                                { "Far", "a.Far", "Kept_Far" },
                                                { "New", "a.New", "Kept_New" } };
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

static void test_forwarder_texts( void )
{
    static const char *const bad[][2] = {
        { "", "a.b" }, { "New", "" }, { "New", "ab" }, { "New", ".b" }, { "New", "a." }
    };
    uint8_t *result;
    size_t size;

    make( &ordinary );
    for (unsigned int i = 0; i < ARRAY_SIZE( bad ); i++)
        expect_text( __LINE__, bad[i][1], forward( bad[i][0], bad[i][1], &result, &size ), "that is not a forwarder" );
    end_case( "refused: what is not a forwarder" );
}

static void test_bad_headers( void )
{
    for (size_t size = 0; size < IMAGE_SIZE; size++)
    {
        uint8_t *exact = malloc( size + 1 ), *result = NULL;
        size_t result_size;

        make( &ordinary );
        memcpy( exact + 1, image, size );
        expect( pe_exports_forward( exact + 1, size, &( struct pe_forwarder ){ "New", "a.New", NULL }, 1, &result,
                                    &result_size ) );
        expect( !result );
        free( exact );
    }
    end_case( "refused: cut off at every byte" );

    make( &ordinary );
    pe_put32( directory_entry( &ordinary, 4 ), 0x400 );
    pe_put32( directory_entry( &ordinary, 4 ) + 4, 8 );
    check_refused( "it is signed" );
    make( &ordinary );
    pe_put32( directory_entry( &ordinary, 0 ), 0 );
    check_refused( "it exports nothing" );
    make( &ordinary );
    pe_put32( optional_header() + 108, 0 );
    check_refused( "it exports nothing" );
    make( &ordinary );
    memset( section_header( &ordinary, 2 ), 1, 40 );
    check_refused( "its headers have no room for another section" );
    make( &ordinary );
    pe_put32( optional_header() + 60, (uint32_t)( section_header( &ordinary, 2 ) - image ) );
    check_refused( "its headers have no room for another section" );
    end_case( "refused: what cannot be changed" );
}

static void test_bad_layout( void )
{
    make( &ordinary );
    pe_put32( optional_header() + 32, 0x200 );
    check_refused( "it is aligned more finely than to pages" );
    make( &ordinary );
    pe_put32( optional_header() + 32, 0x1800 );
    check_refused( "its alignment makes no sense" );
    make( &ordinary );
    pe_put32( optional_header() + 36, 0x80000000 );
    check_refused( "its alignment makes no sense" );
    make( &ordinary );
    pe_put32( section_header( &ordinary, 1 ) + 12, TEXT_ADDRESS );
    check_refused( "its sections overlap or are out of order" );
    make( &ordinary );
    pe_put32( section_header( &ordinary, 1 ) + 8, 0xfffff000 );
    check_refused( "it is too large" );
    make( &ordinary );
    pe_put32( section_header( &ordinary, 1 ) + 20, EDATA_OFFSET + 0x200 );
    check_refused( "its sections are cut off" );
    make( &ordinary );
    pe_put32( section_header( &ordinary, 1 ) + 20, EDATA_OFFSET - 1 );
    check_refused( "its sections do not start at file sectors" );
    end_case( "refused: sections that loaders differ about" );
}

static void test_bad_exports( void )
{
    uint8_t *edata = image + EDATA_OFFSET;

    make( &ordinary );
    pe_put32( edata + 20, 0xffffffff );
    check_refused( "it exports too much" );
    make( &ordinary );
    pe_put32( edata + 20, 0x10000 );
    check_refused( "its table of exports is cut off" );
    make( &ordinary );
    pe_put32( edata + 24, 0x10000 );
    check_refused( "its table of names is cut off" );
    make( &ordinary );
    pe_put16( edata + 0xc0, 5 );
    check_refused( "one of its exported names leads nowhere" );
    make( &ordinary );
    pe_put32( edata + 0x80, EDATA_ADDRESS + EDATA_SIZE );
    check_refused( "one of its exported names has no end" );
    make( &ordinary );
    pe_put32( edata + 0x40 + 12, EDATA_ADDRESS + EDATA_SIZE - 1 );
    image[IMAGE_SIZE - 1] = 'x';
    check_refused( "one of its forwarders has no end" );
    make( &ordinary );
    pe_put32( edata + 0x40, 0x3000 );
    check_refused( "one of its exports lies outside of it" );
    make( &ordinary );
    pe_put32( edata + 16, 0xffff );
    check_refused( "it has no ordinal left" );
    make( &ordinary );
    pe_put32( edata + 12, 0xfffffff0 );
    check_refused( "its name has no end" );
    end_case( "refused: tables that lead astray" );
}

/* ---- the installed Wine ------------------------------------------------------------------------------------------ */

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

/* A name that is new, and one that is there. */
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
    else printf( "ok %u - round trip of Wine's DLLs # SKIP no Wine found\n", ++count );
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
    printf( "1..%u\n", count );
    return failures ? 1 : 0;
}
