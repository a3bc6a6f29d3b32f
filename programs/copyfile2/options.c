/* SPDX-License-Identifier: MIT */

/* One table says which options there are, and what they set. */

#include "options.h"
#include "help.h"
#include "output.h"

#include <copyfile2.h>
#include <stddef.h>
#include <stdint.h>
#include <wchar.h>

struct option
{
    const WCHAR *name;
    DWORD copy_flag, copy_flag_v2; /* what the option adds to the flags of CopyFile2 */
    WCHAR letter;                  /* 0 when there is no short form */
    bool ( *read )( struct options *options, const WCHAR *argument ); /* NULL when the option takes no argument */
    size_t truth;                                                     /* the offset of a bool that is set, or 0 */
};

/* Tells the user what is wrong with the command line. Answers OPTIONS_WRONG. */
static enum options_verdict wrong( const WCHAR *what, const WCHAR *name )
{
    output_error( L"%ls%ls (try --help)", what, name );
    return OPTIONS_WRONG;
}

/* Reads a number, behind which K, M or G may stand. The value stops growing when it is larger than any option allows,
 * so that it cannot wrap around. False means that the text is no such number. */
static bool read_number( const WCHAR *text, uint64_t *value )
{
    static const WCHAR suffixes[] = L"KMG";
    const WCHAR *at = text, *suffix;

    for (*value = 0; *at >= '0' && *at <= '9'; at++)
        if (*value <= UINT32_MAX) *value = *value * 10 + ( *at - '0' );
    if (at == text) return false;
    suffix = *at ? wcschr( suffixes, towupper( *at ) ) : NULL;
    if (suffix)
    {
        *value <<= 10 * ( suffix - suffixes + 1 );
        at++;
    }
    return !*at;
}

static bool read_buffer_size( struct options *options, const WCHAR *argument )
{
    uint64_t value;

    if (!read_number( argument, &value )) wrong( L"--buffer-size is not a number of bytes: ", argument );
    else if (value < COPYFILE2_IO_CYCLE_SIZE_MIN || value > COPYFILE2_IO_CYCLE_SIZE_MAX)
        wrong( L"--buffer-size is not from 4096 to 1G: ", argument );
    else
    {
        options->buffer_size = (DWORD)value;
        return true;
    }
    return false;
}

/* The rate counts in KiB, so 2M is 2048. */
static bool read_rate( struct options *options, const WCHAR *argument )
{
    size_t length = wcslen( argument );
    uint64_t value;

    if (!read_number( argument, &value ))
    {
        wrong( L"--rate is no number of KiB a second: ", argument );
        return false;
    }
    if (length && ( argument[length - 1] < '0' || argument[length - 1] > '9' )) value /= 1024;
    if (value < COPYFILE2_IO_RATE_MIN || value > UINT32_MAX)
    {
        wrong( L"--rate is not from 512 to 4294967295: ", argument );
        return false;
    }
    options->rate = (DWORD)value;
    return true;
}

#define TRUTH( member ) offsetof( struct options, member )

static const struct option option_table[] = {
    { .name = L"buffer-size", .read = read_buffer_size },
    { .name = L"compress", .copy_flag = COPY_FILE_REQUEST_COMPRESSED_TRAFFIC },
    { .name = L"decrypt", .copy_flag = COPY_FILE_ALLOW_DECRYPTED_DESTINATION },
    { .name = L"directory", .copy_flag = COPY_FILE_DIRECTORY },
    { .name = L"dry-run", .truth = TRUTH( dry_run ) },
    { .name = L"fail-if-exists", .copy_flag = COPY_FILE_FAIL_IF_EXISTS },
    { .name = L"force", .letter = 'f', .truth = TRUTH( force ) },
    { .name = L"help", .letter = 'h', .truth = TRUTH( help ) },
    { .name = L"ignore-edp", .copy_flag = COPY_FILE_IGNORE_EDP_BLOCK },
    { .name = L"ignore-encryption", .copy_flag = COPY_FILE_IGNORE_SOURCE_ENCRYPTION },
    { .name = L"json", .truth = TRUTH( json ) },
    { .name = L"low-space", .copy_flag = COPY_FILE_ENABLE_LOW_FREE_SPACE_MODE },
    { .name = L"no-buffering", .copy_flag = COPY_FILE_NO_BUFFERING },
    { .name = L"no-cloning", .copy_flag_v2 = COPY_FILE2_V2_DISABLE_BLOCK_CLONING },
    { .name = L"no-clobber", .letter = 'n', .truth = TRUTH( no_clobber ) },
    { .name = L"no-junctions", .copy_flag_v2 = COPY_FILE2_V2_DONT_COPY_JUNCTIONS },
    { .name = L"no-offload", .copy_flag = COPY_FILE_NO_OFFLOAD },
    { .name = L"no-preallocation", .copy_flag = COPY_FILE_DISABLE_PRE_ALLOCATION },
    { .name = L"no-progress", .truth = TRUTH( quiet ) },
    { .name = L"no-sparse", .copy_flag = COPY_FILE_DISABLE_SPARSE_COPY },
    { .name = L"no-write-dac", .copy_flag = COPY_FILE_DONT_REQUEST_DEST_WRITE_DAC },
    { .name = L"quiet", .letter = 'q', .truth = TRUTH( quiet ) },
    { .name = L"rate", .read = read_rate },
    { .name = L"recursive", .letter = 'r', .truth = TRUTH( recursive ) },
    { .name = L"reparse-point", .copy_flag = COPY_FILE_OPEN_AND_COPY_REPARSE_POINT },
    { .name = L"restartable", .copy_flag = COPY_FILE_RESTARTABLE | COPY_FILE_RESUME_FROM_PAUSE },
    { .name = L"resume", .copy_flag = COPY_FILE_RESUME_FROM_PAUSE },
    { .name = L"security", .copy_flag = COPY_FILE_REQUEST_SECURITY_PRIVILEGES },
    { .name = L"skip-streams", .copy_flag = COPY_FILE_SKIP_ALTERNATE_STREAMS },
    { .name = L"sparse", .copy_flag = COPY_FILE_ENABLE_SPARSE_COPY },
    { .name = L"symlink", .copy_flag = COPY_FILE_COPY_SYMLINK },
    { .name = L"trace", .truth = TRUTH( trace ) },
    { .name = L"verbose", .letter = 'v', .truth = TRUTH( verbose ) },
    { .name = L"verify", .truth = TRUTH( verify ) },
    { .name = L"version", .letter = 'V', .truth = TRUTH( version ) },
    { .name = L"write-source", .copy_flag = COPY_FILE_OPEN_SOURCE_FOR_WRITE },
};

