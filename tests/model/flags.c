/* SPDX-License-Identifier: MIT */

/* Each flag, by itself and with every other one, does what the table of model_flags.c says, or is refused, and harms
 * nothing. */

#include "harness/files.h"
#include "model_run.h"
#include "harness/recorder.h"
#include "harness/test.h"

#define CHUNK 4096

/* All public bits, by Microsoft's header. */
#define PUBLIC_FLAGS    0xbee4f88f
#define PUBLIC_FLAGS_V2 ( COPY_FILE2_V2_DONT_COPY_JUNCTIONS | COPY_FILE2_V2_DISABLE_BLOCK_CLONING )

static bool is_ours( void )
{
    if (!engine_is_ours()) skip( "each Windows knows other flags, and chunks of its own" );
    return engine_is_ours();
}

/* Copies two streams, the first in three chunks: to a new name, over a longer file, and over one that somebody
 * holds. */
static void check_flags( DWORD flags, DWORD flags_v2 )
{
    struct model_copy copy = { { 2 * CHUNK + 77, 99 }, 2, CHUNK, flags, MODEL_ROUTINE, flags_v2 };

    if (flags & model_flags_refused_here()) return;
    push_context( "flags %#lx, V2 %#lx", flags, flags_v2 );
    model_check( &copy );
    copy.exists = true;
    copy.old_size = 5 * CHUNK;
    push_context( "over a longer file" );
    model_check( &copy );
    copy.locked = true;
    push_context( "that is held" );
    model_check( &copy );
    pop_context();
    pop_context();
    pop_context();
}

static void test_complete( void )
{
    DWORD flags = 0, flags_v2 = 0;

    for (size_t i = 0; i < model_flag_count; i++)
    {
        ok( !( flags & model_flags[i].flag ) && !( flags_v2 & model_flags[i].flag_v2 ), "row %u comes again",
            (unsigned int)i );
        flags |= model_flags[i].flag;
        flags_v2 |= model_flags[i].flag_v2;
    }
    ok( flags == PUBLIC_FLAGS, "the table has %#lx", flags );
    ok( flags_v2 == PUBLIC_FLAGS_V2, "the table has %#lx of V2", flags_v2 );
}

static void test_singles( void )
{
    if (!is_ours()) return;
    check_flags( 0, 0 );
    for (size_t i = 0; i < model_flag_count; i++) check_flags( model_flags[i].flag, model_flags[i].flag_v2 );
}

static void test_pairs( void )
{
    if (!is_ours()) return;
    for (size_t i = 0; i < model_flag_count; i++)
        for (size_t j = i + 1; j < model_flag_count; j++)
            check_flags( model_flags[i].flag | model_flags[j].flag, model_flags[i].flag_v2 | model_flags[j].flag_v2 );
}

/* The flags are all set at once, all but one, and all but two. */
static void test_crowds( void )
{
    const DWORD all = PUBLIC_FLAGS & ~model_flags_refused_here();

    if (!is_ours()) return;
    check_flags( all, PUBLIC_FLAGS_V2 );
    for (size_t i = 0; i < model_flag_count; i++)
    {
        check_flags( all & ~model_flags[i].flag, PUBLIC_FLAGS_V2 & ~model_flags[i].flag_v2 );
        check_flags( all & ~( COPY_FILE_DIRECTORY | model_flags[i].flag ), PUBLIC_FLAGS_V2 & ~model_flags[i].flag_v2 );
    }
}

/* Every bit without a name is refused: by itself, beside one that is known, and beside all of them. */
static void test_undefined( void )
{
    if (!is_ours()) return;
    for (DWORD bit = 1; bit; bit <<= 1)
    {
        if (!( bit & PUBLIC_FLAGS ))
        {
            check_flags( bit, 0 );
            check_flags( bit | COPY_FILE_NO_BUFFERING, 0 );
            check_flags( bit | PUBLIC_FLAGS, PUBLIC_FLAGS_V2 );
        }
        if (!( bit & PUBLIC_FLAGS_V2 ))
        {
            check_flags( 0, bit );
            check_flags( COPY_FILE_NO_BUFFERING, bit );
        }
    }
}

/* Answers the result that these flags have when the source is a directory. */
static HRESULT expected_of_directory( DWORD flags, DWORD flags_v2, bool exists )
{
    enum model_effect effect = model_effect_of( flags, flags_v2 );

    if (effect == MODEL_INVALID) return E_INVALIDARG;
    if (!( flags & COPY_FILE_DIRECTORY )) return hr_from_error( ERROR_ACCESS_DENIED );
    return exists && flags & COPY_FILE_FAIL_IF_EXISTS ? hr_from_error( ERROR_FILE_EXISTS ) : S_OK;
}

static void check_directory( DWORD flags, DWORD flags_v2 )
{
    COPYFILE2_EXTENDED_PARAMETERS_V2 params = { sizeof( params ), flags };
    HRESULT hr, expected;

    if (flags & model_flags_refused_here()) return;
    params.dwCopyFlagsV2 = flags_v2;
    push_context( "flags %#lx, V2 %#lx", flags, flags_v2 );
    expected = expected_of_directory( flags, flags_v2, false );
    hr = copy_with( L"from", L"new", &params );
    ok( hr == expected, "got %#lx, expected %#lx", hr, expected );
    ok( RemoveDirectoryW( L"new" ) == ( expected == S_OK ), "an empty directory was made, or was not" );
    ok( !file_exists( L"new" ), "something was made" );

    expected = expected_of_directory( flags, flags_v2, true );
    hr = copy_with( L"from", L"to", &params );
    ok( hr == expected, "to a directory: got %#lx, expected %#lx", hr, expected );
    ok( file_is_text( L"from\\child", "of the source" ), "the source's file has changed" );
    ok( file_is_text( L"to\\child", "of the destination" ), "the destination's file has changed" );
    pop_context();
}

/* A directory is copied by one flag only, and without what is in it. */
static void test_directory_source( void )
{
    if (!is_ours()) return;
    CreateDirectoryW( L"from", NULL );
    CreateDirectoryW( L"to", NULL );
    file_write_text( L"from\\child", "of the source" );
    file_write_text( L"to\\child", "of the destination" );
    for (size_t i = 0; i < model_flag_count; i++)
        for (size_t j = i; j < model_flag_count; j++)
            check_directory( model_flags[i].flag | model_flags[j].flag,
                             model_flags[i].flag_v2 | model_flags[j].flag_v2 );
}

static const struct test_case cases[] = {
    { .name = "complete", .row = "-", .own = true, .run = test_complete },
    { .name = "singles", .row = "-", .own = true, .run = test_singles },
    { .name = "pairs", .row = "-", .own = true, .run = test_pairs },
    { .name = "crowds", .row = "-", .own = true, .run = test_crowds },
    { .name = "undefined", .row = "51", .own = true, .run = test_undefined },
    { .name = "directory_source", .row = "-", .own = true, .run = test_directory_source },
};

TEST_MAIN( "flags", cases )
