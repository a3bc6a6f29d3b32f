/* SPDX-License-Identifier: MIT */

/* One table says which options there are, what --help tells about them, and what they set. */

#include "options.h"
#include "output.h"

#include <copyfile2.h>
#include <stdint.h>
#include <wchar.h>

struct option
{
    const WCHAR *name;
    WCHAR letter;          /* 0 when there is no short form */
    const WCHAR *argument; /* what --help calls it; NULL when the option takes none */
    const WCHAR *help;
    DWORD copy_flag; /* what the option adds to the flags of CopyFile2 */
    /* This does what else the option is for; NULL when that is nothing. */
    enum options_verdict ( *apply )( struct options *options, const WCHAR *argument );
};

static enum options_verdict wrong( const WCHAR *what, const WCHAR *name )
{
    output_error( L"%ls%ls (try --help)", what, name );
    return OPTIONS_WRONG;
}

static enum options_verdict apply_buffer_size( struct options *options, const WCHAR *argument )
{
    uint64_t value = 0;
    const WCHAR *at = argument, *suffix;
    static const WCHAR suffixes[] = L"KMG";

    /* The value stops growing when it is larger than any may be, so that it cannot wrap around. */
    for (; *at >= '0' && *at <= '9'; at++)
        if (value <= COPYFILE2_IO_CYCLE_SIZE_MAX) value = value * 10 + ( *at - '0' );
    if (at == argument) return wrong( L"--buffer-size is no size: ", argument );

    suffix = *at ? wcschr( suffixes, towupper( *at ) ) : NULL;
    if (suffix)
    {
        value <<= 10 * ( suffix - suffixes + 1 );
        at++;
    }
    if (*at) return wrong( L"--buffer-size is no size: ", argument );
    if (value < COPYFILE2_IO_CYCLE_SIZE_MIN || value > COPYFILE2_IO_CYCLE_SIZE_MAX)
        return wrong( L"--buffer-size is not from 4096 to 1G: ", argument );
    options->buffer_size = (DWORD)value;
    return OPTIONS_COPY;
}

static enum options_verdict apply_trace( struct options *options, const WCHAR *argument )
{
    (void)argument;
    options->trace = true;
    return OPTIONS_COPY;
}

static enum options_verdict apply_no_progress( struct options *options, const WCHAR *argument )
{
    (void)argument;
    options->no_progress = true;
    return OPTIONS_COPY;
}

static enum options_verdict apply_version( struct options *options, const WCHAR *argument )
{
    (void)options;
    (void)argument;
    output_print( L"copyfile2 " PACKAGE_VERSION L"\n" );
    return OPTIONS_DONE;
}

static enum options_verdict apply_help( struct options *options, const WCHAR *argument );

static const struct option option_table[] = {
    { .name = L"fail-if-exists", .copy_flag = COPY_FILE_FAIL_IF_EXISTS, .help = L"never replace a file" },
    { .name = L"resume",
      .copy_flag = COPY_FILE_RESUME_FROM_PAUSE,
      .help = L"go on with what was paused or died; Ctrl-C pauses" },
    { .name = L"restartable",
      .copy_flag = COPY_FILE_RESTARTABLE | COPY_FILE_RESUME_FROM_PAUSE,
      .help = L"the same, and survive a crash while copying" },
    { .name = L"buffer-size",
      .argument = L"N",
      .apply = apply_buffer_size,
      .help = L"bytes to read and write at once, 4096 to 1G (K, M, G)" },
    { .name = L"trace", .apply = apply_trace, .help = L"print every message of CopyFile2 as one line" },
    { .name = L"no-progress", .apply = apply_no_progress, .help = L"no progress bar and no summary" },
    { .name = L"help", .letter = 'h', .apply = apply_help, .help = L"print this help" },
    { .name = L"version", .letter = 'V', .apply = apply_version, .help = L"print the version" },
};

static enum options_verdict apply_help( struct options *options, const WCHAR *argument )
{
    (void)options;
    (void)argument;
    output_print( L"usage: copyfile2 [OPTION]... SOURCE DESTINATION\n"
                  L"       copyfile2 [OPTION]... SOURCE... DIRECTORY\n"
                  L"Copy files with CopyFile2.\n\n" );
    for (size_t i = 0; i < ARRAYSIZE( option_table ); i++)
    {
        const struct option *option = &option_table[i];
        WCHAR letter[8] = L"    ", name[64];

        if (option->letter) swprintf( letter, ARRAYSIZE( letter ), L"-%lc, ", option->letter );
        swprintf( name, ARRAYSIZE( name ), L"--%ls%ls%ls", option->name, option->argument ? L"=" : L"",
                  option->argument ? option->argument : L"" );
        output_print( L"  %ls%-18ls %ls\n", letter, name, option->help );
    }
    output_print( L"      --                 what follows are names, not options\n\n"
                  L"Under Wine, a name that starts with / is a Linux path.\n"
                  L"Exit status: 0 all copied, 1 a copy failed or was canceled, 2 wrong usage,\n"
                  L"3 paused.\n" PACKAGE_ADDRESSES );
    return OPTIONS_DONE;
}

/* Finds the option of --name, --name=argument or -letter. Sets *ARGUMENT to what stands behind the =, or to NULL.
 * Answers NULL when there is no such option. */
static const struct option *find_option( const WCHAR *text, const WCHAR **argument )
{
    size_t length = wcscspn( text, L"=" );

    *argument = text[length] ? text + length + 1 : NULL;
    for (size_t i = 0; i < ARRAYSIZE( option_table ); i++)
    {
        const struct option *option = &option_table[i];

        if (option->letter && text[1] == option->letter && !text[2]) return option;
        if (text[1] != '-' || wcslen( option->name ) != length - 2) continue;
        if (!wcsncmp( text + 2, option->name, length - 2 )) return option;
    }
    return NULL;
}

/* Reads the option argv[*at]. When the option takes the next word for its argument, *at is moved on to that. */
static enum options_verdict read_option( struct options *options, int argc, WCHAR **argv, int *at )
{
    const WCHAR *text = argv[*at], *argument;
    const struct option *option = find_option( text, &argument );

    if (!option) return wrong( L"unknown option ", text );
    if (!option->argument && argument) return wrong( L"option takes no argument: ", text );
    if (option->argument && !argument)
    {
        if (*at + 1 == argc) return wrong( L"option needs an argument: ", text );
        argument = argv[++*at];
    }
    options->copy_flags |= option->copy_flag;
    return option->apply ? option->apply( options, argument ) : OPTIONS_COPY;
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
    }
    if (!count) return wrong( L"no SOURCE and no DESTINATION", L"" );
    if (count == 1) return wrong( L"no DESTINATION for ", argv[0] );
    options->sources = argv;
    options->source_count = count - 1;
    options->destination = argv[count - 1];
    return OPTIONS_COPY;
}