static void apply( struct options *options, const struct option *option )
{
    options->copy_flags |= option->copy_flag;
    options->copy_flags_v2 |= option->copy_flag_v2;
    if (option->truth) *(bool *)( (char *)options + option->truth ) = true;
}

/* Finds the option of --name or --name=argument. Sets *ARGUMENT to what stands behind the =, or to NULL. Answers NULL
 * when there is no such option. */
static const struct option *find_name( const WCHAR *text, const WCHAR **argument )
{
    size_t length = wcscspn( text, L"=" );

    *argument = text[length] ? text + length + 1 : NULL;
    for (size_t i = 0; i < ARRAYSIZE( option_table ); i++)
    {
        const struct option *option = &option_table[i];

        if (wcslen( option->name ) == length - 2 && !wcsncmp( text + 2, option->name, length - 2 )) return option;
    }
    return NULL;
}

/* Several letters may stand behind one dash. */
static enum options_verdict read_letters( struct options *options, const WCHAR *text )
{
    for (const WCHAR *letter = text + 1; *letter; letter++)
    {
        size_t i = 0;

        while (i < ARRAYSIZE( option_table ) && option_table[i].letter != *letter) i++;
        if (i == ARRAYSIZE( option_table )) return wrong( L"unknown option ", text );
        apply( options, &option_table[i] );
    }
    return OPTIONS_COPY;
}

/* Reads the option argv[*at]. When the option takes the next word for its argument, *at is moved on to that. */
static enum options_verdict read_option( struct options *options, int argc, WCHAR **argv, int *at )
{
    const WCHAR *text = argv[*at], *argument;
    const struct option *option;

    if (text[1] != '-') return read_letters( options, text );
    option = find_name( text, &argument );
    if (!option) return wrong( L"unknown option ", text );
    if (!option->read && argument) return wrong( L"option takes no argument: ", text );
    if (option->read && !argument)
    {
        if (*at + 1 == argc) return wrong( L"option needs an argument: ", text );
        argument = argv[++*at];
    }
    apply( options, option );
    return !option->read || option->read( options, argument ) ? OPTIONS_COPY : OPTIONS_WRONG;
}

/* --help and --version are answered before the words behind them are read. True means that one of them was given. */
static bool answer( const struct options *options )
{
    if (options->help) help_print();
    else if (options->version) output_print( L"copyfile2 " PACKAGE_VERSION L"\n" );
    return options->help || options->version;
}

enum options_verdict options_read( struct options *options, int argc, WCHAR **argv )
{
    enum options_verdict verdict;
    bool only_names = false;
    int count = 0;

    *options = ( struct options ){ 0 };
    for (int i = 1; i < argc; i++)
    {
        if (only_names || argv[i][0] != '-' || !argv[i][1]) argv[count++] = argv[i];
        else if (!wcscmp( argv[i], L"--" )) only_names = true;
        else if (( verdict = read_option( options, argc, argv, &i ) ) != OPTIONS_COPY) return verdict;
        else if (answer( options )) return OPTIONS_DONE;
    }
    if (!count) return wrong( L"no SOURCE and no DESTINATION", L"" );
    if (count == 1) return wrong( L"no DESTINATION for ", argv[0] );
    if (options->trace && options->json) return wrong( L"--trace and --json are two ways to print the same", L"" );
    options->sources = argv;
    options->source_count = count - 1;
    options->destination = argv[count - 1];
    if (!options->destination[0]) return wrong( L"the name of the DESTINATION is empty", L"" );
    return OPTIONS_COPY;
}
